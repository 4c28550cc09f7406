// SPDX-License-Identifier: Apache-2.0
package org.bipline.test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Writes the report of the interoperability tests, {@code test/target/interoperability.md}, from the reports of all other tests of the
 * build; with {@code -Dinteroperability.update} it becomes {@code specs/interoperability.md}. Fails when that document has other cases
 * than there are tests.
 */
final class InteroperabilityReportTest {
    private static final Path COMMITTED = Sources.ROOT.resolve("specs/interoperability.md");

    /**
     * Somebody else's program, or a peer of ours that shares no code with what it talks to.
     *
     * @param versions Debian packages that tell its version; none for what comes with the tests
     * @param tests simple names of the test classes, or of one method behind a {@code #}
     */
    private record Peer(String name, String what, List<String> versions, List<String> tests) {}

    private static final List<Peer> PEERS = List.of(
            new Peer(
                    "libdmclient",
                    "DM 1.2 client in C, built by the user (`-Dlibdmclient=PATH`), with our server",
                    List.of(),
                    List.of("LibdmclientTest")),
            new Peer(
                    "libwbxml",
                    "WBXML codec in C, beside both of ours",
                    List.of("libwbxml2-utils"),
                    List.of("LibwbxmlTest", "IndependentProgramsTest", "WireMessagesTest")),
            new Peer(
                    "scripted DM server on libwbxml",
                    "DM server of the tests, its WBXML by libwbxml, with our card and our ME's client",
                    List.of("libwbxml2-utils"),
                    List.of("ScriptedServerTest", "MeDmClientTest#is_managed_by_a_server_that_shares_no_code_with_it")),
            new Peer(
                    "scripted DM server",
                    "raw DM server of the tests, with our card",
                    List.of(),
                    List.of("ClientConformanceTest")),
            new Peer(
                    "scripted DM client",
                    "raw DM client of the tests, with our server",
                    List.of(),
                    List.of("ServerConformanceTest")),
            new Peer(
                    "tshark",
                    "dissector of APDUs, CAT, HTTP and WBXML, on our traces",
                    List.of("tshark"),
                    List.of("TsharkTest", "PcapTest")),
            new Peer(
                    "pcscd, vpcd, opensc, pcsc-tools",
                    "PC/SC service, virtual reader and card tools, with our simulated UICC",
                    List.of("pcscd", "vsmartcard-vpcd", "opensc", "pcsc-tools"),
                    List.of("CardReadersTest")));

    @Test
    void the_report_in_the_specifications_has_the_cases_of_the_build() throws Exception {
        String report = report();
        Files.writeString(Sources.ROOT.resolve("test/target/interoperability.md"), report);
        if (Boolean.getBoolean("interoperability.update")) {
            Files.writeString(COMMITTED, report);
        }

        assertThat(cases(report)).hasSizeGreaterThan(30);
        assertThat(cases(Files.readString(COMMITTED)))
                .as("bring it up to date by mvn verify -Dinteroperability.update=true")
                .isEqualTo(cases(report));
    }

    /** Peer and case of each row; the outcomes are those of one machine. */
    private static List<String> cases(String report) {
        return report.lines()
                .filter(line -> line.startsWith("| ")
                        && line.chars().filter(c -> c == '|').count() == 4)
                .map(line -> line.substring(0, line.lastIndexOf('|', line.length() - 2)))
                .toList();
    }

    private static String report() throws Exception {
        Map<String, List<String>> methods = methods();
        Map<String, String> outcomes = outcomes();
        StringBuilder out = new StringBuilder("""
                # Interoperability

                Test cases with programs that were not written here, and with peers that share no code with what they talk to, and what became of them in
                the build that wrote this report (`mvn verify -Dinteroperability.update=true`). A case that could not run says why.

                | peer | what it is | version |
                | --- | --- | --- |
                """);
        for (Peer peer : PEERS) {
            out.append("| %s | %s | %s |\n".formatted(peer.name(), peer.what(), version(peer)));
        }
        out.append("\n| peer | case | outcome |\n| --- | --- | --- |\n");
        for (Peer peer : PEERS) {
            for (String test : peer.tests()) {
                String[] parts = test.split("#", -1);
                assertThat(methods).as("test classes of the build").containsKey(parts[0]);
                for (String method : methods.get(parts[0])) {
                    if (parts.length == 1 || parts[1].equals(method)) {
                        String key = parts[0] + "#" + method;
                        out.append("| %s | %s: %s | %s |\n"
                                .formatted(
                                        peer.name(),
                                        parts[0],
                                        method.replace('_', ' '),
                                        outcomes.getOrDefault(key, "not run")));
                    }
                }
            }
        }
        return out.toString();
    }

    private static String version(Peer peer) throws Exception {
        List<String> versions = new ArrayList<>();
        for (String debianPackage : peer.versions()) {
            versions.add(debianPackage + " " + installed(debianPackage));
        }
        return versions.isEmpty() ? "-" : String.join(", ", versions);
    }

    private static String installed(String debianPackage) throws Exception {
        if (!Files.isExecutable(Path.of("/usr/bin/dpkg-query"))) {
            return "of unknown version";
        }
        Process query = new ProcessBuilder("dpkg-query", "-W", "-f", "${Version}", debianPackage)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String version = new String(query.getInputStream().readAllBytes(), UTF_8).strip();
        assertThat(query.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return version.isEmpty() ? "not installed" : version;
    }

    /** Test methods by simple name of their class, in alphabetical order. */
    private static Map<String, List<String>> methods() {
        Map<String, List<String>> methods = new TreeMap<>();
        List<Path> directories = Sources.MODULES.stream()
                .map(module -> Sources.ROOT.resolve(module).resolve("target/test-classes"))
                .filter(Files::isDirectory)
                .toList();
        for (JavaClass type : new ClassFileImporter().importPaths(directories)) {
            List<String> tests = type.getMethods().stream()
                    .filter(method ->
                            method.isAnnotatedWith(Test.class) || method.isAnnotatedWith(ParameterizedTest.class))
                    .map(JavaMethod::getName)
                    .sorted()
                    .toList();
            if (!tests.isEmpty()) { // the codecs of card and server have a LibwbxmlTest each
                methods.merge(
                        type.getSimpleName(),
                        tests,
                        (one, other) -> Stream.concat(one.stream(), other.stream())
                                .distinct()
                                .sorted()
                                .toList());
            }
        }
        return methods;
    }

    /** What became of each test method, by simple name of its class and its own. */
    private static Map<String, String> outcomes() throws Exception {
        Map<String, List<String>> invocations = new TreeMap<>();
        for (String module : Sources.MODULES) {
            Path reports = Sources.ROOT.resolve(module).resolve("target/surefire-reports");
            if (!Files.isDirectory(reports)) {
                continue;
            }
            List<Path> files;
            try (Stream<Path> all = Files.list(reports)) {
                files = all.filter(file -> file.getFileName().toString().matches("TEST-.*\\.xml"))
                        .sorted()
                        .toList();
            }
            for (Path file : files) {
                NodeList cases = DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(file.toFile())
                        .getElementsByTagName("testcase");
                for (int i = 0; i < cases.getLength(); i++) {
                    Element test = (Element) cases.item(i);
                    String type = test.getAttribute("classname").replaceFirst(".*\\.", "");
                    String method = test.getAttribute("name").split("[({\\[ ]", 2)[0];
                    invocations
                            .computeIfAbsent(type + "#" + method, key -> new ArrayList<>())
                            .add(outcome(test));
                }
            }
        }
        return invocations.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> summary(entry.getValue())));
    }

    private static String outcome(Element test) {
        if (test.getElementsByTagName("failure").getLength()
                        + test.getElementsByTagName("error").getLength()
                > 0) {
            return "failed";
        }
        NodeList skipped = test.getElementsByTagName("skipped");
        return skipped.getLength() == 0
                ? "passed"
                : ((Element) skipped.item(0))
                        .getAttribute("message")
                        .replaceFirst("^Assumption failed: ", "")
                        .replaceFirst("^NOT RUN", "not run")
                        .replace('|', '/');
    }

    private static String summary(List<String> outcomes) {
        List<String> different = outcomes.stream().distinct().sorted().toList();
        return different.size() == 1 && outcomes.size() > 1
                ? different.get(0) + ", " + outcomes.size() + " times"
                : String.join("; ", different);
    }
}
