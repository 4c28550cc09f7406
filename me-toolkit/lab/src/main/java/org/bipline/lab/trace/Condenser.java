// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.trace;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Makes few lines of many events: a run of SEND DATA, of RECEIVE DATA or of commands on files becomes one line for each
 * interface that it crosses, records of TLS in one direction one line, and the commands of a kind in one DM message one line.
 */
final class Condenser {
    private static final int SEND_DATA = 0x43;
    private static final int RECEIVE_DATA = 0x42;

    /** What a run consists of. */
    private enum Run {
        NONE,
        FILES,
        SENDING,
        RECEIVING,
        TLS,
        DM
    }

    private final Ladder.Lines lines;
    private Run run = Run.NONE;
    private At first;
    private At firstOnNetwork;
    private int commands;
    private long cardBytes;
    private long networkBytes;
    private int channel;
    private String firstName;
    private final Map<String, List<TraceEvent>> similar = new LinkedHashMap<>();

    Condenser(Ladder.Lines lines) {
        this.lines = lines;
    }

    void accept(TraceEvent event) {
        boolean taken = switch (event) {
            case TraceEvent.Apdu e -> apdu(e);
            case TraceEvent.Proactive e -> proactive(e);
            case TraceEvent.TerminalResponse e -> terminalResponse(e);
            case TraceEvent.Bytes e -> bytes(e);
            case TraceEvent.DmCommand e -> dm(e, e.command());
            case TraceEvent.DmStatus e -> dm(e, e.status() + " " + e.command());
            case TraceEvent.Envelope e -> run == Run.RECEIVING && e.name().contains("DATA AVAILABLE");
            case TraceEvent.AppletTriggered e ->
                run == Run.RECEIVING && e.event().contains("DATA_AVAILABLE");
            case TraceEvent.ChannelOpened e -> false;
            case TraceEvent.ChannelClosed e -> false;
            case TraceEvent.TlsRecord e -> tls(e);
            case TraceEvent.TlsHandshake e -> false;
            case TraceEvent.HttpRequest e -> false;
            case TraceEvent.HttpResponse e -> false;
            case TraceEvent.DmMessage e -> false;
            case TraceEvent.StoreChange e -> false;
            case TraceEvent.Dropped e -> false;
            case TraceEvent.Note e -> false;
            case TraceEvent.Failed e -> false;
        };
        if (!taken) {
            flush();
            lines.line(event.at(), Labels.of(event), Layer.of(event), event.failed());
        }
    }

    private boolean apdu(TraceEvent.Apdu e) {
        if (Labels.coveredByTypedEvent(e)) {
            return true;
        }
        if (!isFileCommand(e)) {
            return false;
        }
        join(Run.FILES, e.at());
        commands++;
        if (commands == 1) {
            firstName = Labels.of(e);
        }
        return true;
    }

    private boolean proactive(TraceEvent.Proactive e) {
        if (e.type() != SEND_DATA && e.type() != RECEIVE_DATA) {
            return false;
        }
        join(e.type() == SEND_DATA ? Run.SENDING : Run.RECEIVING, e.at());
        commands++;
        cardBytes += e.dataLength();
        return true;
    }

    private boolean terminalResponse(TraceEvent.TerminalResponse e) {
        boolean ofRun =
                (run == Run.SENDING && e.type() == SEND_DATA) || (run == Run.RECEIVING && e.type() == RECEIVE_DATA);
        if (!ofRun || e.failed()) {
            return false;
        }
        cardBytes += e.dataLength();
        return true;
    }

    /** Commands and statuses of one message: those of a kind are one line, at the place of the first. */
    private boolean dm(TraceEvent e, String kind) {
        join(Run.DM, e.at());
        similar.computeIfAbsent(kind, k -> new ArrayList<>()).add(e);
        return true;
    }

    /** Records in one direction, one after another. */
    private boolean tls(TraceEvent.TlsRecord e) {
        if (run == Run.TLS && first.from() != e.at().from()) {
            flush();
        }
        join(Run.TLS, e.at());
        similar.computeIfAbsent(e.name(), k -> new ArrayList<>()).add(e);
        networkBytes += e.length();
        return true;
    }

    private boolean bytes(TraceEvent.Bytes e) {
        join(e.at().from() == Party.ME ? Run.SENDING : Run.RECEIVING, e.at());
        if (firstOnNetwork == null) {
            firstOnNetwork = e.at();
        }
        networkBytes += e.data().length();
        channel = e.channel();
        return true;
    }

    private void join(Run kind, At at) {
        if (run != kind) {
            flush();
            run = kind;
            first = at;
        }
    }

    /** Prints the run that is open. */
    void flush() {
        switch (run) {
            case NONE -> {}
            case FILES ->
                lines.line(
                        first,
                        commands == 1 ? firstName : commands + " commands on files, first " + firstName,
                        Layer.APDU,
                        false);
            case SENDING -> {
                card("SEND DATA", Party.CARD, Party.ME);
                network();
            }
            case RECEIVING -> {
                network();
                card("RECEIVE DATA", Party.ME, Party.CARD);
            }
            case TLS -> tls();
            case DM -> similar.values().forEach(this::dm);
        }
        run = Run.NONE;
        first = null;
        firstOnNetwork = null;
        similar.clear();
        commands = 0;
        cardBytes = 0;
        networkBytes = 0;
    }

    private void card(String name, Party from, Party to) {
        if (commands > 0) {
            At at = new At(first.nanos(), first.time(), first.session(), from, to);
            String times = commands == 1 ? "" : " x" + commands;
            lines.line(at, name + times + ": " + Labels.bytes(cardBytes), Layer.TOOLKIT, false);
        }
    }

    private void tls() {
        String names = similar.entrySet().stream()
                .map(kind -> kind.getKey()
                        + (kind.getValue().size() == 1
                                ? ""
                                : " x" + kind.getValue().size()))
                .collect(Collectors.joining(", "));
        lines.line(first, "TLS " + names + ", " + Labels.bytes(networkBytes), Layer.TLS, false);
    }

    private void dm(List<TraceEvent> events) {
        TraceEvent e = events.getFirst();
        lines.line(e.at(), events.size() == 1 ? Labels.of(e) : several(e, events.size()), Layer.DM, e.failed());
    }

    private static String several(TraceEvent e, int count) {
        return e instanceof TraceEvent.DmCommand command
                ? command.command() + " x" + count + ", first "
                        + (command.target().isEmpty() ? command.detail() : command.target())
                : Labels.of(e) + ", x" + count;
    }

    private void network() {
        if (firstOnNetwork != null) {
            lines.line(firstOnNetwork, "channel " + channel + ", " + Labels.bytes(networkBytes), Layer.NETWORK, false);
        }
    }

    private static boolean isFileCommand(TraceEvent.Apdu apdu) {
        int status = ApduNames.statusWord(apdu.response()) >> 8;
        boolean fine = status == 0x90 || status == 0x91 || status == 0x61;
        return fine
                && switch (ApduNames.instruction(apdu.command())) {
                    case ApduNames.SELECT, 0xB0, 0xB2 -> true;
                    default -> false;
                };
    }
}
