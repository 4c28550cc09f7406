// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.trace;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonLinesTest {
    @TempDir
    Path directory;

    @Test
    void writes_one_object_a_line_with_every_kind_of_event() throws Exception {
        List<JsonNode> lines = lines();

        Set<String> kinds = new HashSet<>();
        lines.forEach(line -> kinds.add(line.get("kind").asText()));
        assertThat(kinds).hasSameSizeAs(TraceEvent.class.getPermittedSubclasses());
        assertThat(lines.getFirst().toString())
                .isEqualTo(
                        "{\"nanos\":1000000,\"time\":\"2026-01-02T03:04:05.001006Z\",\"session\":\"1\",\"from\":\"ME\","
                                + "\"to\":\"card\",\"kind\":\"apdu\",\"command\":\"00A40004023F00\",\"response\":\"6121\"}");
        assertThat(lines)
                .filteredOn(line -> line.get("kind").asText().equals("proactiveCommand"))
                .first()
                .satisfies(line -> {
                    assertThat(line.get("name").asText()).isEqualTo("OPEN CHANNEL");
                    assertThat(line.get("fields").get(1).get("value").asText()).isEqualTo(SampleTrace.HOSTILE);
                });
    }

    @Test
    void every_field_is_documented() throws Exception {
        String document = Files.readString(Path.of("../../specs/trace.md"));
        for (JsonNode line : lines()) {
            List<String> names = new ArrayList<>(List.of(line.get("kind").asText()));
            line.fieldNames().forEachRemaining(names::add);
            assertThat(names).allSatisfy(name -> assertThat(document).contains("`" + name + "`"));
        }
        assertThat(Arrays.stream(Party.values()))
                .allSatisfy(party -> assertThat(document).contains("`" + party + "`"));
    }

    private List<JsonNode> lines() throws Exception {
        Path file = directory.resolve("trace.jsonl");
        SampleTrace.into(new JsonLines(file));
        ObjectMapper mapper = new ObjectMapper();
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            lines.add(mapper.readTree(line));
        }
        return lines;
    }
}
