// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.bipline.uicc.runtime.Cards.FIRST;
import static org.bipline.uicc.runtime.Cards.log;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.bipline.uicc.runtime.file.CardProfile;
import org.bipline.uicc.runtime.vm.MemoryWatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Secured packets, ETSI TS 102 225. Packets and responses of the vectors are those published in the unit tests of pySim
 * (test_ota.py), made by real cards; the packets with counters were made with the program openssl.
 */
@Tag("SEC-5")
@Tag("SEC-8")
class SecuredPacketTest {
    private static final String KEYS =
            "\nota 2 kic=aes:200102030405060708090a0b0c0d0e0f kid=aes:201102030405060708090a0b0c0d0e0f"
                    + "\nota 3 kic=3des:300102030405060708090a0b0c0d0e0f kid=3des:301102030405060708090a0b0c0d0e0f\n";
    private static final String ON_FORMATTED = "010002" + "010003" + "010018" + "010079";
    private static final String NOTE_SECURED = "10";
    private static final String COUNTER_5 = "00181516012222B00011480E5F371291F8F58798CE431CBF9B4A";
    private static final String COUNTER_6 = "00181516012222B000114861D365BADF370D44324373527F3142";
    private static final String COUNTER_8 = "00181516012222B00011289B2540E3BAE23398FBD89311C97242";
    private static final String COUNTER_LAST = "00181516012222B00011F7B9BB6DC41432014457078FEDB989E9";
    private static final String ONE_HIGHER_6 = "0018151E012222B000115D185F971BDA4DF54BEBB84EB3601594";
    private static final String ONE_HIGHER_8 = "0018151E012222B000119D0C74A59ABF1E8396B803310427D867";

    private static Terminal card(String keys, String level, String atEvent) throws IOException {
        Cards cards = new Cards();
        try (InputStream in = CardProfile.class.getResourceAsStream("usim.card")) {
            String files = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            cards.profile(CardProfile.parse(files + keys));
        }
        Terminal terminal = cards.script(
                        FIRST, "01000000" + "00" + level + "03" + "B00011" + "00", ON_FORMATTED, atEvent)
                .powered();
        terminal.profile(Terminal.FULL_PROFILE);
        return terminal;
    }

    private static Terminal card() throws IOException {
        return card(KEYS, "00", NOTE_SECURED);
    }

    /** User data of the response packet, in hex; empty where there is none. */
    private static String response(Terminal terminal, String packet) {
        String userData = "027000" + packet;
        String length = "%02X".formatted(userData.length() / 2);
        String tpdu = "44" + "0B914477000010F2" + "7FF6" + "22110000000000" + length + userData;
        String sw = terminal.envelope("D1", "82028381" + "06059144770000" + "8B" + Terminal.length(tpdu) + tpdu);
        if (!sw.startsWith("61")) {
            return "";
        }
        String response = terminal.send("00C00000" + sw.substring(2));
        return response.substring(0, response.length() - 4);
    }

    /** The status of a response without security. */
    private static String status(Terminal terminal, String packet) {
        String response = response(terminal, packet);
        return response.isEmpty() ? "" : response.substring(30, 32);
    }

    @ParameterizedTest
    @CsvSource({
        "00281506192222B00011E87CCEEBB2D93083011CE294F93FC4D8DE80DA1ABAE8C37CA3E72EC4432E5058,"
                + "027100002412B00011EBC6B497E2CAD7AEDF36ACE0E3A29B38853F0FE9CCDE81913BE5702B73ABCE1F",
        "00201506193535B00011AE733256918D050B87C94FBFE12E4DC402F262C41CF67F2F,"
                + "027100001C12B000118BB989492C632529326A2F4681FEB37C825BC9021C9F6D0B",
        "00201506093535B00011C49AC91AB8159BA5B83A54FB6385E0A5E31694F8B215FAFC,"
                + "027100001612B0001100000000000000B5BCD6353A421FAE016132",
        "00201506013535B000113190BE334900F52B025F3F7EDDFE868E96EBF310023B7769,"
                + "027100000E0AB0001100000000000000016132"
    })
    void published_packets_are_opened_and_answered_as_real_cards_do(String packet, String response) throws IOException {
        Terminal terminal = card(KEYS, "00", NOTE_SECURED + "0903" + "016132");
        assertThat(response(terminal, packet)).isEqualTo(response);
        assertThat(log(terminal, FIRST)).isEqualTo("0007" + "00A4"); // length and first bytes of the clear data
    }

    @Test
    void the_counter_rises_and_never_falls() throws IOException {
        Terminal terminal = card();
        assertThat(status(terminal, COUNTER_6)).isEqualTo("00");
        assertThat(status(terminal, COUNTER_6)).isEqualTo("02");
        assertThat(status(terminal, COUNTER_5)).isEqualTo("02");
        assertThat(status(terminal, COUNTER_8)).isEqualTo("00");
        assertThat(log(terminal, FIRST)).isEqualTo("0002CAFE".repeat(2));
    }

    @Test
    void where_the_next_counter_is_wanted_a_higher_one_is_refused() throws IOException {
        Terminal terminal = card();
        status(terminal, COUNTER_5);
        assertThat(status(terminal, ONE_HIGHER_8)).isEqualTo("03");
        assertThat(status(terminal, ONE_HIGHER_6)).isEqualTo("00");
        assertThat(status(terminal, ONE_HIGHER_6)).isEqualTo("02");
    }

    @Test
    void the_last_counter_blocks_the_keyset() throws IOException {
        Terminal terminal = card();
        assertThat(status(terminal, COUNTER_LAST)).isEqualTo("00");
        assertThat(status(terminal, COUNTER_8)).isEqualTo("04");
    }

    @Test
    void every_flipped_bit_is_refused_and_leaves_the_counter() throws IOException {
        Terminal terminal = card(KEYS, "020116", NOTE_SECURED);
        byte[] packet = Terminal.bytes(COUNTER_5);
        for (int bit = 0; bit < packet.length * 8; bit++) {
            byte[] damaged = packet.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            status(terminal, Terminal.hex(damaged));
        }
        assertThat(log(terminal, FIRST)).isEmpty();
        assertThat(status(terminal, COUNTER_5)).isEqualTo("00"); // which no damaged one has used up
    }

    @Test
    void a_packet_that_a_power_cut_stopped_before_its_counter_was_written_may_come_again() throws IOException {
        Terminal terminal = card();
        MemoryWatch watch = terminal.uicc().watchMemory();
        watch.cutPowerAt(1, false);
        assertThatThrownBy(() -> response(terminal, COUNTER_5)).isInstanceOf(PowerCutException.class);
        terminal.uicc().reset();
        terminal.profile(Terminal.FULL_PROFILE);
        assertThat(log(terminal, FIRST)).isEmpty();
        watch.restart();
        watch.cutPowerAt(2, false); // the first write of the applet, behind that of the counter
        assertThatThrownBy(() -> response(terminal, COUNTER_5)).isInstanceOf(PowerCutException.class);
        terminal.uicc().reset();
        terminal.profile(Terminal.FULL_PROFILE);
        assertThat(status(terminal, COUNTER_5)).isEqualTo("02");
    }

    /** At each write that the packet causes, before it and in the middle of it. */
    @Test
    void no_cut_of_power_lets_a_counter_fall_or_a_packet_come_twice() throws IOException {
        for (boolean inTheMiddle : new boolean[] {false, true}) {
            int write = 1;
            for (boolean cut = true; cut; write++) {
                Terminal terminal = card();
                MemoryWatch watch = terminal.uicc().watchMemory();
                watch.cutPowerAt(write, inTheMiddle);
                try {
                    response(terminal, COUNTER_6);
                    cut = false;
                } catch (PowerCutException e) {
                    watch.restart();
                }
                watch.close();
                terminal.uicc().reset();
                terminal.profile(Terminal.FULL_PROFILE);
                assertThat(status(terminal, COUNTER_6))
                        .as("cut at write %d", write)
                        .isEqualTo(write == 1 && cut ? "00" : "02");
                assertThat(status(terminal, COUNTER_5)).isEqualTo("02");
                assertThat(status(terminal, COUNTER_8)).isEqualTo("00");
            }
            assertThat(write).as("writes that were cut").isGreaterThan(3);
        }
    }

    @Test
    void a_rejected_packet_writes_nothing() throws IOException {
        Terminal terminal = card(KEYS, "020116", NOTE_SECURED);
        assertThat(status(terminal, COUNTER_6)).isEqualTo("00");
        MemoryWatch watch = terminal.uicc().watchMemory();
        String altered = COUNTER_8.substring(0, COUNTER_8.length() - 1) + "3";
        String otherTar = COUNTER_8.replace("B00011", "B00012");
        String openPacket = "00100D00010000B00011FFFFFFFFFF00CAFE";
        for (String rejected : new String[] {COUNTER_6, COUNTER_5, altered, otherTar, openPacket, COUNTER_8 + "00"}) {
            assertThat(status(terminal, rejected)).isNotEqualTo("00");
        }
        assertThat(watch.persistentWrites()).isZero();
        watch.close();
        assertThat(status(terminal, COUNTER_8)).isEqualTo("00");
    }

    @Test
    void a_wrong_key_is_told_apart_from_a_missing_one() throws IOException {
        String other = KEYS.replace("kid=aes:20", "kid=aes:21");
        assertThat(status(card(other, "00", NOTE_SECURED), COUNTER_5)).isEqualTo("01");
        assertThat(status(card("", "00", NOTE_SECURED), COUNTER_5)).isEqualTo("06");
    }

    @Test
    void a_checksum_of_four_bytes_is_one_of_aes() throws IOException {
        String four = "00141112012222B000110000000005005955AA1FCAFE";
        String keys = KEYS.replaceFirst("\nota 3", " cc=4\nota 3");
        assertThat(status(card(keys, "00", NOTE_SECURED), four)).isEqualTo("00");
        assertThat(status(card(KEYS, "00", NOTE_SECURED), four)).isEqualTo("01");
    }

    @Test
    void nobody_moves_the_counter_without_a_checksum() throws IOException {
        Terminal terminal = card();
        assertThat(status(terminal, "00100D10010000B00011FFFFFFFFFF00CAFE")).isEqualTo("0A");
        assertThat(status(terminal, COUNTER_5)).isEqualTo("00");
    }

    @Test
    void a_wrong_packet_gets_no_response_made_with_the_keys() throws IOException {
        Terminal terminal = card();
        String wrong = "00281506192222B00011E87CCEEBB2D93083011CE294F93FC4D8DE80DA1ABAE8C37CA3E72EC4432E5059";
        assertThat(response(terminal, wrong))
                .startsWith("027100" + "000B" + "0A")
                .hasSize(32);
    }
}
