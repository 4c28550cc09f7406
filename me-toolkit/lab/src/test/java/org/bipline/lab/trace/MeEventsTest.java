// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import org.bipline.cat.command.Fault;
import org.bipline.cat.command.ProactiveCommand;
import org.bipline.cat.command.TerminalResponse;
import org.bipline.cat.envelope.Envelope;
import org.bipline.cat.object.ChannelStatus;
import org.bipline.cat.tlv.ByteString;
import org.junit.jupiter.api.Test;

class MeEventsTest {
    private static final String SECRET = "s3cr3t";
    private static final String OPEN_CHANNEL = "D02C" + "8103014001" + "82028182" + "350103" + "390205DC" + "0D0504"
            + text("user") + "0D0704" + text(SECRET) + "3C03021F90" + "3E05217F000001";

    private final Recorder recorder = new Recorder();
    private final MeEvents events = new MeEvents(recorder.trace(), "1");

    private static String text(String text) {
        return HexFormat.of().withUpperCase().formatHex(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static ByteString hex(String digits) {
        return ByteString.ofHex(digits);
    }

    @Test
    void says_what_commands_ask_for_and_what_the_me_answers() throws Exception {
        for (String command : new String[] {
            OPEN_CHANNEL,
            "D00F" + "8103024300" + "82028121" + "B604" + "504F5354",
            "D00C" + "8103034200" + "82028121" + "B70120",
            "D009" + "8103044100" + "82028121",
            "D012" + "8103052500" + "82028182" + "8502534D" + "8F0380444D",
            "D00D" + "8103060500" + "82028182" + "9902090A",
            "D00D" + "8103070300" + "82028182" + "8402011E",
            "D009" + "8103082601" + "82028182",
            "D012" + "8103092300" + "82028182" + "8D0304" + "4849" + "91020108",
            "D017" + "81030A2400" + "82028182" + "8502534D" + "8F0301" + "4141" + "8F0302" + "4242"
        }) {
            events.proactiveCommand(ProactiveCommand.decode(hex(command)));
        }
        events.terminalResponse(TerminalResponse.decode(
                hex("8103014001" + "82028281" + "830100" + "38028100" + "350103" + "390203E8")));
        events.terminalResponse(TerminalResponse.decode(hex("8103014001" + "82028281" + "83023A07")));
        events.envelope(Envelope.decode(hex("D60E" + "990109" + "82028281" + "B8028100" + "B701FF")), 0x9000);
        events.envelope(Envelope.decode(hex("D307" + "82020181" + "900180")), 0x9000);

        assertThat(recorder.lines())
                .containsExactly(
                        "card>ME OPEN CHANNEL: TCP client remote 127.0.0.1:8080, buffer 1500",
                        "card>ME SEND DATA: channel 1, 4 bytes, store",
                        "card>ME RECEIVE DATA: channel 1, up to 32 bytes",
                        "card>ME CLOSE CHANNEL: channel 1",
                        "card>ME SET UP MENU: SM: DM",
                        "card>ME SET UP EVENT LIST: data available, channel status",
                        "card>ME POLL INTERVAL: 30 seconds",
                        "card>ME PROVIDE LOCAL INFORMATION: imei",
                        "card>ME GET INPUT: \"HI\", at least 1, at most 8 characters",
                        "card>ME SELECT ITEM: SM: AA, BB",
                        "ME>card OPEN CHANNEL: 00 performed successfully, channel 1 established, buffer 1000",
                        "ME>card OPEN CHANNEL: 3A bearer independent protocol error (remote device not reachable)",
                        "ME>card DATA AVAILABLE: channel 1 established, 255 bytes or more",
                        "ME>card MENU SELECTION: item 128");
    }

    @Test
    void masks_the_password_in_the_command_its_fields_and_the_apdu() throws Exception {
        events.apduExchanged(hex("801200002E"), hex(OPEN_CHANNEL + "9000"), 0);
        events.proactiveCommand(ProactiveCommand.decode(hex(OPEN_CHANNEL)));

        String masked = OPEN_CHANNEL.replace("04" + text(SECRET), "2A".repeat(1 + SECRET.length()));
        assertThat(recorder.all(TraceEvent.Apdu.class))
                .singleElement()
                .satisfies(apdu -> assertThat(apdu.response()).hasToString(masked + "9000"));
        assertThat(recorder.all(TraceEvent.Proactive.class)).singleElement().satisfies(command -> {
            assertThat(command.pdu()).hasToString(masked);
            assertThat(command.fields())
                    .contains(
                            new Field("Text string", "data coding scheme 4, text user"),
                            new Field("Text string", "***"));
        });
        assertThat(recorder.lines()).noneMatch(line -> line.contains(SECRET));
    }

    @Test
    void masks_what_the_user_entered_unseen() throws Exception {
        // GET INPUT with bit 3 of the qualifier: the entry is not revealed
        String response = "8103012304" + "82028281" + "830100" + "8D0704" + text(SECRET);
        events.apduExchanged(hex("8014000015" + response), hex("9000"), 0);
        events.terminalResponse(TerminalResponse.decode(hex(response)));

        assertThat(recorder.lines()).noneMatch(line -> line.contains(SECRET) || line.contains(text(SECRET)));
        assertThat(recorder.all(TraceEvent.TerminalResponse.class))
                .singleElement()
                .satisfies(event -> assertThat(event.fields()).contains(new Field("Text string", "***")));
    }

    @Test
    void tells_of_channels_bytes_timers_and_what_was_dropped() {
        events.poweredOn(hex("3B00"));
        events.commandRefused(hex("D000"), new Fault("Buffer size is missing", 9, "clause 6.6.27", 0x36));
        events.channelOpened(1, 1500, "/127.0.0.1:8080");
        events.bytesSent(1, hex("0102"));
        events.bytesReceived(1, hex("01"));
        events.channelStatus(ChannelStatus.ofClient(1, false, ChannelStatus.LINK_DROPPED), "reset by peer");
        events.channelClosed(1, "closed by the card");
        events.timerStarted(2, Duration.ofSeconds(60));
        events.eventDropped("DATA AVAILABLE", "not in the event list");
        events.poweredOff("switched off");

        assertThat(recorder.lines())
                .containsExactly(
                        "card>ME answer to reset 3B00",
                        "ME>ME dropped: proactive command refused at byte 9 (Buffer size is missing; clause 6.6.27)",
                        "ME>gateway channel 1 open to 127.0.0.1:8080, buffer 1,500 bytes",
                        "ME>gateway channel 1, 2 bytes",
                        "gateway>ME channel 1, 1 byte",
                        "gateway>ME channel 1 link dropped: reset by peer",
                        "ME>gateway channel 1 closed: closed by the card",
                        "ME>ME timer 2 started, 60 s",
                        "ME>ME dropped: DATA AVAILABLE (not in the event list)",
                        "ME>card powered off: switched off");
    }
}
