// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.object;

import org.bipline.cat.tlv.ByteSink;
import org.bipline.cat.tlv.ByteString;

/** Digits in semi-octets, the first of a byte in its low half. 3GPP TS 23.040 clause 9.1.2.3. */
final class SemiOctets {
    private SemiOctets() {}

    /** All digits in hexadecimal, fillers included. */
    static String digits(ByteString bytes) {
        StringBuilder digits = new StringBuilder(2 * bytes.length());
        for (int i = 0; i < bytes.length(); i++) {
            int b = bytes.u8(i);
            digits.append(digit(b & 0xF)).append(digit(b >> 4));
        }
        return digits.toString();
    }

    private static char digit(int value) {
        return Character.toUpperCase(Character.forDigit(value, 16));
    }

    /** An even number of hexadecimal digits in semi-octets. */
    static ByteString bytes(String digits) {
        ByteSink sink = new ByteSink(digits.length() / 2);
        for (int i = 0; i < digits.length(); i += 2) {
            sink.u8((Character.digit(digits.charAt(i + 1), 16) << 4) | Character.digit(digits.charAt(i), 16));
        }
        return sink.toByteString();
    }

    /** The number 0 to 99 of a byte. */
    static int number(int octet) {
        int tens = octet & 0xF;
        int units = octet >> 4;
        if (tens > 9 || units > 9) {
            throw new IllegalArgumentException("semi-octets " + Integer.toHexString(octet));
        }
        return 10 * tens + units;
    }

    /** The byte of a number 0 to 99. */
    static int octet(int number) {
        if (number < 0 || number > 99) {
            throw new IllegalArgumentException("number " + number);
        }
        return ((number % 10) << 4) | number / 10;
    }
}
