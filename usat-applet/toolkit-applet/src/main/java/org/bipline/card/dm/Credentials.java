// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

import javacard.framework.JCSystem;
import javacard.framework.Util;
import javacard.security.MessageDigest;
import javacard.security.RandomData;
import uicc.toolkit.ViewHandler;

/**
 * The credentials of an account: keys and nonces of both sides, in persistent memory. Own are those by which the card proves itself,
 * the peer's those of the other side. Of the secrets only H(name:secret) is kept, which is all that both types need.
 *
 * <p>{@code syncml:auth-md5}: H(B64(H(name:secret)):nonce), sent in Base64. {@code syncml:auth-MAC}:
 * H(B64(H(name:secret)):nonce:B64(H(message))). OMA DM Security 1.2, clauses 5.1.3.2 and 5.1.4.2.
 *
 * <p>The digest of a message runs while the message is written or read, and others are made meanwhile (that of a notification), so it
 * has an object of its own: what MD5 carries from block to block, some 90 bytes, in memory of the platform.
 */
@SuppressWarnings("deprecation") // of RandomData: what replaces its members came with Java Card 3.0.5
class Credentials implements MessageSink {
    // types of authentication, and the levels that they make
    static final byte NONE = 0;
    static final byte MD5 = 1;
    static final byte MAC = 2;

    private static final byte[] COLON = {':'};

    static final short DIGEST = 16; // of MD5
    /** Characters of a digest in Base64. */
    static final short DIGEST_BASE64 = 24;

    private static final short NONCE = 16; // that we give: 128 bits, as OMA DM Security recommends
    private static final short MAX_NONCE = 32; // that we are given

    /** Nonce of a server that has lost its own, behind its length: 00000000. OMA DM Notification 1.2. */
    private static final byte[] DEFAULT_NONCE = {4, 0, 0, 0, 0};

    // sides
    static final byte OWN = 0;
    static final byte PEER = 1;

    // indexes into settings
    private static final byte LEVEL = 0; // least type of authentication of both sides
    private static final byte MAX_FAILURES = 1; // that lock the other side's credentials, 0 for none
    private static final byte FIRST_DELAY = 2; // minutes
    private static final byte HAS_PEER = 3; // the other side's secret is set: without one it proves nothing

    // indexes into lock
    private static final byte FAILURES = 0; // of the other side's credentials, one after another
    private static final byte DELAY = 1; // minutes for which none count
    private static final byte LOCK_SIZE = 2;

    /** Failures that cost no delay: a nonce that was lost on the way, and once more. */
    private static final byte FREE_FAILURES = 2;

    private static final short MAX_DELAY = 1440; // a day

    // nonces stand behind a byte with their length, so that one write changes both
    private final byte[] peerKey = new byte[DIGEST];
    private final byte[] ownKey = new byte[DIGEST];
    private final byte[] peerNonce = new byte[1 + NONCE];
    private final byte[] provenNonce = new byte[1 + NONCE]; // for which the other side was right last
    private final byte[] ownNonce = new byte[1 + MAX_NONCE];
    private final byte[] settings = {MD5, 0, 1, 0};
    private final short[] lock = new short[LOCK_SIZE];

    // time passes for all credentials of the card
    private final Credentials first;
    private Credentials next;

    private final byte[] latestNonce; // of ours: the one received last, whoever sent it
    private final byte[] scratch;
    private final byte[] work; // as scratch; a notification may come while scratch is being sent
    private final byte[] trigger; // digest of a notification's trigger, in Base64
    private final byte[] given; // MAC of the message that comes: whether there is one, and behind that its bytes
    final MessageDigest md5;
    private final MessageDigest message;
    private final RandomData random;

    /** Allocates the credentials, at installation; their values are set next. */
    Credentials() {
        first = this;
        latestNonce = JCSystem.makeTransientByteArray((short) (1 + MAX_NONCE), JCSystem.CLEAR_ON_RESET);
        work = JCSystem.makeTransientByteArray(DIGEST_BASE64, JCSystem.CLEAR_ON_RESET);
        trigger = JCSystem.makeTransientByteArray(DIGEST_BASE64, JCSystem.CLEAR_ON_RESET);
        scratch = JCSystem.makeTransientByteArray(DIGEST_BASE64, JCSystem.CLEAR_ON_RESET);
        given = JCSystem.makeTransientByteArray((short) (1 + DIGEST), JCSystem.CLEAR_ON_RESET);
        message = MessageDigest.getInstance(MessageDigest.ALG_MD5, false);
        md5 = MessageDigest.getInstance(MessageDigest.ALG_MD5, false);
        random = RandomData.getInstance(RandomData.ALG_SECURE_RANDOM);
    }

    /** Shares the transient memory of others, with which there is no session at the same time. */
    Credentials(Credentials other) {
        latestNonce = other.latestNonce;
        work = other.work;
        trigger = other.trigger;
        scratch = other.scratch;
        given = other.given;
        message = other.message;
        md5 = other.md5;
        random = other.random;
        first = other.first;
        next = first.next;
        first.next = this;
    }

    /** Sets the other side's secret; its name is {@code name[off .. off + len)}. */
    void setPeer(byte[] name, short off, short len, byte[] secret, short secretOff, short secretLen) {
        setKey(name, off, len, secret, secretOff, secretLen, peerKey);
        acceptPeer();
    }

    /** The other side can prove itself: there is a secret by which it does. */
    final void acceptPeer() {
        settings[HAS_PEER] = 1;
    }

    /** Sets the card's secret; its name is {@code name[off .. off + len)}. */
    void setOwn(byte[] name, short off, short len, byte[] secret, short secretOff, short secretLen) {
        setKey(name, off, len, secret, secretOff, secretLen, ownKey);
    }

    /** Sets the least type of authentication that either side may use: MD5 or MAC. */
    void setLevel(byte least) {
        settings[LEVEL] = least;
    }

    byte level() {
        return settings[LEVEL];
    }

    /**
     * Sets what failures of the other side cost.
     *
     * @param maxFailures one after another, that lock its credentials until they are unlocked, 1 to 127; 0 for none
     * @param firstDelay minutes for which nothing counts after the third failure, 0 to 127; doubled with each further one
     */
    void setLocking(byte maxFailures, byte firstDelay) {
        settings[MAX_FAILURES] = maxFailures;
        settings[FIRST_DELAY] = firstDelay;
    }

    /** Sets the nonce that the other side uses first, at most 16 bytes. */
    void setPeerNonce(byte[] nonce, short off, short len) {
        Account.put(peerNonce, nonce, off, len);
    }

    /** Sets the nonce that the card uses first, at most 32 bytes. */
    void setOwnNonce(byte[] nonce, short off, short len) {
        Account.put(ownNonce, nonce, off, len);
    }

    private void setKey(
            byte[] name, short off, short len, byte[] secret, short secretOff, short secretLen, byte[] key) {
        md5.reset();
        md5.update(name, off, len);
        updateColon();
        md5.doFinal(secret, secretOff, secretLen, scratch, (short) 0);
        Util.arrayCopy(
                scratch, (short) 0, key, (short) 0, DIGEST); // whole or not at all, which doFinal does not promise
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
        keyed(PEER, defaultNonce ? DEFAULT_NONCE : peerNonce, trigger);
        byte difference =
                isLocked() ? (byte) 1 : 0; // wrong ones are not counted: anybody could lock it by short messages
        for (short i = 0; i < DIGEST; i++) {
            difference |= (byte) (message.getValueByte((short) (digest + i)) ^ work[i]);
        }
        return difference == 0;
    }

    // --- the card's

    /** A session begins: takes up the nonce that the other side gave last. */
    void takeUpOwnNonce() {
        Util.arrayCopyNonAtomic(ownNonce, (short) 0, latestNonce, (short) 0, (short) ownNonce.length);
    }

    /** Takes up the nonce 00000000 in its place. */
    void takeUpDefaultNonce() {
        Util.arrayCopyNonAtomic(DEFAULT_NONCE, (short) 0, latestNonce, (short) 0, (short) DEFAULT_NONCE.length);
    }

    /** Writes the card's digest for the nonce received last. */
    void writeOwnDigest(MessageSink sink) {
        digest(OWN, latestNonce);
        sink.write(scratch, (short) 0, DIGEST_BASE64);
    }

    /**
     * Writes the card's MAC over a body of two parts: B64(H(B64(H(name:secret)):nonce:B64(H(body)))). OMA DM Security, Integrity.
     * Parts and nonce are bytes of {@code buf}.
     */
    void writeOwnMacOf(
            byte[] buf,
            short body,
            short bodyLen,
            short rest,
            short restLen,
            short nonce,
            short nonceLen,
            MessageSink sink) {
        md5.reset();
        md5.update(buf, body, bodyLen);
        md5.doFinal(buf, rest, restLen, work, (short) 0);
        Base64.encode(work, (short) 0, DIGEST, scratch, (short) 0);
        keyed(OWN, buf, nonce, nonceLen, scratch);
        Base64.encode(work, (short) 0, DIGEST, scratch, (short) 0);
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

    /**
     * Tells whether a digest in Base64 is the other side's for the nonce that it was given last. While failures lock or delay the
     * credentials none is, and nobody finds out whether it would have been.
     */
    boolean isPeerDigest(byte[] buf, short off, short len) {
        if (len != DIGEST_BASE64) {
            return false;
        }
        boolean counts = beginTry();
        digest(PEER, peerNonce);
        if (endTry(isSame(buf, off, scratch, DIGEST_BASE64) && counts)) {
            return true;
        }
        digest(PEER, provenNonce);
        forgive(isSame(buf, off, scratch, DIGEST_BASE64) && counts);
        return false;
    }

    /** A try counts as failed before it is looked at: no loss of power hides it. False if none is allowed now. */
    private boolean beginTry() {
        if (settings[HAS_PEER] == 0 || isLocked()) {
            return false;
        }
        short failures = (short) (lock[FAILURES] + 1);
        JCSystem.beginTransaction();
        if (failures > 0) {
            lock[FAILURES] = failures;
        }
        lock[DELAY] = delay(failures);
        JCSystem.commitTransaction();
        return true;
    }

    private boolean endTry(boolean right) {
        if (right) {
            JCSystem.beginTransaction();
            lock[FAILURES] = 0;
            lock[DELAY] = 0;
            Util.arrayCopy(peerNonce, (short) 0, provenNonce, (short) 0, (short) (1 + NONCE));
            JCSystem.commitTransaction();
        }
        return right;
    }

    /**
     * What was right with the last nonce before this was not guessed: the other side has not learned of the new one, as where the link
     * keeps breaking, or somebody repeats what he has overheard. It counts for nothing, and not as a failure.
     */
    private void forgive(boolean repeated) {
        if (repeated) {
            JCSystem.beginTransaction();
            lock[FAILURES]--;
            lock[DELAY] = 0; // there was none when it was looked at
            JCSystem.commitTransaction();
        }
    }

    private short delay(short failures) {
        short delay = failures > FREE_FAILURES ? settings[FIRST_DELAY] : 0;
        for (short n = (short) (FREE_FAILURES + 1); n < failures && delay < MAX_DELAY; n++) {
            delay = (short) (delay << 1);
        }
        return delay < MAX_DELAY ? delay : MAX_DELAY;
    }

    /** Whether the other side's credentials count for nothing, for a while or until they are unlocked. */
    boolean isLocked() {
        return lock[DELAY] != 0 || isLockedForGood();
    }

    /** Whether that is until they are unlocked. */
    boolean isLockedForGood() {
        return settings[MAX_FAILURES] != 0 && lock[FAILURES] >= settings[MAX_FAILURES];
    }

    /** Forgets the failures. */
    void unlock() {
        if (lock[FAILURES] != 0) {
            JCSystem.beginTransaction();
            lock[FAILURES] = 0;
            lock[DELAY] = 0;
            JCSystem.commitTransaction();
        }
    }

    /** Minutes until the first of the card's credentials counts again, 0 if none has a delay. */
    short shortestDelay() {
        short shortest = 0;
        for (Credentials each = first; each != null; each = each.next) {
            short delay = each.lock[DELAY];
            if (delay != 0 && (shortest == 0 || delay < shortest)) {
                shortest = delay;
            }
        }
        return shortest;
    }

    /** Time has passed for all credentials of the card; within a transaction of the caller. */
    void elapse(short minutes) {
        for (Credentials each = first; each != null; each = each.next) {
            if (each.lock[DELAY] != 0) {
                each.lock[DELAY] = each.lock[DELAY] > minutes ? (short) (each.lock[DELAY] - minutes) : 0;
            }
        }
    }

    /** All bytes are compared, so that the time tells nothing. */
    private static boolean isSame(byte[] a, short off, byte[] b, short len) {
        byte difference = 0;
        for (short i = 0; i < len; i++) {
            difference |= (byte) (a[(short) (off + i)] ^ b[i]);
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

    // --- messages

    /** A message begins, whose bytes come next, whichever side's it is. */
    void beginMessage() {
        message.reset();
    }

    @Override
    public void write(byte b) {
        work[0] = b;
        message.update(work, (short) 0, (short) 1);
    }

    @Override
    public void write(byte[] buf, short off, short len) {
        message.update(buf, off, len);
    }

    /** The card's message is complete: makes its MAC for the nonce received last, which is to be written at once. */
    void endOwnMessage() {
        endMessage(OWN, latestNonce);
        Base64.encode(work, (short) 0, DIGEST, scratch, (short) 0);
    }

    /** Writes the MAC of the card's message in Base64. */
    void writeOwnMac(MessageSink sink) {
        sink.write(scratch, (short) 0, DIGEST_BASE64);
    }

    /** A message of the other side is to come, with a MAC or not. */
    void forgetMac() {
        given[0] = 0;
    }

    /** Takes the MAC of the message that is to come, in Base64; one that is none, or the second, leaves it without. */
    void takeMac(byte[] buf, short off, short len) {
        given[0] = given[0] == 0
                        && len == DIGEST_BASE64
                        && Base64.decode(buf, off, len, given, (short) 1, DIGEST) == DIGEST
                ? (byte) 1
                : (byte) -1;
    }

    /** Whether the message that comes has a MAC. */
    boolean hasMac() {
        return given[0] > 0;
    }

    /** The other side's message is complete: tells whether its MAC is right for the nonce given last. */
    boolean isPeerMessage() {
        boolean counts = beginTry();
        endMessage(PEER, peerNonce);
        if (endTry(isSame(given, (short) 1, work, DIGEST) && counts)) {
            return true;
        }
        keyed(PEER, provenNonce, scratch);
        forgive(isSame(given, (short) 1, work, DIGEST) && counts);
        return false;
    }

    /** Leaves the MAC of the message in work. */
    private void endMessage(byte side, byte[] nonce) {
        message.doFinal(work, (short) 0, (short) 0, work, (short) 0);
        Base64.encode(work, (short) 0, DIGEST, scratch, (short) 0);
        keyed(side, nonce, scratch);
    }

    /** Leaves H(B64(key):nonce:B64(H(text))) in work; the digest of the text is given in Base64. */
    private void keyed(byte side, byte[] nonce, byte[] digest) {
        keyed(side, nonce, (short) 1, nonce[0], digest);
    }

    private void keyed(byte side, byte[] buf, short nonce, short nonceLen, byte[] digest) {
        putKey(side, work);
        md5.reset();
        md5.update(work, (short) 0, DIGEST_BASE64);
        updateColon();
        md5.update(buf, nonce, nonceLen);
        updateColon();
        md5.doFinal(digest, (short) 0, DIGEST_BASE64, work, (short) 0);
    }

    /** Leaves the digest in Base64 in scratch. */
    private void digest(byte side, byte[] nonce) {
        putKey(side, scratch);
        md5.reset();
        md5.update(scratch, (short) 0, DIGEST_BASE64);
        updateColon();
        md5.doFinal(nonce, (short) 1, nonce[0], scratch, (short) 0);
        encodeInPlace(scratch);
    }

    /** Puts B64(H(name:secret)) of a side at the beginning of an array of 24 bytes. */
    void putKey(byte side, byte[] to) {
        Base64.encode(side == OWN ? ownKey : peerKey, (short) 0, DIGEST, to, (short) 0);
    }

    /** Makes the digest at the beginning of an array of 24 bytes Base64. */
    static void encodeInPlace(byte[] digest) {
        // The encoder reads ahead of what it writes only if the digest stands at the end.
        Util.arrayCopyNonAtomic(digest, (short) 0, digest, (short) (DIGEST_BASE64 - DIGEST), DIGEST);
        Base64.encode(digest, (short) (DIGEST_BASE64 - DIGEST), DIGEST, digest, (short) 0);
    }

    final void updateColon() {
        md5.update(COLON, (short) 0, (short) 1);
    }
}
