// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.object;

/** Checks of numbers that must fit their field. */
final class Bits {
    private Bits() {}

    static void u8(String name, int value) {
        if (value < 0 || value > 0xFF) {
            throw new IllegalArgumentException(name + " " + value);
        }
    }

    static void u16(String name, int value) {
        if (value < 0 || value > 0xFFFF) {
            throw new IllegalArgumentException(name + " " + value);
        }
    }
}
