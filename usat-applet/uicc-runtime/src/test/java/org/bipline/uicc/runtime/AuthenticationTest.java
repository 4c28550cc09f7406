// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/**
 * AUTHENTICATE of the USIM, 3GPP TS 31.102 clause 7.1, with the challenge of test set 1 of 3GPP TS 35.208: its SQN FF9BB4D0B607 is SEQ
 * 07FCDDA685B0 and index 07.
 */
class AuthenticationTest {
    private static final String USIM = "A0000000871002FFFFFFFF8900000100";
    private static final String RAND = "23553CBE9637A89D218AE64DAE47BF35";
    private static final String AUTN = "55F328B43577" + "B9B9" + "4A9FFAC354DFAFB3";
    private static final String KEYS =
            "DB" + "08A54211D5E3BA50BF" + "10B40BA9A3C58B2A05BBF0D987B21BF8CB" + "10F769BCD751044604127672711C6D3441";
    private static final String AUTHENTICATE = "00880081";

    private static Terminal usim(String sqn) {
        Terminal terminal = new Terminal(Uicc.builder()
                .profile(org.bipline.uicc.runtime.file.CardProfile.parse(profile(sqn)))
                .build());
        assertThat(terminal.exchange("00A4040410" + USIM)).endsWith("9000");
        return terminal;
    }

    private static String profile(String sqn) {
        return """
                rule all read,update=always
                3F00       df     all
                3F00/2F06  linear 16x1  06 all  @rules
                milenage   k=465B5CE8B199B49FAA5F0A2EE238A6BC op=CDC202D5123E20F62B6D676AC72CB318 sqn=%s
                pin  3F00  pin1   1234
                USIM       adf    A0000000871002FFFFFFFF8900000100 all
                USIM/6F38  transparent 5 04 all  0000000420
                """.formatted(sqn);
    }

    private static String authenticate(Terminal terminal, String data) {
        String response = terminal.send(AUTHENTICATE, data);
        return response.startsWith("61") ? terminal.send("00C00000" + response.substring(2)) : response;
    }

    private static String challenge(Terminal terminal, String autn) {
        return authenticate(terminal, "10" + RAND + "10" + autn);
    }

    private static void verify(Terminal terminal) {
        assertThat(terminal.send("0020000108" + "31323334FFFFFFFF")).isEqualTo("9000");
    }

    @Test
    void a_fresh_challenge_gives_response_keys_and_kc_where_the_card_has_gsm_access() {
        Terminal terminal = usim("FF9BB4D0B5E7");
        verify(terminal);
        assertThat(challenge(terminal, AUTN)).isEqualTo(KEYS + "08EAE4BE823AF9A08B" + "9000");
    }

    @Test
    void a_challenge_used_before_gives_the_sequence_number_of_the_card() {
        Terminal terminal = usim("FF9BB4D0B5E7");
        verify(terminal);
        challenge(terminal, AUTN);
        String synchronisation = challenge(terminal, AUTN);
        // SQN FF9BB4D0B607 concealed by f5* 451E8BECA43B
        assertThat(synchronisation).startsWith("DC0E" + "BA853F3C123C").hasSize(2 * 16 + 4);
        terminal.uicc().reset();
        terminal.exchange("00A4040410" + USIM);
        verify(terminal);
        assertThat(challenge(terminal, AUTN)).isEqualTo(synchronisation);
    }

    @Test
    void a_sequence_number_too_far_ahead_is_a_synchronisation_failure_too() {
        Terminal terminal = usim("000000000000");
        verify(terminal);
        assertThat(challenge(terminal, AUTN)).startsWith("DC0E" + "451E8BECA43B");
    }

    @Test
    void a_wrong_code_is_told() {
        Terminal terminal = usim("FF9BB4D0B5E7");
        verify(terminal);
        assertThat(challenge(terminal, AUTN.replace("B9B9", "B9B8"))).isEqualTo("9862");
        assertThat(challenge(terminal, AUTN)).startsWith("DB");
    }

    @Test
    void the_gsm_context_gives_sres_and_kc() {
        Terminal terminal = usim("000000000000");
        verify(terminal);
        assertThat(terminal.send("0088008011" + "10" + RAND)).isEqualTo("610E");
        assertThat(terminal.send("00C000000E")).isEqualTo("0446F8416A" + "08EAE4BE823AF9A08B" + "9000");
    }

    @Test
    void refusals() {
        Terminal terminal = usim("000000000000");
        assertThat(challenge(terminal, AUTN)).isEqualTo("6982");
        verify(terminal);
        assertThat(authenticate(terminal, "10" + RAND)).isEqualTo("6700");
        assertThat(terminal.send("0088018111" + "10" + RAND)).isEqualTo("6A86");
        assertThat(terminal.send("0088008511" + "10" + RAND)).isEqualTo("6A86");
        assertThat(terminal.send("0088008411" + "10" + RAND)).isEqualTo("9864");
        terminal.uicc().reset();
        assertThat(challenge(terminal, AUTN)).isEqualTo("6985"); // no application
    }
}
