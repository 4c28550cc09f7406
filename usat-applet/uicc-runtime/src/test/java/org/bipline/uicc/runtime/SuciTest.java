// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bipline.uicc.runtime.Cards.FIRST;
import static org.bipline.uicc.runtime.Cards.SECOND;

import org.bipline.uicc.runtime.file.CardProfile;
import org.bipline.uicc.runtime.fixture.SuciApplet;
import org.junit.jupiter.api.Test;

/** SUCI calculators: 3GPP TS 31.130, SUCIRegistry, and GET IDENTITY of TS 31.102 clause 7.5. */
class SuciTest {
    private static final String USIM = "A0000000871002FFFFFFFF8900000100";
    private static final String GET_IDENTITY = "8078000100";
    private static final String SUCI = "A10D" + "01" + "00F110" + "F0FF" + "00" + "00" + "1032547698";

    private final Cards cards = new Cards();

    /** A card whose USIM conceals the subscriber itself, by what it says in EF UST: services 124 and 125. */
    private Terminal terminal() {
        cards.profile(CardProfile.parse("3F00 df 8c:00\n"
                + "pin 3F00 pin1 0000\n"
                + "USIM adf " + USIM + " 8c:00\n"
                + "USIM/6F38 transparent 16 04 8c:00 " + "00".repeat(15) + "18\n"
                + "OTHER adf A000000087100400 8c:00\n"));
        return cards.applet(SuciApplet.class, FIRST, "")
                .applet(SuciApplet.class, SECOND, "")
                .powered();
    }

    private static String ask(Terminal terminal, String aid, String header, String data) {
        terminal.exchange("00A4040006" + aid);
        String answer = data.isEmpty()
                ? terminal.exchange(header + "00")
                : terminal.exchange(header + "%02X".formatted(data.length() / 2) + data);
        terminal.exchange("00A4040C10" + USIM);
        return answer.substring(0, 4);
    }

    @Test
    void the_usim_answers_what_the_calculator_made() {
        Terminal terminal = terminal();
        assertThat(ask(terminal, FIRST, "80010000", "")).isEqualTo("9000");
        assertThat(terminal.send(GET_IDENTITY)).as("PIN1 first").isEqualTo("6982");
        terminal.send("0020000108" + "30303030FFFFFFFF");
        assertThat(terminal.send(GET_IDENTITY)).isEqualTo("6C0F");
        assertThat(terminal.exchange(GET_IDENTITY)).isEqualTo(SUCI + "9000");
        terminal.uicc().reset();
        terminal.exchange("00A4040C10" + USIM);
        terminal.send("0020000108" + "30303030FFFFFFFF");
        assertThat(terminal.exchange("8078008100")).as("registered for good").isEqualTo(SUCI + "9000");
        assertThat(terminal.send("8078000200")).as("another context").isEqualTo("6A86");
        assertThat(terminal.send("8078010100")).isEqualTo("6A86");
        assertThat(terminal.send("0078000100")).isEqualTo("6E00");
        terminal.uicc().delete(Terminal.bytes(FIRST));
        cards.heard.clear();
        assertThat(terminal.send(GET_IDENTITY)).isEqualTo("6A88");
        assertThat(cards.heard)
                .containsExactly("dropped GET IDENTITY: no applet has registered a SUCI calculator for the USIM");
    }

    @Test
    void a_usim_has_one_calculator() {
        Terminal terminal = terminal();
        assertThat(ask(terminal, FIRST, "80020000", "")).as("NOT_REGISTERED").isEqualTo("0003");
        assertThat(ask(terminal, FIRST, "80030000", "")).as("taken back").isEqualTo("9000");
        assertThat(ask(terminal, FIRST, "80010000", USIM)).isEqualTo("9000");
        assertThat(ask(terminal, SECOND, "80010000", ""))
                .as("ALREADY_REGISTERED")
                .isEqualTo("0002");
        assertThat(ask(terminal, SECOND, "80020000", USIM)).as("NOT_REGISTERED").isEqualTo("0003");
        assertThat(ask(terminal, FIRST, "80020000", USIM)).isEqualTo("9000");
        assertThat(ask(terminal, SECOND, "80010000", "")).isEqualTo("9000");
        assertThat(ask(terminal, FIRST, "80010000", "A000000087100400"))
                .as("ILLEGAL_AID: no USIM")
                .isEqualTo("0004");
        assertThat(ask(terminal, FIRST, "80010000", "A0000000871002FF"))
                .as("not its whole AID")
                .isEqualTo("0004");
    }

    @Test
    void a_calculator_that_fails_is_told_in_the_trace() {
        Terminal terminal = terminal();
        assertThat(ask(terminal, FIRST, "80010100", "")).isEqualTo("9000");
        terminal.send("0020000108" + "30303030FFFFFFFF");
        cards.heard.clear();
        assertThat(terminal.send(GET_IDENTITY)).isEqualTo("6F00");
        ask(terminal, FIRST, "80010200", "");
        assertThat(terminal.send(GET_IDENTITY)).isEqualTo("6F00");
        assertThat(cards.heard)
                .containsExactly(
                        "dropped GET IDENTITY: what the calculator of " + FIRST + " gave is no SUCI data object (A1)",
                        FIRST + " threw IllegalStateException");
    }

    @Test
    void a_card_without_the_service_or_without_a_usim_says_so() {
        Terminal plain = cards.applet(SuciApplet.class, FIRST, "").powered();
        plain.exchange("00A4040C07A0000000871002");
        assertThat(plain.send(GET_IDENTITY)).isEqualTo("6985");
        Terminal none = new Cards()
                .profile(CardProfile.parse("3F00 df 8c:00\n"))
                .applet(SuciApplet.class, FIRST, "")
                .powered();
        none.exchange("00A4040006" + FIRST);
        assertThat(none.exchange("8001000000")).as("NO_USIM").isEqualTo("00019000");
    }
}
