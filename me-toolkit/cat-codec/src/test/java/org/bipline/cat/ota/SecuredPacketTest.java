// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.ota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bipline.cat.object.InformationElement;
import org.bipline.cat.object.ShortMessage;
import org.bipline.cat.object.SmsContent;
import org.bipline.cat.tlv.ByteString;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Secured packets of the server's end. Packets and responses of the vectors with KIc 22, 35 and TAR B00011 or B00000 are those
 * published in the unit tests of pySim (test_ota.py), the responses made by real cards; those with counters were made with
 * openssl.
 */
@Tag("TR-3")
@Tag("SEC-8")
class SecuredPacketTest {
    private static final OtaKeys AES =
            keys(2, "aes:200102030405060708090a0b0c0d0e0f", "aes:201102030405060708090a0b0c0d0e0f", 8);
    private static final OtaKeys AES_4 =
            keys(2, "aes:200102030405060708090a0b0c0d0e0f", "aes:201102030405060708090a0b0c0d0e0f", 4);
    private static final OtaKeys TRIPLE_DES =
            keys(3, "3des:300102030405060708090a0b0c0d0e0f", "3des:301102030405060708090a0b0c0d0e0f", 8);
    private static final OtaKeys TRIPLE_DES_OF_A_CARD =
            keys(3, "3des:C21DD66ACAC13CB3BC8B331B24AFB57B", "3des:12110C78E678C25408233076AA033615", 8);
    private static final ByteString TAR = ByteString.ofHex("B00011");
    private static final ByteString SELECT = ByteString.ofHex("00A40004023F00");
    private static final Spi CIPHERED = Spi.of(Check.CRYPTOGRAPHIC_CHECKSUM, true, CounterMode.HIGHER)
            .withReceipt(ReceiptRequest.ALWAYS, Check.CRYPTOGRAPHIC_CHECKSUM, true);

    private static OtaKeys keys(int version, String ciphering, String checksum, int length) {
        return new OtaKeys(version, OtaKey.parse(ciphering), OtaKey.parse(checksum), length);
    }

    private static OtaKeys keys(int version) {
        return version == 2 ? AES : TRIPLE_DES;
    }

    private static CommandPacket command(String spi, OtaKeys keys) {
        Spi parameters = new Spi(Integer.parseInt(spi.substring(0, 2), 16), Integer.parseInt(spi.substring(2), 16));
        return CommandPacket.of(parameters, keys, TAR, 0, SELECT);
    }

    @ParameterizedTest
    @CsvSource({
        "2, 1506, 19, 00281506192222B00011E87CCEEBB2D93083011CE294F93FC4D8DE80DA1ABAE8C37CA3E72EC4432E5058,"
                + "00002412B00011EBC6B497E2CAD7AEDF36ACE0E3A29B38853F0FE9CCDE81913BE5702B73ABCE1F",
        "3, 1506, 19, 00201506193535B00011AE733256918D050B87C94FBFE12E4DC402F262C41CF67F2F,"
                + "00001C12B000118BB989492C632529326A2F4681FEB37C825BC9021C9F6D0B",
        "3, 1506, 09, 00201506093535B00011C49AC91AB8159BA5B83A54FB6385E0A5E31694F8B215FAFC,"
                + "00001612B0001100000000000000B5BCD6353A421FAE016132",
        "3, 1506, 01, 00201506013535B000113190BE334900F52B025F3F7EDDFE868E96EBF310023B7769,"
                + "00000E0AB0001100000000000000016132"
    })
    void makes_published_packets_and_reads_the_answers_of_real_cards(
            int version, String fixed, String spi2, String wire, String answer) throws PacketException {
        CommandPacket command = command(fixed.substring(2) + spi2, keys(version));
        SecuredPacket packet = command.secure(Optional.of(keys(version)));
        assertThat(packet.encode()).hasToString(wire);
        assertThat(SecuredPacket.decode(packet.encode()).open(Optional.of(keys(version))))
                .isEqualTo(command);
        ByteString response = ByteString.ofHex(answer.substring(2));
        SecuredResponse secured = SecuredResponse.decode(response);
        assertThat(secured.encode()).isEqualTo(response);
        ResponsePacket opened = secured.open(command, Optional.of(keys(version)));
        assertThat(opened.status()).contains(ResponseStatus.POR_OK);
        assertThat(opened.data()).hasToString("016132");
        assertThat(opened.genuine()).isEqualTo(!spi2.equals("01"));
    }

    @Test
    void reads_the_answers_that_a_card_gave_under_keys_of_its_own() throws PacketException {
        CommandPacket command = CommandPacket.of(new Spi(0x06, 0x19), TRIPLE_DES_OF_A_CARD, TAR, 0, SELECT);
        SecuredResponse ciphered = SecuredResponse.decode(
                ByteString.ofHex("001C12B000119660EBDB81BE189B5E4389E9E7AB2BC0954F963AD869ED7C"));
        assertThat(ciphered.open(command, Optional.of(TRIPLE_DES_OF_A_CARD)).data())
                .hasToString("01612F");
        CommandPacket inClear = CommandPacket.of(new Spi(0x06, 0x09), TRIPLE_DES_OF_A_CARD, TAR, 0, SELECT);
        SecuredResponse signed =
                SecuredResponse.decode(ByteString.ofHex("001612B000110000000000000055F47118381175FB01612F"));
        assertThat(signed.open(inClear, Optional.of(TRIPLE_DES_OF_A_CARD)).data())
                .hasToString("01612F");
        SecuredResponse altered =
                SecuredResponse.decode(ByteString.ofHex("001612B000110000000000000055F47118381175FB02612F"));
        assertThatThrownBy(() -> altered.open(inClear, Optional.of(TRIPLE_DES_OF_A_CARD)))
                .isInstanceOfSatisfying(PacketException.class, e -> {
                    assertThat(e.offset()).isEqualTo(13);
                    assertThat(e.clause()).isEqualTo("ETSI TS 102 225 clause 5.2");
                })
                .hasMessageContaining("cryptographic checksum is wrong");
    }

    @ParameterizedTest
    @CsvSource({
        "5, 1601, 00181516012222B00011480E5F371291F8F58798CE431CBF9B4A",
        "6, 1E01, 0018151E012222B000115D185F971BDA4DF54BEBB84EB3601594"
    })
    void a_counter_goes_with_the_packet(long counter, String spi, String wire) {
        Spi parameters = new Spi(Integer.parseInt(spi.substring(0, 2), 16), 1);
        CommandPacket command = CommandPacket.of(parameters, AES, TAR, counter, ByteString.ofHex("CAFE"));
        assertThat(command.secure(Optional.of(AES)).encode()).hasToString(wire);
    }

    @Test
    void a_checksum_of_aes_may_have_four_bytes() throws PacketException {
        CommandPacket command = CommandPacket.of(new Spi(0x12, 1), AES_4, TAR, 5, ByteString.ofHex("CAFE"));
        SecuredPacket packet = command.secure(Optional.of(AES_4));
        assertThat(packet.encode()).hasToString("00141112012222B000110000000005005955AA1FCAFE");
        assertThat(packet.open(Optional.of(AES_4))).isEqualTo(command);
        assertThatThrownBy(() -> packet.open(Optional.of(AES))).isInstanceOf(PacketException.class);
    }

    @ParameterizedTest
    @CsvSource({"aes, 16", "aes, 24", "aes, 32", "3des, 16", "3des, 24", "des, 8"})
    void every_kind_of_key_secures_every_length_of_data(String kind, int size) throws PacketException {
        String hex = "0123456789ABCDEF0023456789ABCDEF1123456789ABCDEF2223456789ABCDEF".substring(0, 2 * size);
        OtaKeys keys = keys(4, kind + ":" + hex, kind + ":" + new StringBuilder(hex).reverse(), 8);
        for (int length = 0; length < 40; length++) {
            ByteString data = ByteString.wrap(new byte[length]);
            CommandPacket command = CommandPacket.of(CIPHERED, keys, TAR, CommandPacket.LAST_COUNTER, data);
            SecuredPacket packet =
                    SecuredPacket.decode(command.secure(Optional.of(keys)).encode());
            assertThat(packet.open(Optional.of(keys))).isEqualTo(command);
        }
    }

    @ParameterizedTest
    @CsvSource({"01, 00120F", "05, 001411"})
    void a_redundancy_check_needs_no_keys(String kid, String lengths) throws PacketException {
        CommandPacket command =
                new CommandPacket(new Spi(0x01, 0), 0, Integer.parseInt(kid, 16), TAR, 0, ByteString.ofHex("CAFE"));
        SecuredPacket packet = command.secure(Optional.empty());
        assertThat(packet.encode().toString()).startsWith(lengths);
        assertThat(packet.open(Optional.empty())).isEqualTo(command);
    }

    @Test
    @Tag("SEC-5")
    void no_flipped_bit_and_no_lost_byte_of_a_packet_is_taken() {
        ByteString right = CommandPacket.of(CIPHERED, AES, TAR, 7, SELECT)
                .secure(Optional.of(AES))
                .encode();
        for (int bit = 0; bit < 8 * right.length(); bit++) {
            byte[] wrong = right.toBytes();
            wrong[bit / 8] ^= (byte) (1 << bit % 8);
            assertThatThrownBy(
                            () -> SecuredPacket.decode(ByteString.wrap(wrong)).open(Optional.of(AES)))
                    .as("bit %d", bit)
                    .isInstanceOf(PacketException.class);
        }
        for (int length = 0; length < right.length(); length++) {
            ByteString cut = right.slice(0, length);
            assertThatThrownBy(() -> SecuredPacket.decode(cut)).isInstanceOf(PacketException.class);
        }
    }

    @Test
    @Tag("SEC-5")
    void no_flipped_bit_of_a_response_is_taken_for_what_was_asked_for() {
        CommandPacket command = command("0619", AES);
        ByteString right =
                ByteString.ofHex("002412B00011EBC6B497E2CAD7AEDF36ACE0E3A29B38853F0FE9CCDE81913BE5702B73ABCE1F");
        for (int bit = 0; bit < 8 * right.length(); bit++) {
            byte[] wrong = right.toBytes();
            wrong[bit / 8] ^= (byte) (1 << bit % 8);
            try {
                ResponsePacket opened =
                        SecuredResponse.decode(ByteString.wrap(wrong)).open(command, Optional.of(AES));
                assertThat(opened.genuine()).as("bit %d", bit).isFalse();
            } catch (PacketException e) {
                assertThat(e.clause()).startsWith("ETSI TS 102 225");
            }
        }
    }

    @Test
    @Tag("SEC-5")
    void the_answer_to_another_packet_is_none_to_this() throws PacketException {
        SecuredResponse response = SecuredResponse.decode(
                ByteString.ofHex("002412B00011EBC6B497E2CAD7AEDF36ACE0E3A29B38853F0FE9CCDE81913BE5702B73ABCE1F"));
        CommandPacket later = CommandPacket.of(new Spi(0x06, 0x19), AES, TAR, 1, SELECT);
        assertThatThrownBy(() -> response.open(later, Optional.of(AES))).hasMessageContaining("counter 0000000000");
        CommandPacket elsewhere = CommandPacket.of(new Spi(0x06, 0x19), AES, ByteString.ofHex("B00012"), 0, SELECT);
        assertThatThrownBy(() -> response.open(elsewhere, Optional.of(AES))).hasMessageContaining("TAR B00011");
    }

    @ParameterizedTest
    @CsvSource({
        "01, CHECK_FAILED, a key is not that of the card",
        "02, COUNTER_LOW, the keys are right",
        "09, TAR_UNKNOWN, no application"
    })
    void a_refusal_without_security_is_read_and_told_apart(String code, ResponseStatus status, String words)
            throws PacketException {
        CommandPacket command = CommandPacket.of(CIPHERED, AES, TAR, 9, SELECT);
        ResponsePacket opened = SecuredResponse.decode(ByteString.ofHex("000B0AB00011123456789A00" + code))
                .open(command, Optional.of(AES));
        assertThat(opened.status()).contains(status);
        assertThat(opened.genuine()).isFalse();
        assertThat(opened.text()).contains(words);
    }

    @Test
    void bytes_of_every_header_come_back_as_they_were() throws PacketException {
        for (int value = 0; value < 0x100; value++) {
            ByteString packet =
                    ByteString.ofHex("00100D%1$02X%1$02X%1$02X%1$02XB000110000000001".formatted(value) + "00CAFE");
            assertThat(SecuredPacket.decode(packet).encode()).isEqualTo(packet);
        }
    }

    @Test
    void a_packet_longer_than_a_message_comes_in_parts_of_either_reference() throws Exception {
        ByteString data = ByteString.wrap(new byte[300]);
        ByteString packet = CommandPacket.of(CIPHERED, AES, TAR, 1, data)
                .secure(Optional.of(AES))
                .encode();
        for (boolean wide : List.of(false, true)) {
            ShortMessage message = ShortMessage.deliver("+12345", OffsetDateTime.parse("2026-11-24T19:00:00Z"))
                    .elementOfFirst(InformationElement.COMMAND_PACKET, ByteString.EMPTY);
            var tpdus = (wide ? message.concatenationReference16(0x1234) : message.concatenationReference(0x34))
                    .data(0xF6, packet);
            List<SmsContent> parts = new ArrayList<>();
            for (var tpdu : tpdus) {
                parts.add(0, SmsContent.of(tpdu));
            }
            assertThat(parts).hasSize(3).allMatch(p -> p.encode().length() <= 140);
            assertThat(parts.get(0).part().orElseThrow().reference()).isEqualTo(wide ? 0x1234 : 0x34);
            assertThat(SmsContent.join(parts.subList(1, 3))).isEmpty();
            SmsContent whole = SmsContent.join(parts).orElseThrow();
            assertThat(whole.has(InformationElement.COMMAND_PACKET)).isTrue();
            assertThat(whole.body()).isEqualTo(packet);
        }
    }

    @Test
    @Tag("SEC-6")
    void no_text_tells_a_key() {
        String keys = AES.toString() + OtaKey.parse("3des:300102030405060708090a0b0c0d0e0f");
        assertThat(keys).contains("AES key").doesNotContainIgnoringCase("0102030405");
        assertThatThrownBy(() -> OtaKey.parse("aes:3001020304050607zz"))
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("3001"));
        assertThatThrownBy(() -> OtaKey.parse("aes:3001020304050607"))
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("3001"));
        assertThatThrownBy(() -> OtaKey.parse("300102030405060708090a0b0c0d0e0f"))
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("3001"));
    }

    @Test
    void what_the_spi_wants_and_nothing_can_make_is_refused() {
        CommandPacket signed = CommandPacket.of(new Spi(0x03, 0), AES, TAR, 0, SELECT);
        assertThatThrownBy(() -> signed.secure(Optional.of(AES))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> command("0400", AES).secure(Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() ->
                        keys(3, "3des:300102030405060708090a0b0c0d0e0f", "3des:301102030405060708090a0b0c0d0e0f", 4))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> keys(16, "des:3001020304050607", "des:3001020304050607", 8))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
