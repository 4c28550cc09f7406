// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

import javacard.framework.ISOException;

/**
 * One management session with the DM client of the device, in which the card is the server. OMA DM Protocol 1.2; technical
 * specification clause 15. It lives in the memory of {@link DmSession}: never are both at work.
 *
 * <pre>
 * phase     call                        next phase
 * IDLE      beginRequest                READ: a session begins
 * READ      receive                     READ
 *           endRequest: RESPOND         WRITE
 *                       REFUSE          IDLE
 * WRITE     writeMessage                WRITE
 *           messageSent                 WAIT, or IDLE behind the last message
 * WAIT      beginRequest                READ
 * any       abort                       IDLE
 * </pre>
 *
 * <p>A message of the device takes effect when it was read to its end: what it changes is committed before the answer goes out.
 */
final class LocalSession {
    /** The message is to be answered. */
    static final byte RESPOND = 1;

    /** It is no message that can be answered: the session is over. */
    static final byte REFUSE = 2;

    private static final short MAX_TRIES = 2; // of credentials, on either side

    private final MoStore store;
    private final DeviceAccount account;
    private final StatusQueue queue;
    private final DeviceReader reader;
    private final DeviceWriter writer;
    private final Synchronisation sync;
    private final Protection protection;
    private final short[] state; // by the indexes of DmSession

    /** Allocates what it does not share: once, at installation. */
    LocalSession(MoStore store, DeviceAccount account, SyncRecords records, Device device, DmSession other) {
        this.store = store;
        this.account = account;
        queue = other.queue();
        state = other.state();
        protection = other.protection();
        ResultsWriter results = other.results();
        sync = new Synchronisation(
                store,
                records,
                account,
                other.tnds(),
                device,
                new Functions(store, account, other.uri()),
                other.incomingObject(),
                protection,
                results.meter());
        reader = new DeviceReader(account, other.reader(), sync, queue);
        writer = new DeviceWriter(store, account, sync, queue, other.tnds(), state, results);
    }

    /** Whether there is anything that a device could get or has to give back. */
    boolean hasWork() {
        return sync.survey().hasWork();
    }

    /** Whether a session has begun and is not over. */
    boolean isActive() {
        return state[DmSession.PHASE] != DmSession.IDLE;
    }

    void beginRequest() {
        if (!isActive()) {
            beginSession();
        }
        if (!sync.copy().isOpen()) {
            store.collectGarbage();
        }
        reader.beginMessage(state[DmSession.MESSAGE]);
        state[DmSession.PHASE] = DmSession.READ;
    }

    private void beginSession() {
        store.recover();
        account.startSession();
        queue.clear();
        reader.beginSession();
        sync.begin();
        for (short i = 0; i < (short) state.length; i++) {
            state[i] = 0;
        }
    }

    /** Takes the next bytes of the message. What is wrong with them {@link #endRequest} tells. */
    void receive(byte[] buf, short off, short len) {
        if (state[DmSession.PHASE] == DmSession.READ && state[DmSession.REASON] == 0) {
            try {
                reader.read(buf, off, len);
            } catch (ISOException e) {
                state[DmSession.REASON] = e.getReason();
            }
        }
    }

    /** The message is complete: commits what it changes and says whether it is to be answered. */
    byte endRequest() {
        if (state[DmSession.PHASE] != DmSession.READ || state[DmSession.REASON] != 0 || !reader.isComplete()) {
            abort();
            return REFUSE;
        }
        boolean goesOn;
        if (reader.isGenuine()) {
            goesOn = !reader.isAborted() && readHeaderStatus();
        } else {
            goesOn = sync.step() == Synchronisation.NONE; // what the step asked for cannot be asked for again
            store.rollback((short) 0);
            sync.begin();
            queue.refuse(reader.message(), reader.headerAnswer());
        }
        boolean trusted = reader.isTrusted();
        state[DmSession.SERVER_MESSAGE] = reader.message();
        state[DmSession.SERVER_FINAL] = !goesOn || reader.isFinal() || sync.isInChunks() ? (short) 1 : (short) 0;
        state[DmSession.MAX_MESSAGE] = reader.maxMsgSize();
        state[DmSession.HEADER_ANSWER] = account.hasCredentials() ? reader.headerAnswer() : Status.OK;
        state[DmSession.CHALLENGE] =
                account.hasCredentials() && (!trusted || reader.hasCredentials()) ? reader.wanted() : Credentials.NONE;
        if (!trusted || reader.level() == Credentials.MAC) {
            account.credentials().renewPeerNonce();
        }
        if (reader.isLogin()) {
            account.log(store.log(), SecurityLog.LOGIN, Status.OK);
        } else if (!trusted && reader.hasCredentials()) {
            boolean locked = account.credentials().isLockedForGood();
            account.log(store.log(), locked ? SecurityLog.LOCK : SecurityLog.LOGIN, Status.UNAUTHORIZED);
        }
        if (!trusted) {
            state[DmSession.SERVER_TRIES]++;
            goesOn &= state[DmSession.SERVER_TRIES] < MAX_TRIES;
            state[DmSession.HAS_COMMANDS] = 0;
        } else if (!goesOn) {
            state[DmSession.HAS_COMMANDS] = 0;
        } else if (state[DmSession.SERVER_FINAL] != 0 && state[DmSession.REPEATED] == 0) {
            goesOn = advance();
        }
        state[DmSession.REPEATED] = 0;
        state[DmSession.OVER] = goesOn ? (short) 0 : (short) 1;
        state[DmSession.SEND_CREDENTIALS] = credentials(trusted);
        if (trusted && reader.hasNonce()) {
            account.keepNonce();
        }
        state[DmSession.MESSAGE]++;
        state[DmSession.PHASE] = DmSession.WRITE;
        return RESPOND;
    }

    private boolean advance() {
        boolean more;
        try {
            more = sync.advance(reader.level(), state[DmSession.MAX_MESSAGE], reader.maxObjSize());
            protection.beforeCommit();
            store.commit();
        } catch (ISOException e) { // the store is full
            store.rollback((short) 0);
            more = false;
        }
        state[DmSession.HAS_COMMANDS] = more ? (short) 1 : (short) 0;
        return more;
    }

    /** The device's status for the card's header decides on the next message's credentials; false ends the session. */
    private boolean readHeaderStatus() {
        switch (reader.headerStatus()) {
            case Status.AUTHENTICATED:
                state[DmSession.PROVEN] = 1;
                return !hasMac(); // which each message has to have
            case 0: // package 1, or again after a challenge
                return true;
            case Status.OK:
                return !hasMac() || reader.hasNonce();
            case Status.UNAUTHORIZED:
            case Status.AUTHENTICATION_REQUIRED:
                state[DmSession.CLIENT_TRIES]++;
                state[DmSession.REPEATED] = 1; // the same commands, with other credentials
                state[DmSession.ASKED_TYPE] = reader.challenged();
                return account.hasCredentials()
                        && state[DmSession.ASKED_TYPE] != Credentials.NONE
                        && state[DmSession.CLIENT_TRIES] < MAX_TRIES;
            default:
                return false;
        }
    }

    /** The card proves itself as the device does, unless it is asked for another type; not to whom it does not trust. */
    private short credentials(boolean trusted) {
        if (!account.hasCredentials() || !trusted || state[DmSession.PROVEN] != 0) {
            return Credentials.NONE;
        }
        return state[DmSession.ASKED_TYPE] != Credentials.NONE ? state[DmSession.ASKED_TYPE] : reader.wanted();
    }

    /** Writes the answer and returns its length; {@code null} for the sink only measures, and makes the MAC, if it is to have one. */
    short writeMessage(MessageSink sink) {
        if (sink != null || !hasMac()) {
            return writer.write(sink);
        }
        Credentials credentials = account.credentials();
        credentials.beginMessage();
        short length = writer.write(credentials);
        credentials.endOwnMessage();
        return length;
    }

    /** Whether the message is to have, or had, a MAC in the header of the transport. */
    boolean hasMac() {
        return state[DmSession.SEND_CREDENTIALS] == Credentials.MAC;
    }

    /** Writes the line of the header that has the MAC, without its end, at once when the message was measured. */
    void writeMac(MessageSink sink) {
        MacHeader.write(account, sink);
    }

    /** A request is to come. */
    void beginHeader() {
        account.credentials().forgetMac();
    }

    /** A line of its header. */
    void takeHeader(byte[] line, short len) {
        MacHeader.take(account, line, len);
    }

    /** The answer was sent whole. */
    void messageSent() {
        queue.remove(state[DmSession.SENT_ENTRIES]);
        state[DmSession.STATUS_SENT] = state[DmSession.SENT_STATUS];
        boolean over = state[DmSession.OVER] != 0 && queue.count() == 0;
        if (over) {
            store.collectGarbage();
        }
        state[DmSession.PHASE] = over ? DmSession.IDLE : DmSession.WAIT;
    }

    /** Ends the session at once: what is not committed is undone. */
    void abort() {
        if (isActive()) {
            store.rollback((short) 0);
            sync.begin();
            queue.clear();
            store.collectGarbage();
            state[DmSession.PHASE] = DmSession.IDLE;
        }
    }
}
