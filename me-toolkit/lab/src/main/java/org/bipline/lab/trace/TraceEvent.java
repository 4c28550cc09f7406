// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.trace;

import java.util.List;
import org.bipline.dm.ByteString;

/** One thing that happened on the path. Secrets are masked before an event is made: every sink may show all of it. */
public sealed interface TraceEvent {
    At at();

    /** The bytes that crossed, in their order; empty where the event stands for no bytes of its own. */
    default List<ByteString> bytes() {
        return List.of();
    }

    /** The decoded fields, empty where there are none. */
    default List<Field> fields() {
        return List.of();
    }

    /** Whether this is, or reports, something that went wrong. */
    default boolean failed() {
        return switch (this) {
            case TerminalResponse e -> e.result() >= 0x10; // ETSI TS 102 223 clause 8.12: 0x performed
            case HttpResponse e -> e.status() >= 400;
            case DmStatus e -> e.status() >= 300;
            case Dropped e -> true;
            case Apdu e -> false;
            case Proactive e -> false;
            case Envelope e -> false;
            case ChannelOpened e -> false;
            case ChannelClosed e -> false;
            case Bytes e -> false;
            case TlsRecord e -> false;
            case TlsHandshake e -> false;
            case HttpRequest e -> false;
            case DmMessage e -> false;
            case DmCommand e -> false;
            case StoreChange e -> false;
            case AppletTriggered e -> false;
            case Note e -> false;
            case Failed e -> true;
        };
    }

    /** An APDU exchange: whole command, whole response with its status word. ETSI TS 102 221 clause 10. */
    record Apdu(At at, ByteString command, ByteString response) implements TraceEvent {
        @Override
        public List<ByteString> bytes() {
            return List.of(command, response);
        }
    }

    /**
     * A proactive command as the ME decoded it. ETSI TS 102 223 clause 6.6.
     *
     * @param number command number
     * @param type type of command, as its code
     * @param qualifier command qualifier
     * @param name the standard's name, such as OPEN CHANNEL
     * @param summary what it asks for, in a few words
     * @param dataLength bytes of channel data that it carries
     */
    record Proactive(
            At at,
            int number,
            int type,
            int qualifier,
            String name,
            String summary,
            int dataLength,
            ByteString pdu,
            List<Field> fields)
            implements TraceEvent {
        public Proactive {
            fields = List.copyOf(fields);
        }

        @Override
        public List<ByteString> bytes() {
            return List.of(pdu);
        }
    }

    /**
     * The answer to a proactive command. ETSI TS 102 223 clause 6.8.
     *
     * @param name name of the command answered
     * @param result general result
     * @param summary general result and what else it says, in words
     * @param dataLength bytes of channel data that it carries
     */
    record TerminalResponse(
            At at,
            int number,
            int type,
            String name,
            int result,
            String summary,
            int dataLength,
            ByteString pdu,
            List<Field> fields)
            implements TraceEvent {
        public TerminalResponse {
            fields = List.copyOf(fields);
        }

        @Override
        public List<ByteString> bytes() {
            return List.of(pdu);
        }
    }

    /** An ENVELOPE. ETSI TS 102 223 clause 7. */
    record Envelope(At at, String name, String summary, ByteString pdu, List<Field> fields) implements TraceEvent {
        public Envelope {
            fields = List.copyOf(fields);
        }

        @Override
        public List<ByteString> bytes() {
            return List.of(pdu);
        }
    }

    /** A BIP channel has its link. */
    record ChannelOpened(At at, int channel, String destination, int bufferSize) implements TraceEvent {}

    /** A BIP channel is gone. */
    record ChannelClosed(At at, int channel, String reason) implements TraceEvent {}

    /** Bytes of a BIP channel on the network. */
    record Bytes(At at, int channel, ByteString data) implements TraceEvent {
        @Override
        public List<ByteString> bytes() {
            return List.of(data);
        }
    }

    /**
     * A record of TLS as it is on the network, seen by the gateway. RFC 5246 clause 6.2.
     *
     * @param type content type
     * @param name what is in it as far as it can be read there: the names of messages of the handshake, or of the content type
     * @param length bytes of its fragment
     */
    record TlsRecord(At at, int type, String name, int length) implements TraceEvent {}

    /**
     * A TLS handshake is over: from now on records are encrypted.
     *
     * @param suite name of the cipher suite
     * @param resumed whether an earlier session goes on
     */
    record TlsHandshake(At at, String suite, boolean resumed, List<Field> fields) implements TraceEvent {
        public TlsHandshake {
            fields = List.copyOf(fields);
        }
    }

    /** An HTTP request. RFC 9112. */
    record HttpRequest(At at, String method, String target, int length) implements TraceEvent {}

    /** An HTTP response. RFC 9112. */
    record HttpResponse(At at, int status, int length) implements TraceEvent {}

    /**
     * A DM message. OMA DM 1.2.
     *
     * @param dmSession SessionID
     * @param message MsgID
     * @param length bytes of the message
     * @param summary what it carries, in a few words
     */
    record DmMessage(At at, String dmSession, int message, int length, String summary) implements TraceEvent {}

    /**
     * A command of a DM message. Values are given by their length only.
     *
     * @param command name of the command
     * @param target node that it is about, empty where there is none
     * @param detail what else there is to say
     */
    record DmCommand(At at, String command, String target, String detail) implements TraceEvent {}

    /** The status of a DM command. */
    record DmStatus(At at, String command, String target, int status) implements TraceEvent {}

    /** Something persistent changed: a file of the card, a job of the server. */
    record StoreChange(At at, String what) implements TraceEvent {}

    /** The framework of the card triggered an applet. ETSI TS 102 241. */
    record AppletTriggered(At at, String applet, String event) implements TraceEvent {}

    /** An event, a command or a trigger went no further, and why. */
    record Dropped(At at, String what, String reason) implements TraceEvent {}

    /** A check found something else than it was to find, or could not be made. */
    record Failed(At at, String text) implements TraceEvent {}

    /** A line of another kind: reset, end, failure. */
    record Note(At at, String text) implements TraceEvent {}
}
