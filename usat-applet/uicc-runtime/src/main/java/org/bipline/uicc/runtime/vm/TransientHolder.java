// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime.vm;

/** An object that the runtime environment gave to an applet and that keeps transient arrays of it. */
public interface TransientHolder {}
