// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

import javacard.framework.ISOException;
import javacard.framework.JCSystem;

/**
 * One management session with the server of the account, message by message. OMA DM Protocol 1.2.
 *
 * <pre>
 * phase     call                        next phase
 * IDLE      start                       WRITE
 * WRITE     writeMessage                WRITE
 *           messageSent                 WAIT
 * WAIT      beginResponse               READ
 * READ      receive                     READ
 *           endResponse: NEXT_MESSAGE   WRITE
 *                        else           IDLE
 * any       abort                       IDLE
 * </pre>
 *
 * <p>A message of the server takes effect when it was read to its end: the tree is committed in {@link #endResponse}, before
 * the statuses go out. What goes wrong before that leaves the tree as it was.
 */
public final class DmSession {
    /** The session goes on: write and send the next message. */
    public static final byte NEXT_MESSAGE = 1;

    /** The server has no more commands: the session is over. */
    public static final byte FINISHED = 2;

    /** The session is over and has failed; {@link #reason()} says why. */
    public static final byte FAILED = 3;

    // phases
    static final byte IDLE = 0;
    static final byte WRITE = 1;
    static final byte WAIT = 2;
    static final byte READ = 3;

    // indexes into state
    static final byte PHASE = 0;
    static final byte REASON = 1;
    static final byte CLIENT_TRIES = 2; // times that the server refused our credentials
    static final byte SERVER_TRIES = 3; // and we the server's
    // the next message
    static final byte MESSAGE = 4; // MsgID
    static final byte PACKAGE_1 = 5; // with Alert 1201 and the device information
    static final byte SEND_CREDENTIALS = 6; // type
    static final byte ABORTING = 7; // with Alert 1223
    static final byte NO_END = 8; // with Alert 1225: reference of the queue to the URI, NO_REFERENCE for one unknown
    static final byte STATUS_SENT = 9; // the status of the queue's first entry went before, and
    static final byte RESULT_OFFSET = 10; // so much of the results of
    static final byte RESULT_NODE = 20; // this node
    // what the message was an answer to
    static final byte SERVER_MESSAGE = 11; // MsgID, 0 before the first
    static final byte SERVER_FINAL = 12; // the server's package is complete
    static final byte HEADER_ANSWER = 13; // status of the server's header
    static final byte CHALLENGE = 14; // type, with a nonce
    static final byte MAX_MESSAGE = 15; // of the server
    // what the message written took with it
    static final byte SENT_ENTRIES = 16;
    static final byte SENT_STATUS = 17;
    static final byte SENT_OFFSET = 18;
    static final byte SENT_FINAL = 19;
    static final byte SENT_NODE = 21;
    static final byte NOTIFIED = 22; // the session is held because of a notification
    private static final byte NONCE_GIVEN = 23; // by the server, in whichever message
    // of a local session
    static final byte HAS_COMMANDS = 24; // the next message has commands
    static final byte OVER = 25; // it is the last
    static final byte PROVEN = 26; // the card's credentials hold for the session
    static final byte REPEATED = 27; // the commands were refused for want of credentials
    static final byte ASKED_TYPE = NOTIFIED; // in its place: type of credentials that the device has asked the card for
    private static final byte STATE_SIZE = 28;

    private final MoStore store;
    private final Authorities account;
    private final StatusQueue queue;
    private final Commands commands;
    private final CommandReader reader;
    private final MessageWriter writer;
    private final ResponseUri responseUri;
    private final short[] state;
    private final TndsWriter tnds;
    private final Target target;
    private final byte[] line;
    private final Protection protection;
    private final AccountUpdate accounts;

    /** Allocates all of the session's memory: once, at installation. */
    DmSession(MoStore store, Authorities account, Device device, SyncRecords records) {
        this.store = store;
        this.account = account;
        state = JCSystem.makeTransientShortArray(STATE_SIZE, JCSystem.CLEAR_ON_RESET);
        queue = new StatusQueue();
        protection = new Protection(store, records.policy, device);
        Acl acl = new Acl(store, account);
        tnds = new TndsWriter(store, acl);
        target = new Target(store, acl);
        CommandMeta meta = new CommandMeta();
        line = meta.types;
        byte[] text = JCSystem.makeTransientByteArray(MessageReader.TEXT_SIZE, JCSystem.CLEAR_ON_RESET);
        SourceNode source = new SourceNode(store, acl, text);
        GenericAlert conflicts = new GenericAlert(store, acl, records, protection.binding());
        ChildNames names = new ChildNames(store, acl);
        accounts = new AccountUpdate(store, account, text);
        writer = new MessageWriter(store, account, acl, tnds, names, queue, conflicts, state);
        commands = new Commands(
                store, account, acl, queue, target, source, meta, tnds, device, records, names, accounts, protection);
        responseUri = new ResponseUri();
        reader = new CommandReader(account, commands, meta, target, source, responseUri, conflicts, text);
    }

    // --- what a local session uses too

    StatusQueue queue() {
        return queue;
    }

    short[] state() {
        return state;
    }

    TndsWriter tnds() {
        return tnds;
    }

    /** Room for the URI of a command's target, which local sessions do not have. */
    byte[] uri() {
        return target.uri;
    }

    /** Room for 128 bytes that is not used before the first command of a message and behind the last. */
    byte[] line() {
        return line;
    }

    ResultsWriter results() {
        return writer.results();
    }

    MessageReader reader() {
        return reader;
    }

    Protection protection() {
        return protection;
    }

    IncomingObject incomingObject() {
        return commands.incomingObject();
    }

    // --- the session

    /** Undoes what an interrupted session has not committed, and takes over what it has changed in accounts. */
    void recover() {
        store.recover();
        accounts.takeUp();
    }

    /**
     * Begins a session; changes of an interrupted one are undone first.
     *
     * @param notified whether it is the one that a notification asked for
     */
    public void start(boolean notified) {
        recover();
        account.startSession(notified);
        queue.clear();
        commands.beginSession();
        reader.beginSession();
        responseUri.clear();
        for (short i = 0; i < STATE_SIZE; i++) {
            state[i] = 0;
        }
        state[PHASE] = WRITE;
        state[MESSAGE] = 1;
        state[PACKAGE_1] = 1;
        state[SEND_CREDENTIALS] = account.credentials().level();
        state[MAX_MESSAGE] = reader.maxMsgSize();
        state[NOTIFIED] = notified ? (short) 1 : (short) 0;
    }

    /**
     * Writes the next message and returns its length; {@code null} for the sink only measures, and makes the MAC that {@link
     * #hasMac} tells of. Every call gives the same bytes until {@link #messageSent()}.
     */
    public short writeMessage(MessageSink sink) {
        if (state[PHASE] != WRITE) {
            return 0;
        }
        if (sink != null || !hasMac()) {
            return writer.write(sink);
        }
        Credentials credentials = account.credentials();
        credentials.beginMessage();
        short length = writer.write(credentials);
        credentials.endOwnMessage();
        return length;
    }

    /** Whether the message is to have a MAC in the header of the transport. */
    boolean hasMac() {
        return state[SEND_CREDENTIALS] == Credentials.MAC;
    }

    /** Writes the line of the header that has the MAC, without its end, at once when the message was measured. */
    void writeMac(MessageSink sink) {
        MacHeader.write(account, sink);
    }

    /** A response is to come. */
    void beginHeader() {
        account.credentials().forgetMac();
    }

    /** A line of its header. */
    void takeHeader(byte[] line, short len) {
        MacHeader.take(account, line, len);
    }

    /** The message was sent whole. */
    public void messageSent() {
        if (state[PHASE] != WRITE) {
            fail(Fault.SENT_OUT_OF_ORDER);
            return;
        }
        queue.remove(state[SENT_ENTRIES]);
        state[STATUS_SENT] = state[SENT_STATUS];
        state[RESULT_OFFSET] = state[SENT_OFFSET];
        state[RESULT_NODE] = state[SENT_NODE];
        if (state[SENT_FINAL] != 0) {
            state[SERVER_FINAL] = 0; // the server's next package begins
        }
        state[NO_END] = 0;
        state[PHASE] = WAIT;
    }

    /** A response begins. */
    public void beginResponse() {
        if (state[PHASE] != WAIT) {
            fail(Fault.RESPONSE_OUT_OF_ORDER);
            return;
        }
        if (queue.count() == 0 && !commands.hasOpenObject()) { // else they refer to what is not in the tree
            store.collectGarbage();
        }
        reader.beginMessage(state[MESSAGE]);
        state[PHASE] = READ;
    }

    /** Takes the next bytes of the response, in pieces of any size. What is wrong with them {@link #endResponse} tells. */
    public void receive(byte[] buf, short off, short len) {
        if (state[PHASE] == READ && state[REASON] == 0 && state[ABORTING] == 0) {
            try {
                reader.read(buf, off, len);
            } catch (ISOException e) {
                state[REASON] = e.getReason();
            }
        }
    }

    /** The response is complete: commits its commands and says how to go on. */
    public byte endResponse() {
        if (state[PHASE] != READ) {
            return fail(Fault.END_OUT_OF_ORDER);
        }
        if (state[ABORTING] != 0) {
            return fail(state[REASON]);
        }
        if (state[REASON] == Fault.TOO_MANY_COMMANDS || state[REASON] == Fault.TOO_MANY_ITEMS) {
            return refuseMessage();
        }
        if (state[REASON] != 0) {
            return fail(state[REASON]);
        }
        if (!reader.isComplete()) {
            return fail(Fault.TRUNCATED);
        }
        if (!reader.isGenuine()) {
            store.rollback((short) 0);
            commands.refuseMessage(reader.headerAnswer());
        }
        if (commands.isAborted()) {
            return fail(Fault.ABORTED_BY_SERVER);
        }
        commands.endMessage();
        short fault = readHeaderStatus();
        if (fault != 0) {
            return fail(fault);
        }
        try {
            protection.beforeCommit();
        } catch (ISOException e) {
            return refuseMessage();
        }
        store.commit();
        Unlocking.carryOut(commands.unlocked(), account, store.log());
        logLogin();
        if (protection.binding().isPending()) {
            protection.binding().checkAndCommit();
        }
        if (reader.hasNonce()) {
            state[NONCE_GIVEN] = 1;
        }
        if (reader.isAuthenticated() && state[NONCE_GIVEN] != 0) {
            account.credentials().keepOwnNonce();
        }
        return goOn();
    }

    private void logLogin() {
        if (reader.isLogin()) {
            log(SecurityLog.LOGIN, Status.OK);
        } else if (!reader.isAuthenticated() && reader.hasCredentials()) {
            boolean locked = account.credentials().isLockedForGood();
            log(locked ? SecurityLog.LOCK : SecurityLog.LOGIN, Status.UNAUTHORIZED);
        }
    }

    private void log(byte operation, short outcome) {
        byte[] who = account.serverName();
        store.log().record(operation, outcome, who, (short) 1, who[0], null, (short) 0, (short) 0);
    }

    /** The server's status for our header decides on the next message's credentials. Returns a fault or 0. */
    private short readHeaderStatus() {
        short status = reader.headerStatus();
        boolean packageOne = state[PACKAGE_1] != 0;
        state[PACKAGE_1] = 0;
        switch (status) {
            case 0:
                return Fault.NO_STATUS;
            case Status.AUTHENTICATED:
                if (hasMac()) {
                    return Fault.MAC_RULES;
                }
                state[SEND_CREDENTIALS] = Credentials.NONE;
                return 0;
            case Status.OK: // for this message only, if it had credentials
                return hasMac() && !reader.hasNonce() ? Fault.MAC_RULES : (short) 0;
            case Status.UNAUTHORIZED:
            case Status.AUTHENTICATION_REQUIRED:
                if (reader.challenged() < account.credentials().level()) {
                    return Fault.CHALLENGE;
                }
                if (state[CLIENT_TRIES] != 0 || !packageOne) {
                    return Fault.CLIENT_NOT_AUTHENTICATED;
                }
                state[CLIENT_TRIES]++;
                state[PACKAGE_1] = 1; // again, whole
                state[SEND_CREDENTIALS] = reader.challenged();
                return 0;
            default:
                return Fault.HEADER_REFUSED;
        }
    }

    private byte goOn() {
        state[SERVER_MESSAGE] = reader.message();
        state[MAX_MESSAGE] = reader.maxMsgSize();
        state[HEADER_ANSWER] = reader.headerAnswer();
        state[NO_END] = commands.missingEnd();
        if (commands.isResultRefused() && state[RESULT_OFFSET] > 0) {
            state[RESULT_OFFSET] = ResultsWriter.GIVEN_UP;
        }
        if (reader.isFinal()) {
            state[SERVER_FINAL] = 1;
        }
        boolean authenticated = reader.isAuthenticated();
        boolean more = queue.count() != 0
                || state[NO_END] != 0
                || state[PACKAGE_1] != 0
                || commands.hasOpenObject()
                || state[SERVER_FINAL] == 0;
        if (!more) {
            return finish();
        }
        state[CHALLENGE] = !authenticated || reader.hasCredentials() ? reader.wanted() : Credentials.NONE;
        if (!authenticated && queue.count() != 0) {
            if (state[SERVER_TRIES] != 0) {
                return fail(Fault.SERVER_NOT_AUTHENTICATED);
            }
            state[SERVER_TRIES]++;
        }
        if (!authenticated || reader.level() == Credentials.MAC) {
            account.credentials()
                    .renewPeerNonce(); // the one of a message that is not answered stays, as the server has no other
        }
        return nextMessage();
    }

    private byte nextMessage() {
        if (state[MESSAGE] == Short.MAX_VALUE) {
            return fail(Fault.TOO_MANY_MESSAGES);
        }
        state[MESSAGE]++;
        state[PHASE] = WRITE;
        return NEXT_MESSAGE;
    }

    /** More commands than can be answered, or than there is room to protect: none of them counts, and the session ends with the next message. */
    private byte refuseMessage() {
        store.rollback((short) 0);
        commands.dropObject();
        queue.clear();
        commands.setLastStatus(Status.REQUEST_ENTITY_TOO_LARGE);
        state[STATUS_SENT] = 0;
        state[RESULT_OFFSET] = 0;
        state[PACKAGE_1] = 0;
        state[SERVER_MESSAGE] = reader.message();
        state[HEADER_ANSWER] = Status.REQUEST_ENTITY_TOO_LARGE;
        state[CHALLENGE] = reader.isAuthenticated() && reader.hasCredentials() ? reader.wanted() : Credentials.NONE;
        if (reader.level() == Credentials.MAC) {
            account.credentials().renewPeerNonce();
        }
        state[ABORTING] = 1;
        return nextMessage();
    }

    private byte finish() {
        accounts.takeUp();
        store.collectGarbage();
        state[PHASE] = IDLE;
        return FINISHED;
    }

    private byte fail(short reason) {
        state[REASON] = reason;
        stop();
        return FAILED;
    }

    private void stop() {
        store.rollback((short) 0);
        commands.dropObject();
        queue.clear();
        accounts.takeUp();
        store.collectGarbage();
        state[PHASE] = IDLE;
    }

    /** Ends the session at once (link lost, user's wish): what is not committed is undone. */
    public void abort() {
        if (state[PHASE] != IDLE) {
            fail(Fault.ABORTED);
        }
    }

    /** Where the next message goes. */
    ResponseUri responseUri() {
        return responseUri;
    }

    /** Why the session failed, one of {@link Fault}; 0 if it did not. */
    public short reason() {
        return state[REASON];
    }

    /** The last DM status that either side gave other than success, 0 for none. */
    public short lastStatus() {
        return commands.lastStatus();
    }
}
