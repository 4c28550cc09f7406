// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.bipline.uicc.runtime.file.CardProfile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Commands on EFs, ETSI TS 102 221 clause 11, and administrative commands, ETSI TS 102 222. */
class EfCommandsTest {
    private static final CardProfile PROFILE = CardProfile.parse("""
            rule open    read,update,increase,resize,delete,activate,deactivate,terminate=always
            rule closed  read,update=never
            rule adm     create-ef,create-df,delete-child,terminate=adm1
            rule fixed   read=always
            3F00         df     adm
            pin 3F00     adm1   88888888  tries=10
            3F00/2F06    linear 64x4         06 open @rules
            3F00/6F01    transparent 4       01 open 01020304
            3F00/6F02    linear 3x4          02 open 010101,020202,030303,010203
            3F00/6F03    cyclic 2x3          03 open 00FE,0002,0001
            3F00/6F04    ber-tlv 400         04 open 8002AABB5F0103010203
            3F00/6F05    transparent 1       05 closed
            3F00/6F06    transparent 1       06 open +terminated
            3F00/6F07    transparent 1       -  open +deactivated
            3F00/5F01    df     adm
            3F00/5F01/6F01 transparent 1     01 open 99
            3F00/6F08    transparent 2       -  fixed
            """);
    private final Terminal terminal =
            new Terminal(Uicc.builder().profile(PROFILE).build());

    private String select(String identifier) {
        return terminal.send("00A4000C02" + identifier);
    }

    private void administer() {
        assertThat(terminal.send("0020000A08" + "3838383838383838")).isEqualTo("9000");
    }

    private static String fcp(String objects) {
        return "62" + "%02X".formatted(objects.length() / 2) + objects;
    }

    @ParameterizedTest
    @CsvSource({
        // command, answer; the current file is the one of the first column
        "3F00, 00B0000001,       6986",
        "6F02, 00B0000001,       6981",
        "6F01, 00B0000004,       010203049000",
        "6F01, 00B0000202,       03049000",
        "6F01, 00B0000203,       6C02",
        "6F01, 00B0000401,       6B00",
        "6F01, 00B0C10001,       6A86",
        "3F00, 00B0810101,       029000",
        "3F00, 00B0830001,       6981",
        "3F00, 00B0890001,       6A82",
        "6F05, 00B0000001,       6982",
        "6F05, 00D6000001AA,     6982",
        "6F06, 00B0000001,       6985",
        "6F07, 00B0000001,       6984",
        "6F01, 00D6000302AABB,   6700",
        "6F01, 00D6000501AA,     6B00",
        "6F08, 00D6000001AA,     6982",
        "6F01, 00B2010403,       6981",
        "6F02, 00B2000403,       6A83", // no current record
        "6F02, 00B2050403,       6A83",
        "6F02, 00B2010402,       6C03",
        "6F02, 00B2010403,       0101019000",
        "3F00, 00B2021403,       0202029000",
        "3F00, 00B2024403,       6A82",
        "6F02, 00B2010203,       6A86", // next with a number
        "6F02, 00B2010503,       6A86",
        "6F02, 00DC0104020000,   6700",
        "6F02, 00DC050403000000, 6A83",
        "6F03, 00DC010402AAAA,   6A86", // cyclic: previous only
        "6F02, 00A2010404AAAAAAAA, 6700",
        "6F02, 00A2010701AA,     6A86",
        "6F02, 00A2050401AA,     6A83",
        "6F02, 00A2010401EE,     6282",
        "6F02, 00A201060200AA,   6700", // an indication and no pattern
        "6F02, 00A2010603F00001, 6A86",
        "6F02, 8032000001AA,     6981",
        "6F03, 8032000003010101, 6700",
        "6F03, 803200010101,     6A86",
        "6F03, 80320100010101,   6A86",
        "6F04, 00B0000001,       6981",
        "6F01, 80CB00800180,     6981",
        "3F00, 0004000000,       6986",
        "6F08, 0004000000,       6982",
        "6F06, 0044000000,       6985",
        "6F01, 0044010000,       6A86",
        "6F01, 004400000101,     6700",
        "3F00, 00A4000C026FFF,   6A82",
        "3F00, 00A4000C016F,     6700",
        "3F00, 00A4050C026F01,   6A86",
        "3F00, 00A4001C026F01,   6A86",
        "3F00, 00A4080C036F0100, 6700",
        "3F00, 00A4080C045F016F02, 6A82",
        "3F00, 00A4010C026F01,   6A82",
        "3F00, 00A4030C00,       6A82",
        "3F00, 80F2030000,       6A86",
        "3F00, 80F2000200,       6A86"
    })
    void status_words(String file, String command, String answer) {
        select(file);
        assertThat(terminal.send(command)).isEqualTo(answer);
    }

    @Test
    void a_path_selects_from_the_mf_and_from_the_current_directory() {
        assertThat(terminal.send("00A4080C045F016F01")).isEqualTo("9000");
        assertThat(terminal.send("00B0000001")).isEqualTo("999000");
        assertThat(terminal.send("00A4030C00")).isEqualTo("9000");
        assertThat(terminal.send("00A4010C025F01")).isEqualTo("9000");
        assertThat(terminal.send("00A4090C026F01")).isEqualTo("9000");
        assertThat(terminal.send("00B0000001")).isEqualTo("999000");
    }

    @Test
    void files_that_are_deactivated_or_terminated_are_selected_with_a_warning() {
        assertThat(select("6F06")).isEqualTo("6285");
        assertThat(select("6F07")).isEqualTo("6283");
        assertThat(terminal.send("00A40004026F07")).isEqualTo("6283");
        assertThat(terminal.exchange("00C0000000")).contains("8A0104").endsWith("9000");
        assertThat(terminal.send("0044000000")).isEqualTo("9000");
        assertThat(terminal.send("00B0000001")).isEqualTo("FF9000");
    }

    @Test
    void activation_can_name_its_file() {
        assertThat(terminal.send("00040000026F01")).isEqualTo("9000");
        assertThat(terminal.send("00B0000001")).isEqualTo("6984");
        assertThat(terminal.send("00440800026F01")).isEqualTo("9000");
        assertThat(terminal.send("00B0000001")).isEqualTo("019000");
    }

    @Test
    void the_record_pointer_moves_and_a_search_sets_it() {
        select("6F02");
        assertThat(terminal.send("00B2000303")).isEqualTo("0102039000"); // previous of none: the last
        assertThat(terminal.send("00B2000203")).isEqualTo("6A83");
        assertThat(terminal.exchange("00A2010401" + "01")).isEqualTo("01049000");
        assertThat(terminal.send("00B2000403")).isEqualTo("0101019000");
        assertThat(terminal.send("00B2000203")).isEqualTo("0202029000");
        assertThat(terminal.exchange("00A2000401" + "03")).isEqualTo("03049000");
        assertThat(terminal.exchange("00A2000501" + "02")).isEqualTo("029000");
        assertThat(terminal.exchange("00A2010603" + "0401" + "02")).isEqualTo("02049000");
        assertThat(terminal.exchange("00A2040603" + "0500" + "01")).isEqualTo("04019000");
        assertThat(terminal.exchange("00A2040603" + "0C02" + "03")).isEqualTo("049000");
    }

    @Test
    void increase_adds_to_the_newest_record_and_stops_at_the_highest_value() {
        assertThat(terminal.exchange("8032830001" + "03")).isEqualTo("0101" + "03" + "9000");
        assertThat(terminal.send("00B2010402")).isEqualTo("01019000");
        assertThat(terminal.send("00B2020402")).isEqualTo("00FE9000");
        assertThat(terminal.send("8032000002" + "FF00")).isEqualTo("9850");
        assertThat(terminal.send("00B2010402")).isEqualTo("01019000");
        assertThat(terminal.send("00DC000302" + "0007")).isEqualTo("9000");
        assertThat(terminal.send("00B2010402")).isEqualTo("00079000");
    }

    @Test
    void data_objects_are_read_written_replaced_and_deleted() {
        select("6F04");
        assertThat(terminal.exchange("80CB0080015C")).isEqualTo("5C03805F019000");
        assertThat(terminal.exchange("80CB0080025F01")).isEqualTo("5F01030102039000");
        assertThat(terminal.send("80CB00800181")).isEqualTo("6A88");
        assertThat(terminal.send("80DB008003" + "810155")).isEqualTo("9000");
        assertThat(terminal.send("80DB008002" + "8000")).isEqualTo("9000");
        assertThat(terminal.exchange("80CB00800180")).isEqualTo("80009000");
        assertThat(terminal.send("80DB008002" + "5F01")).isEqualTo("9000");
        assertThat(terminal.send("80DB008002" + "5F01")).isEqualTo("6A88");
        assertThat(terminal.exchange("80CB0080015C")).isEqualTo("5C0280819000");
    }

    @Test
    void a_long_object_goes_in_and_out_in_blocks() {
        select("6F04");
        String object = "82" + "820140" + "AB".repeat(320);
        assertThat(terminal.send("80DB0080FA" + object.substring(0, 500))).isEqualTo("63F1");
        assertThat(terminal.send("80CB00800182")).isEqualTo("6A88"); // not there before it is whole
        assertThat(terminal.send("80DB0000" + "4A" + object.substring(500))).isEqualTo("6985"); // the chain was broken
        assertThat(terminal.send("80DB0080FA" + object.substring(0, 500))).isEqualTo("63F1");
        assertThat(terminal.send("80DB0000" + "4A" + object.substring(500))).isEqualTo("9000");
        assertThat(terminal.send("80CB00800182")).isEqualTo("62F1");
        assertThat(terminal.send("00C00000FF")).isEqualTo(object.substring(0, 510) + "9000");
        assertThat(terminal.send("80CB000020")).isEqualTo(object.substring(510, 574) + "62F1");
        assertThat(terminal.send("80CB000000")).isEqualTo("6C25");
        assertThat(terminal.send("80CB000025")).isEqualTo(object.substring(574) + "9000");
        assertThat(terminal.send("80CB000025")).isEqualTo("6985");
    }

    @ParameterizedTest
    @CsvSource({
        "80DB0080065C04AABBCCDD, 6A80", // the tag list is no object
        "80DB008003820201,       63F1",
        "80DB0080048201AABB,     6A80", // longer than it says
        "80DB00800482820190,     6A84", // 404 bytes
        "80DB008004828401FF,     6A80",
        "80DB0180038101AA,       6A86",
        "80DB00A0038101AA,       6A86",
        "80DB0000038101AA,       6985",
        "80CB0040,               6A81",
        "80CB00800281AA,         6A80"
    })
    void wrong_blocks_are_refused(String command, String status) {
        select("6F04");
        assertThat(terminal.send(command)).isEqualTo(status);
    }

    @Test
    void the_template_of_a_ber_tlv_file_has_its_use_and_its_maximum() {
        assertThat(terminal.exchange("00A40004026F04"))
                .isEqualTo("621D" + "82027921" + "83026F04" + "A50486020190" + "8A0105" + "8B032F0601" + "8002000A"
                        + "880120" + "9000");
    }

    @Test
    void a_created_file_is_current_and_can_be_resized_and_deleted() {
        String parameters = "82024121" + "83026F20" + "8A0105" + "8B032F0601" + "80020004" + "880150";
        assertThat(terminal.send("00E00000", fcp(parameters))).isEqualTo("6982");
        administer();
        assertThat(terminal.send("00E00000", fcp(parameters))).isEqualTo("9000");
        assertThat(terminal.send("00E00000", fcp(parameters))).isEqualTo("6A89");
        assertThat(terminal.send("00D600000401020304")).isEqualTo("9000");
        assertThat(terminal.send("80D40000", fcp("83026F20" + "80020006"))).isEqualTo("9000");
        assertThat(terminal.send("00B08A0006")).isEqualTo("01020304FFFF9000");
        assertThat(terminal.send("00E40000026F20")).isEqualTo("9000");
        assertThat(select("6F20")).isEqualTo("6A82");
        assertThat(terminal.send("00E40000026F20")).isEqualTo("6A82");
    }

    @Test
    void a_created_directory_holds_files_and_goes_with_them() {
        administer();
        assertThat(terminal.send("00E00000", fcp("82027821" + "83025F20" + "8A0105" + "8B032F0603" + "81020040")))
                .isEqualTo("9000");
        assertThat(terminal.send("00E00000", fcp("82044221" + "0002" + "83026F21" + "8B032F0601" + "80020006")))
                .isEqualTo("9000");
        assertThat(terminal.exchange("00A40004026F21"))
                .isEqualTo("621A" + "82054221000203" + "83026F21" + "8A0105" + "8B032F0601" + "80020006" + "880108"
                        + "9000");
        assertThat(terminal.send("00A4000C025F20")).isEqualTo("9000");
        assertThat(terminal.send("00E4000000")).isEqualTo("9000"); // by the rule of the MF: a file in it
        assertThat(terminal.exchange("80F2000000")).contains("83023F00");
        assertThat(select("5F20")).isEqualTo("6A82");
    }

    @Test
    void a_tlv_file_is_emptied_and_made_smaller() {
        select("6F04");
        assertThat(terminal.send("80D40000", fcp("83026F04" + "80020004"))).isEqualTo("6985");
        assertThat(terminal.send("80D40100", fcp("83026F04" + "80020004"))).isEqualTo("9000");
        assertThat(terminal.exchange("80CB0080015C")).isEqualTo("5C009000");
        assertThat(terminal.send("80DB008005" + "8103010203")).isEqualTo("6A84");
        assertThat(terminal.send("80D40000", fcp("83026F03" + "80020004"))).isEqualTo("6981"); // cyclic
    }

    @Test
    void a_terminated_file_stays_so() {
        select("6F01");
        assertThat(terminal.send("00E8000000")).isEqualTo("9000");
        assertThat(terminal.send("00B0000001")).isEqualTo("6985");
        assertThat(terminal.send("0044000000")).isEqualTo("6985");
        terminal.uicc().reset();
        assertThat(select("6F01")).isEqualTo("6285");
        assertThat(terminal.send("00E8010000")).isEqualTo("6A86");
        assertThat(terminal.send("00E6000000")).isEqualTo("6982");
        assertThat(terminal.send("00A4000C025F01")).isEqualTo("9000");
        administer();
        assertThat(terminal.send("00E6000000")).isEqualTo("9000");
        assertThat(terminal.send("00E00000", fcp("82024121" + "83026F20" + "8B032F0601" + "80020004")))
                .isEqualTo("6985");
    }

    @Test
    void a_changed_access_rule_holds_at_once() {
        select("6F05");
        assertThat(terminal.send("00B0000001")).isEqualTo("6982");
        assertThat(terminal.send("00A4000C022F06")).isEqualTo("9000");
        assertThat(terminal.send("00DC020440" + "8001019000" + "FF".repeat(59))).isEqualTo("9000");
        assertThat(select("6F05")).isEqualTo("9000");
        assertThat(terminal.send("00B0000001")).isEqualTo("FF9000");
        assertThat(terminal.send("00D6000001AA")).isEqualTo("6982");
    }
}
