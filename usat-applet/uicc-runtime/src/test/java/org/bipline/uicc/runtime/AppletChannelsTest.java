// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bipline.uicc.runtime.Terminal.bytes;

import java.util.ArrayList;
import java.util.List;
import org.bipline.uicc.runtime.fixture.FirewallApplet;
import org.bipline.uicc.runtime.fixture.ScriptApplet;
import org.bipline.uicc.runtime.fixture.client.ClientApplet;
import org.bipline.uicc.runtime.fixture.multi.MultiApplet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Applets on logical channels: Java Card 3.0.4 runtime environment, chapter 4, with ETSI TS 102 221 clause 11.1. */
class AppletChannelsTest {
    private static final String MULTI = "F00000000201";
    private static final String SIBLING = "F00000000202";
    private static final String SINGLE = "F00000000101";
    private static final String SINGLE_SIBLING = "F00000000102";
    private static final String CLIENT = "F00000000301";
    private static final String USIM = "A0000000871002";

    private final List<String> heard = new ArrayList<>();

    private final Terminal terminal = new Terminal(Uicc.builder()
            .listener(new UiccListener() {
                @Override
                public void dropped(String what, String reason) {
                    heard.add(what + ": " + reason);
                }

                @Override
                public void threw(String aid, Throwable exception) {
                    heard.add(aid + " threw " + exception.getClass().getSimpleName());
                }
            })
            .applet(MultiApplet.class, bytes("F000000002"), bytes(MULTI), bytes(""), bytes(""))
            .applet(MultiApplet.class, bytes("F000000002"), bytes(SIBLING), bytes(""), bytes(""))
            .applet(FirewallApplet.class, bytes("F000000001"), bytes(SINGLE), bytes(""), bytes(""))
            .applet(
                    ScriptApplet.class,
                    bytes("F000000001"),
                    bytes(SINGLE_SIBLING),
                    bytes("0100000000000000"),
                    bytes("01007EFF" + "0605" + "210081" + "0500"))
            .applet(ClientApplet.class, bytes("F000000003"), bytes(CLIENT), bytes(""), bytes(""))
            .build());

    private String select(String cla, String aid) {
        return terminal.send(cla + "A40400", aid);
    }

    private String open(String cla) {
        return terminal.send(cla + "70000001");
    }

    @ParameterizedTest
    @CsvSource({"00, 80, 00", "01, 81, 01", "03, 83, 03", "40, C0, 04", "4F, CF, 13", "03, 8F, 03", "4F, EF, 13"})
    void an_applet_is_selected_on_any_channel_and_gets_the_commands_of_that_channel(
            String interindustry, String proprietary, String channel) {
        if (!channel.equals("00")) {
            assertThat(select(interindustry, MULTI)).isEqualTo("6881");
            assertThat(terminal.send("007000" + channel)).isEqualTo("9000");
        }
        assertThat(select(interindustry, MULTI)).isEqualTo("9000");
        assertThat(terminal.send(proprietary + "01000003")).isEqualTo(channel + channel + "01" + "9000");
        assertThat(terminal.send(proprietary + "02000003")).isEqualTo("10" + channel + channel + "9000");
    }

    @Test
    void other_channels_have_their_files_meanwhile() {
        open("00");
        select("01", MULTI);
        assertThat(terminal.send("00A4040C07" + USIM)).isEqualTo("9000");
        assertThat(terminal.send("00B0850001")).isNotEqualTo("6D00");
        assertThat(terminal.send("01B0850001"))
                .as("instruction B0 of the applet")
                .isEqualTo("6D00");
        assertThat(terminal.send("01A4040C07" + USIM)).isEqualTo("9000");
        assertThat(terminal.send("01B0850001")).isNotEqualTo("6D00");
    }

    @Test
    void a_response_is_fetched_on_the_channel_of_its_command() {
        open("00");
        select("01", MULTI);
        assertThat(terminal.send("8104000006" + MULTI)).isEqualTo("6101");
        assertThat(terminal.send("00C0000001")).isEqualTo("6F00");
        assertThat(terminal.send("8104000006" + MULTI)).isEqualTo("6101");
        assertThat(terminal.send("01C0000001")).isEqualTo("019000");
    }

    @Test
    void a_multiselectable_applet_hears_who_of_its_package_is_active_beside_it() {
        select("00", MULTI);
        open("00");
        open("00");
        assertThat(select("01", MULTI)).isEqualTo("9000");
        assertThat(select("02", SIBLING)).isEqualTo("9000");
        assertThat(terminal.send("8202000003")).isEqualTo("200202" + "9000");
        assertThat(terminal.exchange("8104000006" + MULTI)).isEqualTo("019000");
        terminal.send("01A4040C07" + USIM);
        terminal.send("00A4040C07" + USIM);
        assertThat(terminal.exchange("8204000006" + MULTI)).isEqualTo("009000");
        select("00", MULTI);
        assertThat(terminal.exchange("800200000F"))
                .isEqualTo("100000" + "210101" + "410101" + "400000" + "200000" + "9000");
    }

    @Test
    void memory_until_deselection_lasts_until_the_last_applet_of_the_package_is_deselected() {
        select("00", MULTI);
        open("00");
        select("01", SIBLING);
        assertThat(terminal.send("8001000003")).isEqualTo("000001" + "9000");
        assertThat(terminal.send("8101000003")).isEqualTo("010101" + "9000");
        terminal.send("00A4040C07" + USIM);
        select("00", MULTI);
        assertThat(terminal.send("8001000003")).isEqualTo("000002" + "9000");
        terminal.send("00A4040C07" + USIM);
        terminal.send("01A4040C07" + USIM);
        select("00", MULTI);
        assertThat(terminal.send("8001000003")).isEqualTo("000001" + "9000");
    }

    @Test
    void of_another_package_one_applet_is_active_at_a_time() {
        assertThat(select("00", SINGLE)).isEqualTo("9000");
        open("00");
        assertThat(select("01", CLIENT)).as("of another package").isEqualTo("9000");
        assertThat(select("01", SINGLE)).isEqualTo("6985");
        assertThat(select("01", SINGLE_SIBLING)).isEqualTo("6985");
        assertThat(terminal.send("81020000")).as("the client is still active").isEqualTo("9000");
        assertThat(select("00", SINGLE)).as("on its own channel").isEqualTo("9000");
        assertThat(select("00", SINGLE_SIBLING)).isEqualTo("9000");
    }

    @Test
    void a_new_channel_has_the_applet_of_the_one_that_opened_it() {
        assertThat(open("00")).isEqualTo("019000");
        select("01", MULTI);
        assertThat(open("01")).isEqualTo("029000");
        assertThat(terminal.send("8201000003")).isEqualTo("020201" + "9000");
        assertThat(open("00")).as("the basic channel hands nothing on").isEqualTo("039000");
        assertThat(terminal.send("83F2000C")).isEqualTo("9000");
        terminal.send("81030100");
        assertThat(open("01")).as("refused").isEqualTo("6999");
        assertThat(terminal.send("C0F2000C")).as("closed again").isEqualTo("6881");
        assertThat(terminal.send("8102000009")).isEqualTo("100101" + "210102" + "210104" + "9000");
        select("03", SINGLE);
        assertThat(open("03")).isEqualTo("6985");
        assertThat(terminal.send("C0F2000C")).isEqualTo("6881");
    }

    @Test
    void closing_a_channel_deselects_its_applet() {
        open("00");
        open("00");
        select("01", MULTI);
        select("02", MULTI);
        assertThat(terminal.send("00708001")).isEqualTo("9000");
        assertThat(terminal.send("8202000009")).isEqualTo("100101" + "210202" + "410001" + "9000");
        assertThat(terminal.send("02708002")).as("by itself").isEqualTo("9000");
        assertThat(heard).as("an exception does not stop it").containsExactly(MULTI + " threw NullPointerException");
        assertThat(terminal.send("82F2000C")).isEqualTo("6881");
        open("00");
        assertThat(select("01", MULTI)).isEqualTo("9000");
        assertThat(terminal.send("8202000006")).isEqualTo("6881");
        assertThat(terminal.send("8102000006")).isEqualTo("300202" + "100101" + "9000");
    }

    @ParameterizedTest
    @CsvSource({"01", "02"})
    void an_applet_that_refuses_or_throws_is_not_selected(String how) {
        select("00", MULTI);
        terminal.send("8003" + how + "00");
        assertThat(select("00", MULTI)).isEqualTo("6999");
        assertThat(terminal.send("8001000003")).as("nobody is active").isEqualTo("6D00");
        assertThat(select("00", MULTI)).isEqualTo("9000");
    }

    @ParameterizedTest
    @CsvSource({"00, 6A80", "01, 6F00", "02, 6F00"})
    void what_an_applet_throws_becomes_a_status_word_and_the_card_goes_on(String what, String status) {
        select("00", MULTI);
        assertThat(terminal.send("8006" + what + "00")).isEqualTo(status);
        assertThat(heard).hasSize(status.equals("6F00") ? 1 : 0);
        assertThat(terminal.send("8001000003")).isEqualTo("000001" + "9000");
        assertThat(terminal.send("80F2000C")).isEqualTo("9000");
    }

    @Test
    void an_applet_that_is_active_elsewhere_and_not_multiselectable_is_not_called() {
        select("00", CLIENT);
        assertThat(terminal.exchange("8001000006" + SINGLE)).endsWith("9000");
        open("00");
        select("01", SINGLE);
        assertThat(terminal.exchange("8001000006" + SINGLE)).isEqualTo("6F00");
        assertThat(heard).containsExactly(CLIENT + " threw SecurityException");
        terminal.send("00708001");
        assertThat(terminal.exchange("8001000006" + SINGLE)).endsWith("9000");
    }

    @Test
    void a_locked_applet_leaves_all_channels() {
        open("00");
        select("00", MULTI);
        select("01", MULTI);
        terminal.uicc().lock(bytes(MULTI));
        assertThat(terminal.send("8001000003")).isEqualTo("6D00");
        assertThat(terminal.send("8101000003")).isEqualTo("6D00");
        assertThat(select("01", MULTI)).isEqualTo("6A82");
    }

    @Test
    void a_part_of_the_name_finds_first_last_next_and_previous_and_p2_ends_a_session() {
        String part = "F000000002";
        assertThat(terminal.send("00A40401", part)).isEqualTo("9000");
        assertThat(terminal.exchange("8004000006" + SIBLING)).isEqualTo("019000");
        assertThat(terminal.send("00A40402", part))
                .as("there is none behind it")
                .isEqualTo("6A82");
        assertThat(terminal.send("00A40403", part)).isEqualTo("9000");
        assertThat(terminal.exchange("8004000006" + MULTI)).isEqualTo("019000");
        assertThat(terminal.send("00A40402", part)).isEqualTo("9000");
        assertThat(terminal.exchange("8004000006" + SIBLING)).isEqualTo("019000");
        assertThat(terminal.send("00A40444", SIBLING)).isEqualTo("9000");
        assertThat(terminal.send("8001000003")).isEqualTo("6D00");
    }

    @Test
    void the_end_of_an_application_session_is_told_without_the_handler() {
        terminal.profile(Terminal.FULL_PROFILE);
        open("00");
        terminal.send("00A4040C07" + USIM);
        terminal.send("01A4040C07" + USIM);
        assertThat(select("00", MULTI)).as("on the basic channel").isEqualTo("9000");
        assertThat(terminal.send("00708001")).as("on another").isEqualTo("9000");
        assertThat(Cards.log(terminal, SINGLE_SIBLING))
                .as("HANDLER_NOT_AVAILABLE")
                .isEqualTo("4002".repeat(2));
    }

    @Test
    void a_reset_ends_all_selections() {
        open("00");
        select("00", MULTI);
        select("01", MULTI);
        terminal.uicc().reset();
        assertThat(select("00", MULTI)).isEqualTo("9000");
        assertThat(terminal.send("8001000003")).isEqualTo("000001" + "9000");
        assertThat(terminal.send("8002000009")).endsWith("100000" + "9000");
    }
}
