// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

import javacard.framework.ISOException;
import javacard.framework.JCSystem;

/**
 * Carries out the server's commands, item by item as they are read, and queues their statuses. OMA DM Representation
 * Protocol 1.2. Nothing is lasting before the whole message was read and the store committed.
 */
final class Commands {
    // alert codes
    private static final short ALERT_NEXT_MESSAGE = 1222;
    private static final short ALERT_SESSION_ABORT = 1223;
    private static final short ALERT_NO_END_OF_DATA = 1225;

    // indexes into state
    private static final byte MESSAGE = 0; // MsgID of the server's message
    private static final byte REFUSAL = 1; // status for all commands: the server is not authenticated
    private static final byte MAX_RESULT = 2; // largest object that the server takes
    private static final byte ELEMENT = 3; // command that is open, 0 if none
    private static final byte COMMAND = 4; // its CmdID
    private static final byte ITEMS = 5; // of it so far
    private static final byte ITEM_STATUS = 6; // 0 while nothing failed
    private static final byte HAS_DATA = 7;
    private static final byte MORE_DATA = 8;
    private static final byte ALERT = 9; // code
    private static final byte WAS_OPEN = 10; // the message must go on with a large object
    private static final byte NO_END = 11; // and did not: reference of the queue to its URI
    private static final byte ABORT = 12; // Alert 1223
    private static final byte LAST_STATUS = 13;
    private static final byte TIMED = 14; // the store has the time of this session's changes
    private static final byte RESULT_REFUSED = 15; // the server did not see the end of results in chunks
    private static final byte IS_PROVEN = 16; // before its end
    private static final byte UNLOCK = 17; // bits of the credentials that it unlocks
    private static final byte STATE_SIZE = 18;

    private final MoStore store;
    private final Authorities account;
    private final StatusQueue queue;
    private final Groups groups;
    private final Target target;
    private final SourceNode source;
    private final IncomingObject object;
    private final Operations operations;
    private final ObjectRights rights;
    private final AccountUpdate accounts;
    private final UserInteraction user;
    private final Device device;
    private final CommandMeta meta;
    private final short[] state;

    Commands(
            MoStore store,
            Authorities account,
            Acl acl,
            StatusQueue queue,
            Target target,
            SourceNode source,
            CommandMeta meta,
            TndsWriter tnds,
            Device device,
            SyncRecords records,
            ChildNames names,
            AccountUpdate accounts,
            Protection protection) {
        this.store = store;
        this.account = account;
        this.queue = queue;
        groups = new Groups(store, queue);
        this.target = target;
        this.source = source;
        object = new IncomingObject(store, account, acl, target, records, protection);
        operations = new Operations(store, acl, target, source, tnds, device, records, names, protection, account);
        rights = new ObjectRights(store, account, acl);
        this.accounts = accounts;
        this.device = device;
        user = new UserInteraction(target.uri, queue); // an alert's items have no target
        this.meta = meta;
        state = JCSystem.makeTransientShortArray(STATE_SIZE, JCSystem.CLEAR_ON_RESET);
    }

    IncomingObject incomingObject() {
        return object;
    }

    void beginSession() {
        object.drop();
        state[LAST_STATUS] = 0;
        state[TIMED] = 0;
    }

    void beginMessage() {
        groups.beginMessage();
        state[ELEMENT] = 0;
        state[WAS_OPEN] = object.isOpen() ? (short) 1 : (short) 0;
        state[NO_END] = 0;
        state[ABORT] = 0;
        state[RESULT_REFUSED] = 0;
        state[UNLOCK] = 0;
    }

    /**
     * The header was read.
     *
     * @param message MsgID
     * @param refusal status that all commands get instead of being carried out, 0 for none
     * @param maxResult largest object that the server takes
     * @param proven whether the message counts already; else its end will tell, and until then nobody is asked anything
     */
    void beginBody(short message, short refusal, short maxResult, boolean proven) {
        state[MESSAGE] = message;
        state[IS_PROVEN] = proven ? (short) 1 : (short) 0;
        state[REFUSAL] = refusal;
        state[MAX_RESULT] = maxResult;
    }

    /** The message was read whole; a large object that did not go on in it is given up. */
    void endMessage() {
        if (state[WAS_OPEN] != 0 && object.isOpen()) {
            giveUpObject();
        }
    }

    /** The message does not count, for this reason: none of its commands does. What the store has of them is undone. */
    void refuseMessage(short status) {
        object.drop();
        state[NO_END] = 0;
        state[ABORT] = 0;
        state[RESULT_REFUSED] = 0;
        state[UNLOCK] = 0;
        state[LAST_STATUS] = status;
        queue.refuse(state[MESSAGE], status);
    }

    /** Bits of the credentials that the message unlocks once it counts, for {@link Unlocking#carryOut}. */
    short unlocked() {
        return state[UNLOCK];
    }

    boolean hasOpenObject() {
        return object.isOpen();
    }

    void dropObject() {
        object.drop();
    }

    /**
     * The server began something else before the last chunk of a large object: Alert 1225 is due. The reference of the queue
     * to the object's URI, NO_REFERENCE where it had no room; 0 if nothing is due.
     */
    short missingEnd() {
        return state[NO_END];
    }

    /** The server did not see the end of the results that it gets in chunks (Alert 1225), and has given them up. */
    boolean isResultRefused() {
        return state[RESULT_REFUSED] != 0;
    }

    boolean isAborted() {
        return state[ABORT] != 0;
    }

    /** The last status that was no success, 0 if there was none. */
    short lastStatus() {
        return state[LAST_STATUS];
    }

    void setLastStatus(short status) {
        state[LAST_STATUS] = status;
    }

    // --- commands

    void begin(byte element) {
        state[COMMAND] = 0;
        groups.requireCommand();
        if (Command.isContainer(element)) {
            groups.begin();
            return;
        }
        state[ELEMENT] = element;
        state[ITEMS] = 0;
        if (state[TIMED] == 0 && state[REFUSAL] == 0 && Command.isChange(element)) {
            state[TIMED] = 1;
            device.readTime();
        }
        meta.beginCommand();
        state[ALERT] = 0;
        user.items.begin();
        if (state[WAS_OPEN] != 0 && element != Element.ADD && element != Element.REPLACE) {
            giveUpObject();
        }
    }

    private void giveUpObject() {
        queue.beginText();
        object.writeUri(queue);
        state[NO_END] = queue.endText();
        object.drop();
        state[WAS_OPEN] = 0;
    }

    void setCommand(byte element, short command) {
        state[COMMAND] = command;
        if (Command.isContainer(element)) {
            add(element, groups.open(element, blocked()), StatusQueue.NO_REFERENCE);
        }
    }

    void end(byte element) {
        groups.requireCommand();
        if (Command.isContainer(element)) {
            groups.close(element);
            return;
        }
        requireCommand();
        if (element == Element.ALERT) {
            endAlert();
        } else if (state[ITEMS] == 0) {
            short status = blocked();
            if (status == 0) {
                status = Command.isCarriedOut(element) ? Status.INCOMPLETE_COMMAND : Status.NOT_SUPPORTED;
            }
            add(element, status, StatusQueue.NO_REFERENCE);
        } else if (state[ITEMS] == 1) {
            queue.dropUri(); // the status stands for the whole command
        }
        state[ELEMENT] = 0;
    }

    /** Status for what is not carried out whatever it is, 0 if it is. */
    private short blocked() {
        if (state[REFUSAL] != 0) {
            return state[REFUSAL];
        }
        return groups.isBypassed() ? Status.NOT_EXECUTED : 0;
    }

    private void requireCommand() {
        if (state[COMMAND] == 0) {
            Fault.raise(Fault.CMD_ID);
        }
    }

    private void add(byte element, short status, short reference) {
        add(element, status, reference, target.selection());
    }

    private void add(byte element, short status, short reference, short detail) {
        queue.add(element, state[MESSAGE], state[COMMAND], status, reference, detail);
        boolean failed = !Status.isSuccess(status);
        if (failed) {
            state[LAST_STATUS] = status;
        }
        if (failed || status == Status.OPERATION_CANCELLED) {
            groups.failed();
        }
    }

    void setAlert(short code) {
        state[ALERT] = code;
    }

    private void endAlert() {
        short code = state[ALERT];
        if (!UserInteraction.is(code) || blocked() != 0 || state[IS_PROVEN] == 0) {
            add(Element.ALERT, alert(code), StatusQueue.NO_REFERENCE);
            return;
        }
        short status = user.run(code);
        short kind = code == UserInteraction.TEXT_INPUT ? StatusQueue.ANSWER_TEXT : StatusQueue.ANSWER_NUMBERS;
        add(Element.ALERT, status, user.answer(), kind);
        if (status == Status.NOT_MODIFIED) {
            groups.bypass();
        } else if (status == Status.OPERATION_CANCELLED || status == Status.REQUEST_TIMEOUT) {
            groups.cancel();
        }
    }

    private short alert(short code) {
        if (code == ALERT_SESSION_ABORT) {
            state[ABORT] = 1; // not answered
        } else if (code == ALERT_NO_END_OF_DATA && state[REFUSAL] == 0) {
            state[RESULT_REFUSED] = 1;
        }
        if (blocked() != 0) {
            return blocked();
        }
        return code == ALERT_NEXT_MESSAGE || code == ALERT_SESSION_ABORT || code == ALERT_NO_END_OF_DATA
                ? Status.OK
                : Status.NOT_SUPPORTED;
    }

    // --- items

    void beginItem() {
        if (state[ELEMENT] == Element.ALERT) {
            user.items.beginItem();
            return;
        }
        requireCommand();
        meta.beginItem();
        state[ITEM_STATUS] = blocked();
        state[HAS_DATA] = 0;
        state[MORE_DATA] = 0;
        target.clear();
        source.clear();
    }

    void setMoreData() {
        state[MORE_DATA] = 1;
    }

    /** What was raised is a status of the item, or a fault of the message. */
    private void fail(ISOException e) {
        short status = e.getReason();
        if (Fault.isFault(status)) {
            throw e;
        }
        if (state[ITEM_STATUS] == 0) {
            state[ITEM_STATUS] = status;
        }
        object.drop();
    }

    boolean isAlert() {
        return state[ELEMENT] == Element.ALERT;
    }

    /** Data of an item of an alert. */
    void alertText(byte[] buf, short off, short len) {
        user.items.append(buf, off, len);
    }

    /** The item has data that goes to the store. */
    boolean takesData() {
        return state[ELEMENT] == Element.ADD || state[ELEMENT] == Element.REPLACE;
    }

    void beginData() {
        state[HAS_DATA] = 1;
        if (state[ITEM_STATUS] != 0) {
            return;
        }
        try {
            byte element = (byte) state[ELEMENT];
            if (state[WAS_OPEN] != 0) {
                if (object.isContinuedBy(element)) {
                    state[WAS_OPEN] = 0;
                    return;
                }
                giveUpObject();
            }
            meta.requireSupported();
            object.begin(element, meta);
        } catch (ISOException e) {
            if (state[WAS_OPEN] != 0) {
                giveUpObject();
            }
            fail(e);
        }
    }

    void data(byte[] buf, short off, short len) {
        if (state[ITEM_STATUS] == 0) {
            try {
                object.append(buf, off, len);
            } catch (ISOException e) {
                fail(e);
            }
        }
    }

    void beginDataElement(byte element) {
        if (state[ITEM_STATUS] == 0) {
            try {
                object.beginElement(element);
            } catch (ISOException e) {
                fail(e);
            }
        }
    }

    void endDataElement(byte element) {
        if (state[ITEM_STATUS] == 0) {
            try {
                object.endElement(element);
            } catch (ISOException e) {
                fail(e);
            }
        }
    }

    void endItem() {
        byte element = (byte) state[ELEMENT];
        if (element == Element.ALERT || element == 0) {
            return;
        }
        short reference = MoStore.NONE;
        short status = state[ITEM_STATUS];
        if (status == 0) {
            short savepoint = store.savepoint();
            try {
                reference = execute(element);
                status = state[MORE_DATA] != 0 && takesData() ? Status.CHUNK_ACCEPTED : Status.OK;
            } catch (ISOException e) {
                fail(e);
                store.rollback(savepoint);
                status = state[ITEM_STATUS];
            }
        }
        noteRefusal(status);
        boolean renamed = element == Element.REPLACE && target.property() == Property.NAME;
        if (reference == MoStore.NONE || renamed) {
            reference = target.node() == MoStore.NONE || renamed
                    ? queue.keepUri(target.uri, (short) 0, target.length())
                    : StatusQueue.reference(target.node(), target.property());
        }
        add(element, status, reference);
        state[ITEMS]++;
        if (state[ITEMS] == 2) {
            queue.nameItem((short) (queue.count() - 2));
        }
        if (state[ITEMS] > 1) {
            queue.nameItem((short) (queue.count() - 1));
        }
    }

    /** Carries out the command on the item and returns its node if that is another than the target's. */
    private short execute(byte element) {
        switch (element) {
            case Element.ADD:
            case Element.REPLACE:
                return checked(change(element));
            case Element.GET:
                requireNoAtomic();
                operations.get(state[MAX_RESULT]);
                return MoStore.NONE;
            case Element.DELETE:
                operations.delete();
                return MoStore.NONE;
            case Element.COPY:
                return checked(operations.copy());
            case Element.EXEC:
                requireNoAtomic();
                state[UNLOCK] |= operations.exec();
                return MoStore.NONE;
            default:
                Status.raise(Status.NOT_SUPPORTED);
                return MoStore.NONE;
        }
    }

    /** What the server has no right to goes to the security log. */
    private void noteRefusal(short status) {
        if (status == Status.PERMISSION_DENIED
                || status == Status.FORBIDDEN
                || (status == Status.NOT_FOUND && target.isHidden())) {
            byte[] server = account.serverName();
            store.log()
                    .record(
                            SecurityLog.ACCESS,
                            status,
                            server,
                            (short) 1,
                            server[0],
                            target.uri,
                            (short) 0,
                            target.length());
        }
    }

    /** The node that has changed, NONE for none yet; raises the status where the authority may not have it as it is now. */
    private short checked(short node) {
        if (node != MoStore.NONE) {
            rights.require(node);
            if (target.property() == Property.NONE) {
                accounts.require(node);
            }
        }
        return node;
    }

    /** Get and Exec have no place in Atomic: status 500. */
    private void requireNoAtomic() {
        if (groups.isAtomic()) {
            Status.raise(Status.COMMAND_FAILED);
        }
    }

    private short change(byte element) {
        if (state[HAS_DATA] == 0) {
            beginData(); // an interior node, an empty leaf
            if (state[ITEM_STATUS] != 0) {
                Status.raise(state[ITEM_STATUS]);
            }
            if (element == Element.REPLACE) {
                Status.raise(Status.INCOMPLETE_COMMAND);
            }
        }
        if (state[MORE_DATA] == 0) {
            return object.finish();
        }
        if (groups.isAtomic()) {
            Status.raise(Status.COMMAND_FAILED); // Atomic ends in this message, the object does not
        }
        object.endChunk();
        return MoStore.NONE;
    }
}
