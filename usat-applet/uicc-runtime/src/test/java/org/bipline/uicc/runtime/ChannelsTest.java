// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.bipline.uicc.runtime.file.CardProfile;
import org.bipline.uicc.runtime.fixture.FileApplet;
import org.bipline.uicc.runtime.vm.MemoryWatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Logical channels, applications and PINs of ETSI TS 102 221 clauses 8.6 to 9.5 and 11.1.9 to 11.1.19. */
class ChannelsTest {
    private static final String ONE = "A0000000871002FFFFFFFF8900000100";
    private static final String TWO = "A0000000871002FFFFFFFF8900000200";
    private static final String OTHER = "A0000000871004FFFFFFFF8900000100";
    private static final String RIGHT = "31313131FFFFFFFF";
    private static final String WRONG = "32313131FFFFFFFF";
    private static final CardProfile PROFILE = CardProfile.parse("""
            rule open    read,update,create-ef=always
            rule pin     read=pin1          update=local1
            rule both    read=pin1&local1   update=pin2|upin
            3F00         df     open
            pin 3F00     pin1   1111  unblock=12345678
            pin 3F00     pin2   1111  disabled
            pin 3F00     upin   1111
            pin 3F00     adm1   88888888  tries=10
            3F00/2F06    linear 48x3         06 open @rules
            3F00/6F01    transparent 1       01 pin
            3F00/6F02    transparent 1       -  open +exclusive
            3F00/5F10    df     open
            ONE          adf    A0000000871002FFFFFFFF8900000100 open
            pin ONE      local1 1111
            ONE/6F01     transparent 1       01 pin
            ONE/6F02     transparent 1       02 both
            TWO          adf    A0000000871002FFFFFFFF8900000200 open
            OTHER        adf    A0000000871004FFFFFFFF8900000100 open
            """);
    private final Terminal terminal =
            new Terminal(Uicc.builder().profile(PROFILE).build());

    private String select(String cla, String p2, String aid) {
        String response = terminal.send(cla + "A404" + p2, aid);
        return response.startsWith("61") ? terminal.send(cla + "C00000" + response.substring(2)) : response;
    }

    private String open(String cla) {
        return terminal.send(cla + "70000001");
    }

    @Test
    void channels_are_assigned_from_one_to_nineteen() {
        for (int i = 1; i < 20; i++) {
            assertThat(open("00")).isEqualTo("%02X9000".formatted(i));
        }
        assertThat(open("00")).isEqualTo("6A81");
        assertThat(terminal.send("00708005")).isEqualTo("9000");
        assertThat(terminal.send("00708005")).isEqualTo("6881");
        assertThat(terminal.send("41A4000C023F00")).isEqualTo("6881");
        assertThat(terminal.send("00700005")).isEqualTo("9000"); // the ME chooses
        assertThat(terminal.send("00700005")).isEqualTo("6A81");
        assertThat(terminal.send("41A4000C023F00")).isEqualTo("9000");
    }

    @Test
    void a_reset_closes_all_channels_but_the_basic_one() {
        open("00");
        terminal.uicc().reset();
        assertThat(terminal.send("01A4000C023F00")).isEqualTo("6881");
    }

    @ParameterizedTest
    @CsvSource({
        "00708000,     6A86", // the basic channel cannot be closed
        "00700014,     6A86",
        "00704001,     6A86",
        "0070000002,   6C01",
        "0070000001AA, 6700",
        "04B0000001,   6882",
        "60B0000001,   6882",
        "10B0000001,   6884",
        "50B0000001,   6884",
        "20B0000001,   6E00",
        "03B0000001,   6881",
        "4FB0000001,   6881",
        "8070000001,   6E00",
        "00F2000000,   6E00",
        "0073000000,   6D00", // MANAGE SECURE CHANNEL
        "0075000000,   6D00", // TRANSACT DATA
        "00FE000000,   6D00"
    })
    void what_cannot_be_is_refused(String command, String status) {
        assertThat(terminal.send(command)).isEqualTo(status);
    }

    @Test
    void each_channel_has_its_selection_and_a_new_one_begins_where_the_one_that_opened_it_is() {
        open("00");
        select("01", "0C", ONE);
        terminal.send("01A4000C026F01");
        assertThat(terminal.exchange("80F2000000")).contains("83023F00");
        assertThat(terminal.exchange("81F2000000")).contains("8410" + ONE);
        assertThat(open("01")).isEqualTo("029000");
        assertThat(terminal.exchange("82F2000100")).isEqualTo("8410" + ONE + "9000");
        assertThat(terminal.send("02B0000001")).isEqualTo("6986");
        assertThat(terminal.send("01B0000001")).isEqualTo("6982");
    }

    @Test
    void files_are_there_on_a_channel_while_an_applet_has_the_basic_one() {
        Terminal card = new Terminal(Uicc.builder()
                .profile(PROFILE)
                .applet(
                        FileApplet.class,
                        Terminal.bytes(Cards.PACKAGE),
                        Terminal.bytes(Cards.FIRST),
                        new byte[0],
                        Terminal.bytes(ONE))
                .build());
        assertThat(card.send("00A40400", Cards.FIRST)).isEqualTo("9000");
        assertThat(card.send("0070000001")).isEqualTo("019000");
        assertThat(card.send("01A4040C", ONE)).isEqualTo("9000");
        assertThat(card.send("0120000108" + RIGHT)).isEqualTo("9000");
        assertThat(card.send("01B0810001")).isEqualTo("FF9000");
        assertThat(card.send("8001000002" + "6F01")).isEqualTo("9000"); // the applet selects in its view
    }

    @Test
    void a_file_that_is_not_shareable_is_selected_on_one_channel_only() {
        open("00");
        assertThat(terminal.send("00A4000C026F02")).isEqualTo("9000");
        assertThat(terminal.send("01A4000C026F02")).isEqualTo("6985");
        assertThat(terminal.send("00A4000C023F00")).isEqualTo("9000");
        assertThat(terminal.send("01A4000C026F02")).isEqualTo("9000");
    }

    @Test
    void a_partial_name_finds_first_last_next_and_previous() {
        String rid = "A0000000871002";
        assertThat(select("00", "04", rid)).contains(ONE);
        assertThat(select("00", "06", rid)).contains(TWO);
        assertThat(select("00", "06", rid)).isEqualTo("6A82");
        assertThat(select("00", "07", rid)).contains(ONE);
        assertThat(select("00", "05", rid)).contains(TWO);
        assertThat(select("00", "05", "A000000087")).contains(OTHER);
        assertThat(select("00", "04", "A0000000871003")).isEqualTo("6A82");
    }

    @Test
    void global_pins_are_verified_for_all_channels_local_ones_as_long_as_a_channel_has_the_application() {
        open("00");
        select("00", "0C", ONE);
        select("01", "0C", ONE);
        assertThat(terminal.send("0020000108" + RIGHT)).isEqualTo("9000");
        assertThat(terminal.send("0020008108" + RIGHT)).isEqualTo("9000");
        assertThat(terminal.send("01B0820001")).isEqualTo("FF9000");
        select("00", "0C", TWO);
        assertThat(terminal.send("00200081")).isEqualTo("6A88"); // that application has no such PIN
        assertThat(terminal.send("01200081")).isEqualTo("9000");
        assertThat(select("01", "4C", ONE)).isEqualTo("9000"); // ends the session
        select("01", "0C", ONE);
        assertThat(terminal.send("01200081")).isEqualTo("63C3");
        assertThat(terminal.send("01B0820001")).isEqualTo("6982");
        assertThat(terminal.send("01B0810001")).isEqualTo("FF9000");
    }

    @Test
    void a_pin_is_replaced_by_the_universal_pin() {
        terminal.send("00A4000C026F01");
        assertThat(terminal.send("0026010108" + RIGHT)).isEqualTo("9000");
        assertThat(terminal.send("00B0000001")).isEqualTo("6982");
        assertThat(terminal.exchange("80F2000000")).contains("C61290013083010183010295010883011183010A");
        assertThat(terminal.send("0020001108" + RIGHT)).isEqualTo("9000");
        assertThat(terminal.send("00B0000001")).isEqualTo("FF9000");
        assertThat(terminal.send("0028000108" + RIGHT)).isEqualTo("9000");
        terminal.uicc().reset();
        terminal.send("00A4000C026F01");
        terminal.send("0020001108" + RIGHT);
        assertThat(terminal.send("00B0000001")).isEqualTo("6982");
        assertThat(terminal.exchange("80F2000000")).contains("C6129001B083010183010295010083011183010A");
    }

    @Test
    void without_replacement_a_disabled_pin_asks_for_nothing() {
        terminal.send("00A4000C026F01");
        assertThat(terminal.send("0026000108" + WRONG)).isEqualTo("63C2");
        assertThat(terminal.send("0026000108" + RIGHT)).isEqualTo("9000");
        assertThat(terminal.send("00B0000001")).isEqualTo("FF9000");
        assertThat(terminal.send("0024000110" + RIGHT + WRONG)).isEqualTo("6984");
    }

    @Test
    void a_changed_pin_and_its_tries_survive_a_reset() {
        assertThat(terminal.send("0024000110" + RIGHT + WRONG)).isEqualTo("9000");
        assertThat(terminal.send("0020000108" + RIGHT)).isEqualTo("63C2");
        terminal.uicc().reset();
        assertThat(terminal.send("00200001")).isEqualTo("63C2");
        assertThat(terminal.send("0020000108" + RIGHT)).isEqualTo("63C1");
        assertThat(terminal.send("0020000108" + WRONG)).isEqualTo("9000");
        terminal.uicc().reset();
        assertThat(terminal.send("00200001")).isEqualTo("63C3");
    }

    @Test
    void a_blocked_pin_shuts_the_files_it_opened() {
        terminal.send("00A4000C026F01");
        terminal.send("0020000108" + RIGHT);
        for (String left : new String[] {"63C2", "63C1", "6983", "6983"}) {
            assertThat(terminal.send("0020000108" + WRONG)).isEqualTo(left);
        }
        assertThat(terminal.send("00B0000001")).isEqualTo("6982");
        assertThat(terminal.send("002C0001")).isEqualTo("63CA");
        assertThat(terminal.send("002C000110" + "3132333435363739" + RIGHT)).isEqualTo("63C9");
        assertThat(terminal.send("002C000110" + "3132333435363738" + RIGHT)).isEqualTo("9000");
        assertThat(terminal.send("00B0000001")).isEqualTo("FF9000");
    }

    @ParameterizedTest
    @CsvSource({
        "0020000508, 6A88",
        "0020010108, 6A86",
        "0026020108, 6A86",
        "0026000A08, 6A88", // an administrative key is always asked for
        "0026011108, 6A88", // the universal PIN cannot replace itself
        "0028000108, 6984", // it is enabled
        "0024000108, 6700",
        "0020000107, 6700"
    })
    void wrong_pin_commands_are_refused(String header, String status) {
        String data = "11".repeat(Integer.parseInt(header.substring(8), 16));
        assertThat(terminal.send(header + data)).isEqualTo(status);
    }

    @Test
    void challenges_have_the_length_asked_for_and_differ() {
        String first = terminal.send("0084000008");
        assertThat(first).hasSize(20).endsWith("9000");
        assertThat(terminal.send("0084000008")).hasSize(20).isNotEqualTo(first);
        assertThat(terminal.send("0084000000")).hasSize(2 * 256 + 4);
        assertThat(terminal.send("0084010008")).isEqualTo("6A86");
    }

    @Test
    void terminal_capability_is_a_template() {
        assertThat(terminal.send("80AA000005" + "A903800101")).isEqualTo("9000");
        assertThat(terminal.send("80AA000005" + "A904800101")).isEqualTo("6A80");
        assertThat(terminal.send("80AA000003" + "800101")).isEqualTo("6A80");
        assertThat(terminal.send("80AA000105" + "A903800101")).isEqualTo("6A86");
    }

    /** Cuts the power at the n-th persistent write of a command. */
    private void cutPowerAt(int write, String command) {
        try (MemoryWatch watch = terminal.uicc().watchMemory()) {
            watch.cutPowerAt(write, false);
            assertThatThrownBy(() -> terminal.send(command)).isInstanceOf(PowerCutException.class);
            terminal.uicc().reset();
        }
    }

    @Test
    void a_cut_of_power_in_the_middle_of_a_verification_is_no_free_try() {
        cutPowerAt(1, "0020000108" + WRONG);
        assertThat(terminal.send("00200001")).isEqualTo("63C3");
        cutPowerAt(2, "0020000108" + RIGHT);
        assertThat(terminal.send("00200001")).isEqualTo("63C2");
        cutPowerAt(3, "0024000110" + RIGHT + WRONG);
        assertThat(terminal.send("0020000108" + RIGHT)).isEqualTo("9000");
        cutPowerAt(1, "002C000110" + "3132333435363738" + WRONG);
        assertThat(terminal.send("002C0001")).isEqualTo("63CA");
    }

    @Test
    void a_cut_of_power_leaves_a_file_as_it_was() {
        terminal.send("00A4000C025F10");
        cutPowerAt(
                1, "00E000001A" + "6218" + "82024121" + "83026F20" + "8A0105" + "AB058001039000" + "80020004" + "8800");
        assertThat(terminal.send("00A4080C045F106F20")).isEqualTo("6A82");
        terminal.send("00A4000C022F06");
        cutPowerAt(1, "00DC010430" + "00".repeat(48));
        terminal.send("00A4000C022F06");
        assertThat(terminal.send("00B2010430")).startsWith("8001");
    }
}
