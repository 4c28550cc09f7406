// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

import javacard.framework.ISOException;
import javacard.framework.JCSystem;

/**
 * What a local session does: compares the objects of card and device by their versions, one after another, and brings both to
 * agree as the policies have it. Which they are {@link Survey} knows, what becomes of one {@link Decision}. Technical
 * specification clause 15, Comparison.
 *
 * <table>
 * <caption>Steps: what the card's last message asked for</caption>
 * <tr><th>step</th><th>commands</th><th>next, when they are answered</th></tr>
 * <tr><td>NONE</td><td></td><td>CONSENT or AUTHORISATION where the device asks for a function that a policy allows; else SURVEY, or the end
 * where the device has the anchor of now</td></tr>
 * <tr><td>CONSENT</td><td>Alert 1101</td><td>AUTHORISATION, or as behind it</td></tr>
 * <tr><td>AUTHORISATION</td><td>Replace of the leaf Authorisation</td><td>SURVEY, or the end as above</td></tr>
 * <tr><td>SURVEY</td><td>Get of the anchor, in the first, and of the VerNo of some objects</td><td>what each needs</td></tr>
 * <tr><td>ASK</td><td>Alert 1101</td><td>PUSH, PULL, STAMP or the next object</td></tr>
 * <tr><td>PUSH</td><td>Add or Replace, in chunks; with the last Get of the VerNo</td><td>PUSH or the next object</td></tr>
 * <tr><td>PULL</td><td>Get of the device's copy</td><td>the next object</td></tr>
 * <tr><td>STAMP</td><td>Get of the time of its last change</td><td>PUSH or PULL</td></tr>
 * <tr><td>DELETE</td><td>Delete</td><td>the next object; one that moves is surveyed again</td></tr>
 * <tr><td>CONNECT</td><td>Replace of the leaf Connect</td><td>CONNECT or ANCHOR</td></tr>
 * <tr><td>ANCHOR</td><td>Add or Replace of the anchor</td><td>the end</td></tr>
 * </table>
 *
 * <p>Behind the last object of a survey the next survey follows, behind the last of all CONNECT for each object whose
 * server the device is to turn to, and ANCHOR. What a step changes in the tree
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
    static final byte CONSENT = 8;
    static final byte AUTHORISATION = 9;
    static final byte CONNECT = 10;

    // indexes into state
    private static final byte STEP = 0;
    private static final byte IS_CURRENT = 1; // the device has told the anchor of now
    private static final byte IS_KNOWN = 2; // and has that of the last session in its tree
    private static final byte HAS_ANCHOR = 3; // it has one
    private static final byte IS_FIRST = 4; // the survey asks for it
    private static final byte CHANGED = 5; // something was, on either side
    private static final byte FIRST_COMMAND = 6; // CmdID of the first command of the step
    private static final byte RESULT = 7; // its status
    private static final byte SIZE = 8; // of the object that is pushed
    private static final byte OFFSET = 9; // of the chunk in it
    private static final byte CHUNK = 10; // bytes of the chunk
    private static final byte IS_NEW = 11; // for the device: Add
    private static final byte COPY = 12; // root of the device's copy
    private static final byte ONLY_COMPARE = 13;
    private static final byte DEVICE_IS_NEWER = 14;
    private static final byte MAX_OBJECT = 15; // that the device takes
    private static final byte COMMAND_MESSAGE = 16; // MsgID of the message with the commands of the step
    private static final byte NODE = 17; // policy of the function, or record of the object, that the step is about
    private static final byte AGAIN =
            18; // the objects are surveyed once more: some are not where the policy wants them
    private static final byte STATE_SIZE = 19;

    private final MoStore store;
    private final SyncRecords records;
    private final DeviceAccount account;
    private final TndsWriter tnds;
    private final Device device;
    private final Functions functions;
    private final Protection protection;
    private final DeviceCopy copy;
    private final short[] state;
    private final Survey survey;
    private final Decision decision;

    Synchronisation(
            MoStore store,
            SyncRecords records,
            DeviceAccount account,
            TndsWriter tnds,
            Device device,
            Functions functions,
            IncomingObject object,
            Protection protection,
            WbxmlWriter meter) {
        this.store = store;
        this.records = records;
        this.account = account;
        this.tnds = tnds;
        this.device = device;
        this.functions = functions;
        this.protection = protection;
        copy = new DeviceCopy(store, records.policy, object);
        state = JCSystem.makeTransientShortArray(STATE_SIZE, JCSystem.CLEAR_ON_RESET);
        survey = new Survey(store, records, protection.binding(), meter);
        decision = new Decision(store, records);
    }

    void begin() {
        for (short i = 0; i < STATE_SIZE; i++) {
            state[i] = 0;
        }
        survey.clear();
        functions.clear();
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
                && records.isCurrent(node)
                && protection.binding().isServed(node, records);
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
        } else if (isVersion(at)) {
            survey.setStatus(entry(at), status);
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
            if (isVersion(at)) {
                survey.setVersion(entry(at), version);
            }
        } else if (state[STEP] == STAMP) {
            state[DEVICE_IS_NEWER] = len == MoStore.TIME_LENGTH && store.isOlder(survey.object(), text, (short) 0)
                    ? (short) 1
                    : (short) 0;
        } else if (state[STEP] == SURVEY) {
            state[IS_KNOWN] = records.isAnchor(survey.device(), text, (short) 0, len) ? (short) 1 : (short) 0;
        }
    }

    /** Tells whether the command, counted from the first of the step, is the Get of a VerNo. */
    private boolean isVersion(short at) {
        return state[STEP] == SURVEY ? at > 0 && at <= survey.count() : state[STEP] == PUSH && at == 1;
    }

    /** The entry that the Get of a VerNo is about. */
    private short entry(short at) {
        return state[STEP] == SURVEY ? (short) (at - 1) : survey.current();
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
     * @param level type of the device's authentication: NONE, MD5 or MAC
     * @param maxMessage largest message that the device takes
     * @param maxObject largest object
     */
    boolean advance(short level, short maxMessage, short maxObject) {
        survey.setLevel(level);
        state[MAX_OBJECT] = maxObject;
        switch (state[STEP]) {
            case NONE:
                return (functions.isAsked() && judge(level)) || start(maxMessage);
            case CONSENT:
                return (isAllowed() && authorise(functions.policy(level))) || start(maxMessage);
            case AUTHORISATION:
                return start(maxMessage);
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
                survey.next();
                break;
            case PUSH:
                if (endPush()) {
                    return true;
                }
                survey.next();
                break;
            case PULL:
                endPull();
                survey.next();
                break;
            case STAMP:
                if (state[DEVICE_IS_NEWER] != 0 ? pull(false) : push(false)) {
                    return true;
                }
                survey.next();
                break;
            case DELETE:
                if (state[RESULT] == Status.OK || state[RESULT] == Status.NOT_FOUND) {
                    endDelete();
                } else if (isReleased()) {
                    giveUpPush(); // it stays where it is
                }
                survey.next();
                break;
            case CONNECT:
                records.read(state[NODE]);
                records.write(survey.device(), state[NODE], SyncRecords.AGREED);
                state[CHANGED] = 1;
                break;
            default: // ANCHOR
                return false;
        }
        while (survey.hasCurrent()) {
            if (perform(decision.of(survey, state[IS_KNOWN] != 0))) {
                return true;
            }
            survey.next();
        }
        return nextSurvey(maxMessage);
    }

    private boolean start(short maxMessage) {
        if (state[IS_CURRENT] != 0) {
            return false;
        }
        survey.setNamed(account.check(protection.binding()));
        short node = account.device(records);
        boolean any = survey.start(node);
        if (node == MoStore.NONE) {
            if (!any) {
                return false; // nothing for a device that is new
            }
            survey.setDevice(account.addDevice(records));
        }
        state[IS_FIRST] = 1;
        return nextSurvey(maxMessage);
    }

    // --- functions of the device

    /** Decides on the function that the device asks for: whether by commands, which the next message has. */
    private boolean judge(short level) {
        short policy = functions.policy(level);
        if (policy == MoStore.NONE || !functions.isOf(device)) {
            functions.record(Status.FORBIDDEN);
            return false;
        }
        if (functions.asksUser(policy)) {
            state[NODE] = policy;
            state[RESULT] = 0;
            state[STEP] = CONSENT;
            return true;
        }
        return authorise(policy);
    }

    /** The user has been asked. */
    private boolean isAllowed() {
        if (state[RESULT] != Status.OK) {
            functions.record(Status.FORBIDDEN);
        }
        return state[RESULT] == Status.OK;
    }

    private boolean authorise(short policy) {
        functions.use(policy);
        state[STEP] = AUTHORISATION;
        return true;
    }

    private boolean nextSurvey(short maxMessage) {
        state[RESULT] = 0;
        state[STEP] = SURVEY;
        if (survey.take(maxMessage) || state[IS_FIRST] != 0) {
            return true;
        }
        if (state[AGAIN] != 0) {
            state[AGAIN] = 0;
            survey.start(survey.device());
            if (survey.take(maxMessage)) {
                return true;
            }
        }
        return end();
    }

    /** All objects are settled: the device learns of servers, and gets a new anchor where it has not that of now. */
    private boolean end() {
        state[NODE] = records.adopted(survey.device());
        if (state[NODE] != MoStore.NONE) {
            state[STEP] = CONNECT;
            return true;
        }
        if (state[CHANGED] == 0 && state[IS_KNOWN] != 0 && records.isCurrent(survey.device())) {
            return false;
        }
        records.renewAnchor(survey.device());
        state[STEP] = ANCHOR;
        return true;
    }

    // --- the object at work

    /** Does what was decided on: whether by commands, which the next message has. */
    private boolean perform(byte decided) {
        switch (decided) {
            case Decision.ASK:
                state[STEP] = ASK;
                return true;
            case Decision.ADD:
                return push(true);
            case Decision.REPLACE:
                return push(false);
            case Decision.TAKE:
                return pull(false);
            case Decision.COMPARE:
                return pull(true);
            case Decision.ASK_TIME:
                state[DEVICE_IS_NEWER] = 0;
                state[STEP] = STAMP;
                return true;
            case Decision.MOVE:
                if (survey.status() != Status.OK) {
                    endDelete();
                    return false;
                }
                records.read(survey.record());
                records.write(
                        survey.device(), survey.object(), SyncRecords.PENDING); // a cut is no deletion by the user
                state[STEP] = DELETE;
                return true;
            case Decision.TAKE_BACK:
                state[STEP] = DELETE;
                return true;
            case Decision.DELETE:
                store.delete(survey.record());
                store.delete(survey.object());
                state[CHANGED] = 1;
                return false;
            case Decision.FORGET:
                store.delete(survey.record());
                state[CHANGED] = 1;
                return false;
            default: // LEAVE
                return false;
        }
    }

    /** The device's copy of the object is gone: for good, or to be made elsewhere. */
    private void endDelete() {
        if (isReleased()) {
            records.move(survey.device(), survey.object());
            state[AGAIN] = 1;
        } else {
            store.delete(survey.record());
        }
        state[CHANGED] = 1;
    }

    private boolean isReleased() {
        short object = survey.object();
        return object != MoStore.NONE && records.policy.direction(object) != Policy.NOT_RELEASED;
    }

    /** The user has answered. */
    private boolean answered() {
        if (state[RESULT] == Status.OK) {
            return perform(decision.ofAdoption(survey));
        }
        if (state[RESULT] == Status.NOT_MODIFIED) {
            records.clear();
            records.setCardVersion(store.verNo(survey.object()));
            records.write(survey.device(), survey.object(), SyncRecords.DECLINED);
            state[CHANGED] = 1;
        }
        return false; // cancelled, no answer, no user interface: next time
    }

    /** The device gets the object. The record says so before it is sent: who is cut off finds out how far it came. */
    private boolean push(boolean isNew) {
        short object = survey.object();
        short record = survey.record();
        if (!protection.isIntact(object)) {
            return false;
        }
        short size = tnds.length(object, DeviceWriter.SELECTION);
        if (size == Short.MAX_VALUE || size > state[MAX_OBJECT]) {
            return false;
        }
        byte was = record == MoStore.NONE ? SyncRecords.DECLINED : records.read(record);
        if (was == SyncRecords.DECLINED) {
            records.clear();
        }
        if (was != SyncRecords.PENDING) {
            records.write(survey.device(), object, SyncRecords.PENDING);
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
            survey.setStatus(survey.current(), (short) 0);
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
        if (whole && result == Status.OK && survey.status() == Status.OK) {
            boolean connects = isNew() && records.policy.connects(survey.object());
            agree(survey.object(), connects ? SyncRecords.ADOPTED : SyncRecords.AGREED);
        } else if (result >= 300) {
            giveUpPush();
        }
        return false; // what remains pending is looked into in the next session
    }

    /** The device has refused the object: nothing of it was changed. */
    private void giveUpPush() {
        short record = survey.record();
        records.read(record);
        if (records.hasDeviceVersion()) {
            records.write(survey.device(), survey.object(), SyncRecords.AGREED);
        } else {
            store.delete(record);
        }
    }

    private void agree(short object, byte agreed) {
        records.clear();
        records.setCardVersion(store.verNo(object));
        records.setDeviceVersion(survey.version());
        if (records.isMisplaced(records.write(survey.device(), object, agreed), object)) {
            state[AGAIN] = 1;
        }
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
        short object = survey.object();
        boolean same = copy.isLike(object, root);
        if (same || state[ONLY_COMPARE] == 0) {
            if (!same) {
                protection.open(object);
                copy.inherit(object, root);
                store.replace(object, root);
                object = root;
            }
            agree(object, SyncRecords.AGREED);
            return;
        }
        records.clear();
        records.setCardVersion(store.verNo(object));
        records.setDeviceVersion(survey.version());
        records.write(survey.device(), object, SyncRecords.CONFLICT);
        state[CHANGED] = 1;
    }

    // --- what the writer asks

    Survey survey() {
        return survey;
    }

    Functions functions() {
        return functions;
    }

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

    /** The policy of the function, or the record of the object, that the step is about. */
    short node() {
        return state[NODE];
    }

    /** Writes the URI that the object of the step has on the device, with whose server it is to connect. */
    void writeConnectUri(MessageSink to) {
        records.writeUri(state[NODE], to);
    }

    void writeAnchor(MessageSink to) {
        records.writeAnchor(survey.device(), to);
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
