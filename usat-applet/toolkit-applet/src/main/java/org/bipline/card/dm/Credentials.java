// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

import javacard.framework.JCSystem;
import javacard.framework.Util;
import javacard.security.MessageDigest;
import javacard.security.RandomData;
import uicc.toolkit.ViewHandler;

/**
 * The credentials of an account: keys and nonces of both sides, in persistent memory. Own are those by which the card proves itself,
 * the peer's those of the other side. Of the secrets only H(name:secret) is kept, which is all that {@code syncml:auth-md5} needs.
 *
 * <p>Digest = H(B64(H(name:secret)):nonce), sent in Base64. OMA DM Security 1.2.
 */
@SuppressWarnings("deprecation") // of RandomData: what replaces its members came with Java Card 3.0.5
final class Credentials {
    private static final byte[] COLON = {':'};

    private static final short DIGEST = 16; // MD5
    /** Characters of a digest in Base64. */
    static final short DIGEST_BASE64 = 24;

    private static final short NONCE = 16; // that we give: 128 bits, as OMA DM Security recommends
    private static final short MAX_NONCE = 32; // that we are given

    /** Nonce of a server that has lost its own: 00000000. OMA DM Notification 1.2. */
    private static final short DEFAULT_NONCE = 4;

    // nonces stand behind a byte with their length, so that one write changes both
    private final byte[] peerKey = new byte[DIGEST];
    private final byte[] ownKey = new byte[DIGEST];
    private final byte[] peerNonce = new byte[1 + NONCE];
    private final byte[] ownNonce = new byte[1 + MAX_NONCE];

    private final byte[] latestNonce; // of ours: the one received last, whoever sent it
    private final byte[] scratch;
    private final byte[] work; // as scratch; a notification may come while scratch is being sent
    private final byte[] trigger; // digest of a notification's trigger, in Base64
    private final MessageDigest md5;
    private final RandomData random;

    /** Allocates the credentials, at installation; their values are set next. */
    Credentials() {
        latestNonce = JCSystem.makeTransientByteArray((short) (1 + MAX_NONCE), JCSystem.CLEAR_ON_RESET);
        work = JCSystem.makeTransientByteArray(DIGEST_BASE64, JCSystem.CLEAR_ON_RESET);
        trigger = JCSystem.makeTransientByteArray(DIGEST_BASE64, JCSystem.CLEAR_ON_RESET);
        scratch = JCSystem.makeTransientByteArray(DIGEST_BASE64, JCSystem.CLEAR_ON_RESET);
        md5 = MessageDigest.getInstance(MessageDigest.ALG_MD5, false);
        random = RandomData.getInstance(RandomData.ALG_SECURE_RANDOM);
    }

    /** Shares the transient memory of others, with which there is no session at the same time. */
    Credentials(Credentials other) {
        latestNonce = other.latestNonce;
        work = other.work;
        trigger = other.trigger;
        scratch = other.scratch;
        md5 = other.md5;
        random = other.random;
    }

    /** Sets the other side's secret; its name is {@code name[off .. off + len)}. */
    void setPeer(byte[] name, short off, short len, byte[] secret) {
        setKey(name, off, len, secret, peerKey);
    }

    /** Sets the card's secret; its name is {@code name[off .. off + len)}. */
    void setOwn(byte[] name, short off, short len, byte[] secret) {
        setKey(name, off, len, secret, ownKey);
    }

    /** Sets the nonce that the other side uses first, at most 16 bytes. */
    void setPeerNonce(byte[] nonce) {
        setWithLength(peerNonce, nonce);
    }

    /** Sets the nonce that the card uses first, at most 32 bytes. */
    void setOwnNonce(byte[] nonce) {
        setWithLength(ownNonce, nonce);
    }

    private void setKey(byte[] name, short off, short len, byte[] secret, byte[] key) {
        md5.reset();
        md5.update(name, off, len);
        updateColon();
        md5.doFinal(secret, (short) 0, (short) secret.length, key, (short) 0);
    }

    private static void setWithLength(byte[] to, byte[] value) {
        Util.arrayCopy(value, (short) 0, to, (short) 1, (short) value.length);
        to[0] = (byte) value.length;
    }

    /** A number of random bits. */
    short random() {
        random.generateData(work, (short) 0, (short) 2);
        return Util.getShort(work, (short) 0);
    }

    // --- notifications

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
        Base64.encode(peerKey, (short) 0, DIGEST, work, (short) 0);
        md5.reset();
        md5.update(work, (short) 0, DIGEST_BASE64);
        updateColon();
        if (defaultNonce) {
            Util.arrayFillNonAtomic(work, (short) 0, DEFAULT_NONCE, (byte) 0);
            md5.update(work, (short) 0, DEFAULT_NONCE);
        } else {
            md5.update(peerNonce, (short) 1, peerNonce[0]);
        }
        updateColon();
        md5.doFinal(trigger, (short) 0, DIGEST_BASE64, work, (short) 0);
        return message.compareValue(digest, work, (short) 0, DIGEST) == 0;
    }

    // --- the card's

    /** A session begins: takes up the nonce that the other side gave last. */
    void takeUpOwnNonce() {
        Util.arrayCopyNonAtomic(ownNonce, (short) 0, latestNonce, (short) 0, (short) ownNonce.length);
    }

    /** Takes up the nonce 00000000 in its place. */
    void takeUpDefaultNonce() {
        Util.arrayFillNonAtomic(latestNonce, (short) 1, DEFAULT_NONCE, (byte) 0);
        latestNonce[0] = (byte) DEFAULT_NONCE;
    }

    /** Writes the card's digest for the nonce received last. */
    void writeOwnDigest(MessageSink sink) {
        digest(ownKey, latestNonce);
        sink.write(scratch, (short) 0, DIGEST_BASE64);
    }

    /** Takes a NextNonce in Base64, for this session; false if it is none that can be used. */
    boolean takeOwnNonce(byte[] buf, short off, short len) {
        short length = Base64.decode(buf, off, len, latestNonce, (short) 1, MAX_NONCE);
        if (length < 0) {
            latestNonce[0] = 0;
            return false;
        }
        latestNonce[0] = (byte) length;
        return true;
    }

    /** Keeps the nonce received last beyond the session: its sender has authenticated itself. */
    void keepOwnNonce() {
        short length = (short) (1 + latestNonce[0]);
        if (Util.arrayCompare(latestNonce, (short) 0, ownNonce, (short) 0, length) != 0) {
            Util.arrayCopy(latestNonce, (short) 0, ownNonce, (short) 0, length);
        }
    }

    // --- the peer's

    /** Tells whether a digest in Base64 is the other side's for the nonce that it was given last. */
    boolean isPeerDigest(byte[] buf, short off, short len) {
        if (len != DIGEST_BASE64) {
            return false;
        }
        digest(peerKey, peerNonce);
        byte difference = 0; // all bytes are compared, so that the time tells nothing
        for (short i = 0; i < DIGEST_BASE64; i++) {
            difference |= (byte) (buf[(short) (off + i)] ^ scratch[i]);
        }
        return difference == 0;
    }

    /**
     * Makes the nonce for the other side's next digest, at once when a digest was right: who overhears it cannot use it again,
     * even if the session breaks.
     */
    void renewPeerNonce() {
        random.generateData(scratch, (short) 1, NONCE);
        scratch[0] = (byte) NONCE;
        Util.arrayCopy(scratch, (short) 0, peerNonce, (short) 0, (short) (1 + NONCE));
    }

    /** Writes the nonce for the other side's next digest in Base64. */
    void writePeerNonce(MessageSink sink) {
        short end = Base64.encode(peerNonce, (short) 1, peerNonce[0], scratch, (short) 0);
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
