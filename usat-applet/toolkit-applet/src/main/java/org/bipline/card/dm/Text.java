// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

import javacard.framework.Util;

/** The constant texts of messages and of the tree. */
final class Text {
    static final byte[] TEXT_PLAIN = {'t', 'e', 'x', 't', '/', 'p', 'l', 'a', 'i', 'n'};
    static final byte[] VER_DTD = {'1', '.', '2'};
    static final byte[] VER_PROTO = {'D', 'M', '/', '1', '.', '2'};
    static final byte[] AUTH_MD5 = {'s', 'y', 'n', 'c', 'm', 'l', ':', 'a', 'u', 't', 'h', '-', 'm', 'd', '5'};
    static final byte[] AUTH_MAC = {'s', 'y', 'n', 'c', 'm', 'l', ':', 'a', 'u', 't', 'h', '-', 'M', 'A', 'C'};
    static final byte[] DEV_INFO = {'D', 'e', 'v', 'I', 'n', 'f', 'o'};
    static final byte[] DEV_ID = {'D', 'e', 'v', 'I', 'd'};

    static final byte[] DOT = {'.'};

    /** Media type of a TNDS object in WBXML; that in XML differs behind the plus sign. */
    static final byte[] TNDS_WBXML = {
        'a', 'p', 'p', 'l', 'i', 'c', 'a', 't', 'i', 'o', 'n', '/', 'v', 'n', 'd', '.', 's', 'y', 'n', 'c', 'm', 'l',
        '.', 'd', 'm', 't', 'n', 'd', 's', '+', 'w', 'b', 'x', 'm', 'l'
    };

    private Text() {}

    /** The number of a word, from 1 on, in a list in which each is behind its length; 0 if it is not there. */
    static byte word(byte[] words, byte[] buf, short off, short len) {
        byte number = 0;
        for (short at = 0; at < (short) words.length; at = (short) (at + 1 + words[at])) {
            number++;
            if (words[at] == len && Util.arrayCompare(words, (short) (at + 1), buf, off, len) == 0) {
                return number;
            }
        }
        return 0;
    }

    static void writeWord(byte[] words, byte number, MessageSink sink) {
        short at = 0;
        for (byte n = 1; n < number; n++) {
            at = (short) (at + 1 + words[at]);
        }
        sink.write(words, (short) (at + 1), words[at]);
    }

    static boolean equal(byte[] text, byte[] buf, short off, short len) {
        return len == (short) text.length && Util.arrayCompare(text, (short) 0, buf, off, len) == 0;
    }

    /** Status 400 for a character that a node's name cannot have. */
    static void requireName(byte[] buf, short off, short len) {
        for (short end = (short) (off + len); off < end; off++) {
            if (buf[off] == '/' || buf[off] == '?') {
                Status.raise(Status.BAD_REQUEST);
            }
        }
    }

    /** Value of the decimal digits {@code buf[off .. off + len)}, -1 if there are others or it is above 32767. */
    static short decimal(byte[] buf, short off, short len) {
        short value = 0;
        for (short end = (short) (off + len); off < end; off++) {
            byte digit = (byte) (buf[off] - '0');
            if (digit < 0 || digit > 9 || value > 3276 || (value == 3276 && digit > 7)) {
                return -1;
            }
            value = (short) ((short) (value * 10) + digit);
        }
        return value;
    }

    /** Value of the decimal digits {@code buf[off .. off + len)} of 16 bits without a sign, 0 if they are none. */
    static short unsigned(byte[] buf, short off, short len) {
        short value = 0;
        for (short end = (short) (off + len); off < end; off++) {
            byte digit = (byte) (buf[off] - '0');
            if (digit < 0 || digit > 9) {
                return 0;
            }
            value = (short) ((short) (value * 10) + digit);
        }
        return value;
    }

    /** Writes the decimal digits of a number of 16 bits without a sign. */
    static void writeUnsigned(short number, MessageSink sink) {
        short rest = number;
        if (number < 0) { // more than a short can count
            rest = (short) ((short) ((number >> 1) & 0x7FFF) / 5);
        }
        short power = 1;
        while ((short) (rest / power) > 9) {
            power = (short) (power * 10);
        }
        for (; power > 0; power = (short) (power / 10)) {
            sink.write((byte) ('0' + (short) ((short) (rest / power) % 10)));
        }
        if (number < 0) {
            sink.write((byte) ('0' + (short) (number - (short) (rest * 10))));
        }
    }

    /** Writes a number of 16 bits in hexadecimal digits, without leading zeros. */
    static void writeHex(short number, MessageSink sink) {
        boolean begun = false;
        for (short shift = 12; shift >= 0; shift = (short) (shift - 4)) {
            byte digit = (byte) ((number >> shift) & 0x0F);
            begun |= digit != 0 || shift == 0;
            if (begun) {
                sink.write((byte) (digit < 10 ? '0' + digit : 'A' - 10 + digit));
            }
        }
    }

    /** Tells whether {@code buf[0 .. len)} is a number in hexadecimal digits of either case. */
    static boolean isHex(byte[] buf, short len, short number) {
        short value = 0;
        for (short i = 0; i < len; i++) {
            byte digit = hexDigit(buf[i]);
            if (digit < 0 || (value & (short) 0xF000) != 0) {
                return false;
            }
            value = (short) ((value << 4) | digit);
        }
        return len > 0 && value == number;
    }

    /** Value of a hexadecimal digit of either case, -1 if it is none. */
    static byte hexDigit(byte c) {
        byte digit = (byte) (c - '0');
        if (digit > 9) {
            digit = (byte) ((digit & 0xDF) - 7); // letters of either case
            if (digit < 10) {
                return -1;
            }
        }
        return digit < 0 || digit > 15 ? (byte) -1 : digit;
    }
}
