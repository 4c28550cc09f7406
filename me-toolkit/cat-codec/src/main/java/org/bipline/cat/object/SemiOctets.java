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

    /** Mobile country code and network code of three bytes: five or six digits. 3GPP TS 24.008 clause 10.5.1.3. */
    static String plmn(ByteString bytes) {
        String digits = digits(bytes);
        // The order on the wire is 2 1, 3' 3, 2' 1' with 3' the last digit of the network code, F when there is none
        String last = digits.substring(3, 4);
        return digits.substring(0, 3) + digits.substring(4, 6) + (last.equals("F") ? "" : last);
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
