// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.https;

import javacard.framework.JCSystem;
import javacard.framework.Util;

/**
 * What a TLS client keeps: the pre-shared key, its identity, and the last session, which a connection that was dropped resumes.
 * All of that is persistent.
 *
 * <p>A session counts once its length byte is written, which is done last, and no longer once that byte is 0, which is done
 * first: a power cut leaves it whole or gone.
 */
public final class TlsCredentials {
    /** Longest identity, in bytes. */
    public static final short MAX_IDENTITY = 64;
    /** Shortest key, in bytes. */
    public static final short MIN_KEY = 16;
    /** Longest key, in bytes. */
    public static final short MAX_KEY = 32;

    static final short MASTER_SECRET = 48; // RFC 5246 clause 8.1
    static final short MAX_SESSION_ID = 32;

    // offsets in session
    private static final short ID_LENGTH = 0;
    private static final short ID = 1;
    private static final short EXTENDED = 33;
    private static final short SUITE = 34;
    private static final short MASTER = 36;
    private static final short SESSION_SIZE = MASTER + MASTER_SECRET;

    // both stand behind a byte with their length
    private final byte[] identity = new byte[(short) (1 + MAX_IDENTITY)];
    private final byte[] key = new byte[(short) (1 + MAX_KEY)];
    private final byte[] session = new byte[SESSION_SIZE];
    // length of the identifier of a session that is not written yet
    private final byte[] pending;

    /** Allocates the credentials, at installation; there is no key yet. */
    public TlsCredentials() {
        pending = JCSystem.makeTransientByteArray((short) 1, JCSystem.CLEAR_ON_RESET);
    }

    /** As above; shares the transient memory of others, with which there is no connection at the same time. */
    public TlsCredentials(TlsCredentials other) {
        pending = other.pending;
    }

    /**
     * Sets identity and key, and forgets the session made with the key before. A caller that changes those in use does it in a
     * transaction.
     *
     * @param newIdentity 1 to {@link #MAX_IDENTITY} bytes, in {@code newIdentity[identityOff .. identityOff + identityLen)}
     * @param newKey {@link #MIN_KEY} to {@link #MAX_KEY} bytes, likewise
     */
    public void set(
            byte[] newIdentity, short identityOff, short identityLen, byte[] newKey, short keyOff, short keyLen) {
        forgetSession();
        Util.arrayCopy(newIdentity, identityOff, identity, (short) 1, identityLen);
        identity[0] = (byte) identityLen;
        Util.arrayFillNonAtomic(key, (short) 0, (short) key.length, (byte) 0);
        Util.arrayCopy(newKey, keyOff, key, (short) 1, keyLen);
        key[0] = (byte) keyLen;
    }

    /** Forgets the key and the session made with it. */
    public void clear() {
        forgetSession();
        key[0] = 0;
        Util.arrayFillNonAtomic(key, (short) 0, (short) key.length, (byte) 0);
    }

    /** Whether there is a key. */
    public boolean isGiven() {
        return key[0] != 0;
    }

    short identityLength() {
        return identity[0];
    }

    void putIdentity(TlsRecords records) {
        records.put(identity, (short) 1, identity[0]);
    }

    /**
     * Writes the premaster secret and returns the offset behind it: as many zeros as the key is long, and the key, each behind its
     * length. RFC 4279 clause 2.
     */
    short putPremasterSecret(byte[] buf, short off) {
        short len = key[0];
        off = Util.setShort(buf, off, len);
        off = Util.arrayFillNonAtomic(buf, off, len, (byte) 0);
        off = Util.setShort(buf, off, len);
        return Util.arrayCopyNonAtomic(key, (short) 1, buf, off, len);
    }

    /** Length of the identifier of the session to resume, 0 when there is none. */
    short sessionIdLength() {
        return session[ID_LENGTH];
    }

    void putSessionId(TlsRecords records) {
        records.put(session, ID, session[ID_LENGTH]);
    }

    boolean isSession(byte[] buf, short off, short len) {
        return len != 0 && len == session[ID_LENGTH] && Util.arrayCompare(buf, off, session, ID, len) == 0;
    }

    /** Whether the session to resume has an extended master secret. RFC 7627. */
    boolean isExtended() {
        return session[EXTENDED] != 0;
    }

    /** Whether the session to resume has this cipher suite, which it keeps. RFC 5246 clause 7.4.1.3. */
    boolean isOfSuite(short suite) {
        return Util.getShort(session, SUITE) == suite;
    }

    void copyMasterSecret(byte[] buf, short off) {
        Util.arrayCopyNonAtomic(session, MASTER, buf, off, MASTER_SECRET);
    }

    /** A new session begins under this identifier, 0 bytes if it cannot be resumed; the one before is forgotten. */
    void beginSession(byte[] buf, short off, short len) {
        forgetSession();
        Util.arrayCopyNonAtomic(buf, off, session, ID, len);
        pending[0] = (byte) len;
    }

    /** The handshake of the new session is over. */
    void keepSession(byte[] master, short off, short suite, boolean extended) {
        if (pending[0] == 0) {
            return;
        }
        session[EXTENDED] = (byte) (extended ? 1 : 0);
        Util.setShort(session, SUITE, suite);
        Util.arrayCopyNonAtomic(master, off, session, MASTER, MASTER_SECRET);
        session[ID_LENGTH] = pending[0];
    }

    /** Erases the session: refused, failed, or of another key. */
    void forgetSession() {
        pending[0] = 0;
        if (session[ID_LENGTH] != 0) {
            session[ID_LENGTH] = 0;
            Util.arrayFillNonAtomic(session, MASTER, MASTER_SECRET, (byte) 0);
        }
    }
}
