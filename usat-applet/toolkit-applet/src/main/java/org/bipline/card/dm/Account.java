// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

import javacard.framework.JCSystem;
import javacard.framework.Util;
import uicc.toolkit.ViewHandler;

/**
 * The account of the management server, the other side of a session: names, sessions, notifications and limits, in persistent
 * memory; secrets and nonces are those of its {@link Credentials}. {@link DeviceAccount} is that of the device, which then
 * stands in the place of the server.
 */
public class Account {
    private static final short MAX_NAME = 32; // install parameters, technical specification clause 5

    // indexes into numbers
    private static final byte SESSION_ID = 0;
    private static final byte MAX_MSG_SIZE = 1;
    private static final byte MAX_OBJ_SIZE = 2;
    private static final byte LAST_NOTIFIED = 3; // session that the last notification asked for
    private static final byte NOTIFIED = 4; // session that is still to be held for it, 0 if none
    private static final byte NOTIFIED_DEFAULT = 5; // with the default nonce
    private static final byte NUMBERS = 6;

    // names stand behind a byte with their length, so that one write changes both
    private final byte[] serverName = new byte[1 + MAX_NAME];
    private final byte[] clientName = new byte[1 + MAX_NAME];
    private final short[] numbers = new short[NUMBERS];

    private final Credentials credentials;
    private final short[] session; // identifier of the running one

    /** Allocates the account, at installation; names, secrets and limits are set next. */
    public Account() {
        credentials = new Credentials();
        session = JCSystem.makeTransientShortArray((short) 1, JCSystem.CLEAR_ON_RESET);
    }

    /** Shares the transient memory of another account, with which there is no session at the same time. */
    Account(Account other) {
        credentials = new Credentials(other.credentials);
        session = other.session;
    }

    /** Secrets and nonces; the server is the peer. */
    Credentials credentials() {
        return credentials;
    }

    /** Sets the name (1 to 32 bytes) and secret by which the server authenticates itself, and the nonce it uses first. */
    public void setServer(byte[] name, byte[] secret, byte[] nonce) {
        setName(serverName, name, (short) name.length);
        credentials.setPeer(name, (short) 0, (short) name.length, secret);
        credentials.setPeerNonce(nonce);
    }

    /** Sets the name (1 to 32 bytes) and secret by which the card authenticates itself, and its first nonce. */
    public void setClient(byte[] name, byte[] secret, byte[] nonce) {
        setClient(name, (short) name.length, secret);
        credentials.setOwnNonce(nonce);
    }

    /** Sets the largest message and the largest object that the card accepts, in bytes. */
    public void setLimits(short maxMsgSize, short maxObjSize) {
        numbers[MAX_MSG_SIZE] = maxMsgSize;
        numbers[MAX_OBJ_SIZE] = maxObjSize;
    }

    /** As above, but for the nonce; the name is {@code name[0 .. len)}. */
    void setClient(byte[] name, short len, byte[] secret) {
        setName(clientName, name, len);
        credentials.setOwn(name, (short) 0, len, secret);
    }

    private static void setName(byte[] to, byte[] name, short len) {
        Util.arrayCopy(name, (short) 0, to, (short) 1, len);
        to[0] = (byte) len;
    }

    short maxMsgSize() {
        return numbers[MAX_MSG_SIZE];
    }

    short maxObjSize() {
        return numbers[MAX_OBJ_SIZE];
    }

    /**
     * A session begins: takes the identifier that a notification asked for, or counts its own, and takes up the nonce that the
     * server gave last.
     */
    void startSession(boolean notified) {
        credentials.takeUpOwnNonce();
        if (notified) {
            session[0] = numbers[NOTIFIED];
            if (numbers[NOTIFIED_DEFAULT] != 0) {
                credentials.takeUpDefaultNonce();
            }
        } else {
            numbers[SESSION_ID]++;
            session[0] = numbers[SESSION_ID];
        }
    }

    /** Tells whether the identifier in a message, {@code text[0 .. len)}, is that of the session. */
    boolean isSession(byte[] text, short len) {
        return Text.isHex(text, len, session[0]);
    }

    void writeSessionId(MessageSink sink) {
        Text.writeHex(session[0], sink);
    }

    /** Writes the URI of the other side. */
    void writePeer(MessageSink sink) {
        writeServerName(sink);
    }

    // --- notifications

    /** Whether the session was asked for by the last notification already; repetitions ask for one session only. */
    boolean wasNotified(short sessionId) {
        return numbers[LAST_NOTIFIED] == sessionId;
    }

    /** A session is to be held because of a notification; within a transaction of the caller. */
    void setNotified(short sessionId, boolean defaultNonce) {
        numbers[LAST_NOTIFIED] = sessionId;
        numbers[NOTIFIED] = sessionId;
        numbers[NOTIFIED_DEFAULT] = defaultNonce ? (short) 1 : (short) 0;
    }

    /** The session has been held, or is given up. */
    void clearNotified() {
        if (numbers[NOTIFIED] != 0) {
            numbers[NOTIFIED] = 0;
        }
    }

    boolean isNotified() {
        return numbers[NOTIFIED] != 0;
    }

    /** Tells whether the identifier in a message is that of the server. */
    boolean isServer(ViewHandler message, short off, short len) {
        return len == serverName[0] && message.compareValue(off, serverName, (short) 1, len) == 0;
    }

    void writeServerName(MessageSink sink) {
        sink.write(serverName, (short) 1, serverName[0]);
    }

    /** Tells whether a server identifier is that of the account. */
    boolean isServer(byte[] buf, short off, short len) {
        return len == serverName[0] && Util.arrayCompare(serverName, (short) 1, buf, off, len) == 0;
    }

    void writeClientName(MessageSink sink) {
        sink.write(clientName, (short) 1, clientName[0]);
    }

    void writeQuotedClientName(MessageSink sink) {
        MacHeader.writeQuoted(clientName, sink);
    }
}
