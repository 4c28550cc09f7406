// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.https;

import javacard.framework.JCSystem;
import javacard.framework.Util;
import javacard.security.AESKey;
import javacard.security.KeyBuilder;
import javacard.security.RandomData;
import javacardx.crypto.Cipher;
import org.bipline.card.bip.ByteSink;

/**
 * The record layer of TLS 1.2: one buffer, in which a record is gathered and opened in place, and in the free rest of which one is
 * written; a {@link RecordProtection} opens and protects. RFC 5246 clause 6.
 *
 * <p>No record is longer than the maximum fragment length of 512 bytes allows (RFC 6066 clause 4). During a handshake, whose
 * messages are short, even a protected one must fit 512 bytes, and what is behind belongs to {@link TlsHandshake}.
 *
 * <p>Faults are raised as alerts, see {@link TlsAlert#raise}.
 */
@SuppressWarnings("deprecation") // of RandomData: what replaces its members came with Java Card 3.0.5
final class TlsRecords {
    // cipher suites, RFC 5487 clauses 2 and 3
    static final short PSK_AES_128_GCM_SHA256 = 0x00A8;
    static final short PSK_AES_128_CBC_SHA256 = 0x00AE;
    static final short PSK_NULL_SHA256 = 0x00B0;

    /** Whether the suite without cipher is offered: a flag of the build, for tests only. */
    static final boolean NULL_CIPHER = false;

    static final byte CHANGE_CIPHER_SPEC = 20;
    static final byte ALERT = 21;
    static final byte HANDSHAKE = 22;
    static final byte APPLICATION_DATA = 23;

    static final short VERSION = 0x0303; // TLS 1.2
    static final short MAX_FRAGMENT = 512;
    /** Bytes of the buffer behind {@link #MAX_FRAGMENT}. */
    static final short HANDSHAKE_AREA = 317;
    /** Behind that, and behind any record: {@link Hmac#LENGTH} bytes to work in. */
    static final short WORK = MAX_FRAGMENT + HANDSHAKE_AREA;

    /** Longest key block of all suites: MAC keys and cipher keys of client and server. RFC 5246 clause 6.3. */
    static final short MAX_KEY_BLOCK = 2 * Hmac.LENGTH + 2 * CbcProtection.BLOCK;

    private static final short HEADER_SIZE = 5;
    private static final short SEQUENCE_SIZE = 8;

    /** Content is written so far behind the begin of its fragment, whatever the suite; no prefix is longer. */
    private static final short GAP = CbcProtection.BLOCK;
    /** Most bytes behind the content: MAC and padding. */
    private static final short TAIL = Hmac.LENGTH + CbcProtection.BLOCK;

    // offsets in secrets; a pseudo header is a sequence number and the header behind it
    private static final short READ_SEQUENCE = 0;
    private static final short READ_HEADER = READ_SEQUENCE + SEQUENCE_SIZE;
    private static final short WRITE_SEQUENCE = 13;
    private static final short WRITE_HEADER = WRITE_SEQUENCE + SEQUENCE_SIZE;
    /** Those of the suite that are in no key object. */
    static final short KEYS = 26;

    private static final short SECRETS_SIZE = KEYS + 2 * Hmac.LENGTH;

    // indexes into sizes
    private static final byte FILLED = 0; // bytes of the record that is read, with its header
    private static final byte LENGTH = 1; // of its fragment
    private static final byte CONTENT = 2; // bytes of content in it, once it is open
    private static final byte LIMIT = 3; // longest fragment now
    private static final byte START = 4; // of the record that is written
    private static final byte STAGED = 5; // bytes of its content
    private static final byte SIZES_SIZE = 6;

    // indexes into state
    private static final byte READ_PROTECTED = 0;
    private static final byte WRITE_PROTECTED = 1;
    private static final byte WRITING = 2; // a record is begun
    private static final byte SUITE = 3; // lower byte of the cipher suite; the other is 0
    private static final byte STATE_SIZE = 4;

    private final ByteSink out;
    final byte[] secrets = JCSystem.makeTransientByteArray(SECRETS_SIZE, JCSystem.CLEAR_ON_RESET);
    private final short[] sizes = JCSystem.makeTransientShortArray(SIZES_SIZE, JCSystem.CLEAR_ON_RESET);
    private final byte[] state = JCSystem.makeTransientByteArray(STATE_SIZE, JCSystem.CLEAR_ON_RESET);
    private final AESKey readKey;
    private final AESKey writeKey;
    private final RecordProtection gcm; // null where the platform has none
    private final RecordProtection cbc;
    private final RecordProtection mac; // null where it is not offered

    /** Holds the record; {@link #contentOffset} and {@link #contentLength} tell where. */
    final byte[] buffer = JCSystem.makeTransientByteArray((short) (WORK + Hmac.LENGTH), JCSystem.CLEAR_ON_RESET);

    /**
     * @param gcmCipher as {@link GcmProtection#cipher} gives it
     * @param nullCipher whether the suite without cipher is offered too
     */
    TlsRecords(ByteSink out, Hmac hmac, RandomData random, Cipher gcmCipher, boolean nullCipher) {
        this.out = out;
        readKey = (AESKey) KeyBuilder.buildKey(KeyBuilder.TYPE_AES_TRANSIENT_RESET, KeyBuilder.LENGTH_AES_128, false);
        writeKey = (AESKey) KeyBuilder.buildKey(KeyBuilder.TYPE_AES_TRANSIENT_RESET, KeyBuilder.LENGTH_AES_128, false);
        gcm = gcmCipher == null ? null : GcmProtection.create(this, gcmCipher, readKey, writeKey);
        cbc = new CbcProtection(this, hmac, random, readKey, writeKey);
        mac = nullCipher ? new MacProtection(this, hmac) : null;
    }

    /** What protects records by a cipher suite; null for one that is not offered. */
    private RecordProtection protection(short suite) {
        switch (suite) {
            case PSK_AES_128_GCM_SHA256:
                return gcm;
            case PSK_AES_128_CBC_SHA256:
                return cbc;
            case PSK_NULL_SHA256:
                return mac;
            default:
                return null;
        }
    }

    private RecordProtection protection() {
        return protection(suite());
    }

    boolean offers(short suite) {
        return protection(suite) != null;
    }

    /** Sets the suite of {@link #setKeys} and of records from then on, one that is offered. */
    void choose(short suite) {
        state[SUITE] = (byte) suite;
    }

    short suite() {
        return (short) (state[SUITE] & 0xFF);
    }

    /** Bytes of the key block of the suite. */
    short keyBlock() {
        return protection().keyBlock;
    }

    /** Forgets keys and contents: records are in the clear again. */
    void clear() {
        Util.arrayFillNonAtomic(buffer, (short) 0, (short) buffer.length, (byte) 0);
        Util.arrayFillNonAtomic(secrets, (short) 0, SECRETS_SIZE, (byte) 0);
        Util.arrayFillNonAtomic(state, (short) 0, STATE_SIZE, (byte) 0);
        readKey.clearKey();
        writeKey.clearKey();
        drop();
        sizes[LIMIT] = MAX_FRAGMENT;
    }

    /** Forgets what is read and what is not sent. */
    void drop() {
        sizes[FILLED] = 0;
        sizes[STAGED] = 0;
        state[WRITING] = 0;
    }

    /** Takes a key block, for use from {@link #protectReading} and {@link #protectWriting} on. */
    void setKeys(byte[] block, short off) {
        protection().setKeys(block, off);
    }

    void protectReading() {
        state[READ_PROTECTED] = 1;
    }

    void protectWriting() {
        state[WRITE_PROTECTED] = 1;
    }

    /** The handshake is over: its area of the buffer is erased, records of full length may come. */
    void handshakeOver() {
        Util.arrayFillNonAtomic(buffer, MAX_FRAGMENT, (short) (buffer.length - MAX_FRAGMENT), (byte) 0);
        sizes[LIMIT] = protection().maxFragment;
    }

    /** Takes bytes up to the end of a record and returns how many; {@link #isComplete} tells whether the end is reached. */
    short take(byte[] buf, short off, short len) {
        TlsAlert.require(state[WRITING] == 0, TlsAlert.INTERNAL_ERROR); // it stands where these bytes would go
        short used = 0;
        if (sizes[FILLED] < HEADER_SIZE) {
            used = least(len, (short) (HEADER_SIZE - sizes[FILLED]));
            Util.arrayCopyNonAtomic(buf, off, secrets, (short) (READ_HEADER + sizes[FILLED]), used);
            sizes[FILLED] += used;
            if (sizes[FILLED] < HEADER_SIZE) {
                return used;
            }
            header();
        }
        short have = (short) (sizes[FILLED] - HEADER_SIZE);
        short count = least((short) (len - used), (short) (sizes[LENGTH] - have));
        Util.arrayCopyNonAtomic(buf, (short) (off + used), buffer, have, count);
        sizes[FILLED] += count;
        if (isComplete()) {
            open();
        }
        return (short) (used + count);
    }

    boolean isComplete() {
        return sizes[FILLED] >= HEADER_SIZE && (short) (sizes[FILLED] - HEADER_SIZE) == sizes[LENGTH];
    }

    /** The record is used up. */
    void next() {
        sizes[FILLED] = 0;
    }

    byte type() {
        return secrets[READ_HEADER];
    }

    short contentOffset() {
        return state[READ_PROTECTED] == 0 ? (short) 0 : protection().prefix;
    }

    short contentLength() {
        return sizes[CONTENT];
    }

    private static short least(short a, short b) {
        return a < b ? a : b;
    }

    private void header() {
        byte type = type();
        TlsAlert.require(type >= CHANGE_CIPHER_SPEC && type <= APPLICATION_DATA, TlsAlert.UNEXPECTED_MESSAGE);
        TlsAlert.require(Util.getShort(secrets, (short) (READ_HEADER + 1)) == VERSION, TlsAlert.PROTOCOL_VERSION);
        short length = Util.getShort(secrets, (short) (READ_HEADER + 3));
        TlsAlert.require(length >= 0 && length <= sizes[LIMIT], TlsAlert.RECORD_OVERFLOW);
        sizes[LENGTH] = length;
    }

    private void open() {
        if (state[READ_PROTECTED] == 0) {
            sizes[CONTENT] = sizes[LENGTH];
        } else {
            sizes[CONTENT] = protection().open(READ_SEQUENCE, sizes[LENGTH]);
            increment(READ_SEQUENCE);
            TlsAlert.require(sizes[CONTENT] <= MAX_FRAGMENT, TlsAlert.RECORD_OVERFLOW);
        }
        // only application data may have no content, clause 6.2.1
        TlsAlert.require(sizes[CONTENT] > 0 || type() == APPLICATION_DATA, TlsAlert.UNEXPECTED_MESSAGE);
    }

    /** Begins a record behind what is read of the next one. */
    void begin(byte type) {
        secrets[WRITE_HEADER] = type;
        sizes[START] = sizes[FILLED] > HEADER_SIZE ? (short) (sizes[FILLED] - HEADER_SIZE) : 0;
        sizes[STAGED] = 0;
        state[WRITING] = 1;
        // a peer that sends so much unasked gets no request
        TlsAlert.require(room() > 0, TlsAlert.INTERNAL_ERROR);
    }

    boolean isWriting() {
        return state[WRITING] != 0;
    }

    /** Bytes of content that the record still takes. */
    short room() {
        short room = (short) (sizes[LIMIT] - sizes[START] - GAP - TAIL);
        return (short) (least(room, MAX_FRAGMENT) - sizes[STAGED]);
    }

    short stagedOffset() {
        return (short) (sizes[START] + GAP);
    }

    short stagedLength() {
        return sizes[STAGED];
    }

    void put(byte b) {
        TlsAlert.require(room() > 0, TlsAlert.INTERNAL_ERROR);
        buffer[(short) (stagedOffset() + sizes[STAGED])] = b;
        sizes[STAGED]++;
    }

    void putShort(short value) {
        put((byte) (value >> 8));
        put((byte) value);
    }

    void put(byte[] buf, short off, short len) {
        TlsAlert.require(len <= room(), TlsAlert.INTERNAL_ERROR);
        Util.arrayCopyNonAtomic(buf, off, buffer, (short) (stagedOffset() + sizes[STAGED]), len);
        sizes[STAGED] += len;
    }

    /** Protects the record and writes it. */
    void send() {
        state[WRITING] = 0;
        Util.setShort(secrets, (short) (WRITE_HEADER + 1), VERSION);
        Util.setShort(secrets, (short) (WRITE_HEADER + 3), sizes[STAGED]);
        short from = stagedOffset();
        short length = sizes[STAGED];
        if (state[WRITE_PROTECTED] != 0) {
            length = protection().seal(WRITE_SEQUENCE, from, length);
            from = (short) (from - protection().prefix);
            increment(WRITE_SEQUENCE);
            Util.setShort(secrets, (short) (WRITE_HEADER + 3), length);
        }
        sizes[STAGED] = 0;
        out.write(secrets, WRITE_HEADER, HEADER_SIZE);
        out.write(buffer, from, length);
    }

    /** Counts on. At the end of the numbers the connection ends, as none may be used twice. RFC 5246 clause 6.1. */
    private void increment(short sequence) {
        short i = (short) (sequence + SEQUENCE_SIZE - 1);
        while (i >= sequence && secrets[i] == (byte) 0xFF) {
            i--;
        }
        TlsAlert.require(i >= sequence, TlsAlert.INTERNAL_ERROR);
        secrets[i]++;
        i++;
        Util.arrayFillNonAtomic(secrets, i, (short) (sequence + SEQUENCE_SIZE - i), (byte) 0);
    }
}
