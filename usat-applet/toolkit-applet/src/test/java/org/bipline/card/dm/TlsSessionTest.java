// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.bipline.card.ScriptedMe;
import org.bipline.card.https.TestTlsServer;
import org.bipline.uicc.runtime.Uicc;
import org.bipline.uicc.runtime.UiccBuilder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions of the applet over TLS, and what becomes of them when somebody meddles with the connection. */
@Tag("SEC-2")
@Tag("SEC-8")
class TlsSessionTest {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();
    private static final String AID = "F06269706C0301";
    private static final String KEY = "000102030405060708090A0B0C0D0E0F";
    private static final String PSK = "9906636172642D31" + "9A10" + KEY;
    private static final String EVERY_90_MINUTES = "8F02005A";
    private static final int ALERT_RECORD = 5 + 16 + 48; // IV, alert, MAC, padding
    private static final String SUCCESS = "00FFFF00C800000000";
    private static final String ADD = "<Add><CmdID>2</CmdID><Item><Target><LocURI>./MO/x</LocURI></Target>"
            + "<Meta><m:Format>chr</m:Format></Meta><Data>one</Data></Item></Add>";
    private static final String FORBID_PLAIN =
            "<Delete><CmdID>2</CmdID><Item><Target><LocURI>./Update/PlainTCP</LocURI></Target></Item></Delete>";

    private ScriptedMe me = new ScriptedMe(card(PSK));
    private final HttpDmServer server = new HttpDmServer();
    private final TestTlsServer tls = new TestTlsServer(HEX.parseHex(KEY));

    @Test
    void a_session_runs_within_tls() {
        me.selectMenu();
        byte[] hello = me.sent();
        assertThat(hello).startsWith(22, 3, 3);
        me.receive(concat(tls.answer(hello)));
        server.read(exchange());
        assertThat(tls.identity).isEqualTo("card-1");
        assertThat(tls.resumed).isFalse();
        respond(server.answer(ADD));
        server.read(exchange());
        assertThat(server.card()).contains("<CmdRef>2</CmdRef>", "<Data>200</Data>");
        respond(server.end());

        assertThat(exchange()).isEmpty();
        assertThat(tls.alerts).containsExactly("1/0");
        assertThat(me.types()).startsWith("40", "43").endsWith("41", "27");
        assertThat(outcome()).isEqualTo(SUCCESS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", "SSH-2.0-OpenSSH\r\n", "rubbish"})
    void sends_nothing_but_its_hello_to_a_server_without_tls(String answer) {
        me.selectMenu();
        assertThat(new String(me.sent(), ISO_8859_1)).doesNotContain("POST", "srv", "ICCID");
        me.receive(answer.getBytes(ISO_8859_1));

        assertThat(HEX.formatHex(me.sent())).isEqualTo("1503030002" + "020A"); // unexpected_message
        assertThat(outcome()).isEqualTo("31FF0A00006F480000");
    }

    @Test
    void a_dropped_channel_resumes_tls_in_one_round_trip_and_the_session_goes_on() {
        begin();
        respond(server.answer(ADD));
        String answer = exchange();
        me.dropLink();
        tls.reconnect();
        List<byte[]> flight = tls.answer(me.sent());
        assertThat(tls.resumed).isTrue();
        me.receive(concat(flight));

        assertThat(exchange()).isEqualTo(answer);
        assertThat(tls.finished).isTrue();
        finish(answer);
    }

    @Test
    void a_server_that_ends_the_connection_between_messages_gets_the_next_one_on_another() {
        begin();
        me.receive(concat(List.of(tls.data(server.answer(ADD)), tls.record(TestTlsServer.ALERT, new byte[] {1, 0}))));
        byte[] sent = me.sent();
        assertThat(tls.answer(Arrays.copyOf(sent, ALERT_RECORD))).isEmpty();
        assertThat(tls.alerts).containsExactly("1/0");
        tls.reconnect();
        me.receive(concat(tls.answer(Arrays.copyOfRange(sent, ALERT_RECORD, sent.length))));

        assertThat(tls.resumed).isTrue();
        finish(exchange());
    }

    /** Header lines, WBXML tokens and strings are cut by the borders of records, and by those of RECEIVE DATA. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 61, 512})
    void takes_a_response_in_records_of_any_length(int length) {
        begin();
        byte[] response = server.answer(ADD);
        for (int at = 0; at < response.length; at += length) {
            me.receive(tls.record(TestTlsServer.DATA, new byte[0]));
            me.receive(tls.record(
                    TestTlsServer.DATA, Arrays.copyOfRange(response, at, Math.min(response.length, at + length))));
        }
        String answer = exchange();
        server.read(answer);
        assertThat(server.card()).contains("<CmdRef>2</CmdRef>", "<Data>200</Data>");
        finish(answer);
    }

    @Test
    void a_response_that_the_server_ends_in_the_middle_is_not_taken() {
        begin();
        me.receive(concat(List.of(
                tls.record(TestTlsServer.DATA, Arrays.copyOf(server.answer(ADD), 200)),
                tls.record(TestTlsServer.ALERT, new byte[] {1, 0}))));

        assertThat(tls.answer(me.sent())).isEmpty();
        assertThat(tls.alerts).containsExactly("1/0");
        assertThat(outcome()).startsWith("19FFFF00C8");
    }

    /** Cutting a response that the end of the connection delimits would go unnoticed over plain TCP. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @Tag("SEC-5")
    void the_end_of_the_connection_ends_a_response_only_where_the_server_says_so(boolean said) {
        begin();
        respond(("HTTP/1.1 200 OK\r\n\r\n" + new String(server.message(""), ISO_8859_1)).getBytes(ISO_8859_1));
        if (said) {
            me.receive(tls.record(TestTlsServer.ALERT, new byte[] {1, 0}));
        } else {
            me.dropLink();
        }
        assertThat(outcome()).startsWith(said ? "00FFFF00C8" : "19FFFF00C8");
    }

    @ParameterizedTest
    @CsvSource({
        "28, 3028, false", // handshake_failure: no common suite
        "73, 3073, false", // unknown_psk_identity
        "14, 3014, false", // bad_record_mac: another key
        "33, 3033, false", // decrypt_error: another key
        "50, 3050, true", // internal_error
        "00, 3000, true", // close_notify
    })
    void an_alert_in_the_handshake_ends_the_session(String alert, String outcome, boolean repeated) {
        me = new ScriptedMe(card(PSK + EVERY_90_MINUTES));
        me.expireTimer();
        me.expireTimer();
        tls.answer(me.sent());
        me.receive(HEX.parseHex("1503030002" + "02" + alert));

        assertThat(outcome()).startsWith(outcome.substring(0, 2) + "FF" + outcome.substring(2));
        assertThat(me.sent()).isEmpty();
        assertThat(me.types()).endsWith("41", "27");
        assertRepeated(repeated);
    }

    @Test
    void a_server_without_the_key_is_found_out_by_its_finished() {
        tls.verifyData = data -> {
            data[0] ^= 1;
            return data;
        };
        me.selectMenu();
        me.receive(concat(tls.answer(me.sent())));
        me.receive(concat(tls.answer(me.sent())));

        tls.answer(me.sent());
        assertThat(tls.alerts).containsExactly("2/51");
        assertThat(outcome()).startsWith("31FF33");
    }

    @Test
    @Tag("SEC-5")
    void a_repeated_record_ends_the_session_without_effect_and_it_is_tried_again() {
        me = new ScriptedMe(card(PSK + EVERY_90_MINUTES));
        me.expireTimer();
        me.expireTimer();
        handshake();
        server.read(exchange());
        byte[] response = server.answer(ADD);
        byte[] first = tls.record(TestTlsServer.DATA, Arrays.copyOf(response, 100));
        me.receive(first);
        me.receive(first);

        tls.answer(me.sent());
        assertThat(tls.alerts).containsExactly("2/20");
        assertThat(outcome()).startsWith("33FF14");
        assertRepeated(true);
    }

    @Test
    void an_alert_in_the_middle_of_a_response_ends_the_session() {
        begin();
        me.receive(tls.record(TestTlsServer.DATA, Arrays.copyOf(server.answer(ADD), 100)));
        me.receive(tls.record(TestTlsServer.ALERT, new byte[] {2, 80}));

        assertThat(outcome()).startsWith("32FF50");
        assertThat(me.sent()).isEmpty();
    }

    @Test
    void a_server_that_does_not_go_on_with_the_handshake_is_given_up() {
        me.selectMenu();
        me.expireTimer();

        assertThat(outcome()).startsWith("20FFFF");
        assertThat(me.types()).contains("41");
    }

    @Test
    @Tag("SEC-2")
    void an_authority_forbids_plain_tcp_for_good() {
        me = new ScriptedMe(card(""));
        assertThat(plainSession(FORBID_PLAIN)).contains("<Cmd>Delete</Cmd><Data>200</Data>");
        me.sent();
        me.types();
        me.selectMenu();

        assertThat(me.sent()).isEmpty();
        assertThat(me.types()).doesNotContain("40");
        assertThat(outcome()).isEqualTo("25FFFF000000000000");
        me.start();
        me.selectMenu();
        assertThat(outcome()).startsWith("25");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Add", "Replace"})
    void plain_tcp_cannot_be_allowed_again(String command) {
        begin();
        respond(server.answer(
                "<" + command + "><CmdID>2</CmdID><Item><Target><LocURI>./Update/PlainTCP</LocURI></Target>"
                        + "<Meta><m:Format>bool</m:Format></Meta><Data>true</Data></Item></" + command + ">"));
        String answer = exchange();
        server.read(answer);
        assertThat(server.card())
                .contains("<CmdRef>2</CmdRef>", command.equals("Add") ? "<Data>405</Data>" : "<Data>404</Data>");
        finish(answer);
    }

    /** Up to the card's first message. */
    private void begin() {
        me.selectMenu();
        handshake();
        server.read(exchange());
    }

    private void handshake() {
        tls.reconnect();
        me.receive(concat(tls.answer(me.sent())));
    }

    /** The card's last message but for the end is this one. */
    private void finish(String message) {
        server.read(message);
        respond(server.end());
        assertThat(exchange()).isEmpty();
        assertThat(outcome()).startsWith("00FFFF00C80000");
    }

    private String plainSession(String commands) {
        me.selectMenu();
        server.read(new String(me.sent(), ISO_8859_1));
        me.receive(server.answer(commands));
        server.read(new String(me.sent(), ISO_8859_1));
        String answer = server.card();
        me.receive(server.end());
        return answer;
    }

    private String exchange() {
        return tls.exchange(me);
    }

    private void respond(byte[] response) {
        me.receive(tls.data(response));
    }

    private void assertRepeated(boolean repeated) {
        assertThat(me.timerValue()).matches(repeated ? "0010.." : "100000");
    }

    private String outcome() {
        me.transmit("00A4040007" + AID);
        String response = me.transmit("80CADF2000");
        assertThat(response).startsWith("DF2009").endsWith("9000");
        return response.substring(6, response.length() - 4);
    }

    private static byte[] concat(List<byte[]> parts) {
        java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
        parts.forEach(out::writeBytes);
        return out.toByteArray();
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
