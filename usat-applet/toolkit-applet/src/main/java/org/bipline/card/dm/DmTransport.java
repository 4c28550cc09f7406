// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

import javacard.framework.JCSystem;
import javacard.framework.Util;
import org.bipline.card.bip.BipChannel;
import org.bipline.card.https.HttpClient;
import org.bipline.card.https.HttpListener;
import org.bipline.card.https.HttpText;
import org.bipline.card.https.TlsAlert;
import org.bipline.card.https.TlsClient;

/**
 * Carries the messages of a DM session: each is the body of a POST, the server's answer the body of the response. The
 * connection is kept as long as the server keeps it; a message that finds none opens one.
 *
 * <table>
 * <caption>Phases</caption>
 * <tr><th>phase</th><th>event</th><th>action</th><th>next</th></tr>
 * <tr><td>IDLE</td><td>{@link #start}</td><td>open, send the first message</td><td>WAITING, with TLS first CONNECTING</td></tr>
 * <tr><td>CONNECTING</td><td>data, handshake not over</td><td></td><td>CONNECTING</td></tr>
 * <tr><td>CONNECTING</td><td>data, handshake over</td><td>send the message</td><td>WAITING</td></tr>
 * <tr><td>WAITING</td><td>data, response incomplete</td><td>feed the session</td><td>WAITING</td></tr>
 * <tr><td>WAITING</td><td>response complete, session goes on</td><td>send the next message</td><td>WAITING</td></tr>
 * <tr><td>WAITING</td><td>response complete, session over</td><td>close</td><td>IDLE</td></tr>
 * <tr><td>WAITING</td><td>link down before the first byte, on a connection that carried a response before</td>
 * <td>close, open, send the message again, once</td><td>WAITING, with TLS first CONNECTING</td></tr>
 * <tr><td>any</td><td>failure, {@link #fail}</td><td>abort the session, close</td><td>IDLE</td></tr>
 * </table>
 */
final class DmTransport implements HttpListener, MessageSink {
    // Reasons, beside those of BipChannel (01 to 0F), HttpClient (10 to 1F) and TlsClient (30 to 3F). Clause 7 of the
    // technical specification.
    /** Success. */
    static final byte REASON_NONE = 0;
    /** The server did not answer in time. */
    static final byte REASON_TIMEOUT = 0x20;
    /** The terminal profile lacks what the applet needs. */
    static final byte REASON_PROFILE = 0x21;
    /** The session failed, see its fault. */
    static final byte REASON_SESSION = 0x22;
    /** An exception in the applet. */
    static final byte REASON_EXCEPTION = 0x23;
    /** EF ICCID cannot be read. */
    static final byte REASON_ICCID = 0x24;
    /** Plain TCP is forbidden, and the server has no key for TLS. */
    static final byte REASON_PLAIN = 0x25;

    /** Outcome of a session: reason, general result, additional information, HTTP status, DM fault, DM status. */
    static final byte OUTCOME_SIZE = 9;

    private static final byte IDLE = 0;
    private static final byte WAITING = 1;
    private static final byte CONNECTING = 2;

    // indexes into state
    private static final byte PHASE = 0;
    private static final byte REASON = 1;
    private static final byte REUSED = 2; // the connection has carried a response before
    private static final byte REPEATED = 3; // the message has been sent twice
    private static final byte ANSWERED = 4; // the session knows that its message was sent and that a response begins
    private static final byte PROGRESS = 5; // bytes have arrived since the watchdog looked
    private static final byte STARTED = 6; // HTTP client and session have something to tell of
    private static final byte EXCEPTION = 7; // two bytes: reason of the exception
    private static final byte STATE_SIZE = 9;

    static final byte[] MEDIA_TYPE = {
        'a', 'p', 'p', 'l', 'i', 'c', 'a', 't', 'i', 'o', 'n', '/', 'v', 'n', 'd', '.', 's', 'y', 'n', 'c', 'm', 'l',
        '.', 'd', 'm', '+', 'w', 'b', 'x', 'm', 'l'
    };
    private static final byte[] NAME_TYPE = {'c', 'o', 'n', 't', 'e', 'n', 't', '-', 't', 'y', 'p', 'e'};

    private final byte[] state = JCSystem.makeTransientByteArray(STATE_SIZE, JCSystem.CLEAR_ON_RESET);
    private final Connection connection = new Connection();
    private final HttpClient http;
    private final DmSession session;
    private final Authorities authorities;

    DmTransport(DmSession session, Authorities authorities) {
        http = new HttpClient(connection, this, session.line());
        connection.setReceiver(http);
        this.session = session;
        this.authorities = authorities;
    }

    boolean isBusy() {
        return state[PHASE] != IDLE;
    }

    /** Whether the ME still has to be told to close a channel. */
    boolean isHeld() {
        return channel().isHeld();
    }

    /** Tries again to close a channel that the ME did not close. */
    void release() {
        connection.close();
    }

    /**
     * Begins a session; it may be over when this returns.
     *
     * @param notified whether it is the one that a notification asked for
     */
    void start(boolean notified) {
        state[REASON] = REASON_NONE;
        state[STARTED] = 1;
        http.reset();
        session.start(notified);
        sendMessage();
    }

    /** DATA AVAILABLE: whether it concerns this session. */
    boolean dataAvailable() {
        return isBusy() && channel().dataAvailable();
    }

    /** CHANNEL STATUS: whether the link of this session is down. */
    boolean channelStatus() {
        return isBusy() && channel().channelStatus();
    }

    /** Fetches what has arrived and goes on with the session. */
    void receive() {
        if (!isBusy()) {
            return;
        }
        state[PROGRESS] = 1;
        connection.receive(http);
        if (state[PHASE] == CONNECTING) {
            connecting();
        } else {
            waiting();
        }
    }

    private void connecting() {
        if (connection.isReady()) {
            post();
        }
        if (!connection.isUp()) {
            fail(connection.reason());
        }
    }

    private void waiting() {
        if (connection.isLost() && !http.isDone()) {
            if (http.isUnanswered() && repeat()) {
                return;
            }
            http.connectionClosed(connection.isEnded());
        }
        if (http.isFailed()) {
            fail(http.reason());
        } else if (http.isDone()) {
            responseComplete();
        } else if (!connection.isUp()) {
            fail(connection.reason());
        }
    }

    /** Whether bytes have arrived since the last call. */
    boolean hasProgressed() {
        boolean progress = state[PROGRESS] != 0;
        state[PROGRESS] = 0;
        return progress;
    }

    /** Ends the session, if there is one, and closes the channel. */
    void fail(byte reason) {
        state[PHASE] = IDLE; // first: nothing below is tried twice
        state[REASON] = reason;
        session.abort();
        connection.close();
    }

    /** Does not begin a session. */
    void refuse(byte reason) {
        state[STARTED] = 0;
        state[REASON] = reason;
    }

    /** Ends the session after an exception. */
    void exception(short reason) {
        Util.setShort(state, EXCEPTION, reason);
        fail(REASON_EXCEPTION);
    }

    byte reason() {
        return state[REASON];
    }

    /** Whether the same session may succeed later. */
    boolean isWorthRepeating() {
        switch (state[REASON]) {
            case BipChannel.REASON_RETRY:
            case BipChannel.REASON_LINK_LOST:
            case BipChannel.REASON_FRAMEWORK:
            case HttpClient.REASON_TRUNCATED:
            case HttpClient.REASON_NO_RESPONSE:
            case REASON_TIMEOUT:
            case TlsClient.REASON_REFUSED:
            case TlsClient.REASON_FAILED:
                return true;
            case TlsClient.REASON_HANDSHAKE_REFUSED: // as for good, unless it is the server that cannot
                return connection.alert() == TlsAlert.CLOSE_NOTIFY || connection.alert() == TlsAlert.INTERNAL_ERROR;
            case HttpClient.REASON_STATUS:
                return http.status() >= 500;
            default:
                return false;
        }
    }

    /** Writes the outcome of the last session, {@link #OUTCOME_SIZE} bytes; within a transaction of the caller. */
    void writeOutcome(byte[] buf, short off) {
        byte reason = state[REASON];
        boolean bip = reason != REASON_NONE && reason < HttpClient.REASON_START_LINE;
        byte additional = reason >= TlsClient.REASON_HANDSHAKE_REFUSED ? connection.alert() : BipChannel.NONE;
        buf[off++] = reason;
        buf[off++] = bip ? channel().generalResult() : BipChannel.NONE;
        buf[off++] = bip ? channel().additionalInformation() : additional;
        boolean started = state[STARTED] != 0;
        off = Util.setShort(buf, off, started ? http.status() : 0);
        short fault = started ? session.reason() : 0;
        off = Util.setShort(buf, off, reason == REASON_EXCEPTION ? Util.getShort(state, EXCEPTION) : fault);
        Util.setShort(buf, off, started ? session.lastStatus() : 0);
    }

    /** The channel and the HTTP client, whose memory local sessions use too. */
    BipChannel channel() {
        return connection.channel();
    }

    HttpClient http() {
        return http;
    }

    @Override
    public boolean takeHeader(byte[] line, short len) {
        session.takeHeader(line, len);
        return isAcceptable(line, len);
    }

    /** Tells whether a header line is another than a Content-Type that is not that of DM in WBXML. */
    static boolean isAcceptable(byte[] line, short len) {
        short colon = HttpText.find(line, len, (byte) ':');
        if (!HttpText.isName(line, colon, NAME_TYPE)) {
            return true;
        }
        short value = HttpText.skipBlanks(line, (short) (colon + 1), len);
        return HttpText.startsWith(line, value, len, MEDIA_TYPE); // parameters may follow
    }

    @Override
    public void takeBody(byte[] buf, short off, short len) {
        answered();
        session.receive(buf, off, len);
    }

    @Override
    public void write(byte b) {
        http.write(b);
    }

    @Override
    public void write(byte[] buf, short off, short len) {
        http.write(buf, off, len);
    }

    private void sendMessage() {
        state[REPEATED] = 0;
        state[ANSWERED] = 0;
        while (!post()) {
            if (connection.reason() != BipChannel.REASON_LINK_LOST || !mayRepeat()) {
                fail(connection.reason());
                return;
            }
        }
    }

    /**
     * Sends the session's message; where there is no connection opens one, which the message may have to wait for.
     *
     * @return false where the connection fails
     */
    private boolean post() {
        if (!connection.isReady()) {
            state[REUSED] = 0;
            state[PHASE] = CONNECTING;
            if (!connection.open(authorities.active().channel, authorities.active().key)) {
                return false;
            }
            if (!connection.isReady()) {
                http.reset(); // what comes before the message is no answer to it
                return true;
            }
        }
        state[PHASE] = WAITING;
        ResponseUri uri = session.responseUri();
        boolean redirected = uri.isGiven();
        session.beginHeader();
        short length = session.writeMessage(null);
        boolean otherHost = redirected && uri.hostLength() != 0;
        byte[] path = authorities.active().requestPath;
        byte[] host = authorities.active().host;
        http.post(
                redirected ? uri.uri : path,
                redirected ? uri.path() : (short) 1,
                redirected ? uri.pathLength() : path[0],
                otherHost ? uri.uri : host,
                otherHost ? uri.host() : (short) 1,
                otherHost ? uri.hostLength() : host[0],
                MEDIA_TYPE,
                length);
        if (session.hasMac()) {
            session.writeMac(this);
            http.endLine();
        }
        http.endHeaders();
        session.writeMessage(this);
        http.flush();
        return connection.isUp();
    }

    /** A server may close an idle connection just when the next request is on its way. RFC 9112 clause 9.3. */
    private boolean mayRepeat() {
        if (state[REUSED] == 0 || state[REPEATED] != 0) {
            return false;
        }
        state[REPEATED] = 1;
        return true;
    }

    private boolean repeat() {
        if (!mayRepeat()) {
            return false;
        }
        if (!post()) {
            fail(connection.reason());
        }
        return true;
    }

    private void answered() {
        if (state[ANSWERED] == 0) {
            state[ANSWERED] = 1;
            session.messageSent();
            session.beginResponse();
        }
    }

    private void responseComplete() {
        answered();
        state[REUSED] = 1;
        if (!http.isReusable() || !connection.isUp()) {
            connection.close();
        }
        switch (session.endResponse()) {
            case DmSession.NEXT_MESSAGE:
                sendMessage();
                break;
            case DmSession.FINISHED:
                state[PHASE] = IDLE;
                connection.close();
                break;
            default:
                fail(REASON_SESSION);
        }
    }
}
