// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.trace;

import java.util.Locale;

/** What is said of an event in one line, by every sink that is read by people. */
public final class Labels {
    private Labels() {}

    /** The line for an event. */
    public static String of(TraceEvent event) {
        return switch (event) {
            case TraceEvent.Apdu e ->
                "%s, %04X".formatted(ApduNames.name(e.command()), ApduNames.statusWord(e.response()));
            case TraceEvent.Proactive e -> e.name() + after(": ", e.summary());
            case TraceEvent.TerminalResponse e -> e.name() + after(": ", e.summary());
            case TraceEvent.Envelope e -> e.name() + after(": ", e.summary());
            case TraceEvent.ChannelOpened e ->
                "channel %d open to %s, buffer %s".formatted(e.channel(), e.destination(), bytes(e.bufferSize()));
            case TraceEvent.ChannelClosed e -> "channel %d closed%s".formatted(e.channel(), after(": ", e.reason()));
            case TraceEvent.Bytes e ->
                "channel %d, %s".formatted(e.channel(), bytes(e.data().length()));
            case TraceEvent.TlsRecord e -> "TLS %s, %s".formatted(e.name(), bytes(e.length()));
            case TraceEvent.TlsHandshake e ->
                "TLS %s with %s".formatted(e.resumed() ? "session resumed" : "established", e.suite());
            case TraceEvent.HttpRequest e -> "HTTP %s %s, %s".formatted(e.method(), e.target(), bytes(e.length()));
            case TraceEvent.HttpResponse e -> "HTTP %d, %s".formatted(e.status(), bytes(e.length()));
            case TraceEvent.DmMessage e ->
                "DM message %d of session %s, %s%s"
                        .formatted(e.message(), e.dmSession(), bytes(e.length()), after(": ", e.summary()));
            case TraceEvent.DmCommand e -> e.command() + after(" ", e.target()) + after(" ", e.detail());
            case TraceEvent.DmStatus e ->
                "Status %d for %s%s".formatted(e.status(), e.command(), after(" ", e.target()));
            case TraceEvent.StoreChange e -> e.what();
            case TraceEvent.AppletTriggered e -> "%s triggered by %s".formatted(e.applet(), e.event());
            case TraceEvent.Dropped e -> "dropped: %s (%s)".formatted(e.what(), e.reason());
            case TraceEvent.Note e -> e.text();
            case TraceEvent.Failed e -> e.text();
        };
    }

    /** A number of bytes in words: {@code 1 byte}, {@code 1,932 bytes}. */
    public static String bytes(long count) {
        return count == 1 ? "1 byte" : String.format(Locale.ROOT, "%,d bytes", count);
    }

    /** Whether an APDU went well and is shown by a typed event of its own, or only fetches what another one holds. */
    static boolean coveredByTypedEvent(TraceEvent.Apdu apdu) {
        int sw1 = ApduNames.statusWord(apdu.response()) >> 8;
        return switch (ApduNames.instruction(apdu.command())) {
            case ApduNames.FETCH, ApduNames.TERMINAL_RESPONSE, ApduNames.ENVELOPE, ApduNames.GET_RESPONSE ->
                sw1 == 0x90 || sw1 == 0x91 || sw1 == 0x61;
            default -> false;
        };
    }

    private static String after(String separator, String text) {
        return text.isEmpty() ? "" : separator + text;
    }
}
