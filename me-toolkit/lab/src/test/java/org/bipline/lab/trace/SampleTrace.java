// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.trace;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.bipline.dm.ByteString;

/** A short trace with an event of every kind, on a clock that advances a millisecond with each reading. */
public final class SampleTrace {
    public static final String HOSTILE = "</script><img src=x onerror=alert(1)>\u2028\"&";

    private static final String SESSION = "1";
    private static final ByteString OPEN_CHANNEL =
            ByteString.hex("D01E8103014001820281823501033902" + "05DC3C03021F903E05217F000001");
    private static final ByteString OPEN_RESPONSE =
            ByteString.hex("810301400182028281830100380281003501033902" + "05DC");

    private SampleTrace() {}

    public static void into(TraceSink... sinks) throws IOException {
        AtomicLong nanos = new AtomicLong();
        Trace trace = new Trace(() -> Instant.parse("2026-01-02T03:04:05.000006Z"), () -> nanos.getAndAdd(1_000_000));
        for (TraceSink sink : sinks) {
            trace.add(sink);
        }
        emitAll(trace);
        trace.close();
    }

    private static void emitAll(Trace trace) {
        apdu(trace, "00A40004023F00", "6121");
        apdu(
                trace,
                "00C0000021",
                "621F8202782183023F00A50B8001318302" + "4B00830400010203" + "8A0105C6069001008301" + "01" + "9000");
        apdu(trace, "00B000000A", "98010203040506070809" + "9000");
        trace.emit(SESSION, Party.CARD, Party.CARD, at -> new TraceEvent.AppletTriggered(at, "DM", "MENU_SELECTION"));
        apdu(trace, "801200001F".replace("1F", "20"), OPEN_CHANNEL + "9000");
        trace.emit(
                SESSION,
                Party.CARD,
                Party.ME,
                at -> new TraceEvent.Proactive(
                        at,
                        1,
                        0x40,
                        1,
                        "OPEN CHANNEL",
                        "TCP 127.0.0.1:8080, buffer 1500",
                        0,
                        OPEN_CHANNEL,
                        List.of(new Field("buffer size", "1500"), new Field("text", HOSTILE))));
        trace.emit(SESSION, Party.ME, Party.GATEWAY, at -> new TraceEvent.ChannelOpened(at, 1, "127.0.0.1:8080", 1500));
        apdu(trace, "8014000017" + OPEN_RESPONSE, "9120");
        trace.emit(
                SESSION,
                Party.ME,
                Party.CARD,
                at -> new TraceEvent.TerminalResponse(
                        at, 1, 0x40, "OPEN CHANNEL", 0, "performed", 0, OPEN_RESPONSE, List.of()));
        send(trace, 2, 0x00, "504F5354");
        send(trace, 3, 0x01, "202F646D");
        trace.emit(SESSION, Party.ME, Party.GATEWAY, at -> new TraceEvent.Bytes(at, 1, ByteString.utf8("POST /dm")));
        trace.emit(SESSION, Party.ME, Party.GATEWAY, at -> new TraceEvent.HttpRequest(at, "POST", "/dm", 412));
        trace.emit(
                SESSION,
                Party.CARD,
                Party.SERVER,
                at -> new TraceEvent.DmMessage(at, "1", 1, 412, "Alert 1201, Final"));
        trace.emit(
                SESSION,
                Party.SERVER,
                Party.CARD,
                at -> new TraceEvent.DmCommand(at, "Add", "./MO/Passpoint", "TNDS, 1,932 bytes"));
        trace.emit(SESSION, Party.GATEWAY, Party.ME, at -> new TraceEvent.HttpResponse(at, 200, 1200));
        trace.emit(
                SESSION,
                Party.GATEWAY,
                Party.ME,
                at -> new TraceEvent.Bytes(at, 1, ByteString.utf8("HTTP/1.1 200 OK")));
        trace.emit(
                SESSION,
                Party.ME,
                Party.CARD,
                at -> new TraceEvent.Envelope(
                        at,
                        "DATA AVAILABLE",
                        "channel 1, 15 bytes",
                        ByteString.hex("D60E19010982028281B802810037010F"),
                        List.of()));
        receive(trace, 4);
        trace.emit(SESSION, Party.CARD, Party.SERVER, at -> new TraceEvent.DmStatus(at, "Add", "./MO/Passpoint", 200));
        trace.emit(SESSION, Party.CARD, Party.SERVER, at -> new TraceEvent.DmStatus(at, "Get", "./MO/Other", 404));
        trace.emit(SESSION, Party.CARD, Party.CARD, at -> new TraceEvent.StoreChange(at, "EF 6F07 updated"));
        trace.emit(
                SESSION,
                Party.ME,
                Party.CARD,
                at -> new TraceEvent.Dropped(at, "CHANNEL STATUS", "not in the event list"));
        tls(trace, Party.CARD, Party.GATEWAY, 22, "ClientHello", 60);
        tls(trace, Party.GATEWAY, Party.CARD, 22, "ServerHello", 90);
        tls(trace, Party.GATEWAY, Party.CARD, 22, "ServerHelloDone", 4);
        trace.emit(
                SESSION,
                Party.GATEWAY,
                Party.GATEWAY,
                at -> new TraceEvent.TlsHandshake(
                        at,
                        "TLS_PSK_WITH_AES_128_CBC_SHA256",
                        false,
                        List.of(new Field("largest fragment", "512 bytes"))));
        tls(trace, Party.CARD, Party.GATEWAY, 23, "application data", 80);
        tls(trace, Party.CARD, Party.GATEWAY, 23, "application data", 64);
        trace.emit(SESSION, Party.GATEWAY, Party.ME, at -> new TraceEvent.ChannelClosed(at, 1, "closed by " + HOSTILE));
        trace.emit(SESSION, Party.ME, Party.ME, at -> new TraceEvent.Note(at, "powered down"));
        trace.emit(SESSION, Party.ME, Party.ME, at -> new TraceEvent.Failed(at, "fail at line 3"));
    }

    private static void tls(Trace trace, Party from, Party to, int type, String name, int length) {
        trace.emit(SESSION, from, to, at -> new TraceEvent.TlsRecord(at, type, name, length));
    }

    private static void send(Trace trace, int number, int qualifier, String data) {
        String details = "8103%02X43%02X".formatted(number, qualifier);
        ByteString command = ByteString.hex("D00F" + details + "82028121" + "B604" + data);
        apdu(trace, "8012000011", command + "9000");
        trace.emit(
                SESSION,
                Party.CARD,
                Party.ME,
                at -> new TraceEvent.Proactive(
                        at, number, 0x43, qualifier, "SEND DATA", "4 bytes", 4, command, List.of()));
        ByteString response = ByteString.hex(details + "82028281830100" + "B701FF");
        apdu(trace, "801400000F" + response, "9111");
        trace.emit(
                SESSION,
                Party.ME,
                Party.CARD,
                at -> new TraceEvent.TerminalResponse(
                        at, number, 0x43, "SEND DATA", 0, "performed", 0, response, List.of()));
    }

    private static void receive(Trace trace, int number) {
        ByteString command = ByteString.hex("D00C8103044200820281" + "21B7010F");
        apdu(trace, "801200000E", command + "9000");
        trace.emit(
                SESSION,
                Party.CARD,
                Party.ME,
                at -> new TraceEvent.Proactive(at, number, 0x42, 0, "RECEIVE DATA", "15 bytes", 0, command, List.of()));
        ByteString response = ByteString.hex("810304420082028281830100" + "B60F485454502F312E3120323030204F4BB70100");
        apdu(trace, "8014000020" + response, "9000");
        trace.emit(
                SESSION,
                Party.ME,
                Party.CARD,
                at -> new TraceEvent.TerminalResponse(
                        at, number, 0x42, "RECEIVE DATA", 0, "performed", 15, response, List.of()));
    }

    private static void apdu(Trace trace, String command, String response) {
        trace.emit(
                SESSION,
                Party.ME,
                Party.CARD,
                at -> new TraceEvent.Apdu(at, ByteString.hex(command), ByteString.hex(response)));
    }
}
