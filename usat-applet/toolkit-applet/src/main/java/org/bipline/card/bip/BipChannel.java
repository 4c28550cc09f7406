// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.bip;

import javacard.framework.JCSystem;
import javacard.framework.SystemException;
import javacard.framework.Util;
import uicc.toolkit.EnvelopeHandler;
import uicc.toolkit.EnvelopeHandlerSystem;
import uicc.toolkit.ProactiveHandler;
import uicc.toolkit.ProactiveResponseHandler;
import uicc.toolkit.ProactiveResponseHandlerSystem;
import uicc.toolkit.TerminalProfile;
import uicc.toolkit.ToolkitConstants;
import uicc.toolkit.ToolkitException;
import uicc.toolkit.ViewHandler;

/**
 * One BIP channel, UICC in client or in server mode. The applet that owns it registers DATA AVAILABLE and CHANNEL STATUS
 * and passes both events on.
 *
 * <table>
 * <caption>Phases</caption>
 * <tr><th>phase</th><th>event</th><th>next</th></tr>
 * <tr><td>CLOSED</td><td>{@link #open}, success</td><td>OPEN; in server mode LISTENING</td></tr>
 * <tr><td>LISTENING</td><td>CHANNEL STATUS, or DATA AVAILABLE, with the state ESTABLISHED</td><td>OPEN: one peer</td></tr>
 * <tr><td>OPEN in server mode</td><td>CHANNEL STATUS with the state LISTEN, {@link #disconnect}, a command fails as the peer
 * is gone</td><td>LISTENING: what the peer has left behind can be fetched</td></tr>
 * <tr><td>LISTENING, OPEN in server mode</td><td>CHANNEL STATUS with the state CLOSED</td><td>DEAD: the ME has given up the
 * port</td></tr>
 * <tr><td>OPEN</td><td>CHANNEL STATUS, link not established, client mode</td><td>LOST: what the ME still holds can be fetched</td></tr>
 * <tr><td>OPEN, LOST</td><td>a command fails</td><td>DEAD</td></tr>
 * <tr><td>any</td><td>{@link #close}, success or channel already gone</td><td>CLOSED</td></tr>
 * <tr><td>any</td><td>{@link #close}, failure</td><td>DEAD, until a later {@code close}, the third at most</td></tr>
 * <tr><td>any</td><td>reset of the card</td><td>CLOSED</td></tr>
 * </table>
 *
 * The first failure sticks until the next {@link #open}: {@link #reason}, and the general result and additional
 * information that led to it.
 *
 * <table>
 * <caption>Reactions to results, ETSI TS 102 223 clauses 8.12 and 8.12.11</caption>
 * <tr><th>general result, BIP cause</th><th>reaction</th></tr>
 * <tr><td>00 to 0F</td><td>success; the buffer size granted is read back</td></tr>
 * <tr><td>10 to 1F, 22, 23</td><td>{@link #REASON_USER}</td></tr>
 * <tr><td>20 to 2F</td><td>{@link #REASON_RETRY}</td></tr>
 * <tr><td>3A 04 to OPEN CHANNEL</td><td>half the buffer size is asked for, at once, down to 256 bytes</td></tr>
 * <tr><td>3A 04 to SEND DATA, stored</td><td>the same data immediately</td></tr>
 * <tr><td>3A 02, 3A 03</td><td>{@link #REASON_LINK_LOST}; for CLOSE CHANNEL success</td></tr>
 * <tr><td>3A 00, 01, 07, or without cause</td><td>{@link #REASON_RETRY}</td></tr>
 * <tr><td>other 3A, other 30 to 3F, reserved</td><td>{@link #REASON_REFUSED}</td></tr>
 * </table>
 *
 * Everything is allocated by the constructor.
 */
public final class BipChannel implements ByteSink {
    /** No failure. */
    public static final byte REASON_NONE = 0;
    /** The user ended or refused it. */
    public static final byte REASON_USER = 1;
    /** ME or network cannot do it now; later it may work. */
    public static final byte REASON_RETRY = 2;
    /** It will not work with this ME, or with these parameters. */
    public static final byte REASON_REFUSED = 3;
    /** The link is down, or the ME has closed the channel. */
    public static final byte REASON_LINK_LOST = 4;
    /** The toolkit framework refused; additional information is the reason of its ToolkitException. */
    public static final byte REASON_FRAMEWORK = 5;
    /** A TERMINAL RESPONSE without a mandatory object. */
    public static final byte REASON_RESPONSE = 6;

    /** In place of a general result or additional information that was not there. */
    public static final byte NONE = (byte) 0xFF;

    private static final byte CLOSED = 0;
    private static final byte OPEN = 1;
    private static final byte LOST = 2;
    private static final byte DEAD = 3;
    private static final byte LISTENING = 4;

    // indexes into state
    private static final byte PHASE = 0;
    private static final byte CHANNEL_ID = 1;
    private static final byte REASON = 2;
    private static final byte RESULT = 3; // general result of the failure that REASON tells
    private static final byte ADDITIONAL = 4;
    private static final byte CLOSE_COUNT = 5;
    private static final byte DELIVERING = 6; // 1 while the receiver has the buffer
    private static final byte SERVER = 7; // 1 in server mode
    private static final byte STATE_SIZE = 8;

    // indexes into sizes
    private static final byte GRANTED = 0; // buffer size granted by the ME
    private static final byte PIECE = 1; // most bytes for one SEND DATA
    private static final byte STAGED = 2; // bytes in buffer that wait for SEND DATA
    private static final byte ROOM = 3; // bytes free in the ME's transmit buffer
    private static final byte AVAILABLE = 4; // bytes in the ME's receive buffer, 255 for 255 or more
    private static final byte SIZES_SIZE = 5;

    // A FETCH answers with at most 256 bytes: D0 81 L, command details 5, device identities 4, channel data B6 81 L.
    // One
    // byte is left free, because 256 would have to be announced as 91 00.
    private static final short MAX_SEND = 240;
    // A TERMINAL RESPONSE has at most 255 bytes: command details 5, device identities 4, result 3, channel data B6 81
    // L,
    // channel data length 3.
    private static final short MAX_RECEIVE = 237;
    private static final short SEND_OVERHEAD = 12;
    private static final short MORE_THAN_255 = 255;
    private static final short MIN_BUFFER = 256;
    private static final byte MAX_CLOSE_COUNT = 3;

    // command qualifiers, clause 8.6
    private static final byte IMMEDIATE_LINK = 0x01;
    private static final byte TO_LISTEN = 0x01; // CLOSE CHANNEL in server mode
    private static final byte STORE = 0x00;
    private static final byte IMMEDIATELY = 0x01;

    // data coding scheme of a text string, clause 8.15
    private static final byte EIGHT_BIT = 0x04;

    // first byte of a channel status, clause 8.56
    private static final byte LINK_ESTABLISHED = (byte) 0x80; // in server mode state ESTABLISHED
    private static final byte TCP_LISTEN = 0x40;
    private static final byte TCP_STATE = (byte) 0xC0;
    private static final byte CHANNEL_ID_MASK = 0x07;

    /** TCP, UICC in server mode: byte 17, bit 3 of the terminal profile (clause 5.2); the API has no constant for it. */
    private static final short IDX_TCP_SERVER = 130;

    private final ChannelCommand command = new ChannelCommand();
    private final byte[] state = JCSystem.makeTransientByteArray(STATE_SIZE, JCSystem.CLEAR_ON_RESET);
    private final short[] sizes = JCSystem.makeTransientShortArray(SIZES_SIZE, JCSystem.CLEAR_ON_RESET);
    // staged bytes of SEND DATA, or those of the last RECEIVE DATA: never both, see receive
    private final byte[] buffer = JCSystem.makeTransientByteArray(MAX_SEND, JCSystem.CLEAR_ON_RESET);

    /** Allocates the channel; the only method to be called at install. */
    public BipChannel() {}

    /**
     * Whether the terminal profile has all that a channel needs.
     *
     * @param transportProtocol as in {@link ChannelParameters}
     */
    public static boolean isSupported(byte transportProtocol) {
        return TerminalProfile.check(TerminalProfile.IDX_PROACTIVE_UICC_OPEN_CHANNEL)
                && TerminalProfile.check(TerminalProfile.IDX_PROACTIVE_UICC_CLOSE_CHANNEL)
                && TerminalProfile.check(TerminalProfile.IDX_PROACTIVE_UICC_SEND_DATA)
                && TerminalProfile.check(TerminalProfile.IDX_PROACTIVE_UICC_RECEIVE_DATA)
                && TerminalProfile.check(TerminalProfile.IDX_EVENT_DATA_AVAILABLE)
                && TerminalProfile.check(transportFacility(transportProtocol))
                && (transportProtocol != ChannelParameters.TCP_SERVER
                        || TerminalProfile.check(TerminalProfile.IDX_EVENT_CHANNEL_STATUS));
    }

    private static short transportFacility(byte transportProtocol) {
        switch (transportProtocol) {
            case ChannelParameters.UDP_CLIENT_REMOTE:
                return TerminalProfile.IDX_UDP;
            case ChannelParameters.TCP_SERVER:
                return IDX_TCP_SERVER;
            default:
                return TerminalProfile.IDX_TCP;
        }
    }

    /**
     * Opens the channel: in client mode with immediate link establishment, in server mode to wait for a peer. A channel
     * that is still open is closed first.
     *
     * @return whether the ME has done so; if not, {@link #reason} tells why
     */
    public boolean open(ChannelParameters parameters) {
        close();
        state[REASON] = REASON_NONE;
        state[RESULT] = NONE;
        state[ADDITIONAL] = NONE;
        if (state[PHASE] != CLOSED) {
            fail(REASON_RETRY); // the ME does not let go of the old one
            return false;
        }
        state[SERVER] = parameters.transportProtocol == ChannelParameters.TCP_SERVER ? (byte) 1 : (byte) 0;
        short size = parameters.bufferSize;
        byte reason = openOnce(parameters, size);
        while (command.isBufferTooLarge() && size > MIN_BUFFER) {
            size = (short) (size >> 1);
            if (size < MIN_BUFFER) {
                size = MIN_BUFFER;
            }
            reason = openOnce(parameters, size);
        }
        if (reason != REASON_NONE) {
            byte phase = state[PHASE];
            fail(reason);
            state[PHASE] = phase;
            close(); // of a channel whose terminal response was no good
        }
        return reason == REASON_NONE;
    }

    /** Whether bytes can be sent: open, with a peer, and neither link nor a command has failed. */
    public boolean isOpen() {
        return state[PHASE] == OPEN;
    }

    /** Whether a channel in server mode waits for a peer. */
    public boolean isListening() {
        return state[PHASE] == LISTENING;
    }

    /** Whether the ME may still hold the channel, so that {@link #close} has something to do. */
    public boolean isHeld() {
        return state[PHASE] != CLOSED;
    }

    public byte reason() {
        return state[REASON];
    }

    /** General result that led to {@link #reason}, or {@link #NONE}. */
    public byte generalResult() {
        return state[RESULT];
    }

    /** First byte of the additional information that led to {@link #reason}, or {@link #NONE}. */
    public byte additionalInformation() {
        return state[ADDITIONAL];
    }

    @Override
    public void write(byte b) {
        if (makeRoom()) {
            buffer[sizes[STAGED]++] = b;
        }
    }

    @Override
    public void write(byte[] buf, short off, short len) {
        while (len > 0 && makeRoom()) {
            short count = (short) (sizes[PIECE] - sizes[STAGED]);
            if (count > len) {
                count = len;
            }
            Util.arrayCopyNonAtomic(buf, off, buffer, sizes[STAGED], count);
            sizes[STAGED] += count;
            off = (short) (off + count);
            len = (short) (len - count);
        }
    }

    /** Sends all that was written; with UDP, as one datagram if it fits the buffer that the ME granted. */
    @Override
    public void flush() {
        if (sizes[STAGED] > 0 && state[PHASE] == OPEN) {
            sendPiece(IMMEDIATELY);
        }
    }

    /**
     * Handles EVENT_DOWNLOAD_DATA_AVAILABLE.
     *
     * @return whether it is about this channel; then {@link #receive} has something to do
     */
    public boolean dataAvailable() {
        EnvelopeHandler envelope = EnvelopeHandlerSystem.getTheHandler();
        if (!isAboutThis(envelope)) {
            return false;
        }
        if (state[SERVER] != 0) {
            serverStatus(
                    (byte) (envelope.getValueByte((short) 0) & TCP_STATE)); // some MEs tell of a peer by its data only
        }
        short length = channelDataLength(envelope, (short) 0);
        sizes[AVAILABLE] = length == 0 ? MORE_THAN_255 : length; // an event without data would have no reason to be
        return true;
    }

    /**
     * Handles EVENT_DOWNLOAD_CHANNEL_STATUS.
     *
     * @return in client mode whether the link of this channel is down, {@link #receive} gets what the ME may still hold; in
     *     server mode whether its peer or its port came or went
     */
    public boolean channelStatus() {
        EnvelopeHandler envelope = EnvelopeHandlerSystem.getTheHandler();
        if (!isAboutThis(envelope)) {
            return false;
        }
        byte tcpState = (byte) (envelope.getValueByte((short) 0) & TCP_STATE);
        if (state[SERVER] != 0) {
            return serverStatus(tcpState);
        }
        if ((tcpState & LINK_ESTABLISHED) != 0) {
            return false;
        }
        if (state[PHASE] == OPEN) {
            state[PHASE] = LOST;
            state[REASON] = REASON_LINK_LOST;
            sizes[STAGED] = 0;
            sizes[AVAILABLE] = MORE_THAN_255; // events may overtake each other in the ME
        }
        return true;
    }

    private boolean serverStatus(byte tcpState) {
        byte phase = state[PHASE];
        if (phase != OPEN && phase != LISTENING) {
            return false;
        }
        if (tcpState == LINK_ESTABLISHED) {
            state[PHASE] = OPEN;
        } else if (tcpState == TCP_LISTEN) {
            state[PHASE] = LISTENING;
        } else {
            fail(REASON_LINK_LOST);
            state[PHASE] = DEAD;
        }
        if (state[PHASE] == phase) {
            return false;
        }
        if (state[PHASE] == OPEN) {
            state[REASON] = REASON_NONE; // what befell the last peer is over
            sizes[ROOM] = sizes[GRANTED];
        }
        sizes[STAGED] = 0;
        return true;
    }

    /** Fetches what the ME has received and hands it on, piece by piece, until the ME has no more. */
    public void receive(ByteReceiver receiver) {
        flush(); // the buffer is needed
        while (sizes[AVAILABLE] > 0 && state[PHASE] != CLOSED && state[PHASE] != DEAD) {
            short count = receivePiece();
            if (count == 0) {
                return;
            }
            state[DELIVERING] = 1;
            boolean more = receiver.receive(buffer, (short) 0, count);
            state[DELIVERING] = 0;
            if (!more) {
                return;
            }
        }
    }

    /** Closes the channel; does nothing where there is none. The reason of an earlier failure stays readable. */
    public void close() {
        if (state[PHASE] == CLOSED) {
            return;
        }
        state[PHASE] = DEAD;
        byte reason = sendClose((byte) 0);
        state[CLOSE_COUNT]++;
        if (reason == REASON_NONE || reason == REASON_LINK_LOST || state[CLOSE_COUNT] == MAX_CLOSE_COUNT) {
            state[PHASE] = CLOSED;
            sizes[STAGED] = 0;
            sizes[AVAILABLE] = 0;
        }
    }

    /** In server mode: ends the connection with the peer and waits for the next; what the peer has sent is gone. */
    public void disconnect() {
        if (state[PHASE] != OPEN) {
            return;
        }
        if (sendClose(TO_LISTEN) == REASON_NONE) {
            state[PHASE] = LISTENING;
            sizes[STAGED] = 0;
            sizes[AVAILABLE] = 0;
        } else {
            close(); // the ME knows no other way
        }
    }

    private byte sendClose(byte qualifier) {
        try {
            return command.send(command.begin(ToolkitConstants.PRO_CMD_CLOSE_CHANNEL, qualifier, deviceIdentity()));
        } catch (ToolkitException e) {
            return command.hasFailed(e);
        }
    }

    private byte openOnce(ChannelParameters p, short size) {
        try {
            ProactiveHandler handler = command.begin(
                    ToolkitConstants.PRO_CMD_OPEN_CHANNEL,
                    state[SERVER] == 0 ? IMMEDIATE_LINK : (byte) 0,
                    ToolkitConstants.DEV_ID_TERMINAL);
            // empty: the user is neither asked nor told, clause 6.4.27.2
            handler.appendTLV(ToolkitConstants.TAG_ALPHA_IDENTIFIER, buffer, (short) 0, (short) 0);
            append(handler, ToolkitConstants.TAG_BEARER_DESCRIPTION, p.bearerDescription);
            handler.appendTLV(ToolkitConstants.TAG_BUFFER_SIZE, size);
            append(handler, ToolkitConstants.TAG_NETWORK_ACCESS_NAME, p.networkAccessName);
            appendText(handler, p.userLogin);
            appendText(handler, p.userPassword);
            handler.appendTLV(ToolkitConstants.TAG_UICC_TERMINAL_TRANSPORT_LEVEL, p.transportProtocol, p.port);
            append(handler, ToolkitConstants.TAG_OTHER_DATA_DESTINATION_ADDRESS, p.destinationAddress);
            byte reason = command.send(handler);
            if (reason == REASON_NONE) {
                opened(ProactiveResponseHandlerSystem.getTheHandler(), size);
                short capacity = (short) (handler.getCapacity() - SEND_OVERHEAD);
                sizes[PIECE] = min(min(sizes[GRANTED], MAX_SEND), capacity);
            }
            return reason;
        } catch (ToolkitException e) {
            return command.hasFailed(e);
        }
    }

    private void opened(ProactiveResponseHandler response, short asked) {
        state[CHANNEL_ID] = (byte) (response.getChannelIdentifier() & CHANNEL_ID_MASK);
        state[CLOSE_COUNT] = 0;
        state[PHASE] = state[SERVER] == 0 ? OPEN : LISTENING;
        sizes[GRANTED] = asked;
        sizes[STAGED] = 0;
        sizes[AVAILABLE] = 0;
        if (response.findTLV(ToolkitConstants.TAG_BUFFER_SIZE, (byte) 1) != ToolkitConstants.TLV_NOT_FOUND) {
            short granted = response.getValueShort((short) 0);
            if (granted > 0 && granted < asked) {
                sizes[GRANTED] = granted;
            }
        }
        sizes[ROOM] = sizes[GRANTED];
    }

    private boolean makeRoom() {
        if (state[DELIVERING] != 0) {
            SystemException.throwIt(SystemException.ILLEGAL_USE);
        }
        if (state[PHASE] == OPEN && sizes[STAGED] == sizes[PIECE]) {
            // Stored pieces travel in one segment with the next immediate one. Each piece is as long as a command can
            // carry, stored or not, so that storing costs no further command.
            sendPiece((short) (sizes[ROOM] - sizes[STAGED]) >= sizes[PIECE] ? STORE : IMMEDIATELY);
        }
        return state[PHASE] == OPEN;
    }

    private void sendPiece(byte mode) {
        byte reason = sendData(mode);
        if (mode == STORE && command.isBufferTooLarge()) {
            mode = IMMEDIATELY;
            reason = sendData(mode);
        }
        if (reason != REASON_NONE) {
            fail(reason);
            return;
        }
        sizes[STAGED] = 0;
    }

    private byte sendData(byte mode) {
        try {
            ProactiveHandler handler = command.begin(ToolkitConstants.PRO_CMD_SEND_DATA, mode, deviceIdentity());
            handler.appendTLV(
                    (byte) (ToolkitConstants.TAG_CHANNEL_DATA | ToolkitConstants.TAG_SET_CR),
                    buffer,
                    (short) 0,
                    sizes[STAGED]);
            byte reason = command.send(handler);
            if (reason == REASON_NONE) {
                short room = mode == STORE ? (short) (sizes[ROOM] - sizes[STAGED]) : sizes[GRANTED];
                // what was sent may still be on its way, and occupy the buffer
                sizes[ROOM] = min(room, channelDataLength(ProactiveResponseHandlerSystem.getTheHandler(), room));
            }
            return reason;
        } catch (ToolkitException e) {
            return command.hasFailed(e);
        }
    }

    /** One RECEIVE DATA; the bytes are in the buffer, what is left in the ME is noted. Returns the number of bytes. */
    private short receivePiece() {
        byte reason;
        short count = 0;
        try {
            ProactiveHandler handler = command.begin(ToolkitConstants.PRO_CMD_RECEIVE_DATA, (byte) 0, deviceIdentity());
            handler.appendTLV((byte) (ToolkitConstants.TAG_CHANNEL_DATA_LENGTH | ToolkitConstants.TAG_SET_CR), (byte)
                    min(sizes[AVAILABLE], MAX_RECEIVE));
            sizes[AVAILABLE] = 0;
            reason = command.send(handler);
            if (reason == REASON_NONE) {
                ProactiveResponseHandler response = ProactiveResponseHandlerSystem.getTheHandler();
                if (response.findTLV(ToolkitConstants.TAG_CHANNEL_DATA, (byte) 1) != ToolkitConstants.TLV_NOT_FOUND) {
                    count = min(response.getValueLength(), MAX_SEND);
                    response.copyValue((short) 0, buffer, (short) 0, count);
                }
                sizes[AVAILABLE] = channelDataLength(response, (short) 0);
            }
        } catch (ToolkitException e) {
            reason = command.hasFailed(e);
        }
        if (reason != REASON_NONE) {
            fail(reason);
        }
        return count;
    }

    /** Channel data length of a response, clause 8.54; the other value where it is absent, or more than it can tell. */
    private static short channelDataLength(ViewHandler response, short other) {
        if (response.findTLV(ToolkitConstants.TAG_CHANNEL_DATA_LENGTH, (byte) 1) == ToolkitConstants.TLV_NOT_FOUND) {
            return other;
        }
        short length = (short) (response.getValueByte((short) 0) & 0xFF);
        return length == MORE_THAN_255 && other > length ? other : length;
    }

    private void fail(byte reason) {
        // a peer that is gone leaves the port open; it may have been noticed before it is told
        state[PHASE] = state[SERVER] != 0 && reason == REASON_LINK_LOST ? LISTENING : DEAD;
        sizes[STAGED] = 0;
        if (state[REASON] == REASON_NONE) {
            state[REASON] = reason;
            state[RESULT] = command.generalResult();
            state[ADDITIONAL] = command.additionalInformation();
        }
    }

    /** Whether the event is about this channel; its channel status is then the current TLV. */
    private boolean isAboutThis(EnvelopeHandler envelope) {
        return state[PHASE] != CLOSED
                && envelope.findTLV(ToolkitConstants.TAG_CHANNEL_DATA_STATUS, (byte) 1)
                        != ToolkitConstants.TLV_NOT_FOUND
                && (envelope.getValueByte((short) 0) & CHANNEL_ID_MASK) == state[CHANNEL_ID];
    }

    private byte deviceIdentity() {
        return (byte) (ToolkitConstants.DEV_ID_CHANNEL_BASE + state[CHANNEL_ID]);
    }

    private static void append(ProactiveHandler handler, byte tag, byte[] value) {
        if (value != null && value[0] != 0) {
            handler.appendTLV(tag, value, (short) 1, value[0]);
        }
    }

    private static void appendText(ProactiveHandler handler, byte[] text) {
        if (text != null && text[0] != 0) {
            handler.appendTLV(ToolkitConstants.TAG_TEXT_STRING, EIGHT_BIT, text, (short) 1, text[0]);
        }
    }

    private static short min(short a, short b) {
        return a < b ? a : b;
    }
}
