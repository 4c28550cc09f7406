// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.bipline.uicc.runtime.Terminal.bytes;

import org.bipline.uicc.runtime.file.CardProfile;
import org.bipline.uicc.runtime.fixture.FileApplet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** File views of applets, ETSI TS 102 241 clause 5, with the access domains of ETSI TS 102 226. */
class FileViewTest {
    private static final String ADF = "A0000000871002FFFFFFFF8900000100";
    private static final String FULL = "00" + "0100" + "00" + "10" + ADF + "0100" + "00";
    private static final String MF = "00";
    private static final String USIM = "01";
    private static final String MF_ADMIN = "02";
    private static final String USIM_ADMIN = "03";
    private static final String SELECT = "01";
    private static final String READ = "03";
    private static final String UPDATE = "04";
    private static final String CREATE = "0B";
    private static final String DELETE = "0C";
    private static final String RESIZE = "0D";

    /** An EF with eight bytes, SFI 01, the rule of EF DIR. */
    private static final String NEW_EF = "82024121" + "83026F99" + "8A0105" + "8B032F0603" + "80020008" + "880108";

    private static final CardProfile RULES = CardProfile.parse("""
            rule always   read,update=always
            rule never    read,update=never
            rule adm1     read,update=adm1
            rule pin1     read,update=pin1
            rule local    read,update=local1&adm2
            rule either   read,update=pin2|adm3
            rule not      read,update=!pin3
            3F00          df          always
            3F00/2F06     linear      32x7  - always @rules
            3F00/6F01     transparent 2     - always
            3F00/6F02     transparent 2     - never
            3F00/6F03     transparent 2     - adm1
            3F00/6F04     transparent 2     - pin1
            3F00/6F05     transparent 2     - local
            3F00/6F06     transparent 2     - either
            3F00/6F07     transparent 2     - ab:80010190008001029700
            3F00/6F08     transparent 2     - 8c:031000
            3F00/6F09     transparent 2     - always +exclusive
            USIM          adf A0000000871002FFFFFFFF8900000100 always
            """);

    private static Terminal card(CardProfile profile, String access, String administration) {
        Terminal terminal = new Terminal(Uicc.builder()
                .profile(profile)
                .applet(new AppletInstallation(
                        FileApplet.class,
                        bytes(Cards.PACKAGE),
                        bytes(Cards.FIRST),
                        new byte[0],
                        bytes(access),
                        bytes(administration),
                        bytes(ADF)))
                .build());
        assertThat(terminal.send("00A40400", Cards.FIRST)).isEqualTo("9000");
        return terminal;
    }

    private static Terminal usim() {
        return card(CardProfile.usim(), FULL, FULL);
    }

    private static String call(Terminal terminal, String view, String instruction, String data) {
        return terminal.exchange("80" + instruction + view + "00" + "%02X".formatted(data.length() / 2) + data);
    }

    private static String callAndUndo(Terminal terminal, String view, String instruction, String data) {
        return terminal.exchange("80" + instruction + view + "01" + "%02X".formatted(data.length() / 2) + data);
    }

    @ParameterizedTest
    @CsvSource({
        // access domain; which of the files 6F01 to 6F06 can be read
        "0100,       101111",
        "01FF,       000000",
        "0402000004, 100000",
        "0402000104, 101000",
        "0402010000, 000100",
        "0402010100, 001100",
        "0402000208, 000010",
        "0402020000, 000001",
        "0402000400, 000001",
        "0402FFFDFF, 101101"
    })
    void the_access_domain_says_which_conditions_an_applet_meets(String domain, String readable) {
        Terminal terminal = card(RULES, "00" + domain + "00", "");
        for (int i = 0; i < readable.length(); i++) {
            assertThat(call(terminal, MF, SELECT, "6F0" + (i + 1))).isEqualTo("9000");
            assertThat(call(terminal, MF, READ, "02"))
                    .as("6F0" + (i + 1))
                    .isEqualTo(readable.charAt(i) == '1' ? "FFFF9000" : "6403");
        }
    }

    @Test
    void administrative_views_have_an_access_domain_of_their_own() {
        Terminal terminal = card(RULES, "00" + "01FF" + "00", "00" + "0402000104" + "00");
        call(terminal, MF, SELECT, "6F03");
        call(terminal, MF_ADMIN, SELECT, "6F03");
        assertThat(call(terminal, MF, READ, "02")).isEqualTo("6403");
        assertThat(call(terminal, MF_ADMIN, READ, "02")).isEqualTo("FFFF9000");
    }

    @Test
    void rules_in_the_file_itself_are_obeyed_in_expanded_and_in_compact_form() {
        Terminal terminal = card(RULES, "00" + "0402010004" + "00", "");
        call(terminal, MF, SELECT, "6F07");
        assertThat(call(terminal, MF, READ, "02")).isEqualTo("FFFF9000");
        assertThat(call(terminal, MF, UPDATE, "0000")).isEqualTo("6403");
        call(terminal, MF, SELECT, "6F08"); // update: user authentication, read: always
        assertThat(call(terminal, MF, UPDATE, "0102")).isEqualTo("9000");
        assertThat(call(terminal, MF, READ, "02")).isEqualTo("01029000");
    }

    @Test
    void an_access_domain_that_is_none_refuses_the_installation() {
        for (String domain : new String[] {"0103", "00", "03020000", "020000"}) {
            assertThatThrownBy(() -> card(RULES, "00" + domain + "00", ""))
                    .isInstanceOf(InstallationException.class)
                    .hasMessageContaining("access domain");
        }
    }

    @Test
    void a_view_reaches_its_own_file_system_only() {
        Terminal terminal = usim();
        assertThat(call(terminal, MF, SELECT, "7FFF")).isEqualTo("6404");
        assertThat(call(terminal, MF, SELECT, "6F07")).isEqualTo("6404");
        assertThat(call(terminal, USIM, SELECT, "3F00")).isEqualTo("6404");
        assertThat(call(terminal, USIM, SELECT, "2FE2")).isEqualTo("6404");
        assertThat(call(terminal, USIM, SELECT, "6F07")).isEqualTo("9000");
        assertThat(call(terminal, USIM, SELECT, "7FFF")).isEqualTo("9000");
    }

    @Test
    void each_view_has_its_selection_and_only_a_transient_one_loses_it() {
        Terminal terminal = usim();
        call(terminal, MF, SELECT, "2FE2");
        call(terminal, USIM, SELECT, "6FAD");
        assertThat(call(terminal, MF, READ, "01")).isEqualTo("989000");
        assertThat(call(terminal, USIM, READ, "04")).isEqualTo("000000029000");
        terminal.uicc().reset();
        terminal.send("00A40400", Cards.FIRST);
        assertThat(call(terminal, MF, READ, "01")).isEqualTo("6401");
        assertThat(call(terminal, USIM, READ, "04")).isEqualTo("000000029000");
    }

    @Test
    void a_view_of_an_applet_s_selection_is_back_at_its_root_when_the_applet_was_deselected() {
        Terminal terminal = usim();
        call(terminal, MF, "0F", "00");
        call(terminal, MF, SELECT, "2FE2");
        assertThat(call(terminal, MF, READ, "01")).isEqualTo("989000");
        terminal.exchange("00A4040410" + ADF);
        terminal.send("00A40400", Cards.FIRST);
        assertThat(call(terminal, MF, READ, "01")).isEqualTo("6401");
    }

    @Test
    void a_view_that_a_reset_cleared_does_not_keep_a_file_that_is_not_shareable() {
        Terminal terminal = card(RULES, FULL, FULL);
        assertThat(call(terminal, MF, SELECT, "6F09")).isEqualTo("9000");
        terminal.exchange("00A4040C07A0000000871002");
        assertThat(terminal.send("00A4080C026F09")).isEqualTo("6985");
        terminal.uicc().reset();
        assertThat(terminal.send("00A4080C026F09")).isEqualTo("9000");
    }

    @Test
    void increase_gives_the_new_record_and_its_length() {
        Terminal terminal = usim();
        String cyclic = "82044621" + "0002" + "83026F99" + "8A0105" + "8B032F0603" + "80020004";
        call(terminal, USIM_ADMIN, CREATE, cyclic);
        call(terminal, USIM_ADMIN, "06", "0003" + "0105");
        assertThat(call(terminal, USIM_ADMIN, "08", "02")).isEqualTo("01079000");
        assertThat(call(terminal, USIM_ADMIN, "05", "000402")).isEqualTo("01079000");
        assertThat(call(terminal, USIM_ADMIN, "08", "FF00")).isEqualTo("640C");
        assertThat(call(terminal, USIM_ADMIN, "08", "00".repeat(128))).isEqualTo("6408");
    }

    @Test
    void a_created_file_is_selected_and_seen_by_the_me() {
        Terminal terminal = usim();
        assertThat(call(terminal, USIM_ADMIN, CREATE, NEW_EF)).isEqualTo("9000");
        assertThat(call(terminal, USIM_ADMIN, UPDATE, "0102")).isEqualTo("9000");
        terminal.exchange("00A4040410" + ADF);
        assertThat(terminal.exchange("00A40004026F99"))
                .isEqualTo("6217" + "82024121" + "83026F99" + "8A0105" + "8B032F0603" + "80020008" + "880108" + "9000");
        assertThat(terminal.send("00B0000008")).isEqualTo("0102FFFFFFFFFFFF9000");
    }

    @Test
    void a_transaction_that_is_not_committed_undoes_creation_update_and_resizing() {
        Terminal terminal = usim();
        callAndUndo(terminal, USIM_ADMIN, CREATE, NEW_EF);
        assertThat(call(terminal, USIM_ADMIN, SELECT, "6F99")).isEqualTo("6404");
        call(terminal, USIM_ADMIN, CREATE, NEW_EF);
        call(terminal, USIM_ADMIN, UPDATE, "0102");
        callAndUndo(terminal, USIM_ADMIN, UPDATE, "0304");
        callAndUndo(terminal, USIM_ADMIN, RESIZE, "83026F99" + "80020001");
        assertThat(call(terminal, USIM_ADMIN, READ, "08")).isEqualTo("0102FFFFFFFFFFFF9000");
        callAndUndo(terminal, USIM_ADMIN, DELETE, "6F99");
        callAndUndo(terminal, USIM_ADMIN, "0A", "00");
        call(terminal, USIM_ADMIN, SELECT, "6F99");
        assertThat(call(terminal, USIM_ADMIN, READ, "01")).isEqualTo("019000");
    }

    @Test
    void a_resized_file_keeps_its_beginning_and_gets_ff_behind_it() {
        Terminal terminal = usim();
        call(terminal, USIM_ADMIN, CREATE, NEW_EF);
        call(terminal, USIM_ADMIN, UPDATE, "01020304");
        assertThat(call(terminal, USIM_ADMIN, RESIZE, "83026F99" + "80020003")).isEqualTo("9000");
        assertThat(call(terminal, USIM_ADMIN, RESIZE, "83026F99" + "80020005")).isEqualTo("9000");
        assertThat(call(terminal, USIM_ADMIN, READ, "05")).isEqualTo("010203FFFF9000");
        assertThat(call(terminal, USIM_ADMIN, READ, "06")).isEqualTo("6407");
    }

    @Test
    void a_deleted_directory_takes_its_files_along_and_other_views_fall_back() {
        Terminal terminal = usim();
        String directory = "82027821" + "83025F01" + "8A0105" + "8B032F0608" + "81020030";
        assertThat(call(terminal, MF_ADMIN, CREATE, directory)).isEqualTo("9000");
        assertThat(call(terminal, MF_ADMIN, CREATE, NEW_EF)).isEqualTo("9000");
        call(terminal, MF, SELECT, "5F016F99");
        assertThat(call(terminal, MF_ADMIN, DELETE, "5F01")).isEqualTo("9000");
        assertThat(call(terminal, MF, READ, "01")).isEqualTo("6401");
        assertThat(call(terminal, MF, SELECT, "2FE2")).isEqualTo("9000");
        assertThat(call(terminal, MF_ADMIN, SELECT, "5F01")).isEqualTo("6404");
    }

    @ParameterizedTest
    @CsvSource({
        "42424242, 6501", // not the length that it says
        "82024121 83026F07 8B032F0603 80020008, 6502", // exists
        "82024121 83026F99 80020008, 6501", // no security attributes
        "82024121 83026F99 8B032F0603, 6501", // no size
        "82044221000383026F998B032F060380020008, 6501", // not a multiple of the record length
        "82024221 83026F99 8B032F0603 80020008, 6501", // records without length
        "82024121 83026F99 8B032F0603 8003100000, 6504", // larger than the memory
        "82027821 83025F99 8B032F0603 81020010 8410A0000000871002FFFFFFFF8900000100, 6505"
    })
    void parameters_of_create_file_that_are_wrong_are_told(String parameters, String status) {
        assertThat(call(usim(), USIM_ADMIN, CREATE, parameters.replace(" ", "")))
                .isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({
        "83026F98 80020008, 6404",
        "83026F3C 80020101, 6501", // records of 176
        "83026F07, 6501",
        "42424242, 6501",
        "83026F07 8003100000, 6504"
    })
    void parameters_of_resize_file_that_are_wrong_are_told(String parameters, String status) {
        assertThat(call(usim(), USIM_ADMIN, RESIZE, parameters.replace(" ", "")))
                .isEqualTo(status);
    }

    @Test
    void without_the_right_nothing_is_created_resized_or_deleted() {
        Terminal terminal = card(CardProfile.usim(), FULL, "10" + ADF + "0402010004" + "00");
        assertThat(call(terminal, USIM_ADMIN, CREATE, NEW_EF)).isEqualTo("6403");
        assertThat(call(terminal, USIM_ADMIN, RESIZE, "83026F3880020010")).isEqualTo("6403");
        assertThat(call(terminal, USIM_ADMIN, DELETE, "6F38")).isEqualTo("6403");
    }

    @Test
    void enhanced_search_begins_at_an_offset_or_behind_a_value() {
        Terminal terminal = usim();
        call(terminal, USIM, SELECT, "6F3C");
        call(terminal, USIM, "06", "0104" + "AA01BB02");
        call(terminal, USIM, "06", "0204" + "AA02BB01");
        call(terminal, USIM, "06", "0304" + "CC01BB01");
        assertThat(call(terminal, USIM, "07", "0401" + "0000" + "01")).isEqualTo("0102039000");
        assertThat(call(terminal, USIM, "07", "0503" + "0000" + "AA")).isEqualTo("02019000");
        assertThat(call(terminal, USIM, "07", "0601" + "0402" + "01")).isEqualTo("02039000");
        assertThat(call(terminal, USIM, "07", "0601" + "0CBB" + "01")).isEqualTo("02039000");
        assertThat(call(terminal, USIM, "07", "0602" + "0600" + "01")).isEqualTo("039000");
        assertThat(call(terminal, USIM, "07", "0600" + "0700" + "AA")).isEqualTo("02019000"); // before record 3
        assertThat(call(terminal, USIM, "07", "0601" + "0400" + "EE")).isEqualTo("9000");
        assertThat(call(terminal, USIM, "07", "0601" + "04AF" + "0101")).isEqualTo("6408"); // beyond the record
        assertThat(call(terminal, USIM, "07", "0701" + "0000" + "01")).isEqualTo("640A");
        assertThat(call(terminal, USIM, "07", "040B" + "0000" + "01")).isEqualTo("6409");
    }
}
