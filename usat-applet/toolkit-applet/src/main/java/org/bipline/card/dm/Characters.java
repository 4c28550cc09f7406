// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

import javacard.framework.Util;
import uicc.toolkit.EditHandler;

/** Characters between UTF-8, as DM has them, and what an ME shows: the SMS default alphabet (3GPP TS 23.038) and UCS2. */
final class Characters {
    /** Stands for what UCS2 does not have. RFC 3629, Unicode. */
    private static final short REPLACEMENT = (short) 0xFFFD;

    private static final byte ESCAPE = 0x1B; // to the extension table

    /** The characters of the default alphabet that are not those of ASCII with the same code: from 00 on, from 5B on, from 7B on. */
    private static final short[] LOW = {
        0x40, 0xA3, 0x24, 0xA5, 0xE8, 0xE9, 0xF9, 0xEC, 0xF2, 0xC7, 0x0A, 0xD8, 0xF8, 0x0D, 0xC5, 0xE5, 0x0394, 0x5F,
        0x03A6, 0x0393, 0x039B, 0x03A9, 0x03A0, 0x03A8, 0x03A3, 0x0398, 0x039E, 0x20, 0xC6, 0xE6, 0xDF, 0xC9
    };

    private static final short[] HIGH = {0xC4, 0xD6, 0xD1, 0xDC, 0xA7, 0xBF}; // 5B to 60
    private static final short[] HIGHEST = {0xE4, 0xF6, 0xF1, 0xFC, 0xE0}; // 7B to 7F

    /** Extension table: code, and the ASCII character; the euro sign is apart. */
    private static final byte[] EXTENSION = {
        0x14, '^', 0x28, '{', 0x29, '}', 0x2F, '\\', 0x3C, '[', 0x3D, '~', 0x3E, ']', 0x40, '|'
    };

    private static final byte EURO = 0x65;

    private Characters() {}

    /** Tells whether each character has the same code in ASCII and in the default alphabet. */
    static boolean arePlain(byte[] text, short off, short len) {
        for (short end = (short) (off + len); off < end; off++) {
            byte c = text[off];
            boolean printable = c >= ' ' && c < '[' && c != '$' && c != '@';
            if (!printable && !(c >= 'a' && c <= 'z') && c != '\n' && c != '\r') {
                return false;
            }
        }
        return true;
    }

    /** Bytes of a text in UCS2. */
    static short ucs2Length(byte[] text, short off, short len) {
        short length = 0;
        for (short end = (short) (off + len); off < end; off = next(text, off, end)) {
            length = (short) (length + 2);
        }
        return length;
    }

    /** Appends a text of UTF-8 in UCS2; {@code pair} is room for two bytes. */
    static void appendUcs2(EditHandler to, byte[] text, short off, short len, byte[] pair) {
        for (short end = (short) (off + len); off < end; off = next(text, off, end)) {
            Util.setShort(pair, (short) 0, at(text, off, next(text, off, end)));
            to.appendArray(pair, (short) 0, (short) 2);
        }
    }

    /** Offset behind the character at {@code off}. */
    private static short next(byte[] text, short off, short end) {
        off++;
        while (off < end && (text[off] & (byte) 0xC0) == (byte) 0x80) {
            off++;
        }
        return off;
    }

    /** The character in {@code text[off .. end)}. */
    private static short at(byte[] text, short off, short end) {
        byte first = text[off];
        short length = (short) (end - off);
        if (length == 1 && first >= 0) {
            return first;
        }
        if (length == 2 && (first & (byte) 0xE0) == (byte) 0xC0) {
            return (short) (((first & 0x1F) << 6) | (text[(short) (off + 1)] & 0x3F));
        }
        if (length == 3 && (first & (byte) 0xF0) == (byte) 0xE0) {
            return (short) (((first & 0x0F) << 12)
                    | ((text[(short) (off + 1)] & 0x3F) << 6)
                    | (text[(short) (off + 2)] & 0x3F));
        }
        return REPLACEMENT;
    }

    /** Writes UCS2 as UTF-8; an odd byte at the end is passed over. */
    static void writeUcs2(byte[] text, short off, short len, MessageSink to) {
        for (short end = (short) (off + len - 1); off < end; off = (short) (off + 2)) {
            write(Util.getShort(text, off), to);
        }
    }

    /** Writes a text in the default alphabet, a character in each byte, as UTF-8. */
    static void writeDefault(byte[] text, short off, short len, MessageSink to) {
        boolean escaped = false;
        for (short end = (short) (off + len); off < end; off++) {
            byte c = (byte) (text[off] & 0x7F);
            if (c == ESCAPE && !escaped) {
                escaped = true;
            } else {
                write(escaped ? extended(c) : fromDefault(c), to);
                escaped = false;
            }
        }
    }

    private static short fromDefault(byte c) {
        if (c < ' ') {
            return LOW[c];
        }
        if (c >= 0x7B) {
            return HIGHEST[(short) (c - 0x7B)];
        }
        if (c >= 0x5B && c <= 0x60) {
            return HIGH[(short) (c - 0x5B)];
        }
        if (c == '$') {
            return 0xA4;
        }
        return c == '@' ? (short) 0xA1 : c;
    }

    private static short extended(byte c) {
        for (short i = 0; i < (short) EXTENSION.length; i = (short) (i + 2)) {
            if (EXTENSION[i] == c) {
                return EXTENSION[(short) (i + 1)];
            }
        }
        return c == EURO ? (short) 0x20AC : fromDefault(c);
    }

    private static void write(short c, MessageSink to) {
        if ((c & (short) 0xFF80) == 0) {
            to.write((byte) c);
            return;
        }
        if ((c & (short) 0xF800) == 0) {
            to.write((byte) (0xC0 | (c >> 6)));
        } else {
            to.write((byte) (0xE0 | ((c >> 12) & 0x0F)));
            to.write((byte) (0x80 | ((c >> 6) & 0x3F)));
        }
        to.write((byte) (0x80 | (c & 0x3F)));
    }
}
