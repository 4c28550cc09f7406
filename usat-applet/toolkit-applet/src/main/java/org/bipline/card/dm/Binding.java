// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

import javacard.framework.ISOException;
import javacard.framework.Util;

/**
 * The records below ./Binding of the objects that are bound or have sensitive leaves, and the device against which they are held.
 * Technical specification clause 4, Binding.
 *
 * <pre>
 * ./Binding/bank/State    bound, locked, reported (locked, and its server knows); a server writes bound or rebind
 * ./Binding/bank/Device   IMEI of the device that it is bound to, empty before the first
 * ./Binding/bank/Seal     integrity value, which nobody reads
 * </pre>
 */
final class Binding {
    // states, numbers of their words
    private static final byte BOUND = 1;
    private static final byte LOCKED = 2;
    private static final byte REPORTED = 3;
    private static final byte REBIND = 4; // as soon as a device tells its IMEI

    private static final byte[] STATES = {
        5, 'b', 'o', 'u', 'n', 'd', 6, 'l', 'o', 'c', 'k', 'e', 'd', 8, 'r', 'e', 'p', 'o', 'r', 't', 'e', 'd', 6, 'r',
        'e', 'b', 'i', 'n', 'd'
    };

    private static final byte[] STATE = {'S', 't', 'a', 't', 'e'};
    private static final byte[] DEVICE = {'D', 'e', 'v', 'i', 'c', 'e'};
    private static final byte[] SEAL = {'S', 'e', 'a', 'l'};
    private static final byte[] NAME_PREFIX = {'I', 'M', 'E', 'I', ':'};

    /**
     * Digits that tell devices apart: type allocation code and serial number. The digit behind them is a check digit in one place
     * and a spare one in another. 3GPP TS 23.003 clause 6.2.1.
     */
    private static final short IMEI_DIGITS = 14;

    private final MoStore store;
    private final Policy policy;
    private final Device device;
    private final Protection protection;

    Binding(MoStore store, Policy policy, Device device, Protection protection) {
        this.store = store;
        this.policy = policy;
        this.device = device;
        this.protection = protection;
    }

    // --- records

    /** The record of an object; NONE if it has none. */
    short record(short object) {
        return store.childNamedAs(ManagementTree.bindings(store), object);
    }

    short seal(short record) {
        return store.child(record, SEAL);
    }

    short device(short record) {
        return store.child(record, DEVICE);
    }

    private byte state(short record) {
        return store.word(store.child(record, STATE), STATES);
    }

    boolean isLocked(short record) {
        return state(record) != BOUND;
    }

    private void setState(short record, byte state) {
        short at = 0;
        for (byte n = 1; n < state; n++) {
            at = (short) (at + 1 + STATES[at]);
        }
        store.replaceValue(store.child(record, STATE), STATES, (short) (at + 1), STATES[at]);
    }

    /** Makes the record of an object, which has the list of the object; its seal comes later. */
    short addRecord(short object) {
        store.draft(Format.NODE, MoStore.ACCESS_GET);
        store.draftNameOf(object);
        short record = store.create();
        store.shareAcl(record, object);
        append(record, Format.CHR, STATE, (byte) (MoStore.ACCESS_GET | MoStore.ACCESS_REPLACE));
        short state = store.child(record, STATE);
        store.changeValue(state, store.heap().putAside(STATES, (short) 1, STATES[0]), STATES[0]);
        append(record, Format.CHR, DEVICE, MoStore.ACCESS_GET);
        append(record, Format.BIN, SEAL, (byte) 0);
        store.attach(ManagementTree.bindings(store), record);
        return record;
    }

    private void append(short record, byte format, byte[] name, byte access) {
        short length = (short) name.length;
        short chain = store.heap().putAside(name, (short) 0, length);
        store.draft(format, access);
        store.draftName(chain, length);
        store.append(record, store.create());
    }

    private short objectOf(short record) {
        return store.childNamedAs(ManagementTree.objects(store), record);
    }

    /** The next record, behind another or NONE for the first, that is locked without its server knowing; NONE behind the last. */
    short unreported(short record) {
        record = record == MoStore.NONE ? store.firstChild(ManagementTree.bindings(store)) : store.nextSibling(record);
        while (record != MoStore.NONE && state(record) != LOCKED) {
            record = store.nextSibling(record);
        }
        return record;
    }

    /** The server knows that the object is locked. */
    void reported(short record) {
        setState(record, REPORTED);
    }

    // --- the device

    private boolean isBoundToDevice(short object) {
        byte binding = policy.binding(object);
        return binding == Policy.DEVICE || binding == Policy.DEVICES;
    }

    /** Whether an object can be handed over: it is not bound, or to this card, or to this device, whose name was checked. */
    boolean isUsable(short object, boolean isNamed) {
        byte binding = policy.binding(object);
        if (binding == Policy.UNBOUND) {
            return true;
        }
        short record = record(object);
        return record != MoStore.NONE
                && state(record) == BOUND
                && (binding == Policy.CARD || (isNamed && isBoundToDevice(object)));
    }

    /** Whether a device, or the card, has to say something on an object: it waits for its device, or was bound again. */
    boolean isPending() {
        short record = store.firstChild(ManagementTree.bindings(store));
        while (record != MoStore.NONE && !isPending(record)) {
            record = store.nextSibling(record);
        }
        return record != MoStore.NONE;
    }

    private boolean isPending(short record) {
        return state(record) == REBIND
                || (policy.binding(objectOf(record)) == Policy.DEVICE && store.valueLength(device(record)) == 0);
    }

    private boolean hasBound() {
        short record = store.firstChild(ManagementTree.bindings(store));
        while (record != MoStore.NONE && !isBoundToDevice(objectOf(record)) && state(record) != REBIND) {
            record = store.nextSibling(record);
        }
        return record != MoStore.NONE;
    }

    /**
     * Asks the ME for its IMEI, if anything is bound to a device: binds what waits for one, locks what is bound to another. The
     * caller commits.
     *
     * @return whether the device is the one that {@code name[off .. off + len)} says
     */
    boolean check(byte[] name, short off, short len) {
        if (!hasBound()) {
            return false;
        }
        short digits = device.readImei();
        short record = store.firstChild(ManagementTree.bindings(store));
        while (record != MoStore.NONE) {
            short next = store.nextSibling(record);
            check(objectOf(record), record, digits);
            record = next;
        }
        short prefix = (short) NAME_PREFIX.length;
        return digits >= IMEI_DIGITS
                && (short) (len - prefix) >= IMEI_DIGITS
                && Util.arrayCompare(NAME_PREFIX, (short) 0, name, off, prefix) == 0
                && Util.arrayCompare(device.text(), (short) 0, name, (short) (off + prefix), IMEI_DIGITS) == 0;
    }

    private void check(short object, short record, short digits) {
        boolean toDevice = isBoundToDevice(object);
        if (toDevice && digits < IMEI_DIGITS) {
            return; // it does not say who it is, and gets nothing
        }
        boolean again = state(record) == REBIND;
        if (again || (toDevice && policy.binding(object) == Policy.DEVICE && store.valueLength(device(record)) == 0)) {
            if (protection.open(object, record)) {
                bind(object, record, digits, again);
            }
        } else if (toDevice && state(record) == BOUND && !isHere(object, record) && protection.open(object, record)) {
            lock(object, record, digits);
        }
    }

    /** Binds to the device that is there; what was sensitive for the one before is erased. */
    private void bind(short object, short record, short digits, boolean again) {
        if (policy.binding(object) == Policy.DEVICE) {
            store.replaceValue(device(record), device.text(), (short) 0, digits);
        } else if (isBoundToDevice(object) && !isHere(object, record)) {
            lock(object, record, digits); // no device of the list
            return;
        }
        if (again) {
            for (short node = object; node != MoStore.NONE; node = store.following(node, object, true)) {
                if (store.isSecret(node)) {
                    store.setValue(node, MoStore.NONE, (short) 0);
                }
            }
            store.count(object);
            setState(record, BOUND);
        }
        log(SecurityLog.BIND, Status.OK, object, digits);
    }

    private void lock(short object, short record, short digits) {
        setState(record, LOCKED);
        log(SecurityLog.DEVICE, Status.FORBIDDEN, object, digits);
    }

    /** Whether the device that was read is one that the object is bound to. */
    private boolean isHere(short object, short record) {
        if (policy.binding(object) == Policy.DEVICE) {
            short leaf = device(record);
            return store.valueLength(leaf) >= IMEI_DIGITS && isImei(leaf, (short) 0);
        }
        short list = policy.devices(object);
        short end = list == MoStore.NONE ? (short) 0 : store.valueLength(list);
        for (short at = 0; (short) (end - at) >= IMEI_DIGITS; at++) {
            if ((at == 0 || store.valueByte(list, (short) (at - 1)) == ',') && isImei(list, at)) {
                return true;
            }
        }
        return false;
    }

    private boolean isImei(short leaf, short from) {
        for (short i = 0; i < IMEI_DIGITS; i++) {
            if (store.valueByte(leaf, (short) (from + i)) != device.text()[i]) {
                return false;
            }
        }
        return true;
    }

    /** Whether a device that has the anchor of now has what is bound to it, too, in the version of now. */
    boolean isServed(short known, SyncRecords records) {
        short record = store.firstChild(ManagementTree.bindings(store));
        for (; record != MoStore.NONE; record = store.nextSibling(record)) {
            short object = objectOf(record);
            if (isBoundToDevice(object)
                    && state(record) == BOUND
                    && policy.direction(object) != Policy.NOT_RELEASED
                    && !records.hasVersion(known, object)) {
                return false;
            }
        }
        return true;
    }

    /** As {@link #check}, in a commit of its own: at the start, and when a message has bound something. */
    void checkAndCommit() {
        try {
            check(NAME_PREFIX, (short) 0, (short) 0);
            protection.beforeCommit();
            store.commit();
        } catch (ISOException e) { // no room: next time
            store.rollback((short) 0);
        }
    }

    /** Records what has happened to an object, with the device that was read; 0 for its length if none was. */
    void log(byte operation, short outcome, short object, short digits) {
        short length = store.getByte(object, NodeTable.NAME_LENGTH);
        if (length > (short) store.draft.length) {
            length = (short) store.draft.length;
        }
        for (short i = 0; i < length; i++) {
            store.draft[i] = store.heap().at(store.get(object, NodeTable.NAME), i);
        }
        store.log()
                .record(
                        operation,
                        outcome,
                        digits == 0 ? null : device.text(),
                        (short) 0,
                        digits,
                        store.draft,
                        (short) 0,
                        length);
    }
}
