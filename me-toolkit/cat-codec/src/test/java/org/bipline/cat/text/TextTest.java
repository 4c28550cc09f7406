// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.bipline.cat.tlv.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TextTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "Device management", "Größe [10 €]", "@Δ_", "設備管理", "Привет"})
    void texts_round_trip_in_the_coding_that_they_need(String text) {
        assertThat(AlphaText.decode(AlphaText.encode(text))).isEqualTo(text);
        ByteString coded = SmsText.encode(text);
        assertThat(SmsText.decode(coded.u8(0), coded.slice(1))).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "546F6F6C6B6974FFFF, Toolkit",
        "8004170414FFFF, ЗД",
        "810C089794A09092A1A292A399A295, ЗДРАВСТВУЙТЕ",
        "820430A03832CB32, 82ル2",
        "1B65, €"
    })
    void reads_the_three_forms_of_UCS2(String hex, String text) {
        assertThat(AlphaText.decode(ByteString.ofHex(hex))).isEqualTo(text);
    }

    @Test
    void unpacks_seven_bit_characters() {
        assertThat(SmsText.decode(0x00, ByteString.ofHex("D4F29C0E"))).isEqualTo("Test");
        assertThat(SmsText.decode(0x00, ByteString.ofHex("4537BD2C07D96EAAD10A")))
                .isEqualTo("Enter 67*#+");
        assertThat(SmsText.decode(0x00, ByteString.ofHex("E8329BFD4697D9EC37"))).isEqualTo("hellohello");
        // seven bytes hold seven characters and padding, or eight
        assertThat(SmsText.decode(0x00, ByteString.ofHex("E8329BFD469701"))).isEqualTo("hellohe");
        assertThat(SmsText.decode(0x00, ByteString.ofHex("E8329BFD4697D9"))).isEqualTo("hellohel");
    }

    @Test
    void a_cut_text_is_what_there_is() {
        assertThat(AlphaText.decode(ByteString.ofHex("81"))).isEmpty();
        assertThat(AlphaText.decode(ByteString.ofHex("820104"))).isEmpty();
        assertThat(AlphaText.decode(ByteString.ofHex("8004"))).isEmpty();
        assertThat(AlphaText.decode(ByteString.ofHex("8009" + "0841"))).isEqualTo("\u0908");
    }

    @ParameterizedTest
    @CsvSource({
        "0x00, D4F29C0E, Test",
        "0x0F, D4F29C0E, Test",
        "0x11, 0000004100420043, ABC",
        "0x44, 54657374, Test",
        "0x48, 00410042, AB",
        "0xF0, D4F29C0E, Test",
        "0xF4, 54657374, Test"
    })
    void a_broadcast_has_data_coding_schemes_of_its_own(String scheme, String hex, String text) {
        assertThat(CellBroadcastText.decode(Integer.decode(scheme), ByteString.ofHex(hex)))
                .isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        // within a half page: base of one byte
        "Привет, 810608",
        // one character needs no base
        "设, 808BBE"
    })
    void UCS2_takes_its_shortest_form(String text, String begin) {
        ByteString coded = AlphaText.encode(text);

        assertThat(coded.toString()).startsWith(begin);
        assertThat(AlphaText.decode(coded)).isEqualTo(text);
    }

    @Test
    void a_base_of_two_bytes_crosses_half_pages() {
        String text = "a\u30FEb\u3103c\u3104d";
        ByteString coded = AlphaText.encode(text);

        assertThat(coded.toString()).startsWith("820730FE");
        assertThat(AlphaText.decode(coded)).isEqualTo(text);
        // characters further apart than a base reaches
        assertThat(AlphaText.encode("\u0416\u8BBE")).hasToString("8004168BBE");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 6, 7, 8, 13, 14, 15, 16, 160})
    void packed_text_of_every_length_comes_back(int length) {
        String text = "abcdefg{".repeat(20).substring(0, length);
        ByteString coded = SmsText.encodePacked(text);

        assertThat(coded.u8(0)).isZero();
        assertThat(SmsText.decode(coded.u8(0), coded.slice(1))).isEqualTo(text);
        assertThat(SmsText.encodePacked("设").u8(0)).isEqualTo(0x08);
    }

    @Test
    void packs_as_the_standard_shows() {
        assertThat(SmsText.encodePacked("Test")).hasToString("00D4F29C0E");
        assertThat(SmsText.encodePacked("hellohello")).hasToString("00E8329BFD4697D9EC37");
    }

    @ParameterizedTest
    @EnumSource(NationalLanguage.class)
    void every_code_of_a_national_table_is_read_and_written(NationalLanguage language) {
        Optional<NationalLanguage> on = Optional.of(language);
        String alphabet = language.lockingShift().orElse("") + language.singleShift();
        int characters = 0;
        for (int i = 0; i < alphabet.length(); i++) {
            char character = alphabet.charAt(i);
            if (character == GsmAlphabet.HOLE) {
                continue;
            }
            String text = "a" + character;
            ByteString coded = SmsText.encodePacked(text, 0, on, on).orElseThrow();
            assertThat(SmsText.decodePacked(coded, 0, 3, on, on)).startsWith(text);
            characters++;
        }
        assertThat(characters).isGreaterThan(15);
        assertThat(NationalLanguage.of(language.identifier())).contains(language);
    }

    @ParameterizedTest
    @CsvSource({
        // language, code of the locking shift table, code of the single shift table: one of each table, from the
        // standard
        "TURKISH, 0x04, €, 0x53, Ş",
        "PORTUGUESE, 0x12, ª, 0x0F, á",
        "BENGALI, 0x15, \u0995, 0x19, \u09E6",
        "GUJARATI, 0x50, \u0ABE, 0x1C, \u0AE6",
        "HINDI, 0x00, \u0901, 0x2C, \u0958",
        "KANNADA, 0x01, \u0C82, 0x26, \u0CDE",
        "MALAYALAM, 0x7F, \u0D79, 0x30, \u0D7B",
        "ORIYA, 0x0F, \u0B0F, 0x21, \u0B6B",
        "PUNJABI, 0x7B, \u0A70, 0x26, \u0A59",
        "TAMIL, 0x7F, \u0BF9, 0x24, \u0BEE",
        "TELUGU, 0x10, \u0C10, 0x65, €",
        "URDU, 0x00, \u0627, 0x2A, \u060E"
    })
    void national_tables_hold_the_characters_of_the_standard(
            NationalLanguage language, String locking, String character, String single, String shifted) {
        Optional<NationalLanguage> on = Optional.of(language);
        ByteString codes = ByteString.of(Integer.decode(locking), 0x1B, Integer.decode(single));

        assertThat(GsmAlphabet.of(on, on).decode(codes)).isEqualTo(character + shifted);
    }

    @Test
    void a_text_behind_a_header_starts_on_a_boundary_of_seven_bits() {
        Optional<NationalLanguage> turkish = Optional.of(NationalLanguage.TURKISH);
        ByteString coded =
                SmsText.encodePacked("ğış", 1, turkish, Optional.empty()).orElseThrow();

        assertThat(SmsText.decodePacked(coded, 1, 3, turkish, Optional.empty())).isEqualTo("ğış");
        assertThat(SmsText.encodePacked("设", 0, turkish, turkish)).isEmpty();
    }
}
