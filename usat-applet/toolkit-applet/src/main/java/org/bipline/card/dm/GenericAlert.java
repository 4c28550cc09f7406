// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

import javacard.framework.JCSystem;

/**
 * Asks the server, by a generic alert in package 1, what is to become of the objects that card and device have both changed, and of
 * those that are locked because the device is another: an item for each, from the object, with the URI of the record whose leaf
 * Resolve or State takes the answer. OMA DM Protocol 1.2, clause Generic Alert. What the server has acknowledged is not sent again.
 * It is asked about locked objects that it may bind again.
 */
final class GenericAlert {
    private static final short GENERIC_ALERT = 1226;

    private static final byte[] CONFLICT = {
        'R', 'e', 'v', 'e', 'r', 's', 'e', 'd', '-', 'D', 'o', 'm', 'a', 'i', 'n', '-', 'N', 'a', 'm', 'e', ':', ' ',
                'o',
        'r', 'g', '.', 'b', 'i', 'p', 'l', 'i', 'n', 'e', '.', 's', 'y', 'n', 'c', 'c', 'o', 'n', 'f', 'l', 'i', 'c',
                't'
    };
    private static final byte[] DEVICE_CHANGED = {
        'R', 'e', 'v', 'e', 'r', 's', 'e', 'd', '-', 'D', 'o', 'm', 'a', 'i', 'n', '-', 'N', 'a', 'm', 'e', ':', ' ',
        'o', 'r', 'g', '.', 'b', 'i', 'p', 'l', 'i', 'n', 'e', '.', 'd', 'e', 'v', 'i', 'c', 'e', 'c', 'h', 'a', 'n',
        'g', 'e', 'd'
    };
    private static final byte[] WARNING = {'w', 'a', 'r', 'n', 'i', 'n', 'g'};

    /** More wait for the next session: a message without limit has room for these, whatever their names. */
    private static final short MAX_ITEMS = 16;

    // indexes into state
    private static final byte COMMAND = 0; // CmdID of the alert in the message written last, 0 if it has none
    private static final byte ITEMS = 1;
    private static final byte STATE_SIZE = 2;

    private final MoStore store;
    private final Acl acl;
    private final SyncRecords records;
    private final Binding binding;
    private final short[] state;

    GenericAlert(MoStore store, Acl acl, SyncRecords records, Binding binding) {
        this.store = store;
        this.acl = acl;
        this.records = records;
        this.binding = binding;
        state = JCSystem.makeTransientShortArray(STATE_SIZE, JCSystem.CLEAR_ON_RESET);
    }

    /** The message has no alert. */
    void clear() {
        state[COMMAND] = 0;
    }

    /** Writes the alert, if there is something to ask, and returns the next CmdID. */
    short write(WbxmlWriter out, short command) {
        clear();
        short record = unreported(MoStore.NONE);
        short locked = locked(MoStore.NONE);
        if (record == MoStore.NONE && locked == MoStore.NONE) {
            return command;
        }
        state[COMMAND] = command;
        state[ITEMS] = 0;
        out.open(Element.ALERT);
        out.element(Element.CMD_ID, command);
        out.element(Element.DATA, GENERIC_ALERT);
        for (; record != MoStore.NONE && state[ITEMS] < MAX_ITEMS; record = unreported(record)) {
            writeItem(out, record, CONFLICT);
            state[ITEMS]++;
        }
        for (; locked != MoStore.NONE && state[ITEMS] < MAX_ITEMS; locked = locked(locked)) {
            writeItem(out, locked, DEVICE_CHANGED);
            state[ITEMS]++;
        }
        out.close();
        return (short) (command + 1);
    }

    /** The next record that the server has to be told of, which decides on its object; NONE behind the last. */
    private short unreported(short record) {
        do {
            record = records.unreported(record);
        } while (record != MoStore.NONE && !acl.allows(record, MoStore.ACCESS_REPLACE));
        return record;
    }

    /** The next locked object behind one, of those that the server may bind again and does not know of. */
    private short locked(short record) {
        do {
            record = binding.unreported(record);
        } while (record != MoStore.NONE && !acl.allows(record, MoStore.ACCESS_REPLACE));
        return record;
    }

    private void writeItem(WbxmlWriter out, short record, byte[] type) {
        short object = records.object(record);
        out.open(Element.ITEM);
        if (object != MoStore.NONE) {
            out.open(Element.SOURCE);
            out.open(Element.LOC_URI);
            out.openText();
            store.writeUri(object, out);
            out.closeText();
            out.close();
            out.close();
        }
        out.open(Element.META);
        out.element(Element.TYPE, type);
        ResultsWriter.writeFormat(out, Format.CHR);
        out.element(Element.MARK, WARNING);
        out.close();
        out.open(Element.DATA);
        out.openText();
        store.writeUri(record, out);
        out.closeText();
        out.close();
        out.close();
    }

    /** The server has taken a command of the message written last: if it is the alert, the server knows. */
    void taken(short command) {
        if (state[COMMAND] == 0 || command != state[COMMAND]) {
            return;
        }
        state[COMMAND] = 0;
        for (; state[ITEMS] > 0; state[ITEMS]--) {
            short record = unreported(MoStore.NONE);
            short locked = locked(MoStore.NONE);
            if (record != MoStore.NONE) {
                records.write(store.parent(store.parent(record)), record, SyncRecords.REPORTED);
            } else if (locked != MoStore.NONE) {
                binding.reported(locked);
            }
        }
    }
}
