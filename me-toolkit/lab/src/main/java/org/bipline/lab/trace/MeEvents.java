// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.trace;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.bipline.cat.command.Fault;
import org.bipline.cat.command.OpenChannel;
import org.bipline.cat.command.ProactiveCommand;
import org.bipline.cat.command.SendData;
import org.bipline.cat.command.TerminalResponse;
import org.bipline.cat.envelope.Envelope;
import org.bipline.cat.object.ChannelData;
import org.bipline.cat.object.ChannelStatus;
import org.bipline.cat.object.CommandDetails;
import org.bipline.cat.object.Result;
import org.bipline.cat.object.TransportProtocol;
import org.bipline.cat.object.TypeOfCommand;
import org.bipline.cat.tlv.ByteString;
import org.bipline.cat.tlv.CatDecodingException;
import org.bipline.me.MeListener;

/** Turns what an ME does into events of a trace. Passwords are masked, in the APDU as well. */
public class MeEvents implements MeListener {
    /** Bytes before the data field of an APDU. */
    private static final int HEADER = 5;

    private final Trace trace;
    private final String session;
    private final Set<Integer> local = new HashSet<>();
    private boolean opensLocally;

    public MeEvents(Trace trace, String session) {
        this.trace = trace;
        this.session = session;
    }

    private void emit(Party from, Party to, Function<At, TraceEvent> event) {
        trace.emit(session, from, to, event);
    }

    private void note(Party from, Party to, String text) {
        emit(from, to, at -> new TraceEvent.Note(at, text));
    }

    @Override
    public void poweredOn(ByteString answerToReset) {
        note(Party.CARD, Party.ME, "answer to reset " + answerToReset);
    }

    @Override
    public void poweredOff(String reason) {
        note(Party.ME, Party.CARD, "powered off: " + reason);
    }

    @Override
    public void apduExchanged(ByteString command, ByteString response, long nanos) {
        var shown = responded(bytes(command), command);
        var masked = fetched(shown, response);
        emit(Party.ME, Party.CARD, at -> new TraceEvent.Apdu(at, shown, masked));
    }

    /** The command, with asterisks in the place of what the user entered unseen where it is TERMINAL RESPONSE. */
    private static org.bipline.dm.ByteString responded(org.bipline.dm.ByteString shown, ByteString command) {
        if (ApduNames.instruction(shown) != ApduNames.TERMINAL_RESPONSE || command.length() <= HEADER) {
            return shown;
        }
        try {
            TerminalResponse response = TerminalResponse.decode(command.slice(HEADER));
            return bytes(command.slice(0, HEADER))
                    .concat(org.bipline.dm.ByteString.of(ToolkitText.masked(response.pdu(), response::isSecret)));
        } catch (CatDecodingException e) { // no response that the ME made
            return shown;
        }
    }

    /** The response, with asterisks in the place of its secrets where the command was FETCH. */
    private static org.bipline.dm.ByteString fetched(org.bipline.dm.ByteString command, ByteString response) {
        if (ApduNames.instruction(command) != ApduNames.FETCH || response.length() <= 2) {
            return bytes(response);
        }
        ByteString data = response.slice(0, response.length() - 2);
        try {
            ProactiveCommand fetched = ProactiveCommand.parse(data);
            return org.bipline.dm.ByteString.of(ToolkitText.masked(fetched.pdu(), fetched::isSecret))
                    .concat(bytes(response.slice(data.length())));
        } catch (CatDecodingException e) { // shown as it is: the ME's refusal follows in the trace
            return bytes(response);
        }
    }

    @Override
    public void proactiveCommand(ProactiveCommand command) {
        if (command instanceof OpenChannel open) {
            opensLocally = open.transportProtocol()
                    .filter(protocol -> protocol != TransportProtocol.TCP_CLIENT_REMOTE
                            && protocol != TransportProtocol.UDP_CLIENT_REMOTE)
                    .isPresent();
        }
        CommandDetails details = command.details();
        int length = command instanceof SendData send ? send.data().length() : 0;
        emit(
                Party.CARD,
                Party.ME,
                at -> new TraceEvent.Proactive(
                        at,
                        details.commandNumber(),
                        details.typeOfCommand(),
                        details.commandQualifier(),
                        command.name(),
                        CommandText.summary(command),
                        length,
                        org.bipline.dm.ByteString.of(ToolkitText.masked(command.pdu(), command::isSecret)),
                        ToolkitText.fields(command.pdu(), command::isSecret)));
    }

    @Override
    public void commandRefused(ByteString command, Fault fault) {
        String what = "proactive command refused at byte " + fault.offset();
        String reason = fault.text() + "; " + fault.clause();
        emit(Party.ME, Party.ME, at -> new TraceEvent.Dropped(at, what, reason));
    }

    @Override
    public void terminalResponse(TerminalResponse response) {
        Optional<CommandDetails> details = response.details();
        int type = details.map(CommandDetails::typeOfCommand).orElse(0);
        String name = TypeOfCommand.of(type).map(TypeOfCommand::text).orElse("UNKNOWN");
        int result = response.result().map(Result::generalResult).orElse(0xFF);
        int length = response.first(ChannelData.class).map(ChannelData::length).orElse(0);
        emit(
                Party.ME,
                Party.CARD,
                at -> new TraceEvent.TerminalResponse(
                        at,
                        details.map(CommandDetails::commandNumber).orElse(0),
                        type,
                        name,
                        result,
                        ToolkitText.summary(response),
                        length,
                        org.bipline.dm.ByteString.of(ToolkitText.masked(response.pdu(), response::isSecret)),
                        ToolkitText.fields(response.pdu(), response::isSecret)));
    }

    @Override
    public void envelope(Envelope envelope, int statusWord) {
        List<Field> fields = ToolkitText.fields(envelope.pdu(), index -> false);
        emit(
                Party.ME,
                Party.CARD,
                at -> new TraceEvent.Envelope(
                        at,
                        ToolkitText.name(envelope),
                        ToolkitText.summary(envelope),
                        bytes(envelope.encode()),
                        fields));
    }

    /** The other end of a channel: the gateway, or a program in the ME itself. */
    private Party peer(int channel) {
        return local.contains(channel) ? Party.ME : Party.GATEWAY;
    }

    @Override
    public void channelOpened(int channel, int bufferSize, String destination) {
        if (opensLocally) {
            local.add(channel);
        } else {
            local.remove(channel);
        }
        String address = destination.startsWith("/") ? destination.substring(1) : destination; // a host without a name
        emit(Party.ME, peer(channel), at -> new TraceEvent.ChannelOpened(at, channel, address, bufferSize));
    }

    @Override
    public void channelClosed(int channel, String reason) {
        emit(Party.ME, peer(channel), at -> new TraceEvent.ChannelClosed(at, channel, reason));
    }

    @Override
    public void channelStatus(ChannelStatus status, String reason) {
        String state = status.linkEstablished() ? "link established" : "link dropped";
        int channel = status.channelIdentifier();
        note(peer(channel), Party.ME, "channel " + channel + " " + state + ": " + reason);
    }

    @Override
    public void bytesSent(int channel, ByteString sent) {
        bytes(Party.ME, Party.GATEWAY, channel, sent);
    }

    @Override
    public void bytesReceived(int channel, ByteString received) {
        bytes(Party.GATEWAY, Party.ME, channel, received);
    }

    /** Bytes on the network; those of a channel within the terminal are on none. */
    private void bytes(Party from, Party to, int channel, ByteString bytes) {
        if (!local.contains(channel)) {
            emit(from, to, at -> new TraceEvent.Bytes(at, channel, bytes(bytes)));
        }
    }

    @Override
    public void timerStarted(int timer, Duration value) {
        note(Party.ME, Party.ME, "timer " + timer + " started, " + value.toSeconds() + " s");
    }

    @Override
    public void timerStopped(int timer) {
        note(Party.ME, Party.ME, "timer " + timer + " stopped");
    }

    @Override
    public void timerExpired(int timer) {
        note(Party.ME, Party.ME, "timer " + timer + " expired");
    }

    @Override
    public void eventDropped(String event, String reason) {
        emit(Party.ME, Party.ME, at -> new TraceEvent.Dropped(at, event, reason));
    }

    private static org.bipline.dm.ByteString bytes(ByteString bytes) {
        return org.bipline.dm.ByteString.of(bytes.toBytes());
    }
}
