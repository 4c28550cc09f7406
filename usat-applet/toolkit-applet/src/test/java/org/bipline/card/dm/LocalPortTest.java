// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.bipline.card.ScriptedMe.OPEN_CHANNEL;
import static org.bipline.card.ScriptedMe.TIMER_MANAGEMENT;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.bipline.card.ScriptedMe;
import org.bipline.uicc.runtime.Uicc;
import org.bipline.uicc.runtime.UiccBuilder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When the applet opens its port of the ME, and how it serves who comes there. Technical specification clause 15. */
@Tag("TR-4")
class LocalPortTest {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();
    private static final String LISTENING = "B8024100";
    private static final int ESTABLISHED = 0x81;
    private static final int LISTEN = 0x41;
    private static final String GET =
            "<Get><CmdID>2</CmdID><Item><Target><LocURI>./DevInfo/Man</LocURI></Target></Item></Get>";
    private static final int TCP_SERVER = 130; // bit of the terminal profile

    private ScriptedMe me = new ScriptedMe(card("95021F91"));
    private final HttpDmServer server = new HttpDmServer();
    private final TestDevice device = new TestDevice(TestDevice.IMEI, "ICCID:89860000000000000017");

    LocalPortTest() {
        device.authenticates = false;
    }

    /** A session with the server that releases an object; the port is opened behind it. */
    private void release() {
        manage(
                "<Add><CmdID>2</CmdID><Item><Target><LocURI>./MO/x</LocURI></Target><Meta><m:Format>chr</m:Format></Meta>"
                        + "<Data>one</Data></Item></Add>"
                        + TndsTest.add(
                                3,
                                "./Policy/x",
                                TndsTest.node(
                                        "", TndsTest.leaf("Direction", "both") + TndsTest.leaf("Consent", "false"))));
    }

    private void manage(String commands) {
        me.selectMenu();
        server.read(sent());
        me.receive(server.answer(commands));
        server.read(sent());
        assertThat(server.card()).doesNotContain("<Data>4", "<Data>5");
        me.answer(OPEN_CHANNEL, "00", LISTENING, "390205DC"); // of the port
        me.receive(server.end());
    }

    private String sent() {
        return new String(me.sent(), ISO_8859_1);
    }

    private int synchronise() {
        me.channelStatus(ESTABLISHED, 0);
        int exchanges = device.synchronise(this::post);
        me.channelStatus(LISTEN, 0);
        return exchanges;
    }

    private Optional<byte[]> post(byte[] message) {
        return post(me, message);
    }

    /** A message of the device in a POST, and the message in the card's response. */
    static Optional<byte[]> post(ScriptedMe me, byte[] message) {
        byte[] header = ("POST /dm HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/vnd.syncml.dm+wbxml\r\n"
                        + "Content-Length: " + message.length + "\r\n\r\n")
                .getBytes(ISO_8859_1);
        byte[] request = Arrays.copyOf(header, header.length + message.length);
        System.arraycopy(message, 0, request, header.length, message.length);
        me.receive(request);
        String answer = new String(me.sent(), ISO_8859_1);
        if (!answer.startsWith("HTTP/1.1 200 ")) {
            return Optional.empty();
        }
        int body = answer.indexOf("\r\n\r\n") + 4;
        assertThat(answer)
                .startsWith("HTTP/1.1 200 \r\nContent-Type: application/vnd.syncml.dm+wbxml\r\nContent-Length: "
                        + (answer.length() - body) + "\r\n\r\n");
        return Optional.of(answer.substring(body).getBytes(ISO_8859_1));
    }

    private List<String> opened() {
        return me.commands().stream().filter(c -> c.startsWith("40", 6)).toList();
    }

    @Test
    void the_port_is_opened_when_there_is_something_to_hand_over() {
        assertThat(opened()).as("an empty card").isEmpty();
        release();
        assertThat(opened()).last().asString().endsWith("82028182" + "0500" + "390205DC" + "3C03031F91");
        me.answer(OPEN_CHANNEL, "00", LISTENING, "390205DC");
        me.start();

        assertThat(opened()).singleElement().asString().endsWith("3C03031F91");
    }

    @Test
    @Tag("MO-5")
    void a_device_gets_what_is_released_through_the_port() {
        release();
        assertThat(synchronise()).isEqualTo(4);
        assertThat(device.holds("./MO/x", "one")).isTrue();
    }

    @Test
    @Tag("MO-9")
    void a_device_that_has_everything_needs_one_exchange() {
        release();
        synchronise();
        me.commands();
        assertThat(synchronise()).isEqualTo(1);

        assertThat(me.types())
                .as("receive and send, nothing else")
                .doesNotContain("40", "41")
                .hasSizeLessThan(6);
    }

    @Test
    void a_session_with_the_server_has_the_channel_for_itself() {
        release();
        me.channelStatus(ESTABLISHED, 0);
        device.breaksBefore = 2;
        device.tryToSynchronise(this::post);
        me.commands();
        manage(GET);

        assertThat(me.types()).startsWith("41", "40").endsWith("41", "40", "27");
        device.breaksBefore = Integer.MAX_VALUE;
        assertThat(synchronise()).isGreaterThan(1);
        assertThat(device.holds("./MO/x", "one")).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"GET /dm HTTP/1.1, 405", "POST /other HTTP/1.1, 404", "POST /dm SPDY, 400"})
    void what_is_no_request_for_it_is_refused_and_the_port_stays_open(String line, int status) {
        release();
        me.channelStatus(ESTABLISHED, 0);
        me.commands();
        me.receive((line + "\r\n\r\n").getBytes(ISO_8859_1));

        assertThat(sent()).startsWith("HTTP/1.1 " + status + " \r\n").contains("Connection: close");
        assertThat(me.commands()).last().isEqualTo("810301410182028121");
        assertThat(synchronise()).isGreaterThan(1);
    }

    @Test
    void a_message_that_is_none_is_a_bad_request() {
        release();
        me.channelStatus(ESTABLISHED, 0);
        assertThat(post(new byte[] {1, 2, 3})).isEmpty();
        assertThat(synchronise()).isGreaterThan(1);
    }

    @Test
    void a_peer_that_is_gone_ends_the_session() {
        release();
        me.channelStatus(ESTABLISHED, 0);
        device.breaksBehind = 2;
        device.tryToSynchronise(this::post);
        me.channelStatus(LISTEN, 0);
        device.breaksBehind = Integer.MAX_VALUE;
        device.unchanged = false;

        assertThat(synchronise()).isGreaterThan(1);
        assertThat(device.holds("./MO/x", "one")).isTrue();
    }

    @Test
    void a_dead_session_is_ended_by_the_watchdog() {
        release();
        me.channelStatus(ESTABLISHED, 0);
        device.breaksBefore = 2;
        device.tryToSynchronise(this::post);
        me.commands();
        me.expireTimer();
        assertThat(me.types()).as("bytes had arrived").containsExactly("27");
        me.expireTimer();

        assertThat(me.types()).containsExactly("41");
        device.breaksBefore = Integer.MAX_VALUE;
        device.unchanged = false;
        assertThat(synchronise()).isGreaterThan(1);
    }

    @Test
    void the_schedule_loses_no_time_by_local_sessions() {
        me = new ScriptedMe(card("95021F91" + "8F02003C"));
        release();
        assertThat(me.timerValue()).startsWith("1000"); // an hour to the next session
        me.channelStatus(ESTABLISHED, 0);
        me.answer(TIMER_MANAGEMENT, "00", "A40101", "A503009400"); // 49 minutes are left
        device.breaksBefore = 2;
        device.tryToSynchronise(this::post);
        assertThat(me.timerValue()).as("watchdog").isEqualTo("001000");
        me.channelStatus(LISTEN, 0);

        assertThat(me.timerValue()).as("a minute that has begun counts whole").startsWith("0005");
    }

    @ParameterizedTest
    @ValueSource(ints = {TCP_SERVER, 43})
    @Tag("TR-6")
    void an_me_without_server_mode_is_not_asked_for_it(int missing) {
        release();
        me.commands();
        me.start(missing);

        assertThat(opened()).isEmpty();
    }

    @Test
    @Tag("TR-5")
    void a_port_that_the_me_does_not_open_is_asked_for_after_growing_delays() {
        release();
        me.commands();
        for (String delay : List.of("001000", "004000", "006100", "104000", "")) {
            me.answer(OPEN_CHANNEL, "2000");
            if (delay.equals("001000")) {
                me.start();
            } else {
                me.expireTimer();
            }
            assertThat(opened()).hasSize(1);
            assertThat(me.timerValue()).isEqualTo(delay.isEmpty() ? null : delay);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"30", "3A10", "32"})
    @Tag("TR-5")
    void a_port_that_the_me_refuses_is_not_asked_for_again(String result) {
        release();
        me.commands();
        me.answer(OPEN_CHANNEL, result);
        me.start();

        assertThat(opened()).hasSize(1);
        assertThat(me.timerValue()).isNull();
    }

    @Test
    @Tag("TR-5")
    void a_port_that_is_gone_is_opened_anew() {
        release();
        me.commands();
        me.answer(OPEN_CHANNEL, "00", LISTENING, "390205DC");
        me.channelStatus(0x01, 0);

        assertThat(me.types()).startsWith("41", "40");
        assertThat(synchronise()).isGreaterThan(1);
    }

    @Test
    void a_card_without_the_parameter_has_no_port() {
        ScriptedMe other = new ScriptedMe(card(""));
        other.selectMenu();
        server.read(new String(other.sent(), ISO_8859_1));
        other.receive(
                server.answer(TndsTest.add(2, "./Policy/x", TndsTest.node("", TndsTest.leaf("Direction", "both")))));
        server.read(new String(other.sent(), ISO_8859_1));
        other.commands();
        other.receive(server.end());

        assertThat(other.types()).doesNotContain("40");
    }

    private static UiccBuilder card(String extra) {
        return Uicc.builder()
                .applet(
                        DmApplet.class,
                        HEX.parseHex("F06269706C03"),
                        HEX.parseHex("F06269706C0301"),
                        HEX.parseHex("0101200101010100" + "0000"),
                        HEX.parseHex("8005217F000001" + "81021F90" + "8903737276" + "8A027331" + "8B0463617264"
                                + "8C026331" + extra));
    }
}
