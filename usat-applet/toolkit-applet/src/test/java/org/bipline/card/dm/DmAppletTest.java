// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.bipline.card.ScriptedMe.CLOSE_CHANNEL;
import static org.bipline.card.ScriptedMe.DISPLAY_TEXT;
import static org.bipline.card.ScriptedMe.OPEN_CHANNEL;
import static org.bipline.card.ScriptedMe.RECEIVE_DATA;
import static org.bipline.card.ScriptedMe.SEND_DATA;
import static org.bipline.card.ScriptedMe.TIMER_MANAGEMENT;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.bipline.card.ScriptedMe;
import org.bipline.card.bip.ChannelApplet;
import org.bipline.uicc.runtime.AppletInstallation;
import org.bipline.uicc.runtime.InstallationException;
import org.bipline.uicc.runtime.Uicc;
import org.bipline.uicc.runtime.UiccBuilder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import uicc.toolkit.ProactiveHandler;
import uicc.toolkit.ProactiveHandlerSystem;

class DmAppletTest {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();
    private static final String AID = "F06269706C0301";
    private static final String NO_SCHEDULE = "";
    private static final String EVERY_90_MINUTES = "8F02005A";
    private static final String FAILED = "Device management failed";
    private static final String ADD = "<Add><CmdID>2</CmdID><Item><Target><LocURI>./MO/x</LocURI></Target>"
            + "<Meta><m:Format>chr</m:Format></Meta><Data>one</Data></Item></Add>";

    private static final String GET =
            "<Get><CmdID>2</CmdID><Item><Target><LocURI>./MO/x</LocURI></Target></Item></Get>";

    private ScriptedMe me = new ScriptedMe(card(NO_SCHEDULE));
    private final HttpDmServer server = new HttpDmServer();

    @Test
    @Tag("TR-2")
    void a_session_from_the_menu_uses_one_channel_and_ends_with_its_closing() {
        me.selectMenu();
        String request = sent();
        assertThat(request)
                .startsWith("POST /dm HTTP/1.1\r\nHost: srv\r\nContent-Type: application/vnd.syncml.dm+wbxml\r\n"
                        + "Accept: application/vnd.syncml.dm+wbxml\r\nContent-Length: ");
        server.read(request);
        assertThat(server.card()).contains("<Data>1201</Data>", "<Data>ICCID:89860000000000000017</Data>");
        me.receive(server.answer(ADD));
        server.read(sent());
        assertThat(server.card()).contains("<CmdRef>2</CmdRef>", "<Data>200</Data>");
        me.receive(server.end());

        assertThat(me.types())
                .startsWith("40", "43", "43")
                .endsWith("42", "41", "27")
                .containsOnlyOnce("40");
        assertThat(me.timerValue()).isNull();
        assertOutcome("00 FF FF 00C8 0000 0000");
    }

    @ParameterizedTest
    @CsvSource({
        "http://dm.example:8080/session/1?x=2, /session/1?x=2, dm.example:8080",
        "http://other/, /, other",
        "/next;jsessionid=1, /next;jsessionid=1, srv"
    })
    void further_messages_go_to_the_uri_of_the_response(String uri, String path, String host) {
        me.selectMenu();
        server.read(sent());
        me.receive(server.answerWithUri(uri, ADD));
        String request = sent();
        assertThat(request).startsWith("POST " + path + " HTTP/1.1\r\nHost: " + host + "\r\n");
        server.read(request);
        me.receive(server.answer(GET));
        request = sent();
        assertThat(request).startsWith("POST " + path + " HTTP/1.1\r\nHost: " + host + "\r\n");
        server.read(request);
        me.receive(server.answer(""));
        assertOutcome("00 FF FF 00C8 0000 0000");
        me.selectMenu();
        assertThat(sent()).startsWith("POST /dm HTTP/1.1\r\nHost: srv\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://dm.example/",
                "http://dm.example",
                "http:///x",
                "http://user@x/",
                "next",
                "/a b",
                "/a\u007f"
            })
    void a_uri_that_the_card_cannot_send_to_ends_the_session(String uri) {
        for (String refused : List.of(uri, "/" + "x".repeat(128))) {
            me.selectMenu();
            server.read(sent());
            me.receive(server.answerWithUri(refused, ADD));
            assertThat(sent()).isEmpty();
            assertOutcome("22 FF FF 00C8 6F2B 0000");
        }
    }

    @Test
    @Tag("TR-2")
    void reads_chunked_responses_and_responses_that_end_with_the_connection() {
        me.selectMenu();
        server.read(sent());
        byte[] body = server.message(ADD);
        StringBuilder chunked = new StringBuilder("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
        for (byte b : body) {
            chunked.append("1;x\r\n").append((char) (b & 0xFF)).append("\r\n");
        }
        me.receive(chunked.append("0\r\n\r\n").toString().getBytes(ISO_8859_1));
        server.read(sent());
        assertThat(server.card()).contains("<Data>200</Data>");
        me.receive(("HTTP/1.1 200 OK\r\n\r\n" + text(server.message(""))).getBytes(ISO_8859_1));
        assertThat(me.sent()).isEmpty();
        me.dropLink();

        assertOutcome("00 FF FF 00C8 0000 0000");
        assertThat(me.types()).endsWith("41", "27");
    }

    @Test
    void takes_a_response_byte_by_byte() {
        me.selectMenu();
        server.read(sent());
        for (byte b : server.answer(ADD)) {
            me.receive(new byte[] {b});
        }
        server.read(sent());
        for (byte b : server.end()) {
            me.receive(new byte[] {b});
        }

        assertOutcome("00 FF FF 00C8 0000 0000");
    }

    @Test
    @Tag("TR-6")
    void works_with_a_small_buffer() {
        me.answer(OPEN_CHANNEL, "07", "B8028100", "39020040");
        me.selectMenu();
        assertThat(me.commands().stream().filter(c -> c.startsWith("43", 6)))
                .allMatch(c -> ScriptedMe.value(c, 18).length() <= 2 * 0x40);
        server.read(sent());
        me.receive(server.answer(""));

        assertOutcome("00 FF FF 00C8 0000 0000");
    }

    @Test
    void opens_a_new_channel_when_the_server_closes_between_messages() {
        me.selectMenu();
        server.read(sent());
        me.receive(server.answer(ADD, "Connection: close\r\n"));
        server.read(sent());
        me.receive(server.end());

        assertThat(me.types().stream().filter(t -> t.equals("40") || t.equals("41")))
                .containsExactly("40", "41", "40", "41");
        assertOutcome("00 FF FF 00C8 0000 0000");
    }

    @Test
    void sends_a_message_again_once_when_the_server_has_closed_the_connection_meanwhile() {
        me.selectMenu();
        server.read(sent());
        me.receive(server.answer(ADD));
        String request = sent();
        me.dropLink();
        assertThat(sent()).isEqualTo(request);
        server.read(request);
        me.receive(server.end());

        assertOutcome("00 FF FF 00C8 0000 0000");
    }

    @Test
    void sends_a_message_again_when_it_finds_the_channel_closed() {
        me.selectMenu();
        server.read(sent());
        me.answer(SEND_DATA, "3A02");
        me.receive(server.answer(ADD));
        server.read(sent());
        assertThat(server.card()).contains("<Data>200</Data>");
        me.receive(server.end());

        assertOutcome("00 FF FF 00C8 0000 0000");
    }

    @Test
    @Tag("TR-5")
    void gives_up_when_the_link_is_dropped_before_the_first_response() {
        me.selectMenu();
        server.read(sent());
        me.dropLink();

        assertThat(me.sent()).isEmpty();
        assertOutcome("1A FF FF 0000 6F48 0000");
        assertThat(me.commands()).last().isEqualTo(display(FAILED));
    }

    @Test
    @Tag("TR-5")
    @Tag("INT-1")
    void a_link_dropped_at_any_byte_of_a_response_changes_nothing_and_leaves_the_applet_ready() {
        me.selectMenu();
        server.read(sent());
        byte[] response = server.answer(ADD);
        me.start();
        for (int cut = 1; cut < response.length; cut += 3) {
            me.selectMenu();
            server.read(sent());
            response = server.answer(ADD);
            me.receive(Arrays.copyOf(response, Math.min(cut, response.length - 1)));
            me.commands();
            me.dropLink();
            assertThat(me.types()).containsExactly("42", "41", "27", "21");
            assertThat(outcome()).startsWith("19FFFF");
        }
        me.selectMenu();
        server.read(sent());
        me.receive(server.answer(GET));
        server.read(sent());
        assertThat(Card.statuses(server.card())).containsExactly("2=401"); // the nonces are out of step
        me.receive(server.answer(GET));
        server.read(sent());
        assertThat(Card.statuses(server.card())).containsExactly("2=404");
    }

    @ParameterizedTest
    @CsvSource({
        "10, 01 10 FF",
        "22, 01 22 FF",
        "2004, 02 20 04",
        "21, 02 21 FF",
        "30, 03 30 FF",
        "32, 03 32 FF",
        "3A, 02 3A FF",
        "3A01, 02 3A 01",
        "3A05, 03 3A 05",
        "3A07, 02 3A 07",
        "F0, 03 F0 FF"
    })
    @Tag("TR-5")
    void a_refused_open_channel_is_told_to_the_user_and_leaves_nothing_behind(String result, String outcome) {
        me.answer(OPEN_CHANNEL, result);
        me.selectMenu();

        assertThat(me.commands().stream().map(c -> c.substring(6, 8))).endsWith("40", "21");
        assertOutcome(outcome + " 0000 6F48 0000");
        assertThat(me.timerValue()).isNull();
        sessionSucceeds();
    }

    @ParameterizedTest
    @ValueSource(ints = {SEND_DATA, RECEIVE_DATA})
    @Tag("TR-5")
    void a_failure_in_the_middle_closes_the_channel(int command) {
        me.answer(command, "2002");
        me.selectMenu();
        if (command == RECEIVE_DATA) {
            me.receive(new byte[10]);
        }

        assertThat(me.types()).contains("41").endsWith("21");
        assertOutcome("02 20 02 0000 6F48 0000");
        me.start();
        me.sent();
        sessionSucceeds();
    }

    @Test
    @Tag("TR-5")
    void gives_up_on_a_server_that_never_answers() {
        me.selectMenu();
        assertThat(me.timerValue()).isEqualTo("001000");
        me.commands();
        me.expireTimer();
        assertThat(me.types()).containsExactly("41", "21");
        assertOutcome("20 FF FF 0000 6F48 0000");
        me.sent();
        sessionSucceeds();
    }

    @Test
    @Tag("TR-5")
    void waits_on_while_bytes_arrive() {
        me.selectMenu();
        server.read(sent());
        byte[] response = server.answer("");
        me.receive(Arrays.copyOf(response, 20));
        me.expireTimer();
        assertThat(me.timerValue()).isEqualTo("001000");
        me.expireTimer();

        assertThat(outcome()).startsWith("20");
    }

    @Test
    void drops_a_second_trigger_while_busy() {
        me.selectMenu();
        me.commands();
        me.selectMenu();
        assertThat(me.commands()).isEmpty();
        server.read(sent());
        me.receive(server.answer(""));

        assertOutcome("00 FF FF 00C8 0000 0000");
    }

    @Test
    void replaces_a_dead_session_where_the_me_has_no_timers() {
        me.start(56);
        me.selectMenu();
        me.sent();
        me.commands();
        me.selectMenu();

        assertThat(me.types()).startsWith("41", "40").doesNotContain("27", "21");
        server.read(sent());
        me.receive(server.answer(""));
        assertOutcome("00 FF FF 00C8 0000 0000");
    }

    @ParameterizedTest
    @CsvSource({
        "'HTTP/1.1 404 Not Found\r\n\r\n', 12 FF FF 0194 6F48 0000",
        "'HTTP/1.1 503 Busy\r\nContent-Length: 4\r\n\r\nbusy', 12 FF FF 01F7 6F48 0000",
        "'<html>Welcome to our network</html>\r\n', 11 FF FF 0000 6F48 0000",
        "'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 1\r\n\r\nx', 1B FF FF 00C8 6F48 0000",
        "'HTTP/1.1 200 OK\r\nContent-Length: 99999\r\n\r\n', 18 FF FF 00C8 6F48 0000",
        "'HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nxyz', 22 FF FF 00C8 6F01 0000",
        "'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n', 22 FF FF 00C8 6F41 0000",
        "'HTTP/1.1 204 No Content\r\n\r\n', 22 FF FF 00CC 6F41 0000",
    })
    @Tag("INT-3")
    void a_server_that_answers_rubbish_fails_the_session_only(String response, String outcome) {
        me.selectMenu();
        me.commands();
        me.sent();
        me.receive(response.getBytes(ISO_8859_1));

        assertOutcome(outcome);
        assertThat(me.types()).endsWith("41", "27", "21");
        sessionSucceeds();
    }

    @ParameterizedTest
    @ValueSource(strings = {"; charset=utf-8", "", ";x"})
    void takes_a_content_type_with_parameters(String parameters) {
        me.selectMenu();
        server.read(sent());
        me.receive(server.answer("", "content-type:APPLICATION/vnd.syncml.dm+wbxml" + parameters + "\r\n"));

        assertOutcome("00 FF FF 00C8 0000 0000");
    }

    @ParameterizedTest
    @ValueSource(ints = {88, 89, 90, 91, 42, 128})
    @Tag("TR-6")
    void says_so_and_stays_idle_without_bip_in_the_profile(int missing) {
        me.start(missing);
        me.commands();
        me.selectMenu();

        assertThat(me.commands().stream().filter(c -> !c.startsWith("27", 6)))
                .containsExactly(display("Not supported by this device"));
        assertOutcome("21 FF FF 0000 0000 0000");
    }

    @Test
    @Tag("TR-6")
    void is_silent_where_the_me_has_no_display() {
        me.start(16);
        me.answer(OPEN_CHANNEL, "30");
        me.selectMenu();

        assertThat(me.types()).doesNotContain("21");
    }

    @Test
    @Tag("MO-4")
    void runs_on_its_schedule_in_steps_of_an_hour() {
        me = new ScriptedMe(card(EVERY_90_MINUTES));
        assertThat(me.timerValue()).isEqualTo("100000");
        me.expireTimer();
        assertThat(minutes()).isEqualTo(30);
        me.commands();
        me.expireTimer();
        assertThat(me.types()).startsWith("40", "43");
        server.read(sent());
        me.receive(server.answer(""));

        assertOutcome("00 FF FF 00C8 0000 0000");
        assertThat(me.timerValue()).isEqualTo("100000");
    }

    @Test
    void a_reset_costs_the_schedule_one_step_at_most_and_never_brings_it_forward() {
        me = new ScriptedMe(card(EVERY_90_MINUTES));
        me.start();
        assertThat(me.timerValue()).isEqualTo("100000");
        me.expireTimer();
        me.start();
        assertThat(minutes()).isEqualTo(30);
        me.expireTimer();
        assertThat(me.types()).contains("40");
        for (int delay : new int[] {1, 4, 16, 60, 60}) {
            me.start();
            assertThat(minutes()).isBetween(delay, delay == 60 ? delay : delay + delay / 2);
            assertThat(me.types()).containsExactly("27");
            me.expireTimer();
            if (delay == 60 && minutes() < 60) {
                me.expireTimer(); // 64 minutes are two steps
            }
            me.types();
        }
    }

    @Test
    void counts_the_longest_period_down() {
        me = new ScriptedMe(card("8F02FFFF"));
        for (int hours = 0; hours < 65535 / 60; hours++) {
            assertThat(me.timerValue()).isEqualTo("100000");
            me.expireTimer();
        }
        assertThat(minutes()).isEqualTo(15);
        assertThat(me.types()).doesNotContain("40");
        me.expireTimer();

        assertThat(me.types()).contains("40");
    }

    @Test
    @Tag("TR-5")
    void repeats_a_scheduled_session_with_growing_delay_and_without_disturbing_the_user() {
        me = new ScriptedMe(card(EVERY_90_MINUTES));
        me.expireTimer();
        for (int delay : new int[] {1, 4, 16, 64, 90}) {
            me.answer(OPEN_CHANNEL, "21");
            me.expireTimer();
            assertThat(outcome()).startsWith("0221FF");
            if (delay < 60) {
                assertThat(minutes()).isBetween(delay, delay + delay / 2);
            } else {
                assertThat(me.timerValue()).isEqualTo("100000");
            }
            if (delay == 64) {
                me.expireTimer();
                assertThat(minutes()).isBetween(4, 36);
            }
        }
        me.expireTimer();
        assertThat(minutes()).isEqualTo(30);
        assertThat(me.types()).doesNotContain("21");
    }

    @Test
    @Tag("TR-5")
    void does_not_repeat_what_is_refused_for_good() {
        me = new ScriptedMe(card(EVERY_90_MINUTES));
        me.expireTimer();
        me.answer(OPEN_CHANNEL, "30");
        me.expireTimer();

        assertThat(me.timerValue()).isEqualTo("100000");
    }

    @Test
    @Tag("TR-5")
    void tries_again_to_close_a_channel_that_the_me_did_not_close() {
        me.selectMenu();
        server.read(sent());
        me.answer(CLOSE_CHANNEL, "2001").answer(CLOSE_CHANNEL, "2001");
        me.receive(server.answer(""));
        assertOutcome("00 FF FF 00C8 0000 0000");
        assertThat(me.timerValue()).isEqualTo("001000");
        me.commands();
        me.expireTimer();
        assertThat(me.types()).containsExactly("41", "27");
        me.expireTimer();
        assertThat(me.types()).containsExactly("41");

        assertThat(me.timerValue()).isNull();
    }

    @Test
    @Tag("TR-5")
    void an_exception_ends_the_session_and_closes_the_channel() {
        me.selectMenu();
        me.commands();
        me.goOn(me.envelopeOnly("D6", "190109" + "82028281" + "B8028100" + "B700"));

        assertThat(me.types()).containsExactly("41", "27");
        assertOutcome("23 FF FF 0000 0008 0000"); // OUT_OF_TLV_BOUNDARIES
        sessionSucceeds();
    }

    @Test
    void is_idle_and_ready_after_a_reset_in_the_middle() {
        me.selectMenu();
        server.read(sent());
        me.start();
        me.commands();
        sessionSucceeds();
    }

    @Test
    void goes_on_when_another_applet_lets_go_of_the_proactive_handler() {
        me = new ScriptedMe(card(NO_SCHEDULE)
                .applet(new AppletInstallation(
                                ChannelApplet.class,
                                HEX.parseHex("F000000002"),
                                HEX.parseHex("F00000000201"),
                                HEX.parseHex("020010010202" + "01000000"),
                                new byte[0])
                        .asLoaded()));
        ChannelApplet other = ChannelApplet.instance;
        other.onMenu = c -> showText();
        me.selectMenu();
        server.read(sent());
        byte[] response = server.answer("");
        String pending = me.envelopeOnly("D3", "82020181" + "900102");
        assertThat(pending).startsWith("91");
        me.receiveSilently(response);
        me.commands();
        assertThat(me.envelopeOnly("D6", "190109" + "82028281" + "B8028100" + "B701FF"))
                .startsWith("91");
        me.goOn(pending);

        assertThat(me.types()).startsWith("21", "42").endsWith("41", "27");
        assertOutcome("00 FF FF 00C8 0000 0000");
    }

    @ParameterizedTest
    @ValueSource(ints = {TIMER_MANAGEMENT, DISPLAY_TEXT})
    @Tag("TR-5")
    void survives_a_refusal_of_the_commands_it_can_do_without(int command) {
        for (String result : List.of("20", "24", "30", "")) {
            for (int i = 0; i < 3; i++) {
                me.answer(command, result);
            }
            me.answer(OPEN_CHANNEL, "30");
            me.selectMenu();
            assertThat(outcome()).startsWith("0330");
        }
        me.start();
        sessionSucceeds();
    }

    @Test
    void tells_version_and_outcome_to_whom_selects_it() {
        assertThat(me.transmit("00A4040007" + AID)).isEqualTo("6F10" + "8407" + AID + "A505DF21020001" + "9000");
        assertThat(me.transmit("80CADF2000")).isEqualTo("DF2009" + "FF0000000000000000" + "9000");
        assertThat(me.transmit("00CADF2000")).startsWith("DF2009FF").endsWith("9000");
        assertThat(me.transmit("80CADF2100")).isEqualTo("6A88");
        assertThat(me.transmit("80CB000000")).isEqualTo("6D00");
        assertThat(me.transmit("A0CADF2000")).isEqualTo("6E00");
    }

    @Test
    void refuses_bad_install_parameters_with_6A80() {
        assertThatThrownBy(() -> card("9500").build())
                .isInstanceOf(InstallationException.class)
                .hasMessageContaining("6A80");
    }

    /** Whole minutes of the running timer. */
    private int minutes() {
        String value = me.timerValue();
        return 60 * swapped(value.substring(0, 2)) + swapped(value.substring(2, 4));
    }

    private static int swapped(String octet) {
        return Integer.parseInt(new StringBuilder(octet).reverse().toString());
    }

    private void sessionSucceeds() {
        me.sent();
        me.selectMenu();
        server.read(sent());
        me.receive(server.answer(""));
        assertOutcome("00 FF FF 00C8 0000 0000");
    }

    private String sent() {
        return text(me.sent());
    }

    private static String text(byte[] bytes) {
        return new String(bytes, ISO_8859_1);
    }

    private static String display(String text) {
        return "8103012100" + "82028102" + "8D" + String.format("%02X", text.length() + 1) + "04"
                + HEX.formatHex(text.getBytes(ISO_8859_1));
    }

    private String outcome() {
        me.transmit("00A4040007" + AID);
        String response = me.transmit("80CADF2000");
        assertThat(response).startsWith("DF2009").endsWith("9000");
        return response.substring(6, response.length() - 4);
    }

    private void assertOutcome(String expected) {
        assertThat(outcome()).isEqualTo(expected.replace(" ", ""));
    }

    private static void showText() {
        ProactiveHandler handler = ProactiveHandlerSystem.getTheHandler();
        handler.initDisplayText((byte) 0, (byte) 4, new byte[] {'x'}, (short) 0, (short) 1);
        handler.send();
    }

    private static UiccBuilder card(String extra) {
        return Uicc.builder()
                .applet(
                        DmApplet.class,
                        HEX.parseHex("F06269706C03"),
                        HEX.parseHex(AID),
                        HEX.parseHex("0101200101010100" + "0000"),
                        HEX.parseHex("8005217F000001" + "81021F90" + "8903737276" + "8A027331" + "8B0463617264"
                                + "8C026331" + extra));
    }
}
