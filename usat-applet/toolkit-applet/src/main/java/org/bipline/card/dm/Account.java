// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

import javacard.framework.JCSystem;
import javacard.framework.Util;
import javacard.security.MessageDigest;
import javacard.security.RandomData;
import uicc.toolkit.ViewHandler;

/**
 * The account of the management server, the other side of a session: names, credentials, nonces and limits, in persistent
 * memory. Of the secrets only H(name:secret) is kept, which is all that {@code syncml:auth-md5} needs. {@link DeviceAccount} is
 * that of the device, which then stands in the place of the server.
 *
 * <p>Digest = H(B64(H(name:secret)):nonce), sent in Base64. OMA DM Security 1.2.
 */
@SuppressWarnings("deprecation") // of RandomData: what replaces its members came with Java Card 3.0.5
public class Account {
    private static final byte[] COLON = {':'};

    private static final short MAX_NAME = 32; // install parameters, technical specification clause 5
    private static final short DIGEST = 16; // MD5
    /** Characters of a digest in Base64. */
    static final short DIGEST_BASE64 = 24;

    private static final short NONCE = 16; // of ours: 128 bits, as OMA DM Security recommends
    private static final short MAX_NONCE = 32; // of the server's

    /** Characters of our nonces in Base64. */
    static final short NONCE_BASE64 = 24;

    // indexes into numbers
    private static final byte SESSION_ID = 0;
    private static final byte MAX_MSG_SIZE = 1;
    private static final byte MAX_OBJ_SIZE = 2;
    private static final byte LAST_NOTIFIED = 3; // session that the last notification asked for
    private static final byte NOTIFIED = 4; // session that is still to be held for it, 0 if none
    private static final byte NOTIFIED_DEFAULT = 5; // with the default nonce
    private static final byte NUMBERS = 6;

    /** Nonce of a server that has lost its own: 00000000. OMA DM Notification 1.2. */
    private static final short DEFAULT_NONCE = 4;

    // names and nonces stand behind a byte with their length, so that one write changes both
    private final byte[] serverName = new byte[1 + MAX_NAME];
    private final byte[] clientName = new byte[1 + MAX_NAME];
    private final byte[] serverKey = new byte[DIGEST];
    private final byte[] clientKey = new byte[DIGEST];
    private final byte[] serverNonce = new byte[1 + NONCE];
    private final byte[] clientNonce = new byte[1 + MAX_NONCE];
    private final short[] numbers = new short[NUMBERS];

    private final byte[] latestNonce; // of the client: the one received last, whoever sent it
    private final byte[] scratch;
    private final byte[] work; // as scratch; a notification may come while scratch is being sent
    private final byte[] trigger; // digest of a notification's trigger, in Base64
    private final short[] session; // identifier of the running one
    private final MessageDigest md5;
    private final RandomData random;

    /** Allocates the account, at installation; names, secrets and limits are set next. */
    public Account() {
        latestNonce = JCSystem.makeTransientByteArray((short) (1 + MAX_NONCE), JCSystem.CLEAR_ON_RESET);
        work = JCSystem.makeTransientByteArray(DIGEST_BASE64, JCSystem.CLEAR_ON_RESET);
        trigger = JCSystem.makeTransientByteArray(DIGEST_BASE64, JCSystem.CLEAR_ON_RESET);
        session = JCSystem.makeTransientShortArray((short) 1, JCSystem.CLEAR_ON_RESET);
        scratch = JCSystem.makeTransientByteArray(DIGEST_BASE64, JCSystem.CLEAR_ON_RESET);
        md5 = MessageDigest.getInstance(MessageDigest.ALG_MD5, false);
        random = RandomData.getInstance(RandomData.ALG_SECURE_RANDOM);
    }

    /** Shares the transient memory of another account, with which there is no session at the same time. */
    Account(Account other) {
        latestNonce = other.latestNonce;
        work = other.work;
        trigger = other.trigger;
        session = other.session;
        scratch = other.scratch;
        md5 = other.md5;
        random = other.random;
    }

    /** Sets the name (1 to 32 bytes) and secret by which the server authenticates itself, and the nonce it uses first. */
    public void setServer(byte[] name, byte[] secret, byte[] nonce) {
        setWithLength(serverName, name, (short) name.length);
        setKey(serverName, secret, serverKey);
        setWithLength(serverNonce, nonce, (short) nonce.length);
    }

    /** Sets the name (1 to 32 bytes) and secret by which the card authenticates itself, and its first nonce. */
    public void setClient(byte[] name, byte[] secret, byte[] nonce) {
        setClient(name, (short) name.length, secret);
        setWithLength(clientNonce, nonce, (short) nonce.length);
    }

    /** Sets the largest message and the largest object that the card accepts, in bytes. */
    public void setLimits(short maxMsgSize, short maxObjSize) {
        numbers[MAX_MSG_SIZE] = maxMsgSize;
        numbers[MAX_OBJ_SIZE] = maxObjSize;
    }

    /** As above, but for the nonce; the name is {@code name[0 .. len)}. */
    void setClient(byte[] name, short len, byte[] secret) {
        setWithLength(clientName, name, len);
        setKey(clientName, secret, clientKey);
    }

    private void setKey(byte[] name, byte[] secret, byte[] key) {
        md5.reset();
        md5.update(name, (short) 1, name[0]);
        updateColon();
        md5.doFinal(secret, (short) 0, (short) secret.length, key, (short) 0);
    }

    private static void setWithLength(byte[] to, byte[] value, short len) {
        Util.arrayCopy(value, (short) 0, to, (short) 1, len);
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
        takeUpClientNonce();
        if (notified) {
            session[0] = numbers[NOTIFIED];
            if (numbers[NOTIFIED_DEFAULT] != 0) {
                Util.arrayFillNonAtomic(latestNonce, (short) 1, DEFAULT_NONCE, (byte) 0);
                latestNonce[0] = (byte) DEFAULT_NONCE;
            }
        } else {
            numbers[SESSION_ID]++;
            session[0] = numbers[SESSION_ID];
        }
    }

    void takeUpClientNonce() {
        Util.arrayCopyNonAtomic(clientNonce, (short) 0, latestNonce, (short) 0, (short) clientNonce.length);
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

    /** A number of random bits. */
    short random() {
        random.generateData(work, (short) 0, (short) 2);
        return Util.getShort(work, (short) 0);
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

    /** Takes the trigger of a notification, for {@link #isNotification}. */
    void digestTrigger(ViewHandler message, short off, short len) {
        md5.reset();
        while (len > 0) {
            short n = len < DIGEST_BASE64 ? len : DIGEST_BASE64;
            message.copyValue(off, work, (short) 0, n);
            md5.update(work, (short) 0, n);
            off = (short) (off + n);
            len = (short) (len - n);
        }
        md5.doFinal(work, (short) 0, (short) 0, work, (short) 0);
        Base64.encode(work, (short) 0, DIGEST, trigger, (short) 0);
    }

    /**
     * Tells whether the digest in a message is H(B64(H(name:secret)):nonce:B64(H(trigger))) for the server's nonce, or for the
     * default nonce. OMA DM Notification 1.2.
     */
    boolean isNotification(ViewHandler message, short digest, boolean defaultNonce) {
        Base64.encode(serverKey, (short) 0, DIGEST, work, (short) 0);
        md5.reset();
        md5.update(work, (short) 0, DIGEST_BASE64);
        updateColon();
        if (defaultNonce) {
            Util.arrayFillNonAtomic(work, (short) 0, DEFAULT_NONCE, (byte) 0);
            md5.update(work, (short) 0, DEFAULT_NONCE);
        } else {
            md5.update(serverNonce, (short) 1, serverNonce[0]);
        }
        updateColon();
        md5.doFinal(trigger, (short) 0, DIGEST_BASE64, work, (short) 0);
        return message.compareValue(digest, work, (short) 0, DIGEST) == 0;
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

    // --- the card's credentials

    /** Writes the card's digest for the nonce received last. */
    void writeClientDigest(MessageSink sink) {
        digest(clientKey, latestNonce);
        sink.write(scratch, (short) 0, DIGEST_BASE64);
    }

    /** Takes a NextNonce in Base64, for this session; false if it is none that can be used. */
    boolean takeClientNonce(byte[] buf, short off, short len) {
        short length = Base64.decode(buf, off, len, latestNonce, (short) 1, MAX_NONCE);
        if (length < 0) {
            latestNonce[0] = 0;
            return false;
        }
        latestNonce[0] = (byte) length;
        return true;
    }

    /** Keeps the nonce received last beyond the session: its sender has authenticated itself. */
    void keepClientNonce() {
        short length = (short) (1 + latestNonce[0]);
        if (Util.arrayCompare(latestNonce, (short) 0, clientNonce, (short) 0, length) != 0) {
            Util.arrayCopy(latestNonce, (short) 0, clientNonce, (short) 0, length);
        }
    }

    // --- the server's credentials

    /** Tells whether a digest in Base64 is the server's for the nonce that it was given last. */
    boolean isServerDigest(byte[] buf, short off, short len) {
        if (len != DIGEST_BASE64) {
            return false;
        }
        digest(serverKey, serverNonce);
        byte difference = 0; // all bytes are compared, so that the time tells nothing
        for (short i = 0; i < DIGEST_BASE64; i++) {
            difference |= (byte) (buf[(short) (off + i)] ^ scratch[i]);
        }
        return difference == 0;
    }

    /**
     * Makes the nonce for the server's next digest, at once when a digest was right: who overhears it cannot use it again,
     * even if the session breaks.
     */
    void renewServerNonce() {
        random.generateData(scratch, (short) 1, NONCE);
        scratch[0] = (byte) NONCE;
        Util.arrayCopy(scratch, (short) 0, serverNonce, (short) 0, (short) (1 + NONCE));
    }

    /** Writes the nonce for the server's next digest in Base64. */
    void writeServerNonce(MessageSink sink) {
        short end = Base64.encode(serverNonce, (short) 1, serverNonce[0], scratch, (short) 0);
        sink.write(scratch, (short) 0, end);
    }

    /** Leaves the digest in Base64 in scratch. */
    private void digest(byte[] key, byte[] nonce) {
        Base64.encode(key, (short) 0, DIGEST, scratch, (short) 0);
        md5.reset();
        md5.update(scratch, (short) 0, DIGEST_BASE64);
        updateColon();
        md5.doFinal(nonce, (short) 1, nonce[0], scratch, (short) 0);
        // The encoder reads ahead of what it writes only if the digest stands at the end.
        Util.arrayCopyNonAtomic(scratch, (short) 0, scratch, (short) (DIGEST_BASE64 - DIGEST), DIGEST);
        Base64.encode(scratch, (short) (DIGEST_BASE64 - DIGEST), DIGEST, scratch, (short) 0);
    }

    private void updateColon() {
        md5.update(COLON, (short) 0, (short) 1);
    }
}
