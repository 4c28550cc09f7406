// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.object;

import org.bipline.cat.tlv.ByteString;

/** Numbers that must fit their field. */
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

    /** A number of up to 31 bits, the most significant one first, that starts at this bit. */
    static int read(ByteString v, int from, int count) {
        int value = 0;
        for (int i = from; i < from + count; i++) {
            value = (value << 1) | ((v.u8(i / 8) >> (7 - i % 8)) & 1);
        }
        return value;
    }
}
