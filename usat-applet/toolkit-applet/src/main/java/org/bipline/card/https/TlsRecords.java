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
 * The record layer of TLS 1.2 with AES-128-CBC and HMAC-SHA256: one buffer, in which a record is gathered and opened in place, and
 * in the free rest of which one is written. RFC 5246 clause 6.
 *
 * <p>No record is longer than the maximum fragment length of 512 bytes allows (RFC 6066 clause 4). During a handshake, whose
 * messages are short, even a protected one must fit 512 bytes, and what is behind belongs to {@link TlsHandshake}.
 *
 * <p>Faults are raised as alerts, see {@link TlsAlert#raise}.
 */
@SuppressWarnings("deprecation") // of RandomData: what replaces its members came with Java Card 3.0.5
final class TlsRecords {
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

    private static final short HEADER_SIZE = 5;
    private static final short PSEUDO_HEADER_SIZE = 13; // sequence number and header, before the content in the MAC
    private static final short BLOCK = 16; // of the cipher, and so the length of IVs
    private static final short MAX_PADDING = 256; // with its length
    private static final short MIN_CIPHERTEXT = 4 * BLOCK; // IV, and MAC with one byte of padding at least
    private static final short MAX_CIPHERTEXT = BLOCK + MAX_FRAGMENT + Hmac.LENGTH + MAX_PADDING;

    // offsets in secrets; a pseudo header is a sequence number and the header behind it
    private static final short READ_SEQUENCE = 0;
    private static final short READ_HEADER = 8;
    private static final short WRITE_SEQUENCE = 13;
    private static final short WRITE_HEADER = 21;
    private static final short READ_MAC_KEY = 26;
    private static final short WRITE_MAC_KEY = 58;
    private static final short SECRETS_SIZE = 90;

    /** Bytes of the key block: MAC keys and cipher keys of client and server. RFC 5246 clause 6.3. */
    static final short KEY_BLOCK = 2 * Hmac.LENGTH + 2 * BLOCK;

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
    private static final byte STATE_SIZE = 3;

    private final ByteSink out;
    private final Hmac hmac;
    private final RandomData random;
    private final byte[] secrets = JCSystem.makeTransientByteArray(SECRETS_SIZE, JCSystem.CLEAR_ON_RESET);
    private final short[] sizes = JCSystem.makeTransientShortArray(SIZES_SIZE, JCSystem.CLEAR_ON_RESET);
    private final byte[] state = JCSystem.makeTransientByteArray(STATE_SIZE, JCSystem.CLEAR_ON_RESET);
    private final Cipher cipher = Cipher.getInstance(Cipher.ALG_AES_BLOCK_128_CBC_NOPAD, false);
    private final AESKey readKey;
    private final AESKey writeKey;

    /** Holds the record; {@link #contentOffset} and {@link #contentLength} tell where. */
    final byte[] buffer = JCSystem.makeTransientByteArray((short) (WORK + Hmac.LENGTH), JCSystem.CLEAR_ON_RESET);

    TlsRecords(ByteSink out, Hmac hmac, RandomData random) {
        this.out = out;
        this.hmac = hmac;
        this.random = random;
        readKey = (AESKey) KeyBuilder.buildKey(KeyBuilder.TYPE_AES_TRANSIENT_RESET, KeyBuilder.LENGTH_AES_128, false);
        writeKey = (AESKey) KeyBuilder.buildKey(KeyBuilder.TYPE_AES_TRANSIENT_RESET, KeyBuilder.LENGTH_AES_128, false);
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

    /** Takes a {@link #KEY_BLOCK}, for use from {@link #protectReading} and {@link #protectWriting} on. */
    void setKeys(byte[] block, short off) {
        off = takeMacKey(block, off, WRITE_MAC_KEY);
        off = takeMacKey(block, off, READ_MAC_KEY);
        writeKey.setKey(block, off);
        readKey.setKey(block, (short) (off + BLOCK));
    }

    private short takeMacKey(byte[] block, short off, short to) {
        Util.arrayCopyNonAtomic(block, off, secrets, to, Hmac.LENGTH);
        return (short) (off + Hmac.LENGTH);
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
        sizes[LIMIT] = MAX_CIPHERTEXT;
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
        return state[READ_PROTECTED] == 0 ? 0 : BLOCK;
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
            unprotect();
            TlsAlert.require(sizes[CONTENT] <= MAX_FRAGMENT, TlsAlert.RECORD_OVERFLOW);
        }
        // only application data may have no content, clause 6.2.1
        TlsAlert.require(sizes[CONTENT] > 0 || type() == APPLICATION_DATA, TlsAlert.UNEXPECTED_MESSAGE);
    }

    /**
     * Decrypts, and checks padding and MAC with the same work whatever the padding is: all bytes that could be padding are looked
     * at, a wrong one counts as none, the MAC is computed in any case, and as many blocks are digested as for no padding. Clause
     * 6.2.3.2.
     */
    private void unprotect() {
        short length = sizes[LENGTH];
        TlsAlert.require(length >= MIN_CIPHERTEXT && (short) (length & (BLOCK - 1)) == 0, TlsAlert.BAD_RECORD_MAC);
        cipher.init(readKey, Cipher.MODE_DECRYPT, buffer, (short) 0, BLOCK);
        cipher.doFinal(buffer, BLOCK, (short) (length - BLOCK), buffer, BLOCK);

        short last = (short) (length - 1);
        short longest = (short) (last - BLOCK - Hmac.LENGTH); // content, without padding
        short padding = (short) (buffer[last] & 0xFF);
        short fits = (short) ~ones((short) (longest - padding)); // all ones or none, as the other masks
        short wrong = (short) ~fits;
        padding &= fits;
        short first = (short) (last - padding);
        for (short i = length < (short) (MAX_PADDING + BLOCK) ? BLOCK : (short) (length - MAX_PADDING);
                i < length;
                i++) {
            wrong |= (short) ((buffer[i] ^ padding) & 0xFF & ~ones((short) (i - first)));
        }

        short content = (short) (longest - padding);
        Util.setShort(secrets, (short) (READ_HEADER + 3), content);
        mac(READ_MAC_KEY, READ_SEQUENCE, BLOCK, content, WORK);
        hmac.idle(buffer, (short) (Hmac.blocks((short) (longest + PSEUDO_HEADER_SIZE))
                - Hmac.blocks((short) (content + PSEUDO_HEADER_SIZE))));
        for (short i = 0; i < Hmac.LENGTH; i++) {
            wrong |= (short) (buffer[(short) (BLOCK + content + i)] ^ buffer[(short) (WORK + i)]);
        }
        TlsAlert.require(wrong == 0, TlsAlert.BAD_RECORD_MAC);
        increment(READ_SEQUENCE);
        sizes[CONTENT] = content;
    }

    /** All ones for a negative number, else none. */
    private static short ones(short number) {
        return (short) (number >> 15);
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
        short room = (short) (sizes[LIMIT] - sizes[START] - 2 * BLOCK - Hmac.LENGTH);
        return (short) (least(room, MAX_FRAGMENT) - sizes[STAGED]);
    }

    short stagedOffset() {
        return (short) (sizes[START] + BLOCK);
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
            length = protect();
            from = sizes[START];
            Util.setShort(secrets, (short) (WRITE_HEADER + 3), length);
        }
        sizes[STAGED] = 0;
        out.write(secrets, WRITE_HEADER, HEADER_SIZE);
        out.write(buffer, from, length);
    }

    private short protect() {
        short start = sizes[START];
        short content = stagedOffset();
        short end = (short) (content + sizes[STAGED]);
        mac(WRITE_MAC_KEY, WRITE_SEQUENCE, content, sizes[STAGED], end);
        end = (short) (end + Hmac.LENGTH);
        short padding = (short) (BLOCK - 1 - ((short) (end - start) & (BLOCK - 1)));
        end = Util.arrayFillNonAtomic(buffer, end, (short) (padding + 1), (byte) padding);
        random.generateData(buffer, start, BLOCK);
        cipher.init(writeKey, Cipher.MODE_ENCRYPT, buffer, start, BLOCK);
        cipher.doFinal(buffer, content, (short) (end - content), buffer, content);
        increment(WRITE_SEQUENCE);
        return (short) (end - start);
    }

    /** MAC over the pseudo header at {@code sequence} and content of the buffer, written to the buffer. */
    private void mac(short key, short sequence, short off, short len, short to) {
        hmac.init(secrets, key, Hmac.LENGTH);
        hmac.update(secrets, sequence, PSEUDO_HEADER_SIZE);
        hmac.update(buffer, off, len);
        hmac.doFinal(buffer, to);
    }

    /** Counts on; 64 bits do not run over in the life of a card. */
    private void increment(short sequence) {
        short i = (short) (sequence + 7);
        do {
            secrets[i]++;
            i--;
        } while (i >= sequence && secrets[(short) (i + 1)] == 0);
    }
}
