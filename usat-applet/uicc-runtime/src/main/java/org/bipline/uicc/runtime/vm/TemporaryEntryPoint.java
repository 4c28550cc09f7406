// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime.vm;

/**
 * An object of the card that applets may use but not keep: a reference to it cannot be stored in a field or an array. Java Card
 * 3.0.4 runtime environment, clause 6.2.1.
 */
public interface TemporaryEntryPoint {}
