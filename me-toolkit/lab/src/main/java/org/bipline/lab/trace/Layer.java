// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.trace;

/** The protocol layer that an event belongs to: filters of the report, colours of the console. */
public enum Layer {
    DM("DM", 32),
    HTTP("HTTP", 35),
    TLS("TLS", 95),
    NETWORK("network", 34),
    TOOLKIT("toolkit", 36),
    INSIDE("inside", 33),
    NOTE("notes", 0),
    APDU("APDUs", 90);

    private final String title;
    private final int colour;

    Layer(String title, int colour) {
        this.title = title;
        this.colour = colour;
    }

    public String title() {
        return title;
    }

    /** Its ANSI colour, as the parameter of SELECT GRAPHIC RENDITION. */
    int colour() {
        return colour;
    }

    public static Layer of(TraceEvent event) {
        return switch (event) {
            case TraceEvent.Apdu e -> APDU;
            case TraceEvent.Proactive e -> TOOLKIT;
            case TraceEvent.TerminalResponse e -> TOOLKIT;
            case TraceEvent.Envelope e -> TOOLKIT;
            case TraceEvent.ChannelOpened e -> NETWORK;
            case TraceEvent.ChannelClosed e -> NETWORK;
            case TraceEvent.Bytes e -> NETWORK;
            case TraceEvent.TlsRecord e -> TLS;
            case TraceEvent.TlsHandshake e -> TLS;
            case TraceEvent.HttpRequest e -> HTTP;
            case TraceEvent.HttpResponse e -> HTTP;
            case TraceEvent.DmMessage e -> DM;
            case TraceEvent.DmCommand e -> DM;
            case TraceEvent.DmStatus e -> DM;
            case TraceEvent.StoreChange e -> INSIDE;
            case TraceEvent.AppletTriggered e -> INSIDE;
            case TraceEvent.Dropped e -> INSIDE;
            case TraceEvent.Note e -> NOTE;
            case TraceEvent.Failed e -> NOTE;
        };
    }
}
