// SPDX-License-Identifier: Apache-2.0
package org.bipline.test.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.bipline.lab.scenario.Scenario;
import org.bipline.lab.scenario.ScenarioRunner;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The scenarios in {@code test/conformance}: each passes, and is what the published schema says. */
@Tag("TR-1")
@Tag("TR-5")
@Tag("TR-6")
class ScenarioLibraryTest {
    private static final Path LIBRARY = Path.of("conformance");

    static List<Path> scenarios() throws IOException {
        try (Stream<Path> files = Files.walk(LIBRARY)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void passes(Path file) throws Exception {
        var result = ScenarioRunner.run(Scenario.read(file), 1);

        assertThat(result.passed()).as(result.verdict().toString()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void is_what_the_schema_says(Path file) throws Exception {
        assertThat(schema().validate(new YAMLMapper().readTree(file.toFile()))).isEmpty();
    }

    @Test
    void the_schema_refuses_what_the_reader_refuses() throws Exception {
        String head = "{title: x, card: dm, server: plain, steps: [";

        assertThat(refused(head + "{idle: 1 s}]}")).isFalse();
        assertThat(refused("{title: x, card: dm}")).isTrue();
        assertThat(refused(head + "{jump: 1}]}")).isTrue();
        assertThat(refused(head + "{expect: OPEN CHANNEL, wth: {}}]}")).isTrue();
        assertThat(refused(head + "{idle: soon}]}")).isTrue();
        assertThat(refused(head + "{cut: 0}]}")).isTrue();
        assertThat(refused(head + "{job: {fetch: ./MO}}]}")).isTrue();
        assertThat(refused("{title: x, card: sim, steps: [{idle: 1 s}]}")).isTrue();
    }

    private static boolean refused(String yaml) throws IOException {
        return !schema().validate(new YAMLMapper().readTree(yaml)).isEmpty();
    }

    private static JsonSchema schema() throws IOException {
        JsonNode schema = new ObjectMapper()
                .readTree(Path.of("../specs/scenario.schema.json").toFile());
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(schema);
    }
}
