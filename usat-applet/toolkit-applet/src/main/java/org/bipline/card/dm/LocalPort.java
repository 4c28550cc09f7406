// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

import javacard.framework.JCSystem;
import org.bipline.card.bip.BipChannel;
import org.bipline.card.bip.ChannelParameters;
import org.bipline.card.https.HttpListener;
import org.bipline.card.https.HttpMessage;
import org.bipline.card.https.HttpServer;

/**
 * The port of the ME at which the DM client of the device finds the card: a channel in UICC server mode with an HTTP server.
 * Each request has a message of the device, its response the card's answer. Technical specification clause 15.
 *
 * <table>
 * <caption>Phases</caption>
 * <tr><th>phase</th><th>event</th><th>action</th><th>next</th></tr>
 * <tr><td>SHUT</td><td>{@link #open}</td><td>OPEN CHANNEL, if there is anything to serve</td><td>OPEN, or SHUT and the number
 * of failures says when it is worth trying again</td></tr>
 * <tr><td>OPEN</td><td>data, request incomplete</td><td>feed the session</td><td>OPEN</td></tr>
 * <tr><td>OPEN</td><td>request complete</td><td>answer it</td><td>OPEN</td></tr>
 * <tr><td>OPEN</td><td>request refused</td><td>answer with the status for it, end session and connection</td><td>OPEN</td></tr>
 * <tr><td>OPEN</td><td>the peer is gone</td><td>end the session</td><td>OPEN</td></tr>
 * <tr><td>OPEN</td><td>the ME has given up the port, {@link #close}</td><td>end the session, CLOSE CHANNEL</td>
 * <td>SHUT</td></tr>
 * </table>
 *
 * <p>The channel is that of the sessions over the air: the port is shut while there is one.
 */
final class LocalPort implements HttpListener, MessageSink {
    private static final byte[] PATH = {'/', 'd', 'm'};

    private static final byte MAX_FAILURES = 4;

    // indexes into state
    private static final byte OPEN = 0;
    private static final byte READING = 1; // the session knows that a request has begun
    private static final byte PROGRESS = 2; // bytes have arrived since the watchdog looked
    private static final byte FAILURES = 3; // of OPEN CHANNEL, one after another
    private static final byte STATE_SIZE = 4;

    private final byte[] state = JCSystem.makeTransientByteArray(STATE_SIZE, JCSystem.CLEAR_ON_RESET);
    private final BipChannel channel;
    private final HttpServer http;
    private final LocalSession session;
    private final ChannelParameters parameters = new ChannelParameters();

    /**
     * Allocates the port; at installation.
     *
     * @param channel and the memory of the HTTP client are used by sessions over the air too
     */
    LocalPort(LocalSession session, BipChannel channel, HttpMessage other, short port, short bufferSize) {
        this.session = session;
        this.channel = channel;
        http = new HttpServer(channel, this, PATH, other);
        parameters.transportProtocol = ChannelParameters.TCP_SERVER;
        parameters.bufferSize = bufferSize;
        parameters.port = port;
    }

    boolean isOpen() {
        return state[OPEN] != 0;
    }

    /** Whether a session has begun and is not over. */
    boolean isBusy() {
        return isOpen() && session.isActive();
    }

    /** Opens the port, if it is shut, the ME can and there is anything to serve. */
    void open() {
        if (isOpen() || !BipChannel.isSupported(ChannelParameters.TCP_SERVER) || !session.hasWork()) {
            return;
        }
        if (channel.open(parameters)) {
            state[OPEN] = 1;
            state[FAILURES] = 0;
            await();
        } else {
            noteFailure();
        }
    }

    private void noteFailure() {
        byte reason = channel.reason();
        boolean passing = reason == BipChannel.REASON_RETRY
                || reason == BipChannel.REASON_FRAMEWORK
                || reason == BipChannel.REASON_LINK_LOST;
        state[FAILURES] = passing && state[FAILURES] < MAX_FAILURES ? (byte) (state[FAILURES] + 1) : MAX_FAILURES + 1;
    }

    /** Minutes until it is worth trying again to open the port: 1, 4, 16, 64; 0 if it is not. */
    short delay() {
        return state[FAILURES] == 0 || state[FAILURES] > MAX_FAILURES
                ? (short) 0
                : (short) (1 << (short) ((short) (state[FAILURES] - 1) << 1));
    }

    /** Ends the session, if there is one, and shuts the port. */
    void close() {
        if (isOpen()) {
            state[OPEN] = 0;
            session.abort();
            channel.close();
        }
    }

    /** DATA AVAILABLE: whether it concerns the port. */
    boolean dataAvailable() {
        return isOpen() && channel.dataAvailable();
    }

    /** CHANNEL STATUS: whether a peer has come or gone, or the port is gone. */
    boolean channelStatus() {
        return isOpen() && channel.channelStatus();
    }

    /** Fetches what has arrived and answers it. */
    void receive() {
        state[PROGRESS] = 1;
        channel.receive(http);
        if (http.isDone()) {
            answer();
        } else if (http.isFailed()) {
            http.refuse();
            disconnect();
        } else if (http.isAskedToContinue()) {
            http.proceed();
        }
        if (channel.isListening()) {
            endConnection();
        } else if (!channel.isOpen()) {
            close();
            noteFailure();
        }
    }

    /** Whether bytes have arrived since the last call. */
    boolean hasProgressed() {
        boolean progress = state[PROGRESS] != 0;
        state[PROGRESS] = 0;
        return progress;
    }

    /** Ends connection and session, not the port. */
    void disconnect() {
        channel.disconnect();
        endConnection();
        if (!channel.isHeld()) {
            state[OPEN] = 0;
        }
    }

    private void endConnection() {
        session.abort();
        await();
    }

    private void await() {
        http.await();
        session.beginHeader();
        state[READING] = 0;
    }

    private void answer() {
        begin(); // an empty message has no byte to begin with
        if (session.endRequest() == LocalSession.REFUSE) {
            http.refuseBody();
            disconnect();
            return;
        }
        boolean reusable = http.isReusable();
        http.respond(DmTransport.MEDIA_TYPE, session.writeMessage(null));
        if (session.hasMac()) {
            session.writeMac(this);
            http.endLine();
        }
        http.endHeaders();
        session.writeMessage(this);
        http.flush();
        session.messageSent();
        if (reusable) {
            await();
        } else {
            disconnect();
        }
    }

    private void begin() {
        if (state[READING] == 0) {
            state[READING] = 1;
            session.beginRequest();
        }
    }

    @Override
    public boolean takeHeader(byte[] line, short len) {
        session.takeHeader(line, len);
        return DmTransport.isAcceptable(line, len);
    }

    @Override
    public void takeBody(byte[] buf, short off, short len) {
        begin();
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
}
