// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

import javacard.framework.JCSystem;
import javacard.framework.Util;

/**
 * The other side of a session: names, credentials and limits. Over the air it is the management authority at work
 * ({@link Authorities}), in a local session the device ({@link DeviceAccount}).
 */
abstract class Account {
    /** Bytes of the longest name. Install parameters, technical specification clause 5. */
    static final short MAX_NAME = 32;

    private static final byte MAX_MSG_SIZE = 0;
    private static final byte MAX_OBJ_SIZE = 1;
    private static final byte LIMITS = 2;

    private final short[] limits = new short[LIMITS];
    private final short[] session; // identifier of the running one

    /** Allocates the account, at installation. */
    Account() {
        session = JCSystem.makeTransientShortArray((short) 1, JCSystem.CLEAR_ON_RESET);
    }

    /** Shares the transient memory of another account, with which there is no session at the same time. */
    Account(Account other) {
        session = other.session;
    }

    /** Name of the other side, behind a byte with its length. */
    abstract byte[] serverName();

    /** Name by which the card authenticates itself, behind a byte with its length. */
    abstract byte[] clientName();

    /** Secrets and nonces of both. */
    abstract Credentials credentials();

    /** Sets the largest message and the largest object that the card accepts, in bytes. */
    final void setLimits(short maxMsgSize, short maxObjSize) {
        limits[MAX_MSG_SIZE] = maxMsgSize;
        limits[MAX_OBJ_SIZE] = maxObjSize;
    }

    final short maxMsgSize() {
        return limits[MAX_MSG_SIZE];
    }

    final short maxObjSize() {
        return limits[MAX_OBJ_SIZE];
    }

    final void setSession(short identifier) {
        session[0] = identifier;
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

    final void writeServerName(MessageSink sink) {
        byte[] name = serverName();
        sink.write(name, (short) 1, name[0]);
    }

    final void writeClientName(MessageSink sink) {
        byte[] name = clientName();
        sink.write(name, (short) 1, name[0]);
    }

    /** Tells whether a name is that of the other side. */
    boolean isServer(byte[] buf, short off, short len) {
        return equal(serverName(), buf, off, len);
    }

    /** Tells whether a value behind its length is {@code buf[off .. off + len)}. */
    static boolean equal(byte[] value, byte[] buf, short off, short len) {
        return len == value[0] && Util.arrayCompare(value, (short) 1, buf, off, len) == 0;
    }

    final void writeQuotedClientName(MessageSink sink) {
        MacHeader.writeQuoted(clientName(), sink);
    }

    /** Puts a value behind a byte with its length, written last. */
    static void put(byte[] to, byte[] value, short off, short len) {
        Util.arrayCopy(value, off, to, (short) 1, len);
        to[0] = (byte) len;
    }
}
