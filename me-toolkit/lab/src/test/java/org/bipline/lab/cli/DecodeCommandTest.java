// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DecodeCommandTest {
    private static final Path VECTORS = Path.of("../../specs/vectors/cat");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String input, String... options) {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
        try {
            List<String> arguments = new ArrayList<>(List.of("decode", "-"));
            arguments.addAll(1, List.of(options));
            return Bipline.run(
                    new PrintWriter(out, true), new PrintWriter(err, true), arguments.toArray(String[]::new));
        } finally {
            System.setIn(before);
        }
    }

    @Test
    void every_vector_goes_to_json_with_all_its_fields_and_back() throws Exception {
        List<String> items = new ArrayList<>();
        try (Stream<Path> files = Files.list(VECTORS)) {
            for (Path file : files.sorted().toList()) {
                items.add(Files.readAllLines(file).get(1));
            }
        }

        assertThat(run(String.join("\n", items), "--json")).as(err.toString()).isZero();

        List<String> lines = out.toString().lines().toList();
        assertThat(lines).hasSameSizeAs(items).hasSizeGreaterThanOrEqualTo(340);
        ObjectMapper mapper = new ObjectMapper();
        for (int i = 0; i < items.size(); i++) {
            JsonNode json = mapper.readTree(lines.get(i));
            assertThat(json.get("hex").asText()).isEqualTo(items.get(i));
            assertThat(json.get("name").asText()).doesNotContain("UNKNOWN");
            for (JsonNode tlv : json.get("tlvs")) {
                assertThat(tlv.get("name").asText()).as(lines.get(i)).doesNotContainIgnoringCase("unknown");
                if (!tlv.get("value").asText().isEmpty()) {
                    assertThat(tlv.get("fields")).as("fields of %s", tlv).isNotEmpty();
                }
                assertNamed(tlv.get("fields"), tlv);
            }
        }
    }

    /** No code without its name, no bytes that were not understood. */
    private static void assertNamed(JsonNode fields, JsonNode tlv) {
        assertThat(fields.has("code") && !fields.has("name"))
                .as("a code without a name in %s", tlv)
                .isFalse();
        for (String notUnderstood : List.of("fault", "malformed", "bearerParameters")) {
            assertThat(fields.has(notUnderstood))
                    .as("%s in %s", notUnderstood, tlv)
                    .isFalse();
        }
        fields.forEach(field -> assertNamed(field, tlv));
    }

    @Test
    void the_first_line_of_a_log_makes_a_log_of_what_follows() {
        int exitCode = run(
                "# of a reader\nD30782020181900180\n>> 801200000B\n<< D0098103010200820281829000\n80F2000000\n9000\n");

        assertThat(exitCode).isZero();
        assertThat(out.toString().lines().filter(line -> !line.startsWith(" ")))
                .containsExactly(
                        "envelope: MENU SELECTION, keypad to UICC",
                        "3: FETCH, 9000 normal ending, data D009810301020082028182; proactive: MORE TIME, number 1,"
                                + " qualifier 0, UICC to terminal",
                        "5: STATUS, 9000 normal ending");
    }

    @Test
    void what_could_be_an_item_is_a_command_where_the_user_says_so() {
        assertThat(run("81F2000000\n9000\n", "--as", "apdu")).isZero();
        assertThat(out.toString()).startsWith("1: STATUS, 9000 normal ending");
    }

    @Test
    void a_wrong_line_of_a_log_is_named_by_its_number_and_the_rest_decoded() {
        assertThat(run(">> 80F2000000\n<< 9000\n<< 9000\n>> 8Z\n>> 80F2000000\n<< 9000\n"))
                .isEqualTo(2);
        assertThat(err.toString().lines())
                .hasSize(2)
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("bipline: line 3: 9000 is a response without a command"),
                        line -> assertThat(line).startsWith("bipline: line 4: \"8Z\" is not hexadecimal; "));
        assertThat(out.toString()).hasLineCount(2);
    }
}
