// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.bipline.cat.tlv.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
}
