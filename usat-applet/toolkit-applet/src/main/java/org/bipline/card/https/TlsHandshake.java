// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.https;

import javacard.framework.JCSystem;
import javacard.framework.Util;
import javacard.security.MessageDigest;
import javacard.security.RandomData;

/**
 * The client's side of the TLS 1.2 handshake with a pre-shared key: full, or abbreviated where the server resumes the session of
 * {@link TlsCredentials}. RFC 5246 clause 7.3, RFC 4279 clause 2, RFC 5487 for the cipher suite.
 *
 * <table>
 * <caption>Phases</caption>
 * <tr><th>phase</th><th>event</th><th>action</th><th>next</th></tr>
 * <tr><td>OVER</td><td>{@link #start}</td><td>send ClientHello</td><td>SERVER_HELLO</td></tr>
 * <tr><td>SERVER_HELLO</td><td>ServerHello, other session</td><td></td><td>SERVER_KEY_EXCHANGE</td></tr>
 * <tr><td>SERVER_HELLO</td><td>ServerHello, the session offered</td><td>derive keys</td><td>CHANGE_CIPHER_SPEC</td></tr>
 * <tr><td>SERVER_KEY_EXCHANGE</td><td>ServerKeyExchange</td><td>ignore the hint</td><td>SERVER_HELLO_DONE</td></tr>
 * <tr><td>SERVER_KEY_EXCHANGE, SERVER_HELLO_DONE</td><td>ServerHelloDone</td><td></td><td>REPLY</td></tr>
 * <tr><td>REPLY, full</td><td>{@link #reply}</td><td>send ClientKeyExchange, ChangeCipherSpec, Finished</td>
 * <td>CHANGE_CIPHER_SPEC</td></tr>
 * <tr><td>CHANGE_CIPHER_SPEC</td><td>ChangeCipherSpec</td><td>protect reading</td><td>FINISHED</td></tr>
 * <tr><td>FINISHED, full</td><td>Finished</td><td>check, keep the session</td><td>OVER</td></tr>
 * <tr><td>FINISHED, abbreviated</td><td>Finished</td><td>check</td><td>REPLY</td></tr>
 * <tr><td>REPLY, abbreviated</td><td>{@link #reply}</td><td>send ChangeCipherSpec, Finished</td><td>OVER</td></tr>
 * <tr><td>any</td><td>HelloRequest</td><td>ignore; refuse it when OVER</td><td>the same</td></tr>
 * <tr><td>any</td><td>anything else</td><td>alert unexpected_message</td><td></td></tr>
 * </table>
 *
 * <p>Its memory is the part of the record buffer that records of a handshake do not need. A message is gathered there, except
 * for ServerKeyExchange, of which the beginning is enough.
 */
@SuppressWarnings("deprecation") // of RandomData: what replaces its members came with Java Card 3.0.5
final class TlsHandshake {
    private static final byte OVER = 0;
    private static final byte SERVER_HELLO = 1;
    private static final byte SERVER_KEY_EXCHANGE = 2;
    private static final byte SERVER_HELLO_DONE = 3;
    private static final byte REPLY = 4;
    private static final byte CHANGE_CIPHER_SPEC = 5;
    private static final byte FINISHED = 6;

    // types of messages, RFC 5246 clause 7.4
    private static final byte TYPE_HELLO_REQUEST = 0;
    private static final byte TYPE_CLIENT_HELLO = 1;
    private static final byte TYPE_SERVER_HELLO = 2;
    private static final byte TYPE_SERVER_KEY_EXCHANGE = 12;
    private static final byte TYPE_SERVER_HELLO_DONE = 14;
    private static final byte TYPE_CLIENT_KEY_EXCHANGE = 16;
    private static final byte TYPE_FINISHED = 20;

    private static final short TLS_EMPTY_RENEGOTIATION_INFO_SCSV = 0x00FF; // RFC 5746 clause 3.3

    private static final short EXTENSION_MAX_FRAGMENT_LENGTH = 0x0001; // RFC 6066 clause 4
    private static final short EXTENSION_EXTENDED_MASTER_SECRET = 0x0017; // RFC 7627 clause 5.1
    private static final short EXTENSION_RENEGOTIATION_INFO = (short) 0xFF01; // RFC 5746 clause 3.2
    private static final byte FRAGMENT_512 = 1; // 2^9
    // bits of state[EXTENSIONS]
    private static final byte HAS_MAX_FRAGMENT_LENGTH = 1;
    private static final byte HAS_EXTENDED_MASTER_SECRET = 2;
    private static final byte HAS_RENEGOTIATION_INFO = 4;

    private static final short RANDOM = 32;
    private static final short HASH = Hmac.LENGTH;
    private static final short VERIFY_DATA = 12; // RFC 5246 clause 7.4.9
    private static final short CLIENT_HELLO_FIXED = 52; // without session identifier and suites of the records
    private static final short SERVER_HELLO_MIN = 38;

    // offsets in the record buffer
    private static final short CLIENT_RANDOM = TlsRecords.MAX_FRAGMENT;
    private static final short SERVER_RANDOM = CLIENT_RANDOM + RANDOM;
    private static final short MASTER_SECRET = SERVER_RANDOM + RANDOM;
    private static final short MESSAGE =
            MASTER_SECRET + TlsCredentials.MASTER_SECRET; // also premaster secret, key block, verify_data
    private static final short TRANSCRIPT = MESSAGE + TlsRecords.MAX_KEY_BLOCK; // its hash, up to ClientKeyExchange
    private static final short SEED = TRANSCRIPT + HASH; // with its label

    // The master secret is written in rounds of 32 bytes, the last of which reaches into MESSAGE by half.
    private static final short PREMASTER = MESSAGE + HASH / 2;

    /** Room for the longest message that is looked at, a ServerHello with all the extensions that we ask for (86 bytes). */
    private static final short MAX_MESSAGE = TlsRecords.MAX_KEY_BLOCK;

    private static final byte HEADER_SIZE = 4;

    // indexes into state
    private static final byte PHASE = 0;
    private static final byte RESUMED = 1;
    private static final byte EXTENSIONS = 2;
    private static final byte HEADER_FILLED = 3;
    private static final byte REFUSES = 4; // a HelloRequest
    private static final byte HEADER = 5;
    private static final byte STATE_SIZE = HEADER + HEADER_SIZE;

    // indexes into sizes
    private static final byte LENGTH = 0; // of the message
    private static final byte FILLED = 1; // bytes of it
    private static final byte SIZES_SIZE = 2;

    private final byte[] labelMasterSecret = {'m', 'a', 's', 't', 'e', 'r', ' ', 's', 'e', 'c', 'r', 'e', 't'};
    private final byte[] labelExtendedMasterSecret = {
        'e', 'x', 't', 'e', 'n', 'd', 'e', 'd', ' ', 'm', 'a', 's', 't', 'e', 'r', ' ', 's', 'e', 'c', 'r', 'e', 't'
    };
    private final byte[] labelKeyExpansion = {'k', 'e', 'y', ' ', 'e', 'x', 'p', 'a', 'n', 's', 'i', 'o', 'n'};
    private final byte[] labelClientFinished = {
        'c', 'l', 'i', 'e', 'n', 't', ' ', 'f', 'i', 'n', 'i', 's', 'h', 'e', 'd'
    };
    private final byte[] labelServerFinished = {
        's', 'e', 'r', 'v', 'e', 'r', ' ', 'f', 'i', 'n', 'i', 's', 'h', 'e', 'd'
    };

    private final TlsRecords records;
    private final Prf prf;
    private final RandomData random;
    private final byte[] buffer;
    private final byte[] state = JCSystem.makeTransientByteArray(STATE_SIZE, JCSystem.CLEAR_ON_RESET);
    private final short[] sizes = JCSystem.makeTransientShortArray(SIZES_SIZE, JCSystem.CLEAR_ON_RESET);
    // the hash is needed at two points, and a card's digest is used up when it gives one
    private final MessageDigest firstHash = MessageDigest.getInstance(MessageDigest.ALG_SHA_256, false);
    private final MessageDigest secondHash = MessageDigest.getInstance(MessageDigest.ALG_SHA_256, false);

    private TlsCredentials credentials;

    TlsHandshake(TlsRecords records, Prf prf, RandomData random) {
        this.records = records;
        this.prf = prf;
        this.random = random;
        buffer = records.buffer;
    }

    /** Begins; the records are in the clear. */
    void start(TlsCredentials with) {
        if (credentials != with) { // persistent, and seldom another
            credentials = with;
        }
        Util.arrayFillNonAtomic(state, (short) 0, STATE_SIZE, (byte) 0);
        firstHash.reset();
        secondHash.reset();
        random.generateData(buffer, CLIENT_RANDOM, RANDOM);
        short idLength = credentials.sessionIdLength();
        short suites = (short) (suite(TlsRecords.PSK_AES_128_GCM_SHA256, false)
                + suite(TlsRecords.PSK_AES_128_CBC_SHA256, false)
                + suite(TlsRecords.PSK_NULL_SHA256, false));
        beginMessage(TYPE_CLIENT_HELLO, (short) (CLIENT_HELLO_FIXED + idLength + suites));
        records.putShort(TlsRecords.VERSION);
        records.put(buffer, CLIENT_RANDOM, RANDOM);
        records.put((byte) idLength);
        credentials.putSessionId(records);
        records.putShort((short) (suites + 2));
        suite(TlsRecords.PSK_AES_128_GCM_SHA256, true);
        suite(TlsRecords.PSK_AES_128_CBC_SHA256, true);
        suite(TlsRecords.PSK_NULL_SHA256, true);
        records.putShort(TLS_EMPTY_RENEGOTIATION_INFO_SCSV);
        records.putShort((short) 0x0100); // one compression method: null
        records.putShort((short) 9); // bytes of extensions
        records.putShort(EXTENSION_MAX_FRAGMENT_LENGTH);
        records.putShort((short) 1);
        records.put(FRAGMENT_512);
        records.putShort(EXTENSION_EXTENDED_MASTER_SECRET);
        records.putShort((short) 0);
        sendMessage();
        state[PHASE] = SERVER_HELLO;
    }

    /** Bytes of a suite that is offered, 0 for another; writes it if so desired. */
    private short suite(short suite, boolean write) {
        if (!records.offers(suite)) {
            return 0;
        }
        if (write) {
            records.putShort(suite);
        }
        return 2;
    }

    /** The session cannot be resumed. */
    void forgetSession() {
        credentials.forgetSession();
    }

    boolean isOver() {
        return state[PHASE] == OVER;
    }

    /** Whether {@link #reply} has something to send. */
    boolean owesReply() {
        return state[PHASE] == REPLY;
    }

    /** Whether a HelloRequest came that is to be refused; asked once. */
    boolean refuses() {
        boolean refuses = state[REFUSES] != 0;
        state[REFUSES] = 0;
        return refuses;
    }

    /** Takes the content of a handshake record. */
    void receive(byte[] buf, short off, short len) {
        while (len > 0) {
            short used;
            if (state[HEADER_FILLED] < HEADER_SIZE) {
                state[(byte) (HEADER + state[HEADER_FILLED])] = buf[off];
                state[HEADER_FILLED]++;
                used = 1;
                if (state[HEADER_FILLED] < HEADER_SIZE) {
                    off++;
                    len--;
                    continue;
                }
                messageBegins();
            } else {
                short left = (short) (sizes[LENGTH] - sizes[FILLED]);
                used = len < left ? len : left;
                body(buf, off, used);
            }
            off = (short) (off + used);
            len = (short) (len - used);
            if (sizes[FILLED] == sizes[LENGTH]) {
                state[HEADER_FILLED] = 0;
                message();
            }
        }
    }

    /** Takes the content of a record of ChangeCipherSpec. RFC 5246 clause 7.1. */
    void receiveChangeCipherSpec(byte[] buf, short off, short len) {
        expect(state[PHASE] == CHANGE_CIPHER_SPEC && state[HEADER_FILLED] == 0);
        TlsAlert.require(len == 1 && buf[off] == 1, TlsAlert.DECODE_ERROR);
        records.protectReading();
        state[PHASE] = FINISHED;
    }

    /** Sends what {@link #owesReply} tells of. */
    void reply() {
        if (state[RESUMED] == 0) {
            beginMessage(TYPE_CLIENT_KEY_EXCHANGE, (short) (2 + credentials.identityLength()));
            records.putShort(credentials.identityLength());
            credentials.putIdentity(records);
            sendMessage();
            firstHash.doFinal(buffer, (short) 0, (short) 0, buffer, TRANSCRIPT);
            deriveMasterSecret();
            deriveKeys();
        } else {
            secondHash.doFinal(buffer, (short) 0, (short) 0, buffer, TRANSCRIPT);
        }
        records.begin(TlsRecords.CHANGE_CIPHER_SPEC);
        records.put((byte) 1);
        records.send();
        records.protectWriting();
        verifyData(labelClientFinished, MESSAGE);
        beginMessage(TYPE_FINISHED, VERIFY_DATA);
        records.put(buffer, MESSAGE, VERIFY_DATA);
        sendMessage();
        if (state[RESUMED] == 0) {
            state[PHASE] = CHANGE_CIPHER_SPEC;
        } else {
            over();
        }
    }

    private static void expect(boolean condition) {
        TlsAlert.require(condition, TlsAlert.UNEXPECTED_MESSAGE);
    }

    private void beginMessage(byte type, short length) {
        records.begin(TlsRecords.HANDSHAKE);
        records.put(type);
        records.put((byte) 0);
        records.putShort(length);
    }

    private void sendMessage() {
        hash(buffer, records.stagedOffset(), records.stagedLength());
        records.send();
    }

    private void hash(byte[] buf, short off, short len) {
        firstHash.update(buf, off, len);
        secondHash.update(buf, off, len);
    }

    private void messageBegins() {
        short length = Util.getShort(state, (short) (HEADER + 2));
        TlsAlert.require(state[(byte) (HEADER + 1)] == 0 && length >= 0, TlsAlert.DECODE_ERROR);
        switch (state[HEADER]) {
            case TYPE_HELLO_REQUEST:
                TlsAlert.require(length == 0, TlsAlert.DECODE_ERROR);
                break;
            case TYPE_SERVER_HELLO:
                expect(state[PHASE] == SERVER_HELLO);
                TlsAlert.require(length >= SERVER_HELLO_MIN && length <= MAX_MESSAGE, TlsAlert.DECODE_ERROR);
                break;
            case TYPE_SERVER_KEY_EXCHANGE:
                expect(state[PHASE] == SERVER_KEY_EXCHANGE);
                TlsAlert.require(length >= 2, TlsAlert.DECODE_ERROR);
                break;
            case TYPE_SERVER_HELLO_DONE:
                expect(state[PHASE] == SERVER_KEY_EXCHANGE || state[PHASE] == SERVER_HELLO_DONE);
                TlsAlert.require(length == 0, TlsAlert.DECODE_ERROR);
                break;
            case TYPE_FINISHED:
                expect(state[PHASE] == FINISHED);
                TlsAlert.require(length == VERIFY_DATA, TlsAlert.DECODE_ERROR);
                break;
            default: // Certificate, CertificateRequest and NewSessionTicket belong to what we do not offer
                expect(false);
        }
        if (isHashed()) {
            hash(state, HEADER, HEADER_SIZE);
        }
        sizes[LENGTH] = length;
        sizes[FILLED] = 0;
    }

    /** Not a HelloRequest (clause 7.4.1.1), and a Finished only once it is checked. */
    private boolean isHashed() {
        return state[HEADER] != TYPE_HELLO_REQUEST && state[HEADER] != TYPE_FINISHED;
    }

    private void body(byte[] buf, short off, short len) {
        if (isHashed()) {
            hash(buf, off, len);
        }
        short kept = (short) (MAX_MESSAGE - sizes[FILLED]);
        if (kept > 0) {
            Util.arrayCopyNonAtomic(buf, off, buffer, (short) (MESSAGE + sizes[FILLED]), len < kept ? len : kept);
        }
        sizes[FILLED] += len;
    }

    private void message() {
        switch (state[HEADER]) {
            case TYPE_HELLO_REQUEST:
                state[REFUSES] = (byte) (state[PHASE] == OVER ? 1 : 0);
                break;
            case TYPE_SERVER_HELLO:
                serverHello();
                break;
            case TYPE_SERVER_KEY_EXCHANGE: // a hint, and nothing else
                TlsAlert.require(Util.getShort(buffer, MESSAGE) == (short) (sizes[LENGTH] - 2), TlsAlert.DECODE_ERROR);
                state[PHASE] = SERVER_HELLO_DONE;
                break;
            case TYPE_SERVER_HELLO_DONE:
                state[PHASE] = REPLY;
                break;
            default:
                finished();
        }
    }

    private void serverHello() {
        short at = MESSAGE;
        short end = (short) (MESSAGE + sizes[LENGTH]);
        TlsAlert.require(Util.getShort(buffer, at) == TlsRecords.VERSION, TlsAlert.PROTOCOL_VERSION);
        Util.arrayCopyNonAtomic(buffer, (short) (at + 2), buffer, SERVER_RANDOM, RANDOM);
        at = (short) (at + 2 + RANDOM);
        short idLength = buffer[at++];
        TlsAlert.require(
                idLength >= 0 && idLength <= TlsCredentials.MAX_SESSION_ID && idLength <= (short) (end - at - 3),
                TlsAlert.DECODE_ERROR);
        boolean resumed = credentials.isSession(buffer, at, idLength);
        if (!resumed) {
            credentials.beginSession(buffer, at, idLength);
        }
        at = (short) (at + idLength);
        short suite = Util.getShort(buffer, at);
        TlsAlert.require(
                records.offers(suite) && (!resumed || credentials.isOfSuite(suite)) && buffer[(short) (at + 2)] == 0,
                TlsAlert.ILLEGAL_PARAMETER);
        records.choose(suite);
        extensions((short) (at + 3), end);
        if (!resumed) {
            TlsAlert.require(has(HAS_MAX_FRAGMENT_LENGTH), TlsAlert.HANDSHAKE_FAILURE);
            state[PHASE] = SERVER_KEY_EXCHANGE;
            return;
        }
        // the fragment length stays for all of a session, RFC 6066 clause 4, and so does the kind of its secret, RFC
        // 7627
        // clause 5.3
        TlsAlert.require(has(HAS_EXTENDED_MASTER_SECRET) == credentials.isExtended(), TlsAlert.HANDSHAKE_FAILURE);
        state[RESUMED] = 1;
        credentials.copyMasterSecret(buffer, MASTER_SECRET);
        deriveKeys();
        state[PHASE] = CHANGE_CIPHER_SPEC;
    }

    private boolean has(byte extension) {
        return (byte) (state[EXTENSIONS] & extension) != 0;
    }

    private void extensions(short at, short end) {
        if (at == end) {
            return;
        }
        TlsAlert.require(
                (short) (end - at) >= 2 && Util.getShort(buffer, at) == (short) (end - at - 2), TlsAlert.DECODE_ERROR);
        at = (short) (at + 2);
        while (at < end) {
            TlsAlert.require((short) (end - at) >= 4, TlsAlert.DECODE_ERROR);
            short type = Util.getShort(buffer, at);
            short length = Util.getShort(buffer, (short) (at + 2));
            at = (short) (at + 4);
            TlsAlert.require(length >= 0 && length <= (short) (end - at), TlsAlert.DECODE_ERROR);
            extension(type, at, length);
            at = (short) (at + length);
        }
    }

    private void extension(short type, short at, short length) {
        byte bit = 0;
        switch (type) {
            case EXTENSION_MAX_FRAGMENT_LENGTH:
                TlsAlert.require(length == 1 && buffer[at] == FRAGMENT_512, TlsAlert.ILLEGAL_PARAMETER);
                bit = HAS_MAX_FRAGMENT_LENGTH;
                break;
            case EXTENSION_EXTENDED_MASTER_SECRET:
                TlsAlert.require(length == 0, TlsAlert.DECODE_ERROR);
                bit = HAS_EXTENDED_MASTER_SECRET;
                break;
            case EXTENSION_RENEGOTIATION_INFO: // an empty one, RFC 5746 clause 3.4
                TlsAlert.require(length == 1 && buffer[at] == 0, TlsAlert.HANDSHAKE_FAILURE);
                bit = HAS_RENEGOTIATION_INFO;
                break;
            default:
                TlsAlert.raise(TlsAlert.UNSUPPORTED_EXTENSION);
        }
        TlsAlert.require(!has(bit), TlsAlert.ILLEGAL_PARAMETER);
        state[EXTENSIONS] |= bit;
    }

    private void finished() {
        if (state[RESUMED] == 0) {
            secondHash.doFinal(buffer, (short) 0, (short) 0, buffer, TRANSCRIPT);
        } else {
            firstHash.doFinal(buffer, (short) 0, (short) 0, buffer, TRANSCRIPT);
        }
        short expected = (short) (MESSAGE + VERIFY_DATA);
        verifyData(labelServerFinished, expected);
        byte wrong = 0;
        for (short i = 0; i < VERIFY_DATA; i++) {
            wrong |= (byte) (buffer[(short) (MESSAGE + i)] ^ buffer[(short) (expected + i)]);
        }
        TlsAlert.require(wrong == 0, TlsAlert.DECRYPT_ERROR);
        if (state[RESUMED] == 0) {
            credentials.keepSession(buffer, MASTER_SECRET, records.suite(), has(HAS_EXTENDED_MASTER_SECRET));
            over();
        } else {
            hash(state, HEADER, HEADER_SIZE);
            hash(buffer, MESSAGE, VERIFY_DATA);
            state[PHASE] = REPLY;
        }
    }

    private void over() {
        records.handshakeOver();
        state[PHASE] = OVER;
    }

    private short putLabel(byte[] label) {
        return Util.arrayCopyNonAtomic(label, (short) 0, buffer, SEED, (short) label.length);
    }

    private void derive(short secret, short secretLen, short seedEnd, short to, short len) {
        prf.derive(buffer, secret, secretLen, buffer, SEED, (short) (seedEnd - SEED), buffer, to, len);
    }

    private void deriveMasterSecret() {
        short premasterLen = (short) (credentials.putPremasterSecret(buffer, PREMASTER) - PREMASTER);
        short end;
        if (has(HAS_EXTENDED_MASTER_SECRET)) {
            end = putLabel(labelExtendedMasterSecret);
            end = Util.arrayCopyNonAtomic(buffer, TRANSCRIPT, buffer, end, HASH);
        } else {
            end = putLabel(labelMasterSecret);
            end = Util.arrayCopyNonAtomic(buffer, CLIENT_RANDOM, buffer, end, (short) (2 * RANDOM));
        }
        derive(PREMASTER, premasterLen, end, MASTER_SECRET, TlsCredentials.MASTER_SECRET);
    }

    private void deriveKeys() {
        short end = putLabel(labelKeyExpansion);
        end = Util.arrayCopyNonAtomic(buffer, SERVER_RANDOM, buffer, end, RANDOM);
        end = Util.arrayCopyNonAtomic(buffer, CLIENT_RANDOM, buffer, end, RANDOM);
        derive(MASTER_SECRET, TlsCredentials.MASTER_SECRET, end, MESSAGE, records.keyBlock());
        records.setKeys(buffer, MESSAGE);
        Util.arrayFillNonAtomic(buffer, MESSAGE, TlsRecords.MAX_KEY_BLOCK, (byte) 0);
    }

    /** Writes the verify_data for the hash in {@link #TRANSCRIPT}. RFC 5246 clause 7.4.9. */
    private void verifyData(byte[] label, short to) {
        short end = putLabel(label);
        end = Util.arrayCopyNonAtomic(buffer, TRANSCRIPT, buffer, end, HASH);
        derive(MASTER_SECRET, TlsCredentials.MASTER_SECRET, end, to, VERIFY_DATA);
    }
}
