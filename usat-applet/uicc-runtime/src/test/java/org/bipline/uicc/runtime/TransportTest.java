// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.bipline.uicc.runtime.Cards.FIRST;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TransportTest {
    private final Terminal terminal = new Terminal(
            Uicc.builder().iccid("8988211000000123456").imsi("001010000000005").build());

    @Test
    void the_answer_to_reset_is_that_of_a_uicc_with_a_right_checksum() {
        byte[] atr = terminal.uicc().reset();
        assertThat(Terminal.hex(atr)).startsWith("3B9F96801FC7");
        byte sum = 0;
        for (int i = 1; i < atr.length; i++) {
            sum ^= atr[i];
        }
        assertThat(sum).isZero();
        assertThat(atr).hasSize(6 + 15 + 1);
    }

    @Test
    void a_command_with_data_is_answered_by_get_response() {
        String announced = terminal.send("00A40004023F00");
        assertThat(announced).startsWith("61");
        String length = announced.substring(2);
        assertThat(terminal.send("00C0000000")).isEqualTo("6C" + length);
        String part = terminal.send("00C0000004");
        assertThat(part).startsWith("62").endsWith("61%02X".formatted(Integer.parseInt(length, 16) - 4));
        String rest = terminal.send("00C00000" + part.substring(part.length() - 2));
        assertThat(rest).endsWith("9000");
        assertThat(terminal.send("00C0000001")).isEqualTo("6F00");
    }

    @Test
    void another_command_discards_the_response() {
        terminal.send("00A40004023F00");
        terminal.send("00A4000C023F00");
        assertThat(terminal.send("00C0000001")).isEqualTo("6F00");
    }

    @ParameterizedTest
    @CsvSource({
        "00A4000C023F, 6700",
        "00A40, 6700",
        "00A400, 6700",
        "0099000000, 6D00",
        "A0A40000023F00, 6E00",
        "01A4000C023F00, 6881",
        "04A4000C023F00, 6882",
        "80B0000000, 6E00",
        "00F2000C, 6E00",
        "00A4020C023F00, 6A86",
        "00A4000C021234, 6A82",
        "00A4040C07A0000000879999, 6A82",
        "00B0000001, 6986",
        "8012000010, 6985",
        "8014000003810301, 6985",
        "801001000101, 6A86",
        "80C2000003D30503, 6A80",
        "00700000, 6C01"
    })
    void a_wrong_command_is_answered_by_its_status_word(String command, String statusWord) {
        String whole = command.length() % 2 == 0 ? command : command.substring(0, command.length() - 1);
        assertThat(terminal.send(whole)).isEqualTo(statusWord);
    }

    @Test
    void a_card_without_power_answers_nothing() {
        terminal.uicc().powerOff();
        assertThatThrownBy(() -> terminal.send("00A40000023F00"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("reset()");
    }

    @Test
    void fetch_wants_the_announced_length() {
        Cards cards = new Cards().script(FIRST, "01000101010100000000", "0441", "");
        Terminal other = cards.powered();
        String announced = other.send("80100000", Terminal.FULL_PROFILE);
        assertThat(other.send("8012000000")).isEqualTo("6C" + announced.substring(2));
        assertThat(other.send("00A4000C023F00")).isEqualTo(announced);
        assertThat(other.fetch(announced)).startsWith("D0");
        assertThat(other.send("00A4000C023F00")).isEqualTo("9000");
    }

    @Test
    void an_applet_answers_with_6c_first_and_runs_once() {
        Cards cards = new Cards().script(FIRST, "0100000000000000", "010010", "05");
        Terminal other = cards.powered();
        other.profile(Terminal.FULL_PROFILE);
        other.envelope("D6", "990104");
        other.send("00A40400", FIRST);
        assertThat(other.send("80CA000000")).isEqualTo("6C02");
        assertThat(other.send("80CA000002")).isEqualTo("00109000"); // the log was emptied: it is not run again
        assertThat(other.send("80CA000000")).isEqualTo("9000");
    }
}
