// SPDX-License-Identifier: Apache-2.0
package org.bipline.test;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Tags;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

/**
 * Writes the coverage table of {@code specs/requirements.md} and holds the document against the tests that ran.
 *
 * <p>A test names the row it proves by a tag ({@code @Tag("MO-2")}). This class runs after all other tests of the build,
 * reads their reports, and writes {@code test/target/requirement-coverage.md}. It fails when the document names a test
 * that does not carry the row's tag or did not pass.
 */
final class RequirementCoverageTest {
    private static final Pattern ROW = Pattern.compile("\\| ([A-Z]+-\\d+) \\|([^|]*)\\|([^|]*)\\|([^|]*)\\|");
    private static final Pattern TEST_NAME = Pattern.compile("`(\\w+)`");

    /** A row of the requirements table: its identifier, text, answering clause and the tests named in the document. */
    private record Row(String id, String requirement, String clause, List<String> tests) {}

    @Test
    void every_test_named_in_the_requirements_proves_its_row() throws Exception {
        Map<String, SortedSet<String>> passed = passedTestClassesByTag();
        List<Row> rows = rows();
        Files.writeString(Sources.ROOT.resolve("test/target/requirement-coverage.md"), table(rows, passed));

        assertThat(rows).hasSizeGreaterThan(25);
        assertThat(rows)
                .allSatisfy(row -> assertThat(passed.getOrDefault(row.id(), new TreeSet<>()))
                        .as("passed test classes tagged " + row.id())
                        .containsAll(row.tests()));
    }

    private static String table(List<Row> rows, Map<String, SortedSet<String>> passed) {
        StringBuilder out = new StringBuilder("# Requirements and the tests that prove them\n\n");
        out.append("| id | requirement | clause | passed test classes |\n| --- | --- | --- | --- |\n");
        for (Row row : rows) {
            SortedSet<String> tests = passed.getOrDefault(row.id(), new TreeSet<>());
            out.append("| %s | %s | %s | %s |%n"
                    .formatted(
                            row.id(),
                            row.requirement(),
                            row.clause(),
                            tests.isEmpty() ? "open" : String.join(", ", tests)));
        }
        return out.toString();
    }

    private static List<Row> rows() throws IOException {
        List<Row> rows = new ArrayList<>();
        Matcher m = ROW.matcher(Files.readString(Sources.ROOT.resolve("specs/requirements.md")));
        while (m.find()) {
            List<String> tests =
                    TEST_NAME.matcher(m.group(4)).results().map(r -> r.group(1)).toList();
            rows.add(new Row(m.group(1), m.group(2).trim(), m.group(3).trim(), tests));
        }
        return rows;
    }

    private static Map<String, SortedSet<String>> passedTestClassesByTag() throws Exception {
        Map<String, SortedSet<String>> byTag = new TreeMap<>();
        for (String module : Sources.MODULES) {
            Path classes = Sources.ROOT.resolve(module).resolve("target/test-classes");
            if (!Files.isDirectory(classes)) {
                continue;
            }
            SortedSet<String> passed =
                    passedMethods(Sources.ROOT.resolve(module).resolve("target/surefire-reports"));
            for (JavaClass c : new ClassFileImporter().importPath(classes)) {
                SortedSet<String> onClass = tags(c.getAnnotations());
                for (JavaMethod method : c.getMethods()) {
                    SortedSet<String> tags = tags(method.getAnnotations());
                    tags.addAll(onClass);
                    if (passed.contains(c.getName() + "#" + method.getName())) {
                        tags.forEach(tag -> byTag.computeIfAbsent(tag, t -> new TreeSet<>())
                                .add(outermost(c).getSimpleName()));
                    }
                }
            }
        }
        return byTag;
    }

    private static JavaClass outermost(JavaClass c) {
        Optional<JavaClass> enclosing = c.getEnclosingClass();
        return enclosing.isPresent() ? outermost(enclosing.get()) : c;
    }

    private static SortedSet<String> tags(Iterable<? extends JavaAnnotation<?>> annotations) {
        SortedSet<String> tags = new TreeSet<>();
        for (JavaAnnotation<?> a : annotations) {
            if (a.getRawType().isEquivalentTo(Tag.class)) {
                tags.add((String) a.get("value").orElseThrow());
            } else if (a.getRawType().isEquivalentTo(Tags.class)) {
                for (JavaAnnotation<?> tag :
                        (JavaAnnotation<?>[]) a.get("value").orElseThrow()) {
                    tags.add((String) tag.get("value").orElseThrow());
                }
            }
        }
        return tags;
    }

    /** Methods, as {@code class#method}, of which at least one invocation passed and none failed. */
    private static SortedSet<String> passedMethods(Path reports) throws Exception {
        SortedSet<String> passed = new TreeSet<>();
        SortedSet<String> notPassed = new TreeSet<>();
        if (!Files.isDirectory(reports)) {
            return passed;
        }
        List<Path> files;
        try (Stream<Path> all = Files.list(reports)) {
            files = all.filter(f -> f.getFileName().toString().matches("TEST-.*\\.xml"))
                    .toList();
        }
        for (Path file : files) {
            var cases = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(file.toFile())
                    .getElementsByTagName("testcase");
            for (int i = 0; i < cases.getLength(); i++) {
                Element test = (Element) cases.item(i);
                String method = test.getAttribute("name").split("[({\\[ ]", 2)[0];
                String name = test.getAttribute("classname") + "#" + method;
                boolean bad = test.getElementsByTagName("failure").getLength() > 0
                        || test.getElementsByTagName("error").getLength() > 0;
                boolean skipped = test.getElementsByTagName("skipped").getLength() > 0;
                if (bad) {
                    notPassed.add(name);
                } else if (!skipped) {
                    passed.add(name);
                }
            }
        }
        passed.removeAll(notPassed);
        return passed;
    }
}
