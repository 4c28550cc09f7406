// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.bipline.card.ScriptedMe.OPEN_CHANNEL;

import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.bipline.card.ScriptedMe;
import org.bipline.uicc.runtime.Uicc;
import org.bipline.uicc.runtime.UiccBuilder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions that the server asks for by package 0 (OMA DM Notification 1.2) in a short message, and those that the policy does. */
class NotificationTest {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();
    private static final byte[] NONCE = "nonce of the push".getBytes(US_ASCII);
    private static final byte[] DEFAULT_NONCE = new byte[4];
    private static final int GET_INKEY = 0x22;
    private static final String WSP_HEADERS = "C4AF87";
    private static final String TAR = "424950";

    private final HttpDmServer server = new HttpDmServer(Arrays.copyOf(NONCE, 16));
    private ScriptedMe me = new ScriptedMe(card(""));

    private static UiccBuilder card(String extra) {
        byte[] nonce = Arrays.copyOf(NONCE, 16);
        return Uicc.builder()
                .applet(
                        DmApplet.class,
                        HEX.parseHex("F06269706C03"),
                        HEX.parseHex("F06269706C0301"),
                        HEX.parseHex("0101200101010100" + "03" + TAR + "00"),
                        HEX.parseHex("8005217F000001" + "81021F90" + "8903737276" + "8A027331" + "8B0463617264"
                                + "8C026331" + "8E10" + HEX.formatHex(nonce) + extra));
    }

    private static byte[] md5(byte[] in) {
        try {
            return MessageDigest.getInstance("MD5").digest(in);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] trigger(int uiMode, int sessionId, String serverId) {
        ByteArrayOutputStream trigger = new ByteArrayOutputStream();
        trigger.writeBytes(new byte[] {0x02, (byte) (0xC8 | (uiMode << 4)), 0, 0, 0});
        trigger.write(sessionId >> 8);
        trigger.write(sessionId);
        trigger.write(serverId.length());
        trigger.writeBytes(serverId.getBytes(US_ASCII));
        return trigger.toByteArray();
    }

    /** H(B64(H(server-identifier:password)):nonce:B64(H(trigger))) and the trigger. */
    private static byte[] notification(byte[] trigger, byte[] nonce) {
        ByteArrayOutputStream in = new ByteArrayOutputStream();
        in.writeBytes(Base64.getEncoder().encode(md5("srv:s1".getBytes(US_ASCII))));
        in.write(':');
        in.writeBytes(nonce);
        in.write(':');
        in.writeBytes(Base64.getEncoder().encode(md5(trigger)));
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        message.writeBytes(md5(in.toByteArray()));
        message.writeBytes(trigger);
        return message.toByteArray();
    }

    private static byte[] notification(int uiMode, int sessionId) {
        return notification(trigger(uiMode, sessionId, "srv"), Arrays.copyOf(NONCE, 16));
    }

    private void push(byte[] notification) {
        push("0605040B8423F0" + "0106" + "03" + WSP_HEADERS, notification);
    }

    /** SMS-PP DOWNLOAD with a SMS-DELIVER: user data header indicated, PID 7F, DCS F6. */
    private void push(String headers, byte[] notification) {
        String data = headers + HEX.formatHex(notification);
        String tpdu = "40" + "05" + "81" + "1032F4" + "7F" + "F6" + "11111111111111" + hex(data.length() / 2) + data;
        String objects = "82028381" + "8B" + length(tpdu) + tpdu;
        me.goOn(me.envelopeOnly("D1", objects));
    }

    /** The same in a command packet without security, which asks for a response packet: its status and data. */
    private String pushPacket(byte[] data) {
        String header = "0D" + "0001" + "0000" + TAR + "0000000000" + "00";
        String packet = header + HEX.formatHex(data);
        String userData = "027000" + "00" + hex(packet.length() / 2) + packet;
        String tpdu =
                "40" + "05" + "81" + "1032F4" + "7F" + "F6" + "11111111111111" + hex(userData.length() / 2) + userData;
        String status = me.envelopeOnly("D1", "82028381" + "8B" + length(tpdu) + tpdu);
        String response = me.transmit("00C00000" + status.substring(2));
        me.goOn(response.substring(response.length() - 4));
        return response.substring(2 * 15, response.length() - 4);
    }

    private static String hex(int b) {
        return String.format("%02X", b);
    }

    private static String length(String value) {
        int length = value.length() / 2;
        return (length > 127 ? "81" : "") + hex(length);
    }

    private String sent() {
        return new String(me.sent(), ISO_8859_1);
    }

    @Test
    @Tag("TR-3")
    @Tag("MO-4")
    void a_notification_starts_the_session_that_it_names() {
        push(notification(1, 0x0ABC));
        server.read(sent());
        assertThat(server.card()).contains("<SessionID>ABC</SessionID>", "<Data>1200</Data>");
        me.receive(server.answer(""));
        assertThat(me.types()).doesNotContain("21", "22").endsWith("41", "27");
        me.selectMenu();
        server.read(sent());
        assertThat(server.card()).contains("<SessionID>1</SessionID>", "<Data>1201</Data>");
    }

    @Test
    @Tag("SEC-5")
    void a_notification_of_the_same_session_starts_no_second_one() {
        push(notification(1, 7));
        server.read(sent());
        me.receive(server.answer(""));
        push(notification(1, 7));
        assertThat(sent()).isEmpty();
    }

    @Test
    @Tag("TR-3")
    @Tag("MO-4")
    void a_packet_to_the_tar_starts_the_session_that_it_names_and_is_answered() {
        assertThat(pushPacket(notification(1, 0x0ABC))).isEqualTo("00" + "00");
        server.read(sent());
        assertThat(server.card()).contains("<SessionID>ABC</SessionID>", "<Data>1200</Data>");
        assertThat(pushPacket(notification(1, 0x0ABC))).isEqualTo("00" + "02");
        me.receive(server.answer(""));
        assertThat(pushPacket(notification(1, 0x0ABC))).isEqualTo("00" + "01"); // the session has used up its nonce
        assertThat(sent()).isEmpty();
    }

    @Test
    @Tag("SEC-8")
    @Tag("TR-3")
    void the_server_can_forbid_pushes_without_a_packet_for_good() {
        push(notification(1, 7));
        server.read(sent());
        String leaf = "<Item><Target><LocURI>./Update/PlainPush</LocURI></Target></Item>";
        me.receive(server.answer("<Delete><CmdID>2</CmdID>" + leaf + "</Delete>"));
        server.read(sent());
        assertThat(Card.statuses(server.card())).containsExactly("2=200");
        me.receive(server.answer("<Add><CmdID>3</CmdID>" + leaf + "</Add>"));
        server.read(sent());
        assertThat(Card.statuses(server.card())).containsExactly("3=405");
        me.receive(server.answer(""));
        byte[] again = notification(trigger(1, 9, "srv"), DEFAULT_NONCE);
        push(again);
        assertThat(sent()).isEmpty();
        assertThat(pushPacket(again)).isEqualTo("00" + "00");
        assertThat(sent()).startsWith("POST");
    }

    @Test
    @Tag("SEC-5")
    @Tag("TR-3")
    void a_packet_with_anything_else_is_refused_and_logged() {
        byte[] right = notification(1, 7);
        for (int bit = 0; bit < 8 * right.length; bit++) {
            byte[] wrong = right.clone();
            wrong[bit / 8] ^= (byte) (1 << (bit % 8));
            assertThat(pushPacket(wrong)).as("bit %d", bit).isEqualTo("00" + "01");
        }
        for (int length = 0; length < right.length; length++) {
            assertThat(pushPacket(Arrays.copyOf(right, length)))
                    .as("%d bytes", length)
                    .isEqualTo("00" + "01");
        }
        assertThat(sent()).isEmpty();
        assertThat(pushPacket(right)).isEqualTo("00" + "00");
        server.read(sent());
        me.receive(server.answer(CommandsTest.get(2, "./SecurityLog/Refused")));
        server.read(sent());
        assertThat(server.card()).containsPattern("00001 243 - +push +401");
    }

    @Test
    @Tag("SEC-5")
    void any_flipped_bit_of_a_notification_is_found() {
        byte[] right = notification(1, 7);
        for (int bit = 0; bit < 8 * right.length; bit++) {
            byte[] wrong = right.clone();
            wrong[bit / 8] ^= (byte) (1 << (bit % 8));
            push(wrong);
            assertThat(sent()).as("bit %d", bit).isEmpty();
        }
        for (int length = 0; length < right.length; length++) {
            push(Arrays.copyOf(right, length));
            assertThat(sent()).as("%d bytes", length).isEmpty();
        }
        push(right);
        assertThat(sent()).startsWith("POST");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0605040B8523F0010603C4AF87", // another port
                "0605040B8423F0010703C4AF87", // no push
                "0605040B8423F0010603AEAF87", // another type
                "0605040B8423F0010603C4AF86", // another application
                "0605040B8423F0010601C4", // no application
                "0605040B8423F001067FC4AF87", // headers longer than the message
                "0605040B8423F0010600",
                "05000301020301"
            })
    @Tag("SEC-5")
    void what_is_no_wap_push_for_the_dm_client_is_passed_over(String headers) {
        push(headers, notification(1, 7));
        assertThat(sent()).isEmpty();
    }

    @Test
    void other_headers_are_passed_over() {
        String header = "0B" + "0003010101" + "05040B8423F0"; // concatenation with one part, ports
        push(header + "0106" + "0A" + "03C481EA" + "8D81" + "AF87" + "B481", notification(1, 7));
        assertThat(sent()).startsWith("POST");
    }

    @Test
    void notifications_of_other_servers_versions_and_without_a_session_are_passed_over() {
        push(notification(trigger(1, 7, "srw"), Arrays.copyOf(NONCE, 16)));
        push(notification(trigger(1, 0, "srv"), Arrays.copyOf(NONCE, 16)));
        byte[] old = trigger(1, 7, "srv");
        old[1] = (byte) (0x80 | (old[1] & 0x3F));
        push(notification(old, Arrays.copyOf(NONCE, 16)));
        push(notification(trigger(1, 7, "srv"), NONCE));
        assertThat(sent()).isEmpty();
    }

    @Test
    void a_server_without_the_nonce_calls_with_the_default_one_and_gets_credentials_for_it() {
        push(notification(trigger(1, 9, "srv"), DEFAULT_NONCE));
        server.read(sent());
        assertThat(server.card()).contains(Card.digest("card", "c1", DEFAULT_NONCE));
        me.receive(server.answer(""));
        me.selectMenu();
        server.read(sent());
        assertThat(server.card()).contains(Card.digest("card", "c1", new byte[0]));
    }

    @ParameterizedTest
    @CsvSource({"00, 8D020401, true", "00, 8D020400, false", "10, '', false", "12, '', false", "00, '', false"})
    void the_user_is_asked_where_the_notification_wants_it(String result, String object, boolean starts) {
        me.answer(GET_INKEY, result, object);
        push(notification(3, 7));
        assertThat(me.types()).startsWith("22");
        assertThat(sent().startsWith("POST")).isEqualTo(starts);
        push(notification(3, 7));
        assertThat(me.types().contains("22")).isEqualTo(!starts);
    }

    @Test
    void the_user_is_told_where_the_notification_wants_it_and_an_me_without_display_goes_on() {
        push(notification(2, 7));
        assertThat(me.types()).startsWith("21", "40");
        me = new ScriptedMe(card(""), 16, 17);
        push(notification(2, 7));
        assertThat(me.types()).startsWith("40");
        me = new ScriptedMe(card(""), 16, 17);
        push(notification(3, 7));
        assertThat(me.types()).startsWith("40");
    }

    @Test
    void a_notification_during_a_session_starts_its_own_afterwards() {
        me.selectMenu();
        server.read(sent());
        assertThat(server.card()).contains("<Data>1201</Data>");
        push(notification(1, 7));
        assertThat(sent()).isEmpty();
        me.receive(server.answer(""));
        server.read(sent());
        assertThat(server.card()).contains("<SessionID>7</SessionID>", "<Data>1200</Data>");
    }

    @Test
    @Tag("TR-5")
    void a_session_that_fails_for_a_passing_reason_is_repeated_with_growing_delay_and_given_up_at_last() {
        for (int i = 0; i < 5; i++) {
            me.answer(OPEN_CHANNEL, "21");
        }
        push(notification(1, 7));
        for (int retry = 0; retry < 4; retry++) {
            assertThat(me.timerValue()).as("retry %d", retry).isNotNull();
            me.types();
            while (!me.types().contains("40")) {
                me.expireTimer();
            }
        }
        assertThat(me.timerValue()).isNull();
        me.start();
        assertThat(me.timerValue()).isNull();
    }

    @Test
    @Tag("TR-5")
    void a_reset_in_the_session_repeats_it_later_and_no_reset_repeats_it_at_once() {
        push(notification(1, 7));
        assertThat(sent()).startsWith("POST");
        for (int reset = 0; reset < 10; reset++) {
            me.start();
            assertThat(sent()).isEmpty();
            assertThat(me.timerValue()).startsWith("0010");
        }
        me.expireTimer();
        server.read(sent());
        assertThat(server.card()).contains("<SessionID>7</SessionID>", "<Data>1200</Data>");
        me.receive(server.answer(""));
        assertThat(me.timerValue()).isNull();
    }

    @Test
    @Tag("MO-4")
    void the_server_sets_the_schedule() {
        me = new ScriptedMe(card("8F020005"));
        me.selectMenu();
        server.read(sent());
        me.receive(server.answer(CommandsTest.get(2, "./Update/Schedule")
                + CommandsTest.replace(3, "./Update/Schedule", "60")
                + CommandsTest.delete(4, "./Update/Schedule")));
        server.read(sent());
        assertThat(server.card()).contains("<Data>5</Data>");
        assertThat(Card.statuses(server.card())).containsExactly("2=200", "3=200", "4=405");
        me.receive(server.answer(""));
        assertThat(me.timerValue()).startsWith("1000");
        me.selectMenu();
        server.read(sent());
        me.receive(server.answer(CommandsTest.replace(3, "./Update/Schedule", "never")));
        server.read(sent());
        me.receive(server.answer(""));
        assertThat(me.timerValue()).isNull();
    }
}
