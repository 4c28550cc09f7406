// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.ota;

import java.util.Arrays;
import java.util.function.UnaryOperator;

/** AES-CMAC of RFC 4493, which the JDK does not have. */
final class Cmac {
    static final int BLOCK = 16;

    private static final int R128 = 0x87; // x^128 = x^7 + x^2 + x + 1
    private static final int PADDING = 0x80;

    private Cmac() {}

    /**
     * The 16 bytes over a message.
     *
     * @param cbc AES in CBC mode from an initial chaining value of zero
     */
    static byte[] of(UnaryOperator<byte[]> cbc, byte[] message) {
        boolean whole = message.length > 0 && message.length % BLOCK == 0;
        int last = whole ? message.length - BLOCK : message.length / BLOCK * BLOCK;
        byte[] padded = Arrays.copyOf(message, last + BLOCK);
        byte[] key = doubled(cbc.apply(new byte[BLOCK]));
        if (!whole) {
            padded[message.length] = (byte) PADDING;
            key = doubled(key);
        }
        for (int i = 0; i < BLOCK; i++) {
            padded[last + i] ^= key[i];
        }
        return Arrays.copyOfRange(cbc.apply(padded), last, last + BLOCK);
    }

    private static byte[] doubled(byte[] block) {
        byte[] twice = new byte[BLOCK];
        int carry = 0;
        for (int i = BLOCK - 1; i >= 0; i--) {
            int value = (block[i] & 0xFF) << 1 | carry;
            twice[i] = (byte) value;
            carry = value >> 8;
        }
        if (carry != 0) {
            twice[BLOCK - 1] ^= (byte) R128;
        }
        return twice;
    }
}
