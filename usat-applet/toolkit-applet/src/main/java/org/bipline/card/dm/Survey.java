// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

import javacard.framework.JCSystem;

/**
 * The objects that a local session is about, and behind them the records of objects that are gone: as many at a time as one
 * message can ask for, what the device has answered on each, and the one at work. Technical specification clause 15, Comparison.
 */
final class Survey {
    // indexes into state
    private static final byte DEVICE = 0; // node below ./Sync
    private static final byte LEVEL = 1; // of authentication
    private static final byte CURSOR = 2; // the first object or record of the next survey
    private static final byte COUNT = 3; // entries
    private static final byte CURRENT = 4; // the one at work
    private static final byte NAMED = 5; // the ME has said that the device has the name it tells
    private static final byte STATE_SIZE = 6;

    // indexes into an entry
    private static final byte NODE = 0; // object, or record of one that is gone
    private static final byte STATUS = 1; // of the Get of the VerNo
    private static final byte VERSION = 2;
    private static final byte ENTRY_SIZE = 3;

    /** What one message of usual size has room for. */
    private static final byte ENTRIES = 8;

    /** Bytes of a message that a survey leaves to header, credentials, statuses and the Get of the anchor. */
    private static final short OVERHEAD = 420;

    private static final short GET_OVERHEAD = 32; // of a Get, beside the URI

    private final MoStore store;
    private final SyncRecords records;
    private final Binding binding;
    private final WbxmlWriter meter;
    private final short[] state;
    private final short[] entries;

    Survey(MoStore store, SyncRecords records, Binding binding, WbxmlWriter meter) {
        this.store = store;
        this.records = records;
        this.binding = binding;
        this.meter = meter;
        state = JCSystem.makeTransientShortArray(STATE_SIZE, JCSystem.CLEAR_ON_RESET);
        entries = JCSystem.makeTransientShortArray((short) (ENTRIES * ENTRY_SIZE), JCSystem.CLEAR_ON_RESET);
    }

    /** Whether there is anything that a device could get, has to give back, or could be allowed. */
    boolean hasWork() {
        if (Functions.hasPolicies(store)) {
            return true;
        }
        short object = store.firstChild(ManagementTree.objects(store));
        for (; object != MoStore.NONE; object = store.nextSibling(object)) {
            if (records.policy.direction(object) != Policy.NOT_RELEASED) {
                return true;
            }
        }
        short known = store.firstChild(ManagementTree.devices(store));
        while (known != MoStore.NONE && records.firstRecord(known) == MoStore.NONE) {
            known = store.nextSibling(known);
        }
        return known != MoStore.NONE;
    }

    /** Whether there is an object that a device gets only when it proves itself by a MAC. */
    boolean demandsMac() {
        short object = store.firstChild(ManagementTree.objects(store));
        while (object != MoStore.NONE
                && (records.policy.direction(object) == Policy.NOT_RELEASED
                        || records.policy.level(object) < Credentials.MAC)) {
            object = store.nextSibling(object);
        }
        return object != MoStore.NONE;
    }

    void clear() {
        for (short i = 0; i < STATE_SIZE; i++) {
            state[i] = 0;
        }
    }

    // --- taking the objects

    /** The device is authenticated by this type: NONE, MD5 or MAC. */
    void setLevel(short level) {
        state[LEVEL] = level;
    }

    /** Whether the ME has told the name that the device tells. */
    void setNamed(boolean isNamed) {
        state[NAMED] = isNamed ? (short) 1 : (short) 0;
    }

    /** Goes to the first object, for the device of this node (NONE: a new one); tells whether there is any. */
    boolean start(short device) {
        state[DEVICE] = device;
        short first = store.firstChild(ManagementTree.objects(store));
        state[CURSOR] = relevant(first == MoStore.NONE ? firstRecord() : first);
        return state[CURSOR] != MoStore.NONE;
    }

    /** The device has got a node. */
    void setDevice(short device) {
        state[DEVICE] = device;
    }

    short device() {
        return state[DEVICE];
    }

    /** Takes the next objects, as many as a message of this size can ask for; tells whether there are any. */
    boolean take(short maxMessage) {
        short room = (short) (maxMessage - OVERHEAD);
        short count = 0;
        short node = state[CURSOR];
        while (node != MoStore.NONE && count < ENTRIES) {
            meter.begin(null);
            writeUri(node, meter);
            room = (short) (room - GET_OVERHEAD - meter.count());
            if (count != 0 && room < 0) {
                break;
            }
            short at = (short) (count * ENTRY_SIZE);
            entries[(short) (at + NODE)] = node;
            entries[(short) (at + STATUS)] = 0;
            count++;
            node = relevant(following(node));
        }
        state[CURSOR] = node;
        state[COUNT] = count;
        state[CURRENT] = 0;
        return count != 0;
    }

    private boolean isObject(short node) {
        return store.parent(node) == ManagementTree.objects(store);
    }

    /** The node behind an object or record: behind the last object stands the first record. */
    private short following(short node) {
        short next = store.nextSibling(node);
        return next == MoStore.NONE && isObject(node) ? firstRecord() : next;
    }

    private short firstRecord() {
        return state[DEVICE] == MoStore.NONE ? MoStore.NONE : records.firstRecord(state[DEVICE]);
    }

    /** The node, or the first behind it, that the session is about. */
    private short relevant(short node) {
        while (node != MoStore.NONE && !isRelevant(node)) {
            node = following(node);
        }
        return node;
    }

    /** An object that is released or recorded, for whom the device is trusted enough and the right one; a record of an object that is gone. */
    private boolean isRelevant(short node) {
        if (!isObject(node)) {
            return records.object(node) == MoStore.NONE;
        }
        return records.policy.level(node) <= state[LEVEL]
                && binding.isUsable(node, state[NAMED] != 0)
                && (records.policy.direction(node) != Policy.NOT_RELEASED
                        || (state[DEVICE] != MoStore.NONE && records.record(state[DEVICE], node) != MoStore.NONE));
    }

    // --- the entries

    short count() {
        return state[COUNT];
    }

    /** The device has answered the Get of the entry's VerNo with this status; 0 while there is no answer. */
    void setStatus(short entry, short status) {
        entries[(short) (entry * ENTRY_SIZE + STATUS)] = status;
    }

    void setVersion(short entry, short version) {
        entries[(short) (entry * ENTRY_SIZE + VERSION)] = version;
    }

    /** Writes the URI that an entry's object has on the device. */
    void writeUriOf(short entry, MessageSink to) {
        writeUri(entries[(short) (entry * ENTRY_SIZE + NODE)], to);
    }

    /** Writes the URI that an object, or the object of a record, has on the device. */
    void writeUri(short node, MessageSink to) {
        short record = isObject(node) ? records.record(state[DEVICE], node) : node;
        if (record == MoStore.NONE || (isObject(node) && records.isDeclined(record))) {
            records.policy.writeTarget(node, to);
        } else {
            records.writeUri(record, to);
        }
    }

    // --- the object at work

    /** Its entry. */
    short current() {
        return state[CURRENT];
    }

    boolean hasCurrent() {
        return state[CURRENT] < state[COUNT];
    }

    void next() {
        state[CURRENT]++;
    }

    /** The object; NONE if it is gone. */
    short object() {
        short node = node();
        return isObject(node) ? node : MoStore.NONE;
    }

    private short node() {
        return entries[(short) (state[CURRENT] * ENTRY_SIZE + NODE)];
    }

    /** The record of the object; NONE if there is none. */
    short record() {
        return isObject(node()) ? records.record(state[DEVICE], node()) : node();
    }

    /** VerNo of the device's copy. */
    short version() {
        return entries[(short) (state[CURRENT] * ENTRY_SIZE + VERSION)];
    }

    /** Status of the Get of it. */
    short status() {
        return entries[(short) (state[CURRENT] * ENTRY_SIZE + STATUS)];
    }

    /** Writes the URI that the object has on the device. */
    void writeUri(MessageSink to) {
        writeUriOf(state[CURRENT], to);
    }
}
