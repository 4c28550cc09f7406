// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.https;

import javacard.framework.CardRuntimeException;
import javacard.framework.ISOException;
import javacard.framework.JCSystem;
import javacard.framework.Util;
import javacard.security.RandomData;
import javacardx.crypto.Cipher;
import org.bipline.card.bip.ByteReceiver;
import org.bipline.card.bip.ByteSink;

/**
 * TLS 1.2 client with a pre-shared key between a channel and the protocol above it: a sink for what that protocol sends, a receiver
 * for what the channel gets. The suite is TLS_PSK_WITH_AES_128_GCM_SHA256, where the platform has it, or
 * TLS_PSK_WITH_AES_128_CBC_SHA256. RFC 5246, 4279, 5487, 6066 (maximum fragment length),
 * 7627 (extended master secret), 5746; no renegotiation.
 *
 * <table>
 * <caption>Phases</caption>
 * <tr><th>phase</th><th>event</th><th>action</th><th>next</th></tr>
 * <tr><td>CLOSED</td><td>{@link #start}</td><td>send ClientHello</td><td>HANDSHAKE</td></tr>
 * <tr><td>HANDSHAKE</td><td>the handshake is over</td><td></td><td>OPEN</td></tr>
 * <tr><td>OPEN</td><td>application data</td><td>hand it on, once its MAC is checked</td><td>OPEN</td></tr>
 * <tr><td>OPEN</td><td>HelloRequest</td><td>owe no_renegotiation</td><td>OPEN</td></tr>
 * <tr><td>OPEN</td><td>close_notify</td><td>owe close_notify</td><td>ENDED</td></tr>
 * <tr><td>HANDSHAKE, OPEN</td><td>fatal alert</td><td>forget the session, erase the keys</td><td>FAILED</td></tr>
 * <tr><td>HANDSHAKE, OPEN</td><td>any fault</td><td>forget the session, owe one fatal alert</td><td>FAILED</td></tr>
 * <tr><td>any</td><td>{@link #close}</td><td>send close_notify if OPEN, erase the keys</td><td>CLOSED</td></tr>
 * <tr><td>any</td><td>{@link #connectionClosed}</td><td>erase the keys</td><td>the same, or CLOSED</td></tr>
 * </table>
 *
 * <p>Nothing may be written while bytes are received (see {@link ByteReceiver}), so that what is owed waits for {@link #respond}.
 * Everything is allocated by the constructor.
 */
@SuppressWarnings("deprecation") // of RandomData: what replaces its members came with Java Card 3.0.5
public final class TlsClient implements ByteSink, ByteReceiver {
    // Why the connection failed, beside the reasons of HttpClient (11 to 1B); the alert is the other half.
    /** The server ended the handshake by an alert. */
    public static final byte REASON_HANDSHAKE_REFUSED = 0x30;
    /** The handshake was ended by an alert of ours: what the server sent is not what it has to. */
    public static final byte REASON_HANDSHAKE_FAILED = 0x31;
    /** The server ended the open connection by an alert. */
    public static final byte REASON_REFUSED = 0x32;
    /** The open connection was ended by an alert of ours: a record is damaged, repeated or left out. */
    public static final byte REASON_FAILED = 0x33;

    private static final byte CLOSED = 0;
    private static final byte HANDSHAKE = 1;
    private static final byte OPEN = 2;
    private static final byte ENDED = 3;
    private static final byte FAILED = 4;

    // indexes into state
    private static final byte PHASE = 0;
    private static final byte OWED_LEVEL = 1; // of the alert to send, 0 for none
    private static final byte OWED = 2; // its description
    private static final byte REASON = 3;
    private static final byte ALERT = 4; // that goes with the reason
    private static final byte STATE_SIZE = 5;

    private final ByteSink out;
    private final byte[] state = JCSystem.makeTransientByteArray(STATE_SIZE, JCSystem.CLEAR_ON_RESET);
    private final TlsRecords records;
    private final TlsHandshake handshake;
    private ByteReceiver receiver;

    /**
     * Allocates the client; to be called at install, and {@link #setReceiver} next.
     *
     * @param out where records go
     */
    public TlsClient(ByteSink out) {
        this(out, GcmProtection.cipher(), TlsRecords.NULL_CIPHER);
    }

    TlsClient(ByteSink out, Cipher gcmCipher, boolean nullCipher) {
        this.out = out;
        RandomData random = RandomData.getInstance(RandomData.ALG_SECURE_RANDOM);
        Hmac hmac = new Hmac();
        records = new TlsRecords(out, hmac, random, gcmCipher, nullCipher);
        handshake = new TlsHandshake(records, new Prf(hmac, records.buffer, TlsRecords.WORK), random);
    }

    /** Sets who takes the application data; what it returns is not looked at, since an alert may follow. */
    public void setReceiver(ByteReceiver receiver) {
        this.receiver = receiver;
    }

    /**
     * Begins on a new connection.
     *
     * @param credentials key and session of the server; a key must be set
     */
    public void start(TlsCredentials credentials) {
        Util.arrayFillNonAtomic(state, (short) 0, STATE_SIZE, (byte) 0);
        records.clear();
        state[PHASE] = HANDSHAKE;
        try {
            handshake.start(credentials);
            out.flush();
        } catch (CardRuntimeException e) {
            fail(TlsAlert.INTERNAL_ERROR);
        }
    }

    /** Whether application data can be written. */
    public boolean isOpen() {
        return state[PHASE] == OPEN;
    }

    /** Whether the server has ended the stream by close_notify: without it, what came may be a part only. */
    public boolean isEnded() {
        return state[PHASE] == ENDED;
    }

    public boolean isFailed() {
        return state[PHASE] == FAILED;
    }

    /** Who made the connection fail, and when: a reason from above; to be asked when {@link #isFailed}. */
    public byte reason() {
        return state[REASON];
    }

    /** The alert, sent or received, that made the connection fail. See {@link TlsAlert}. */
    public byte alert() {
        return state[ALERT];
    }

    /** Takes bytes of the connection; false when they are not wanted: it has failed or ended. */
    @Override
    public boolean receive(byte[] buf, short off, short len) {
        while (len > 0 && isAlive()) {
            short used = take(buf, off, len);
            off = (short) (off + used);
            len = (short) (len - used);
            if (isAlive() && records.isComplete()) { // application data: its receiver's exceptions are no fault of TLS
                if (records.contentLength() > 0) {
                    receiver.receive(records.buffer, records.contentOffset(), records.contentLength());
                }
                records.next();
            }
        }
        return isAlive();
    }

    /** Sends what is owed to the server; to be called when the bytes that have arrived are received. */
    public void respond() {
        try {
            if (state[PHASE] == HANDSHAKE && handshake.owesReply()) {
                handshake.reply();
                noteEnd();
                out.flush();
            }
            if (state[OWED_LEVEL] != 0) {
                alert(state[OWED_LEVEL], state[OWED]);
            }
        } catch (CardRuntimeException e) {
            if (isAlive()) {
                fail(TlsAlert.INTERNAL_ERROR);
            }
            state[OWED_LEVEL] = 0;
        }
        if (!isAlive()) {
            records.clear();
        }
    }

    @Override
    public void write(byte b) {
        if (prepare()) {
            records.put(b);
        }
    }

    @Override
    public void write(byte[] buf, short off, short len) {
        while (len > 0 && prepare()) {
            short room = records.room();
            short count = len < room ? len : room;
            records.put(buf, off, count);
            off = (short) (off + count);
            len = (short) (len - count);
        }
    }

    @Override
    public void flush() {
        if (state[PHASE] == OPEN && records.isWriting()) {
            send();
        }
        out.flush();
    }

    /** Ends the connection from our side, by close_notify where there is one to end. */
    public void close() {
        if (state[PHASE] == OPEN) {
            flush();
            records.drop();
            alert(TlsAlert.WARNING, TlsAlert.CLOSE_NOTIFY);
        }
        connectionClosed();
        state[PHASE] = CLOSED;
    }

    /** The connection is gone: erases the keys. Whether it had ended or failed before can still be asked. */
    public void connectionClosed() {
        if (isAlive()) {
            state[PHASE] = CLOSED;
        }
        state[OWED_LEVEL] = 0;
        records.clear();
    }

    /** Whether the handshake is under way or over, and the connection has neither ended nor failed. */
    public boolean isAlive() {
        return state[PHASE] == HANDSHAKE || state[PHASE] == OPEN;
    }

    /** Takes bytes up to the end of a record, which is left complete only if it holds application data. */
    private short take(byte[] buf, short off, short len) {
        try {
            short used = records.take(buf, off, len);
            if (records.isComplete()) {
                record();
            }
            return used;
        } catch (ISOException e) {
            fail((byte) e.getReason());
        } catch (CardRuntimeException e) {
            fail(TlsAlert.INTERNAL_ERROR);
        }
        return len;
    }

    private void record() {
        short off = records.contentOffset();
        short len = records.contentLength();
        switch (records.type()) {
            case TlsRecords.APPLICATION_DATA:
                TlsAlert.require(state[PHASE] == OPEN, TlsAlert.UNEXPECTED_MESSAGE);
                return;
            case TlsRecords.HANDSHAKE:
                handshake.receive(records.buffer, off, len);
                if (handshake.refuses()) {
                    owe(TlsAlert.WARNING, TlsAlert.NO_RENEGOTIATION);
                }
                noteEnd();
                break;
            case TlsRecords.CHANGE_CIPHER_SPEC:
                handshake.receiveChangeCipherSpec(records.buffer, off, len);
                break;
            default:
                receiveAlert(records.buffer, off, len);
        }
        records.next();
    }

    private void noteEnd() {
        if (handshake.isOver()) {
            state[PHASE] = OPEN;
        }
    }

    private void receiveAlert(byte[] buf, short off, short len) {
        TlsAlert.require(len == 2, TlsAlert.DECODE_ERROR);
        byte description = buf[(short) (off + 1)];
        if (description == TlsAlert.CLOSE_NOTIFY && state[PHASE] == OPEN) {
            state[PHASE] = ENDED;
            owe(TlsAlert.WARNING, TlsAlert.CLOSE_NOTIFY); // clause 7.2.1
        } else if (description == TlsAlert.CLOSE_NOTIFY || buf[off] != TlsAlert.WARNING) {
            failed(REASON_HANDSHAKE_REFUSED, REASON_REFUSED, description);
            handshake.forgetSession();
            records.clear();
        }
    }

    private void owe(byte level, byte description) {
        state[OWED_LEVEL] = level;
        state[OWED] = description;
    }

    /** Nothing more is taken or released; the keys stay for the alert. */
    private void fail(byte alert) {
        failed(REASON_HANDSHAKE_FAILED, REASON_FAILED, alert);
        records.drop();
        handshake.forgetSession(); // clause 7.2.2
        owe(TlsAlert.FATAL, alert);
    }

    private void failed(byte inHandshake, byte whenOpen, byte alert) {
        state[REASON] = state[PHASE] == OPEN ? whenOpen : inHandshake;
        state[ALERT] = alert;
        state[PHASE] = FAILED;
    }

    private void alert(byte level, byte description) {
        state[OWED_LEVEL] = 0;
        records.begin(TlsRecords.ALERT);
        records.put(level);
        records.put(description);
        records.send();
        out.flush();
    }

    /** Whether there is a record with room for application data. */
    private boolean prepare() {
        if (state[PHASE] == OPEN && records.isWriting() && records.room() == 0) {
            send();
        }
        if (state[PHASE] == OPEN && !records.isWriting()) {
            try {
                records.begin(TlsRecords.APPLICATION_DATA);
            } catch (ISOException e) {
                fail((byte) e.getReason());
            }
        }
        return state[PHASE] == OPEN;
    }

    private void send() {
        try {
            records.send();
        } catch (CardRuntimeException e) {
            fail(TlsAlert.INTERNAL_ERROR);
        }
    }
}
