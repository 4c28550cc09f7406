// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

import javacard.framework.ISOException;
import javacard.framework.JCSystem;

/**
 * What a local session does: compares the objects of card and device by their versions, one after another, and brings both to
 * agree as the policies have it. Technical specification clause 15, Comparison.
 *
 * <table>
 * <caption>Steps: what the card's last message asked for</caption>
 * <tr><th>step</th><th>commands</th><th>next, when they are answered</th></tr>
 * <tr><td>NONE</td><td></td><td>SURVEY, or the end where the device has the anchor of now</td></tr>
 * <tr><td>SURVEY</td><td>Get of the anchor, in the first, and of the VerNo of some objects</td><td>what each needs</td></tr>
 * <tr><td>ASK</td><td>Alert 1101</td><td>PUSH, PULL, STAMP or the next object</td></tr>
 * <tr><td>PUSH</td><td>Add or Replace, in chunks; with the last Get of the VerNo</td><td>PUSH or the next object</td></tr>
 * <tr><td>PULL</td><td>Get of the device's copy</td><td>the next object</td></tr>
 * <tr><td>STAMP</td><td>Get of the time of its last change</td><td>PUSH or PULL</td></tr>
 * <tr><td>DELETE</td><td>Delete</td><td>the next object</td></tr>
 * <tr><td>ANCHOR</td><td>Replace of the leaf Connect, where the policy wants it; Add or Replace of the anchor</td>
 * <td>the end</td></tr>
 * </table>
 *
 * <p>Behind the last object of a survey the next survey follows, behind the last of all ANCHOR. What a step changes in the tree
 * is committed with its record before the next message goes out.
 */
final class Synchronisation {
    static final byte NONE = 0;
    static final byte SURVEY = 1;
    static final byte ASK = 2;
    static final byte PUSH = 3;
    static final byte PULL = 4;
    static final byte STAMP = 5;
    static final byte DELETE = 6;
    static final byte ANCHOR = 7;

    // indexes into state
    private static final byte STEP = 0;
    private static final byte DEVICE = 1; // node below ./Sync
    private static final byte LEVEL = 2; // of authentication
    private static final byte IS_CURRENT = 3; // the device has told the anchor of now
    private static final byte IS_KNOWN = 4; // and has that of the last session in its tree
    private static final byte HAS_ANCHOR = 5; // it has one
    private static final byte IS_FIRST = 6; // the survey asks for it
    private static final byte CHANGED = 7; // something was, on either side
    private static final byte CURSOR = 8; // the first object or record of the next survey
    private static final byte COUNT = 9; // objects of the survey
    private static final byte ENTRY = 10; // the one at work
    private static final byte FIRST_COMMAND = 11; // CmdID of the first command of the step
    private static final byte RESULT = 12; // its status
    private static final byte SIZE = 13; // of the object that is pushed
    private static final byte OFFSET = 14; // of the chunk in it
    private static final byte CHUNK = 15; // bytes of the chunk
    private static final byte IS_NEW = 16; // for the device: Add
    private static final byte COPY = 17; // root of the device's copy
    private static final byte ONLY_COMPARE = 18;
    private static final byte DEVICE_IS_NEWER = 19;
    private static final byte MAX_OBJECT = 20; // that the device takes
    private static final byte COMMAND_MESSAGE = 21; // MsgID of the message with the commands of the step
    private static final byte CONNECT = 22; // 1: the device is to connect to the server of
    private static final byte CONNECT_OBJECT = 23; // this object, which it has adopted
    private static final byte STATE_SIZE = 24;

    // the survey: indexes into an entry
    private static final byte NODE = 0; // object, or record of one that is gone
    private static final byte STATUS = 1; // of the Get of the VerNo
    private static final byte VERSION = 2;
    private static final byte ENTRY_SIZE = 3;

    /** Objects in a survey: what one message of usual size has room for. */
    private static final byte ENTRIES = 8;

    /** Bytes of a message that a survey leaves to header, credentials, statuses and the Get of the anchor. */
    private static final short SURVEY_OVERHEAD = 420;

    private static final short GET_OVERHEAD = 32; // of a Get, beside the URI

    private final MoStore store;
    private final SyncRecords records;
    private final DeviceAccount account;
    private final TndsWriter tnds;
    private final Device device;
    private final DeviceCopy copy;
    private final WbxmlWriter meter;
    private final short[] state;
    private final short[] entries;

    Synchronisation(
            MoStore store,
            SyncRecords records,
            DeviceAccount account,
            TndsWriter tnds,
            Device device,
            IncomingObject object,
            WbxmlWriter meter) {
        this.store = store;
        this.records = records;
        this.account = account;
        this.tnds = tnds;
        this.device = device;
        copy = new DeviceCopy(store, records.policy, object);
        this.meter = meter;
        state = JCSystem.makeTransientShortArray(STATE_SIZE, JCSystem.CLEAR_ON_RESET);
        entries = JCSystem.makeTransientShortArray((short) (ENTRIES * ENTRY_SIZE), JCSystem.CLEAR_ON_RESET);
    }

    /** Whether there is anything that a device could get or has to give back. */
    boolean hasWork() {
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

    void begin() {
        for (short i = 0; i < STATE_SIZE; i++) {
            state[i] = 0;
        }
        copy.drop();
    }

    // --- what the device says

    /**
     * The device tells the anchor of its last session. Where another device was here since, it gets commands all the same:
     * without them a client does not give the card a new nonce.
     */
    void takeAnchor(byte[] text, short len) {
        short node = account.device(records);
        boolean current = node != MoStore.NONE
                && account.hasNonceOfDevice()
                && records.isAnchor(node, text, (short) 0, len)
                && records.isCurrent(node);
        state[IS_CURRENT] = current ? (short) 1 : (short) 0;
    }

    /** A command of the card has got a status. */
    void takeStatus(short message, short command, short status) {
        if (message != state[COMMAND_MESSAGE]) {
            return;
        }
        short at = (short) (command - state[FIRST_COMMAND]);
        if (at == 0 || state[STEP] == ANCHOR) {
            state[RESULT] = status;
        } else if (entry(at) >= 0) {
            entries[(short) (entry(at) + STATUS)] = status;
        }
    }

    /** A Get of the card has got a result, {@code text[0 .. len)}. */
    void takeResult(short message, short command, byte[] text, short len) {
        if (message != state[COMMAND_MESSAGE]) {
            return;
        }
        short at = (short) (command - state[FIRST_COMMAND]);
        if (at != 0) {
            short version = Text.unsigned(text, (short) 0, len);
            if (entry(at) >= 0) {
                entries[(short) (entry(at) + VERSION)] = version;
            }
        } else if (state[STEP] == STAMP) {
            state[DEVICE_IS_NEWER] =
                    len == MoStore.TIME_LENGTH && store.isOlder(object(), text, (short) 0) ? (short) 1 : (short) 0;
        } else if (state[STEP] == SURVEY) {
            state[IS_KNOWN] = records.isAnchor(state[DEVICE], text, (short) 0, len) ? (short) 1 : (short) 0;
        }
    }

    /** Offset of the entry that the command, counted from the first of the step, is about; -1 if it is about none. */
    private short entry(short at) {
        short entry = state[STEP] == SURVEY ? (short) (at - 1) : state[ENTRY];
        boolean exists = state[STEP] == SURVEY ? entry >= 0 && entry < state[COUNT] : state[STEP] == PUSH && at == 1;
        return exists ? (short) (entry * ENTRY_SIZE) : (short) -1;
    }

    /** Tells whether the results of the command are the device's copy of an object. */
    boolean isCopy(short message, short command) {
        return state[STEP] == PULL && message == state[COMMAND_MESSAGE] && command == state[FIRST_COMMAND];
    }

    DeviceCopy copy() {
        return copy;
    }

    /** The results with the copy end, with more to come or not; returns their status. */
    short endCopy(boolean more) {
        try {
            if (more) {
                copy.endChunk();
                return Status.CHUNK_ACCEPTED;
            }
            state[COPY] = copy.finish();
            return Status.OK;
        } catch (ISOException e) {
            copy.drop();
            state[COPY] = MoStore.NONE;
            return e.getReason();
        }
    }

    // --- the next message

    /** Tells whether the card's own package goes on, whatever the device has left to say. */
    boolean isInChunks() {
        return state[STEP] == PUSH && (short) (state[OFFSET] + state[CHUNK]) < state[SIZE];
    }

    /**
     * The commands of the last message are answered: changes the tree and says whether there are more commands.
     *
     * @param level of the device's authentication, 0 or 1
     * @param maxMessage largest message that the device takes
     * @param maxObject largest object
     */
    boolean advance(short level, short maxMessage, short maxObject) {
        state[LEVEL] = level;
        state[MAX_OBJECT] = maxObject;
        switch (state[STEP]) {
            case NONE:
                return state[IS_CURRENT] == 0 && start(maxMessage);
            case SURVEY:
                if (state[IS_FIRST] != 0) {
                    state[IS_FIRST] = 0;
                    state[HAS_ANCHOR] = state[RESULT] == Status.OK ? (short) 1 : (short) 0;
                }
                break;
            case ASK:
                if (answered()) {
                    return true;
                }
                state[ENTRY]++;
                break;
            case PUSH:
                if (endPush()) {
                    return true;
                }
                state[ENTRY]++;
                break;
            case PULL:
                endPull();
                state[ENTRY]++;
                break;
            case STAMP:
                if (state[DEVICE_IS_NEWER] != 0 ? pull(false) : push(false)) {
                    return true;
                }
                state[ENTRY]++;
                break;
            case DELETE:
                if (state[RESULT] == Status.OK || state[RESULT] == Status.NOT_FOUND) {
                    store.delete(record());
                    state[CHANGED] = 1;
                }
                state[ENTRY]++;
                break;
            default: // ANCHOR
                return false;
        }
        while (state[ENTRY] < state[COUNT]) {
            if (decide()) {
                return true;
            }
            state[ENTRY]++;
        }
        return survey(maxMessage);
    }

    private boolean start(short maxMessage) {
        short node = account.device(records);
        state[DEVICE] = node;
        short first = store.firstChild(ManagementTree.objects(store));
        state[CURSOR] = relevant(first == MoStore.NONE ? firstRecord() : first);
        if (node == MoStore.NONE) {
            if (state[CURSOR] == MoStore.NONE) {
                return false; // nothing for a device that is new
            }
            state[DEVICE] = account.addDevice(records);
        }
        state[IS_FIRST] = 1;
        return survey(maxMessage);
    }

    private boolean survey(short maxMessage) {
        short room = (short) (maxMessage - SURVEY_OVERHEAD);
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
            node = relevant(next(node));
        }
        state[CURSOR] = node;
        state[COUNT] = count;
        state[ENTRY] = 0;
        state[RESULT] = 0;
        state[STEP] = SURVEY;
        return count != 0 || state[IS_FIRST] != 0 || end();
    }

    /** All objects are settled: the device gets a new anchor where it has not that of now. */
    private boolean end() {
        if (state[CHANGED] == 0 && state[IS_KNOWN] != 0 && records.isCurrent(state[DEVICE])) {
            return false;
        }
        records.renewAnchor(state[DEVICE]);
        state[STEP] = ANCHOR;
        return true;
    }

    // --- objects

    private boolean isObject(short node) {
        return store.parent(node) == ManagementTree.objects(store);
    }

    /** The node behind an object or record: behind the last object stands the first record. */
    private short next(short node) {
        short next = store.nextSibling(node);
        return next == MoStore.NONE && isObject(node) ? firstRecord() : next;
    }

    private short firstRecord() {
        return state[DEVICE] == MoStore.NONE ? MoStore.NONE : records.firstRecord(state[DEVICE]);
    }

    /** The node, or the first behind it, that the session is about. */
    private short relevant(short node) {
        while (node != MoStore.NONE && !isRelevant(node)) {
            node = next(node);
        }
        return node;
    }

    /** An object that is released or recorded, for whom the device is trusted enough; a record of an object that is gone. */
    private boolean isRelevant(short node) {
        if (!isObject(node)) {
            return records.object(node) == MoStore.NONE;
        }
        return records.policy.level(node) <= state[LEVEL]
                && (records.policy.direction(node) != Policy.NOT_RELEASED
                        || (state[DEVICE] != MoStore.NONE && records.record(state[DEVICE], node) != MoStore.NONE));
    }

    /** The object at work; NONE if it is gone. */
    short object() {
        short node = node();
        return isObject(node) ? node : MoStore.NONE;
    }

    private short node() {
        return entries[(short) (state[ENTRY] * ENTRY_SIZE + NODE)];
    }

    /** The record of the object at work; NONE if there is none. */
    private short record() {
        return isObject(node()) ? records.record(state[DEVICE], node()) : node();
    }

    private short version() {
        return entries[(short) (state[ENTRY] * ENTRY_SIZE + VERSION)];
    }

    private short status() {
        return entries[(short) (state[ENTRY] * ENTRY_SIZE + STATUS)];
    }

    // --- decisions

    /** What the object at work needs: whether by commands, which the next message has. */
    private boolean decide() {
        short object = object();
        short record = record();
        boolean present = status() == Status.OK;
        if (!present && status() != Status.NOT_FOUND) {
            return false; // the device does not tell
        }
        byte was = record == MoStore.NONE ? 0 : records.read(record);
        byte direction = object == MoStore.NONE ? Policy.NOT_RELEASED : records.policy.direction(object);
        if (direction == Policy.NOT_RELEASED) {
            return record != MoStore.NONE && takeBack(record, was, present);
        }
        boolean sameOnCard = records.isCardVersion(store.verNo(object));
        if (record == MoStore.NONE || was == SyncRecords.DECLINED) {
            if (record != MoStore.NONE && sameOnCard) {
                return false;
            }
            if (records.policy.asksUser(object)) {
                state[STEP] = ASK;
                return true;
            }
            return adopt();
        }
        boolean sameOnDevice = present && records.isDeviceVersion(version());
        boolean bothWays = direction == Policy.BOTH_WAYS;
        if (!present) {
            if (bothWays && was == SyncRecords.AGREED && sameOnCard && state[IS_KNOWN] != 0) {
                store.delete(record);
                store.delete(object);
                state[CHANGED] = 1;
                return false;
            }
            return push(true);
        }
        boolean open = was == SyncRecords.CONFLICT || was == SyncRecords.REPORTED;
        if (open && sameOnCard && sameOnDevice && records.resolution(record) == 0) {
            return records.policy.conflict(object) != Policy.ASK && conflict();
        }
        if (open || (was == SyncRecords.PENDING && !sameOnDevice)) {
            return conflict();
        }
        if (sameOnCard && sameOnDevice) {
            return false;
        }
        if (sameOnDevice || !bothWays) {
            return push(false);
        }
        return sameOnCard ? pull(false) : conflict();
    }

    /** The object is gone or no longer released: so it is on the device, if it came from the card. */
    private boolean takeBack(short record, byte was, boolean present) {
        if (present && (was == SyncRecords.AGREED || was == SyncRecords.PENDING)) {
            state[STEP] = DELETE;
            return true;
        }
        store.delete(record);
        state[CHANGED] = 1;
        return false;
    }

    /** The user has answered. */
    private boolean answered() {
        if (state[RESULT] == Status.OK) {
            return adopt();
        }
        if (state[RESULT] == Status.NOT_MODIFIED) {
            records.clear();
            records.setCardVersion(store.verNo(object()));
            records.write(state[DEVICE], object(), SyncRecords.DECLINED);
            state[CHANGED] = 1;
        }
        return false; // cancelled, no answer, no user interface: next time
    }

    private boolean adopt() {
        return status() == Status.OK ? conflict() : push(true);
    }

    /** Both sides have their own version of the object. */
    private boolean conflict() {
        short object = object();
        short record = record();
        byte resolution = record == MoStore.NONE ? 0 : records.resolution(record);
        byte rule = records.policy.conflict(object);
        if (records.policy.direction(object) != Policy.BOTH_WAYS || resolution == SyncRecords.CARD_WINS) {
            rule = Policy.CARD_WINS;
        } else if (resolution == SyncRecords.DEVICE_WINS) {
            rule = Policy.DEVICE_WINS;
        }
        switch (rule) {
            case Policy.DEVICE_WINS:
                return pull(false);
            case Policy.ASK:
                return pull(true);
            case Policy.NEWER_WINS:
                if (store.hasTime(object)) {
                    state[DEVICE_IS_NEWER] = 0;
                    state[STEP] = STAMP;
                    return true;
                }
                return push(false);
            default:
                return push(false);
        }
    }

    /** The device gets the object. The record says so before it is sent: who is cut off finds out how far it came. */
    private boolean push(boolean isNew) {
        short object = object();
        short record = record();
        short size = tnds.length(object, DeviceWriter.SELECTION);
        if (size == Short.MAX_VALUE || size > state[MAX_OBJECT]) {
            return false;
        }
        byte was = record == MoStore.NONE ? SyncRecords.DECLINED : records.read(record);
        if (was == SyncRecords.DECLINED) {
            records.clear();
        }
        if (was != SyncRecords.PENDING) {
            records.write(state[DEVICE], object, SyncRecords.PENDING);
        }
        state[IS_NEW] = isNew ? (short) 1 : (short) 0;
        state[SIZE] = size;
        state[OFFSET] = 0;
        state[CHUNK] = 0;
        state[STEP] = PUSH;
        clearAnswers();
        return true;
    }

    private void clearAnswers() {
        state[RESULT] = 0;
        if (state[STEP] == PUSH) {
            entries[(short) (state[ENTRY] * ENTRY_SIZE + STATUS)] = 0;
        }
    }

    /** Returns whether more chunks follow. */
    private boolean endPush() {
        short result = state[RESULT];
        boolean whole = !isInChunks();
        if (!whole && result == Status.CHUNK_ACCEPTED) {
            state[OFFSET] = (short) (state[OFFSET] + state[CHUNK]);
            clearAnswers();
            return true;
        }
        if (whole && result == Status.OK && status() == Status.OK) {
            agree(object());
            if (isNew() && records.policy.connects(object())) {
                state[CONNECT] = 1;
                state[CONNECT_OBJECT] = object();
            }
        } else if (result >= 300) {
            giveUpPush();
        }
        return false; // what remains pending is looked into in the next session
    }

    /** The device has refused the object: nothing of it was changed. */
    private void giveUpPush() {
        short record = record();
        records.read(record);
        if (records.hasDeviceVersion()) {
            records.write(state[DEVICE], object(), SyncRecords.AGREED);
        } else {
            store.delete(record);
        }
    }

    private void agree(short object) {
        records.clear();
        records.setCardVersion(store.verNo(object));
        records.setDeviceVersion(version());
        records.write(state[DEVICE], object, SyncRecords.AGREED);
        state[CHANGED] = 1;
    }

    /** The card gets the device's copy, or looks whether it is as its own. */
    private boolean pull(boolean onlyCompare) {
        state[ONLY_COMPARE] = onlyCompare ? (short) 1 : (short) 0;
        state[COPY] = MoStore.NONE;
        state[STEP] = PULL;
        device.readTime();
        return true;
    }

    private void endPull() {
        short root = state[COPY];
        if (root == MoStore.NONE) {
            return; // refused by either side
        }
        short object = object();
        boolean same = copy.isLike(object, root);
        if (same || state[ONLY_COMPARE] == 0) {
            if (!same) {
                copy.inherit(object, root);
                store.replace(object, root);
                object = root;
            }
            agree(object);
            return;
        }
        records.clear();
        records.setCardVersion(store.verNo(object));
        records.setDeviceVersion(version());
        records.write(state[DEVICE], object, SyncRecords.CONFLICT);
        state[CHANGED] = 1;
    }

    // --- what the writer asks

    byte step() {
        return (byte) state[STEP];
    }

    /** The commands of the step stand in this message, with these CmdIDs and the following. */
    void setCommands(short message, short first) {
        state[COMMAND_MESSAGE] = message;
        state[FIRST_COMMAND] = first;
    }

    /** Whether the survey asks for the anchor. */
    boolean asksForAnchor() {
        return state[IS_FIRST] != 0;
    }

    /** Whether the device has an anchor, so that it is replaced. */
    boolean hasAnchor() {
        return state[HAS_ANCHOR] != 0;
    }

    /** Whether the device is told to connect to the server of an object. */
    boolean connects() {
        return state[CONNECT] != 0;
    }

    /** Writes the URI that this object has on the device. */
    void writeConnectUri(MessageSink to) {
        writeUri(state[CONNECT_OBJECT], to);
    }

    void writeAnchor(MessageSink to) {
        records.writeAnchor(state[DEVICE], to);
    }

    short count() {
        return state[COUNT];
    }

    /** Writes the URI that an object of the survey has on the device. */
    void writeUriOf(short entry, MessageSink to) {
        writeUri(entries[(short) (entry * ENTRY_SIZE + NODE)], to);
    }

    /** Writes the URI that the object at work has on the device. */
    void writeUri(MessageSink to) {
        writeUriOf(state[ENTRY], to);
    }

    private void writeUri(short node, MessageSink to) {
        short record = isObject(node) ? records.record(state[DEVICE], node) : node;
        if (record == MoStore.NONE) {
            records.policy.writeTarget(node, to);
        } else {
            records.writeUri(record, to);
        }
    }

    /** Whether the object is new for the device. */
    boolean isNew() {
        return state[IS_NEW] != 0;
    }

    short size() {
        return state[SIZE];
    }

    short offset() {
        return state[OFFSET];
    }

    /** So many bytes of the object are in the message. */
    void setChunk(short length) {
        state[CHUNK] = length;
    }
}
