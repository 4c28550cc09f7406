// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.https;

/** The pieces of HTTP header syntax; names are compared without regard to case. Ranges are {@code [off, end)}. */
public final class HttpText {
    static final short NO_NUMBER = -1;
    static final short TOO_LARGE = -2;

    private HttpText() {}

    /**
     * Whether the header line has this name.
     *
     * @param colon offset of the line's colon, see {@link #find}
     * @param name the name in lower case
     */
    public static boolean isName(byte[] line, short colon, byte[] name) {
        return colon == (short) name.length && startsWith(line, (short) 0, colon, name);
    }

    /** Whether {@code text[off .. end)} begins with the prefix, which is in lower case. */
    public static boolean startsWith(byte[] text, short off, short end, byte[] prefix) {
        if ((short) (end - off) < (short) prefix.length) {
            return false;
        }
        for (short i = 0; i < (short) prefix.length; i++) {
            if (lower(text[(short) (off + i)]) != prefix[i]) {
                return false;
            }
        }
        return true;
    }

    /** Offset of the first such byte in {@code text[0 .. end)}, or -1. */
    public static short find(byte[] text, short end, byte b) {
        for (short i = 0; i < end; i++) {
            if (text[i] == b) {
                return i;
            }
        }
        return -1;
    }

    /** Offset of the first byte that is neither space nor tab, or end. */
    public static short skipBlanks(byte[] text, short off, short end) {
        while (off < end && isBlank(text[off])) {
            off++;
        }
        return off;
    }

    /** The end of the range without the spaces and tabs before it. */
    static short trim(byte[] text, short off, short end) {
        while (end > off && isBlank(text[(short) (end - 1)])) {
            end--;
        }
        return end;
    }

    /** Whether the token, in lower case, is one of the comma-separated list. */
    static boolean hasToken(byte[] text, short off, short end, byte[] token) {
        while (off < end) {
            off = skipBlanks(text, off, end);
            short stop = off;
            while (stop < end && text[stop] != ',') {
                stop++;
            }
            if ((short) (trim(text, off, stop) - off) == (short) token.length && startsWith(text, off, stop, token)) {
                return true;
            }
            off = (short) (stop + 1);
        }
        return false;
    }

    /** The decimal number that the range is, {@link #NO_NUMBER}, or {@link #TOO_LARGE} above 32767. */
    static short number(byte[] text, short off, short end) {
        if (off == end) {
            return NO_NUMBER;
        }
        short number = 0;
        boolean tooLarge = false;
        for (; off < end; off++) {
            short digit = (short) (text[off] - '0');
            if (digit < 0 || digit > 9) {
                return NO_NUMBER;
            }
            if (number > 3276 || (number == 3276 && digit > 7)) {
                tooLarge = true;
            }
            number = (short) ((short) (number * 10) + digit);
        }
        return tooLarge ? TOO_LARGE : number;
    }

    /** Value of a hexadecimal digit, or -1. */
    static byte hexDigit(byte b) {
        if (b >= '0' && b <= '9') {
            return (byte) (b - '0');
        }
        byte c = lower(b);
        return c >= 'a' && c <= 'f' ? (byte) (c - 'a' + 10) : (byte) -1;
    }

    static boolean isBlank(byte b) {
        return b == ' ' || b == '\t';
    }

    private static byte lower(byte b) {
        return b >= 'A' && b <= 'Z' ? (byte) (b | 0x20) : b;
    }
}
