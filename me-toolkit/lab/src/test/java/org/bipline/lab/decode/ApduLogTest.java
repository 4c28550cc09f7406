// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.bipline.lab.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApduLogTest {
    private static final String MORE_TIME = "D009" + "8103010200" + "82028182";
    private static final String SELECT_MF = "00A40004023F00";

    private static List<Decoded> decode(String... lines) throws Failure {
        ApduLog log = new ApduLog();
        List<Decoded> decoded = new ArrayList<>();
        for (int i = 0; i < lines.length; i++) {
            decoded.addAll(log.accept(i + 1, lines[i]));
        }
        decoded.addAll(log.end());
        return decoded;
    }

    private static String text(Decoded decoded) {
        StringWriter text = new StringWriter();
        DecodedText.print(decoded, new PrintWriter(text));
        return text.toString();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ">> 00A40004023F00\n<< 6125",
                "> 00 A4 00 04 02 3F 00\n<  [] 61 25",
                "=> 00a40004023f00\n<= 6125",
                "-> 00a4000402 3f00\n<- 6125: ",
                "=> 00a40004023f00 -> SW: 6125",
                "00A40004023F00 -> 6125",
                "00 A4 00 04 02 3F 00 | 61 25",
                "00A40004023F00, SW=6125",
                "C-APDU: 00 A4 00 04 02 3F 00\nR-APDU: 61 25",
                "Command APDU: 00A40004023F00\nResponse APDU: 6125",
                "2026-01-01 10:00:00 INFO APDU: 00 A4 00 04 02 3F 00\n2026-01-01 10:00:00 INFO SW: 61 25",
                "CMD 00:A4:00:04:02:3F:00\nRSP 61:25",
                "A>> T=0 (4+0002) 00A40004 02 3F00\nA<< (0000+2) (3ms) 6125",
                "{\"nanos\":1,\"kind\":\"apdu\",\"command\":\"00A40004023F00\",\"response\":\"6125\"}",
                "00A40004023F00\n6125"
            })
    void reads_the_usual_forms(String log) throws Exception {
        String[] lines = log.split("\n");

        assertThat(ApduLog.recognises(lines[0])).isTrue();
        assertThat(decode(lines)).singleElement().satisfies(decoded -> {
            assertThat(decoded.name()).isEqualTo("SELECT MF");
            assertThat(decoded.hex()).isEqualTo(SELECT_MF);
            assertThat(decoded.apdu().orElseThrow().statusWord()).contains(0x6125);
            assertThat(text(decoded))
                    .isEqualToNormalizingNewlines("1: SELECT MF, 6125 37 bytes of response data wait\n");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"<- 9000: 98881201", "<< 98 88 12 01 90 00", "R-APDU: 98881201 SW: 9000", "<= 98881201 SW=90 00"
            })
    void data_and_status_word_stand_in_either_order(String response) throws Exception {
        assertThat(decode(">> 00B0000004", response))
                .singleElement()
                .satisfies(decoded -> assertThat(text(decoded))
                        .isEqualToNormalizingNewlines("1: READ BINARY, 9000 normal ending, data 98881201\n"));
    }

    @Test
    void an_item_is_no_log() {
        assertThat(List.of(MORE_TIME, "810301020082028281830100", "# remark", "", "no hex"))
                .noneMatch(ApduLog::recognises);
    }

    @Test
    void toolkit_commands_show_what_they_carry() throws Exception {
        List<Decoded> decoded = decode(
                ">> 80100000020100",
                "<< 910B",
                ">> 801200000B",
                "<< " + MORE_TIME + "9000",
                ">> 801400000C" + "810301020082028281830100",
                "<< 9000",
                ">> 80C2000009" + "D30782020181900180",
                "<< 9300");

        assertThat(decoded)
                .extracting(Decoded::kind)
                .containsExactly(Kind.TERMINAL_PROFILE, Kind.PROACTIVE_COMMAND, Kind.TERMINAL_RESPONSE, Kind.ENVELOPE);
        assertThat(text(decoded.get(0)))
                .contains("910B normal ending, a proactive command of 11 bytes waits")
                .contains("facilities: profile download");
        assertThat(text(decoded.get(1)))
                .startsWith("3: FETCH, 9000 normal ending, data " + MORE_TIME + "; proactive: MORE TIME, number 1");
        assertThat(decoded.get(1).hex()).isEqualTo(MORE_TIME);
        assertThat(text(decoded.get(2))).contains("generalResult performed successfully");
        assertThat(text(decoded.get(3)))
                .contains("ENVELOPE, 9300 toolkit is busy")
                .contains("envelope: MENU SELECTION");
    }

    @Test
    void json_is_the_item_with_its_exchange() throws Exception {
        Decoded decoded = decode("801200000B -> " + MORE_TIME + "9000").getFirst();
        JsonNode json = new ObjectMapper().readTree(DecodedJson.line(decoded));

        assertThat(json.get("kind").asText()).isEqualTo("proactive");
        assertThat(json.get("tlvs")).hasSize(2);
        assertThat(json.get("hex").asText()).isEqualTo(MORE_TIME);
        assertThat(json.get("apdu").toString())
                .isEqualTo("{\"line\":1,\"name\":\"FETCH\",\"command\":\"801200000B\",\"response\":\"" + MORE_TIME
                        + "9000\",\"statusWord\":\"9000\",\"meaning\":\"normal ending\"}");
    }

    @Test
    void names_the_file_that_a_command_is_for() throws Exception {
        List<Decoded> decoded = decode(
                "00A40004022FE2 -> 6125",
                "00C0000025 -> 9000",
                "00B000000A -> 9000",
                "00A40004026F07 -> 6A82",
                "00B000000A -> 9000",
                "00B081000A -> 9000",
                "00A4040007F06269706C0301 -> 9000",
                "00B000000A -> 6986");

        assertThat(decoded)
                .extracting(Decoded::name)
                .containsExactly(
                        "SELECT EF ICCID",
                        "GET RESPONSE of SELECT EF ICCID",
                        "READ BINARY EF ICCID",
                        "SELECT EF IMSI",
                        "READ BINARY EF ICCID",
                        "READ BINARY SFI 01",
                        "SELECT F06269706C0301",
                        "READ BINARY");
    }

    @Test
    void a_command_without_a_response_is_shown_when_the_next_one_comes() throws Exception {
        List<Decoded> decoded = decode(">> 801200000B", ">> 00B000000A", "<< 9000", "00B2010400");

        assertThat(decoded)
                .extracting(ApduLogTest::text)
                .extracting(String::strip)
                .containsExactly(
                        "1: FETCH, no response", "2: READ BINARY, 9000 normal ending", "4: READ RECORD, no response");
    }

    @Test
    void a_malformed_item_is_the_fault_of_its_exchange() throws Exception {
        assertThat(decode("801200000B -> D009FF9000").getFirst().faults())
                .singleElement()
                .satisfies(fault -> assertThat(fault).startsWith("length 9 but 1 bytes"));
    }

    @Test
    void a_wrong_line_does_not_hide_the_next() throws Exception {
        ApduLog log = new ApduLog();
        assertThatThrownBy(() -> log.accept(1, "<< 9000"))
                .isInstanceOf(Failure.class)
                .hasMessage("9000 is a response without a command before it; give the command too");
        assertThatThrownBy(() -> log.accept(2, ">> 00A4xx"))
                .hasMessage("\"00A4xx\" is not hexadecimal; give pairs of the digits 0 to F, or begin a remark with #");
        assertThatThrownBy(() -> log.accept(3, ">> 00A40004053F00"))
                .hasMessageStartingWith("00A40004053F00 is no command APDU: ");
        assertThat(log.accept(4, ">> " + SELECT_MF)).isEmpty();
        assertThatThrownBy(() -> log.accept(5, "<< 90"))
                .hasMessageStartingWith("90 is no response APDU: it has no status word");
        assertThat(log.accept(6, "<< 9000")).hasSize(1);
    }
}
