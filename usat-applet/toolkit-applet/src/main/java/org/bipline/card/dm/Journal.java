// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

import javacard.framework.JCSystem;
import javacard.framework.Util;

/**
 * Undo journal of the node tables: what a field held is written down before the field is changed. {@link #commit} empties it
 * by one write; {@link #undo} puts the old contents back in reverse order and may itself be cut and repeated.
 *
 * <p>A field is named by its offset in the first table, or by the complement of its offset in the second; four bytes from
 * there on are kept.
 */
final class Journal {
    /**
     * The longest message brings one command for each status of the queue; most change a link and touch a node or two. Then the
     * protection of objects takes two for each leaf that becomes secret.
     */
    private static final short ENTRIES = (short) (3 * StatusQueue.ENTRIES + 64);

    private static final byte FIELD = 0;
    private static final byte OLD = 2;
    private static final byte KEPT = 4; // bytes
    private static final byte ENTRY_SIZE = OLD + KEPT;

    private final byte[] first;
    private final byte[] second;
    private final byte[] entries = new byte[(short) (ENTRIES * ENTRY_SIZE)];
    /** Bytes in the journal, alone in its array: one write that cannot be cut. */
    private final short[] end = new short[1];

    private final byte[] stage; // the next entry, so that it is written at once

    Journal(byte[] first, byte[] second) {
        this.first = first;
        this.second = second;
        stage = JCSystem.makeTransientByteArray(ENTRY_SIZE, JCSystem.CLEAR_ON_RESET);
    }

    /** The state to which {@link #undo} can return until the next commit. */
    short savepoint() {
        return end[0];
    }

    /** Writes down what the field holds; status 500 where there is no room. */
    void keep(short field) {
        short at = end[0];
        if (at == (short) entries.length) {
            Status.raise(Status.COMMAND_FAILED);
        }
        Util.setShort(stage, FIELD, field);
        Util.arrayCopyNonAtomic(table(field), offset(field), stage, OLD, KEPT);
        Util.arrayCopyNonAtomic(stage, (short) 0, entries, at, ENTRY_SIZE);
        end[0] = (short) (at + ENTRY_SIZE); // from here on the entry counts
    }

    /** Tells whether the field was changed since the last commit. */
    boolean holds(short field) {
        for (short at = 0; at < end[0]; at = (short) (at + ENTRY_SIZE)) {
            if (Util.getShort(entries, at) == field) {
                return true;
            }
        }
        return false;
    }

    /** Puts back what was there at the savepoint, 0 for the last commit. */
    void undo(short savepoint) {
        short at = end[0];
        while (at > savepoint) {
            at = (short) (at - ENTRY_SIZE);
            short field = Util.getShort(entries, at);
            Util.arrayCopyNonAtomic(entries, (short) (at + OLD), table(field), offset(field), KEPT);
            end[0] = at;
        }
    }

    /** Forgets the old contents. */
    void commit() {
        if (end[0] != 0) {
            end[0] = 0;
        }
    }

    private byte[] table(short field) {
        return field < 0 ? second : first;
    }

    private static short offset(short field) {
        return field < 0 ? (short) ~field : field;
    }
}
