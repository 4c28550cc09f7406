// SPDX-License-Identifier: Apache-2.0
package org.bipline.test.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bipline.test.Sources;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Holds the conformance tables of the technical specification and the tests together. */
class ConformanceTableTest {
    private static final Pattern ROW = Pattern.compile(
            "^\\| ([A-Z]+-[CS]-\\d+|OMA-ERDEF-DM-[CS]-\\d+) \\| ([^|]+) \\| ([^|]+) \\| ([^|]*) \\|$",
            Pattern.MULTILINE);
    private static final Pattern TEST = Pattern.compile("`(\\w+)\\.(\\w+)`");
    private static final String DONE = "done";

    private static Map<String, Set<String>> tests;

    @BeforeAll
    static void readClasses() {
        tests = itemsOfTests();
    }

    /** A row of the tables. */
    private record Row(String item, String feature, String status, List<String> tests) {}

    private static List<Row> rows() throws IOException {
        String text = Files.readString(Sources.ROOT.resolve("specs/technical-specification.md"), UTF_8);
        List<Row> rows = new ArrayList<>();
        Matcher row = ROW.matcher(text);
        while (row.find()) {
            List<String> tests = TEST.matcher(row.group(4))
                    .results()
                    .map(test -> test.group(1) + "." + test.group(2))
                    .toList();
            rows.add(new Row(row.group(1), row.group(2), row.group(3).trim(), tests));
        }
        return rows;
    }

    /** All test methods of the build, as class and name, with the items they are annotated with. */
    private static Map<String, Set<String>> itemsOfTests() {
        List<Path> directories = Sources.MODULES.stream()
                .map(module -> Sources.ROOT.resolve(module).resolve("target/test-classes"))
                .filter(Files::isDirectory)
                .toList();
        Map<String, Set<String>> items = new TreeMap<>();
        for (JavaClass type : new ClassFileImporter().importPaths(directories)) {
            for (JavaMethod method : type.getMethods()) {
                Set<String> own =
                        items.computeIfAbsent(type.getSimpleName() + "." + method.getName(), name -> new TreeSet<>());
                method.tryGetAnnotationOfType(Conformance.class).ifPresent(a -> own.addAll(List.of(a.value())));
            }
        }
        return items;
    }

    @Test
    void every_row_says_what_is_done_and_what_shows_it() throws Exception {
        assertThat(rows()).hasSizeGreaterThan(60).extracting(Row::item).doesNotHaveDuplicates();
        assertThat(rows()).allSatisfy(row -> {
            if (row.status().equals(DONE)) {
                assertThat(row.tests()).as(row.item()).isNotEmpty();
                assertThat(tests.keySet()).as(row.item()).containsAll(row.tests());
            } else {
                assertThat(row.status()).as(row.item()).startsWith("deliberately not: ");
            }
        });
    }

    @Test
    void every_annotated_test_stands_in_the_row_of_its_item_and_no_other_does() throws Exception {
        Set<String> annotated = new TreeSet<>();
        tests.forEach((test, items) -> items.forEach(item -> annotated.add(item + " " + test)));
        Set<String> suite = new TreeSet<>();
        rows().stream()
                .flatMap(row -> row.tests().stream()
                        .filter(test -> test.matches("(Client|Server)ConformanceTest\\..*"))
                        .map(test -> row.item() + " " + test))
                .forEach(suite::add);

        assertThat(annotated).isNotEmpty().isEqualTo(suite);
    }
}
