// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.spi;

/** A runtime that should not be there. */
public final class SecondRuntime extends TestRuntime {}
