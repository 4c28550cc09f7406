// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.bipline.cat.tlv.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** TPDUs written out by hand, and the distribution of long content. 3GPP TS 23.040 clause 9.2. */
final class ShortMessageTest {
    private static final OffsetDateTime TIME = OffsetDateTime.parse("2026-11-24T12:34:56+02:00");

    private static String only(List<SmsTpdu> tpdus) {
        assertThat(tpdus).hasSize(1);
        return tpdus.get(0).value().toString();
    }

    private static int userDataLength(SmsTpdu tpdu) {
        return (Integer) tpdu.fields().get("userDataLength");
    }

    private static String textOf(List<SmsTpdu> tpdus) {
        return tpdus.stream().map(t -> (String) t.fields().get("text")).collect(Collectors.joining());
    }

    @Test
    void a_delivered_text_is_packed() {
        // 04, eleven digits, PID, DCS, time stamp with eight quarters, five codes
        assertThat(only(ShortMessage.deliver("+49170123456", TIME).text("hello")))
                .isEqualTo("04" + "0B919471103254F6" + "0000" + "62114221436580" + "05" + "E8329BFD06");
    }

    @Test
    void a_packet_for_the_card_has_its_element_in_the_header() {
        assertThat(only(ShortMessage.deliver("1234", TIME)
                        .protocolIdentifier(0x7F)
                        .elementOfFirst(0x70, ByteString.EMPTY)
                        .data(0xF6, ByteString.ofHex("0001AA"))))
                .isEqualTo("44" + "04812143" + "7FF6" + "62114221436580" + "06" + "027000" + "0001AA");
    }

    @Test
    void a_submitted_message_has_reference_and_validity_period() {
        String hex = only(ShortMessage.submit("+4917")
                .messageReference(7)
                .validityPeriod(0xA7)
                .element(5, ByteString.ofHex("0B8423F0"))
                .data(0xF4, ByteString.ofHex("414243")));

        assertThat(hex).isEqualTo("51" + "07" + "04919471" + "00F4" + "A7" + "0A" + "0605040B8423F0" + "414243");
        assertThat(only(ShortMessage.submit("12").text("€")))
                .isEqualTo("01" + "00" + "028121" + "0000" + "02" + "9B32");
    }

    @ParameterizedTest
    @CsvSource({"a, 160, 1", "a, 161, 2", "a, 306, 2", "a, 307, 3", "ж, 70, 1", "ж, 71, 2", "ж, 134, 2", "ж, 135, 3"})
    void a_long_text_goes_into_as_many_parts_as_it_needs(String character, int length, int parts) {
        String text = character.repeat(length);
        List<SmsTpdu> tpdus = ShortMessage.submit("12")
                .concatenationReference(9)
                .messageReference(255)
                .text(text);

        assertThat(tpdus).hasSize(parts);
        assertThat(textOf(tpdus)).isEqualTo(text);
        for (int i = 0; i < parts && parts > 1; i++) {
            assertThat(tpdus.get(i).fields())
                    .containsEntry("messageReference", (255 + i) & 0xFF)
                    .containsEntry(
                            "userDataHeader",
                            List.of(Map.of(
                                    "identifier", 0, "concatenationReference", 9, "parts", parts, "part", i + 1)));
            assertThat(tpdus.get(i).value().length()).isLessThanOrEqualTo(1 + 1 + 3 + 2 + 1 + 140);
        }
    }

    @Test
    void no_character_is_cut_between_two_parts() {
        // the escape of the euro sign would be the last of 153 codes, the first half of the face the last of 134 bytes
        List<SmsTpdu> escaped = ShortMessage.submit("12").text("a".repeat(152) + "€" + "b".repeat(10));
        assertThat(userDataLength(escaped.get(0))).isEqualTo(7 + 152);
        assertThat(textOf(escaped)).isEqualTo("a".repeat(152) + "€" + "b".repeat(10));

        String faces = "ж".repeat(66) + "😀" + "ж".repeat(10);
        List<SmsTpdu> pairs = ShortMessage.submit("12").text(faces);
        assertThat(userDataLength(pairs.get(0))).isEqualTo(6 + 132);
        assertThat(textOf(pairs)).isEqualTo(faces);
    }

    @Test
    void a_long_packet_tells_what_it_is_in_its_first_part_alone() {
        List<SmsTpdu> tpdus = ShortMessage.deliver("12", TIME)
                .elementOfFirst(0x70, ByteString.EMPTY)
                .data(0xF6, ByteString.wrap(new byte[200]));

        assertThat(tpdus).hasSize(2);
        assertThat(tpdus.get(0).value().toString())
                .contains("F6" + "62114221436580" + "8C" + "07" + "0003000201" + "7000");
        assertThat(tpdus.get(1).value().toString()).contains("62114221436580" + "4A" + "05" + "0003000202" + "00");
    }

    @Test
    void what_has_no_room_or_no_coding_is_refused() {
        ShortMessage message = ShortMessage.submit("12");
        assertThatThrownBy(() -> message.data(0x00, ByteString.EMPTY)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> message.data(0xF4, ByteString.wrap(new byte[255 * 134 + 1])))
                .isInstanceOf(IllegalArgumentException.class);
        message.element(1, ByteString.wrap(new byte[136]));
        assertThatThrownBy(() -> message.data(0xF4, ByteString.wrap(new byte[2])))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
