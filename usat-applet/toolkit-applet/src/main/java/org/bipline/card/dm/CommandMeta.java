// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

import javacard.framework.JCSystem;
import javacard.framework.Util;

/** Format, type and size of a command's data: Meta of the item goes before Meta of the command. */
final class CommandMeta {
    /** Characters of the longest type; the DDF names in use have 50. */
    static final short MAX_TYPE = 64;

    /** For a format or the length of a type: one that is not supported. */
    private static final short UNKNOWN = -1;

    // indexes into state, and the distance to those of the item
    private static final byte FORMAT = 0;
    private static final byte SIZE = 1;
    private static final byte TYPE_LENGTH = 2;
    private static final byte OF_ITEM = 3;
    private static final byte STATE_SIZE = 6;

    /** The types of the command and, behind it, of the item. */
    final byte[] types;

    private final short[] state;

    CommandMeta() {
        types = JCSystem.makeTransientByteArray((short) (2 * MAX_TYPE), JCSystem.CLEAR_ON_RESET);
        state = JCSystem.makeTransientShortArray(STATE_SIZE, JCSystem.CLEAR_ON_RESET);
    }

    void beginCommand() {
        clear((byte) 0);
        beginItem();
    }

    void beginItem() {
        clear(OF_ITEM);
    }

    private void clear(byte at) {
        state[(short) (at + FORMAT)] = Format.NONE;
        state[(short) (at + SIZE)] = IncomingObject.NO_SIZE;
        state[(short) (at + TYPE_LENGTH)] = 0;
    }

    private static byte at(boolean ofItem) {
        return ofItem ? OF_ITEM : (byte) 0;
    }

    void setFormat(boolean ofItem, byte[] buf, short off, short len) {
        byte format = Format.of(buf, off, len);
        state[(short) (at(ofItem) + FORMAT)] = format == Format.NONE && len != 0 ? UNKNOWN : format;
    }

    /** @param len more than MAX_TYPE: the type was cut */
    void setType(boolean ofItem, byte[] buf, short off, short len) {
        if (len > MAX_TYPE) {
            len = UNKNOWN;
        } else {
            Util.arrayCopyNonAtomic(buf, off, types, ofItem ? MAX_TYPE : (short) 0, len);
        }
        state[(short) (at(ofItem) + TYPE_LENGTH)] = len;
    }

    void setSize(boolean ofItem, short size) {
        state[(short) (at(ofItem) + SIZE)] = size;
    }

    /** Status 415 if format or type are not supported. */
    void requireSupported() {
        if (format() == UNKNOWN || typeLength() == UNKNOWN) {
            Status.raise(Status.UNSUPPORTED_TYPE_OR_FORMAT);
        }
    }

    byte format() {
        short format = state[OF_ITEM + FORMAT];
        return (byte) (format != Format.NONE ? format : state[FORMAT]);
    }

    private boolean itemHasType() {
        return state[OF_ITEM + TYPE_LENGTH] != 0;
    }

    short typeOffset() {
        return itemHasType() ? MAX_TYPE : (short) 0;
    }

    short typeLength() {
        return itemHasType() ? state[OF_ITEM + TYPE_LENGTH] : state[TYPE_LENGTH];
    }

    short size() {
        short size = state[OF_ITEM + SIZE];
        return size != IncomingObject.NO_SIZE ? size : state[SIZE];
    }
}
