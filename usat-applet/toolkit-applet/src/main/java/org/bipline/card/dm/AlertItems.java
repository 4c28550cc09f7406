// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

import javacard.framework.JCSystem;
import javacard.framework.Util;

/**
 * The items of a user interaction alert, as they are read: the first has the options, the others the texts. One at a time, or
 * the value of an option, is at hand. OMA DM Protocol 1.2, clause User interaction options.
 */
final class AlertItems {
    // indexes into state
    private static final byte LENGTH = 0; // bytes in text; negative when a byte found no room
    private static final byte ITEMS = 1;
    private static final byte ITEM = 2; // where the last item begins, with its length
    private static final byte VALUE = 3; // offset and length of what is at hand
    private static final byte VALUE_LENGTH = 4;
    private static final byte STATE_SIZE = 5;

    final byte[] text; // the items, each behind its length
    private final short[] state;

    /** @param text room for the texts of an alert, at most 255 bytes */
    AlertItems(byte[] text) {
        this.text = text;
        state = JCSystem.makeTransientShortArray(STATE_SIZE, JCSystem.CLEAR_ON_RESET);
    }

    /** An alert begins. */
    void begin() {
        state[LENGTH] = 0;
        state[ITEMS] = 0;
    }

    void beginItem() {
        state[ITEMS]++;
        state[ITEM] = state[LENGTH];
        if (hasRoom((short) 1)) {
            text[state[LENGTH]] = 0;
            state[LENGTH]++;
        }
    }

    void append(byte[] buf, short off, short len) {
        if (hasRoom(len)) {
            Util.arrayCopyNonAtomic(buf, off, text, state[LENGTH], len);
            state[LENGTH] = (short) (state[LENGTH] + len);
            text[state[ITEM]] = (byte) (text[state[ITEM]] + len);
        }
    }

    private boolean hasRoom(short len) {
        if (state[LENGTH] < 0 || len > (short) ((short) text.length - state[LENGTH])) {
            state[LENGTH] = -1;
            return false;
        }
        return true;
    }

    short count() {
        return state[ITEMS];
    }

    /** Tells whether the texts found room. */
    boolean areComplete() {
        return state[LENGTH] >= 0;
    }

    /** Offset of the text at hand. */
    short offset() {
        return state[VALUE];
    }

    short length() {
        return state[VALUE_LENGTH];
    }

    /** Takes an item to hand, counted from 0. */
    void item(short number) {
        short at = 0;
        for (; number > 0; number--) {
            at = (short) (at + 1 + (text[at] & 0xFF));
        }
        state[VALUE] = (short) (at + 1);
        state[VALUE_LENGTH] = (short) (text[at] & 0xFF);
    }

    /** Takes the value of an option to hand; false if it is not given. */
    boolean option(byte[] name) {
        item((short) 0);
        short at = state[VALUE];
        short end = (short) (at + state[VALUE_LENGTH]);
        while (at < end) {
            short stop = at;
            while (stop < end && text[stop] != '&') {
                stop++;
            }
            short length = (short) name.length;
            if (length <= (short) (stop - at) && Util.arrayCompare(text, at, name, (short) 0, length) == 0) {
                state[VALUE] = (short) (at + length);
                state[VALUE_LENGTH] = (short) (stop - at - length);
                return true;
            }
            at = (short) (stop + 1);
        }
        return false;
    }

    /** The first letter of an option, or what stands for it where it is not given. */
    byte letter(byte[] name, byte absent) {
        return option(name) && state[VALUE_LENGTH] == 1 ? text[state[VALUE]] : absent;
    }

    /** The value as a decimal number; -1 if it is none. */
    short number() {
        return state[VALUE_LENGTH] == 0 ? (short) -1 : Text.decimal(text, state[VALUE], state[VALUE_LENGTH]);
    }

    /** Decodes the value in its place: plus signs are blanks, a percent sign stands before two hexadecimal digits. RFC 2396. */
    void decodeOption() {
        short to = state[VALUE];
        short end = (short) (to + state[VALUE_LENGTH]);
        for (short from = to; from < end; from++) {
            byte c = text[from];
            if (c == '+') {
                c = ' ';
            } else if (c == '%' && from < (short) (end - 2)) {
                c = (byte) ((Text.hexDigit(text[(short) (from + 1)]) << 4) | Text.hexDigit(text[(short) (from + 2)]));
                from = (short) (from + 2);
            }
            text[to] = c;
            to++;
        }
        state[VALUE_LENGTH] = (short) (to - state[VALUE]);
    }
}
