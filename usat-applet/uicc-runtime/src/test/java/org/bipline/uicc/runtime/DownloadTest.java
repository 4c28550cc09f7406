// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bipline.uicc.runtime.Cards.FIRST;
import static org.bipline.uicc.runtime.Cards.SECOND;
import static org.bipline.uicc.runtime.Cards.log;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Short messages, cell broadcast and USSD. 3GPP TS 31.115, TS 31.130; the packets are written out field by field. */
@Tag("TR-3")
class DownloadTest {
    private static final String TAR = "B00010";
    private static final String TOOLKIT = "01000000" + "00" + "00" + "03" + TAR + "00";
    private static final String LOWER = "0200000000000000";
    private static final String NOTE_EVENT = "05";
    private static final String NOTE_SECURED = "10";
    private static final String NOTE_LENGTHS = "11";
    private static final String ON_FORMATTED = "010002" + "010003" + "010018" + "010079";
    private static final String SENDER = "0B914477000010F2";
    private static final String FORMATTED_HEADER = "027000";
    private static final String NO_RESPONSE = "0000";
    private static final String RESPONSE = "0001";
    private static final String RESPONSE_BY_SUBMIT = "0021";

    private final Cards cards = new Cards();

    private static String length(String hex) {
        return "%02X".formatted(hex.length() / 2);
    }

    /** CPL, CHL, SPI, KIc, KID, TAR, CNTR 0000000001, PCNTR, data. */
    private static String packet(String spi, String tar, String data) {
        String header = spi + "0000" + tar + "0000000001" + "00";
        String rest = length(header) + header + data;
        return "%04X".formatted(rest.length() / 2) + rest;
    }

    /** SMS-DELIVER with a user data header, protocol identifier 7F and class 2. */
    private static String tpdu(String userData) {
        return "44" + SENDER + "7FF6" + "22110000000000" + length(userData) + userData;
    }

    private static String download(Terminal terminal, String tpdu) {
        String contents = "82028381" + "06059144770000" + "8B" + Terminal.length(tpdu) + tpdu;
        return terminal.envelope("D1", contents);
    }

    private Terminal secured(String atEvent) {
        Terminal terminal = cards.script(FIRST, TOOLKIT, ON_FORMATTED, atEvent).powered();
        terminal.profile(Terminal.FULL_PROFILE);
        cards.heard.clear();
        return terminal;
    }

    @Test
    void a_packet_reaches_the_applet_of_its_tar_and_no_other() {
        String tarOfSecond = "01000000" + "00" + "00" + "03" + "B00011" + "00";
        cards.script(SECOND, tarOfSecond, ON_FORMATTED, NOTE_EVENT);
        Terminal terminal = secured(NOTE_EVENT + NOTE_SECURED);
        assertThat(download(terminal, tpdu(FORMATTED_HEADER + packet(NO_RESPONSE, TAR, "CAFE99"))))
                .isEqualTo("9000");
        assertThat(cards.heard).containsExactly("FORMATTED_SMS_PP_ENV " + FIRST);
        assertThat(log(terminal, FIRST)).isEqualTo("0002" + "0003" + "CAFE");
    }

    @Test
    void the_response_packet_comes_in_the_response_to_the_envelope() {
        Terminal terminal = secured("0902" + "ABCD");
        String announced = download(terminal, tpdu(FORMATTED_HEADER + packet(RESPONSE, TAR, "00")));
        assertThat(announced).isEqualTo("6112");
        // header with identifier 71; RPL, RHL, TAR, CNTR, PCNTR, status 00, data
        assertThat(terminal.send("00C0000012"))
                .isEqualTo("027100" + "000D" + "0A" + TAR + "0000000001" + "00" + "00" + "ABCD" + "9000");
    }

    @Test
    void the_response_packet_comes_in_a_short_message_where_the_sender_wants_it_so() {
        Terminal terminal = secured("0902" + "ABCD");
        String announced = download(terminal, tpdu(FORMATTED_HEADER + packet(RESPONSE_BY_SUBMIT, TAR, "00")));
        String userData = "027100" + "000D" + "0A" + TAR + "0000000001" + "00" + "00" + "ABCD";
        String submit = "4100" + SENDER + "7FF6" + "12" + userData;
        assertThat(terminal.fetch(announced)).endsWith("8103011300" + "82028183" + "8B" + length(submit) + submit);
        assertThat(terminal.respond(0)).isEqualTo("9000");
    }

    @Test
    void a_response_too_long_for_the_report_follows_in_short_messages() {
        String data = "5A".repeat(127);
        Terminal terminal = secured("097F" + data);
        assertThat(download(terminal, tpdu(FORMATTED_HEADER + packet(RESPONSE, TAR, "00"))))
                .isEqualTo("6110");
        String report = terminal.send("00C0000010");
        assertThat(report).startsWith("027100" + "000B" + "0A" + TAR + "0000000001" + "00" + "0B");
        String first = terminal.fetch(report.substring(report.length() - 4));
        assertThat(first).contains("7FF6" + "8C" + "07" + "0003000201" + "7100" + "008A" + "0A");
        String second = terminal.fetch(terminal.respond(0));
        assertThat(second).contains("05" + "0003000202" + "5A");
        assertThat(terminal.respond(0)).isEqualTo("9000");
    }

    @Test
    void the_response_packet_does_not_wait_for_an_applet_that_waits_for_the_me() {
        String display = "0608" + "218102" + "8D03044869";
        Terminal terminal = secured("0902" + "ABCD" + display);
        assertThat(download(terminal, tpdu(FORMATTED_HEADER + packet(RESPONSE, TAR, "00"))))
                .isEqualTo("6112");
        String report = terminal.send("00C0000012");
        assertThat(report).contains("00" + "ABCD" + "91");
        terminal.fetch(report.substring(report.length() - 4));
        assertThat(terminal.respond(0)).isEqualTo("9000");
    }

    @Test
    void a_short_message_with_the_response_packet_follows_the_command_of_the_applet() {
        String display = "0608" + "218102" + "8D03044869";
        Terminal terminal = secured(display);
        String announced = download(terminal, tpdu(FORMATTED_HEADER + packet(RESPONSE_BY_SUBMIT, TAR, "00")));
        assertThat(terminal.fetch(announced)).contains("8103012181");
        assertThat(terminal.fetch(terminal.respond(0))).contains("8103011300", "027100" + "000B" + "0A" + TAR);
        assertThat(terminal.respond(0)).isEqualTo("9000");
    }

    @Test
    void an_unknown_tar_is_told_to_the_sender() {
        Terminal terminal = secured(NOTE_EVENT);
        download(terminal, tpdu(FORMATTED_HEADER + packet(RESPONSE, "ABCDEF", "00")));
        assertThat(terminal.send("00C0000010")).endsWith("ABCDEF" + "0000000001" + "00" + "09" + "9000");
        assertThat(cards.heard).singleElement().asString().startsWith("dropped").contains("ABCDEF", "TAR_UNKNOWN");
    }

    @Test
    void a_packet_with_security_is_refused_while_there_are_no_keys() {
        Terminal terminal = secured(NOTE_EVENT);
        download(terminal, tpdu(FORMATTED_HEADER + packet("1201", TAR, "00")));
        assertThat(terminal.send("00C0000010")).endsWith("06" + "9000");
        assertThat(log(terminal, FIRST)).isEmpty();
    }

    @Test
    void a_packet_below_the_minimum_security_level_is_refused() {
        String toolkit = "01000000" + "00" + "020112" + "03" + TAR + "00";
        Terminal terminal =
                cards.script(FIRST, toolkit, ON_FORMATTED, NOTE_EVENT).powered();
        terminal.profile(Terminal.FULL_PROFILE);
        download(terminal, tpdu(FORMATTED_HEADER + packet(RESPONSE, TAR, "00")));
        assertThat(terminal.send("00C0000010")).endsWith("0A" + "9000");
        assertThat(log(terminal, FIRST)).isEmpty();
    }

    @Test
    void a_packet_whose_lengths_contradict_each_other_triggers_nobody() {
        Terminal terminal = secured(NOTE_EVENT);
        String packet = packet(RESPONSE, TAR, "00");
        assertThat(download(terminal, tpdu(FORMATTED_HEADER + "00FF" + packet.substring(4))))
                .isEqualTo("9000");
        assertThat(cards.heard)
                .containsExactly(
                        "dropped FORMATTED_SMS_PP_ENV: its command packet is cut or its lengths contradict each other");
    }

    @Test
    void parts_are_joined_in_their_order_before_an_applet_sees_them() {
        Terminal terminal = secured(NOTE_SECURED + NOTE_LENGTHS);
        String packet = packet(NO_RESPONSE, TAR, "C0DE" + "77".repeat(200));
        String first = tpdu("07" + "0003AA0201" + "7000" + packet.substring(0, 200));
        String second = tpdu("05" + "0003AA0202" + packet.substring(200));
        assertThat(download(terminal, second)).isEqualTo("9000");
        assertThat(log(terminal, FIRST)).isEmpty();
        assertThat(download(terminal, first)).isEqualTo("9000");
        // 202 bytes of data; user data: header of 3, packet of 218
        assertThat(log(terminal, FIRST)).isEqualTo("00CA" + "C0DE" + "00DD" + "00DA");
    }

    @Test
    void a_reset_forgets_the_parts() {
        Terminal terminal = secured(NOTE_EVENT);
        String packet = packet(NO_RESPONSE, TAR, "C0DE");
        download(terminal, tpdu("07" + "0003AA0201" + "7000" + packet.substring(0, 20)));
        terminal.uicc().reset();
        terminal.profile(Terminal.FULL_PROFILE);
        download(terminal, tpdu("05" + "0003AA0202" + packet.substring(20)));
        assertThat(log(terminal, FIRST)).isEmpty();
    }

    @Test
    void an_unformatted_message_reaches_every_applet_that_wants_it() {
        cards.script(FIRST, TOOLKIT, "010004", NOTE_LENGTHS).script(SECOND, LOWER, "010004", "0902C1C2");
        Terminal terminal = cards.powered();
        terminal.profile(Terminal.FULL_PROFILE);
        String plain = "04" + SENDER + "7FF6" + "22110000000000" + "03" + "414243";
        assertThat(download(terminal, plain)).isEqualTo("6102");
        assertThat(terminal.send("00C0000002")).isEqualTo("C1C29000");
        assertThat(log(terminal, FIRST)).isEqualTo("0003" + "0003");
    }

    @Test
    void an_envelope_for_an_applet_that_waits_is_to_be_sent_again() {
        Terminal terminal = secured("0608" + "218102" + "8D03044869");
        terminal.fetch(download(terminal, tpdu(FORMATTED_HEADER + packet(NO_RESPONSE, TAR, "00"))));
        assertThat(download(terminal, tpdu(FORMATTED_HEADER + packet(NO_RESPONSE, TAR, "00"))))
                .isEqualTo("9300");
    }

    @Test
    void a_cut_message_is_refused() {
        Terminal terminal = secured(NOTE_EVENT);
        assertThat(download(terminal, "44" + SENDER + "7F")).isEqualTo("6A80");
        assertThat(download(terminal, "44")).isEqualTo("6A80");
    }

    @Test
    void a_message_that_the_me_stores_is_told_like_one_in_an_envelope() {
        cards.script(SECOND, LOWER, "010005", NOTE_EVENT + NOTE_LENGTHS);
        Terminal terminal = secured(NOTE_EVENT + NOTE_SECURED);
        store(terminal, tpdu(FORMATTED_HEADER + packet(NO_RESPONSE, TAR, "CAFE99")), "03");
        assertThat(log(terminal, FIRST)).isEqualTo("0003" + "0003" + "CAFE");
        String plain = "04" + SENDER + "7FF6" + "22110000000000" + "03" + "414243";
        store(terminal, plain, "03");
        assertThat(log(terminal, SECOND)).isEqualTo("0005" + "0003" + "0003");
        store(terminal, plain, "00"); // the record is free now
        store(terminal, plain, "07"); // one that the user wrote
        assertThat(log(terminal, SECOND)).isEmpty();
    }

    @Test
    void the_response_packet_to_a_stored_message_needs_a_short_message() {
        Terminal terminal = secured("0902" + "ABCD");
        String announced = store(terminal, tpdu(FORMATTED_HEADER + packet(RESPONSE, TAR, "00")), "03");
        assertThat(terminal.fetch(announced)).contains("8103011300");
        terminal.respond(0);
    }

    private static String store(Terminal terminal, String tpdu, String status) {
        String record = status + "059144770000" + tpdu;
        terminal.exchange("00A4040C07A0000000871002");
        terminal.exchange("0020000108" + "30303030FFFFFFFF");
        terminal.exchange("00A4000C026F3C");
        return terminal.send("00DC0104", record + "FF".repeat(176 - record.length() / 2));
    }

    @Test
    void a_broadcast_in_pages_is_joined_and_its_packet_opened() {
        Terminal terminal = secured(NOTE_EVENT + NOTE_SECURED);
        String packet = packet(NO_RESPONSE, TAR, "BEEF" + "66".repeat(100));
        String contents = packet + "2B".repeat(164 - packet.length() / 2);
        String second = "12341090" + "F6" + "22" + contents.substring(164);
        String first = "12341090" + "F6" + "12" + contents.substring(0, 164);
        assertThat(broadcast(terminal, first)).isEqualTo("9000");
        assertThat(log(terminal, FIRST)).isEmpty();
        assertThat(broadcast(terminal, second)).isEqualTo("9000");
        assertThat(log(terminal, FIRST)).isEqualTo("0018" + "0066" + "BEEF");
    }

    @Test
    void a_broadcast_outside_of_the_range_for_packets_is_unformatted() {
        cards.script(FIRST, TOOLKIT, "010006", NOTE_EVENT);
        Terminal terminal = cards.powered();
        terminal.profile(Terminal.FULL_PROFILE);
        broadcast(terminal, "12341000" + "F6" + "11" + packet(NO_RESPONSE, TAR, "00") + "2B".repeat(65));
        assertThat(log(terminal, FIRST)).isEqualTo("0006");
    }

    private static String broadcast(Terminal terminal, String page) {
        return terminal.envelope("D2", "82028381" + "8C" + length(page) + page);
    }

    @Test
    void a_ussd_string_with_a_packet_is_answered_with_one() {
        Terminal terminal = secured(NOTE_EVENT + NOTE_SECURED + "0902" + "ABCD");
        String string = "9603" + packet(RESPONSE, TAR, "CAFE");
        assertThat(terminal.envelope("D9", "82028381" + "8A" + length(string) + string))
                .isEqualTo("6110");
        assertThat(terminal.send("00C0000010"))
                .isEqualTo("03" + "000D" + "0A" + TAR + "0000000001" + "00" + "00" + "ABCD" + "9000");
        assertThat(log(terminal, FIRST)).isEqualTo("0079" + "0002" + "CAFE");
        String plain = "0F" + "AA180C";
        cards.heard.clear();
        terminal.envelope("D9", "82028381" + "8A" + length(plain) + plain);
        assertThat(cards.heard).containsExactly("dropped UNFORMATTED_USSD: no applet is registered to it");
    }
}
