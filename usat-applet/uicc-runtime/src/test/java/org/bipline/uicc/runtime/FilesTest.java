// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FilesTest {
    private static final String USIM = "A0000000871002FFFFFFFF8900000100";
    private static final String VERIFY_ADM = "0020000A083838383838383838";
    private final Terminal terminal = new Terminal(
            Uicc.builder().iccid("8988211000000123456").imsi("001010000000005").build());

    @BeforeEach
    void select_the_mf() {
        terminal.send("00A4000C023F00");
    }

    private void selectUsim() {
        assertThat(terminal.exchange("00A4040410" + USIM)).endsWith("9000");
    }

    @Test
    void the_iccid_is_coded_with_swapped_digits() {
        assertThat(terminal.send("00A4000C022FE2")).isEqualTo("9000");
        assertThat(terminal.send("00B000000A")).isEqualTo("988812010000103254F6" + "9000");
    }

    @Test
    void the_imsi_has_length_and_parity() {
        selectUsim();
        assertThat(terminal.send("00A4000C026F07")).isEqualTo("9000");
        assertThat(terminal.send("00B0000009")).isEqualTo("080910100000000050" + "9000");
    }

    @Test
    void the_access_class_follows_the_imsi() {
        selectUsim();
        assertThat(terminal.send("00B0860002")).isEqualTo("00209000"); // SFI 06
    }

    @Test
    void an_application_is_selected_by_part_of_its_aid_and_7fff_is_the_selected_one() {
        assertThat(terminal.send("00A4000C027FFF")).isEqualTo("6A82");
        assertThat(terminal.exchange("00A4040407A0000000871002"))
                .contains("8410" + USIM)
                .endsWith("9000");
        assertThat(terminal.send("00A4080C047FFF6FAD")).isEqualTo("9000");
        assertThat(terminal.send("00B0000004")).isEqualTo("000000029000");
    }

    @Test
    void ef_dir_names_the_application() {
        assertThat(terminal.exchange("00B201F400"))
                .startsWith("61184F10" + USIM)
                .endsWith("9000");
    }

    @Test
    void the_template_of_an_ef_tells_structure_size_and_rule() {
        assertThat(terminal.exchange("00A40004022F00"))
                .isEqualTo("621A" + "82054221002602" + "83022F00" + "8A0105" + "8B032F0603" + "8002004C" + "8801F0"
                        + "9000");
        assertThat(terminal.exchange("00A40804022FE2"))
                .isEqualTo("6217" + "82024121" + "83022FE2" + "8A0105" + "8B032F0601" + "8002000A" + "880110" + "9000");
    }

    @Test
    void status_gives_the_template_or_the_name_of_what_is_selected() {
        String template = terminal.exchange("00A40004023F00");
        assertThat(template).startsWith("62").contains("A50B800171").contains("83023F00");
        assertThat(terminal.exchange("80F2000000")).isEqualTo(template);
        assertThat(terminal.send("80F2000C")).isEqualTo("9000");
        selectUsim();
        assertThat(terminal.exchange("80F2000100")).isEqualTo("8410" + USIM + "9000");
    }

    @Test
    void reading_beyond_the_end_tells_what_is_left() {
        terminal.send("00A4000C022FE2");
        assertThat(terminal.send("00B0000000")).isEqualTo("6C0A");
        assertThat(terminal.send("00B0000803")).isEqualTo("6C02");
        assertThat(terminal.send("00B0000A01")).isEqualTo("6B00");
    }

    @Test
    void an_update_is_read_back_and_survives_a_reset() {
        selectUsim();
        assertThat(terminal.send("00A4000C026F7E")).isEqualTo("9000");
        assertThat(terminal.send("00D600000211AA")).isEqualTo("9000");
        assertThat(terminal.send("00D6000A0211AA")).isEqualTo("6700");
        terminal.uicc().reset();
        selectUsim();
        assertThat(terminal.send("00B08B0003")).isEqualTo("11AAFF9000");
    }

    @Test
    void an_update_of_one_card_is_not_seen_by_another() {
        selectUsim();
        terminal.send("00A4000C026F7E");
        terminal.send("00D600000211AA");
        Terminal other = new Terminal(Uicc.builder().build());
        other.exchange("00A4040410" + USIM);
        assertThat(other.send("00B08B0002")).isEqualTo("FFFF9000");
    }

    @Test
    void records_are_read_by_number_and_by_going_on() {
        selectUsim();
        assertThat(terminal.send("00A4000C026F3C")).isEqualTo("9000");
        String record = "01" + "AB".repeat(175);
        assertThat(terminal.send("00DC0204B0" + record)).isEqualTo("9000");
        assertThat(terminal.send("00B2020400")).isEqualTo("6CB0");
        assertThat(terminal.send("00B20204B0")).isEqualTo(record + "9000");
        assertThat(terminal.send("00B20002B0")).startsWith("00FF");
        assertThat(terminal.send("00B20002B0")).isEqualTo(record + "9000");
        assertThat(terminal.send("00B20B04B0")).isEqualTo("6A83");
        assertThat(terminal.send("00B0000001")).isEqualTo("6981");
        assertThat(terminal.exchange("00A2010402" + "ABAB")).isEqualTo("029000");
    }

    @Test
    void what_the_rule_forbids_is_refused_until_the_key_was_verified() {
        terminal.send("00A4080C022F00");
        String record = "00".repeat(38);
        assertThat(terminal.send("00DC010426" + record)).isEqualTo("6982");
        assertThat(terminal.send("0020000A083838383838383830")).isEqualTo("63C9");
        assertThat(terminal.send("0020000A")).isEqualTo("63C9");
        assertThat(terminal.send(VERIFY_ADM)).isEqualTo("9000");
        assertThat(terminal.send("00DC010426" + record)).isEqualTo("9000");
        terminal.uicc().reset();
        terminal.send("00A4080C022F00");
        assertThat(terminal.send("00DC010426" + record)).isEqualTo("6982");
    }

    @Test
    void the_pin_is_disabled_until_it_is_enabled_and_blocks_after_three_tries() {
        String right = "30303030FFFFFFFF";
        String wrong = "31303030FFFFFFFF";
        assertThat(terminal.send("0020000108" + right)).isEqualTo("6984");
        assertThat(terminal.send("0028000108" + right)).isEqualTo("9000");
        terminal.uicc().reset();
        selectUsim();
        assertThat(terminal.send("00B0870009")).isEqualTo("6982"); // EF IMSI
        assertThat(terminal.send("0020000108" + wrong)).isEqualTo("63C2");
        assertThat(terminal.send("0020000108" + wrong)).isEqualTo("63C1");
        assertThat(terminal.send("0020000108" + wrong)).isEqualTo("6983");
        assertThat(terminal.send("0020000108" + right)).isEqualTo("6983");
        assertThat(terminal.send("002C000110" + "3132333435363738" + right)).isEqualTo("9000");
        assertThat(terminal.send("00B0870009")).endsWith("9000");
    }

    @Test
    void a_deactivated_file_is_selected_with_a_warning_and_not_read() {
        terminal.send("00A4000C022F05");
        assertThat(terminal.send(VERIFY_ADM)).isEqualTo("9000");
        assertThat(terminal.send("00040000")).isEqualTo("9000");
        assertThat(terminal.send("00A4000C022F05")).isEqualTo("6283");
        assertThat(terminal.send("00B0000001")).isEqualTo("6984");
        assertThat(terminal.send("00440000")).isEqualTo("9000");
        assertThat(terminal.send("00B0000001")).isEqualTo("659000");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"6F07", "6F08", "6F31", "6F38", "6F3C", "6F42", "6F46", "6F56", "6F73", "6F78", "6F7E", "6FAD"})
    void the_files_that_an_me_reads_at_its_start_are_there(String identifier) {
        selectUsim();
        assertThat(terminal.exchange("00A4000402" + identifier))
                .contains("8302" + identifier)
                .endsWith("9000");
    }
}
