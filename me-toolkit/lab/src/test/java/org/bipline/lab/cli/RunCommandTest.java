// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;

class RunCommandTest {
    private static final String PASSES = """
            title: passes
            requirements: [TR-1]
            card: dm
            server: plain
            steps: [ { power: on }, { idle: 1 s } ]
            """;

    @TempDir
    Path directory;

    private Path scenarios;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void make() throws Exception {
        scenarios = Files.createDirectory(directory.resolve("scenarios"));
        Files.createDirectory(scenarios.resolve("more"));
        Files.writeString(scenarios.resolve("passes.yaml"), PASSES);
        Files.writeString(
                scenarios.resolve("more/fails.yaml"),
                PASSES.replace("title: passes", "title: \"fails <&> \\u0001\"")
                        .replace("idle: 1 s", "screen: nothing"));
        Files.writeString(
                scenarios.resolve("more/open.yaml"),
                PASSES.replace("title: passes", "title: open")
                        .replace("{ idle: 1 s }", "{ screen: nothing, precondition: true }, { idle: 1 s }"));
    }

    @Test
    void runs_a_directory_and_says_what_passed_what_failed_and_what_is_open() throws Exception {
        assertThat(run(scenarios.toString())).isEqualTo(1);
        assertThat(out.toString())
                .containsPattern("pass  \\d/3  passes \\(")
                .containsPattern("FAIL  \\d/3  fails")
                .contains("fail at line 5, screen shows \"nothing\": screen: expected nothing, seen ")
                .containsPattern("\\?\\?\\?\\?  \\d/3  open")
                .contains("1 passed, 1 failed, 1 inconclusive");

        Element suites = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(directory.resolve("out/junit.xml").toFile())
                .getDocumentElement();
        assertThat(suites.getAttribute("tests")).isEqualTo("3");
        assertThat(suites.getAttribute("failures")).isEqualTo("1");
        assertThat(suites.getAttribute("errors")).isEqualTo("1");
        assertThat(suites.getElementsByTagName("testsuite").getLength()).isEqualTo(2);
        Element failure = (Element) suites.getElementsByTagName("failure").item(0);
        assertThat(failure.getAttribute("message")).startsWith("fail at line 5");
        assertThat(((Element) failure.getParentNode()).getAttribute("name")).isEqualTo("fails <&> ? [seed 1]");
        assertThat(((Element) failure.getParentNode())
                        .getElementsByTagName("system-out")
                        .item(0)
                        .getTextContent())
                .contains("SET UP MENU");
        assertThat(Files.readString(directory.resolve("out/report.html"))).contains("fails &lt;&amp;&gt;");
    }

    @Test
    void globs_filters_and_repetitions_choose_what_is_run() {
        assertThat(run(scenarios + "/**s.yaml", "--filter", "PASSES", "--repeat", "3"))
                .isZero();
        assertThat(out.toString()).contains("pass  3/3", "3 passed, 0 failed, 0 inconclusive");
    }

    @Test
    void fail_fast_begins_no_further_run() {
        assertThat(run(
                        scenarios.resolve("more/fails.yaml").toString(),
                        scenarios.resolve("passes.yaml").toString(),
                        "--fail-fast",
                        "--parallel",
                        "1"))
                .isEqualTo(1);
        assertThat(out.toString()).contains("0 passed, 1 failed, 0 inconclusive, 1 not begun");
    }

    @Test
    void what_is_no_scenario_is_refused_in_one_line_before_anything_runs() throws Exception {
        assertThat(run(directory.resolve("none").toString())).isEqualTo(2);
        assertThat(err.toString()).contains("none: no scenario is there; give a file, a directory or a glob in quotes");
        Files.writeString(scenarios.resolve("zz.yaml"), "title: x\ncard: dm\n");
        assertThat(run(scenarios.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("zz.yaml:1:1: no steps; a scenario has title, card and steps");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void an_applet_that_is_not_there_leaves_its_scenario_inconclusive() throws Exception {
        Path file = Files.writeString(
                directory.resolve("applet.yaml"),
                PASSES.replace(
                        "card: dm\nserver: plain", "card: { applets: [ { jar: none.jar, class: org.example.A } ] }"));

        assertThat(run(file.toString())).isEqualTo(1);
        assertThat(out.toString()).contains("inconclusive at line 3, set-up", "none.jar is not there; build it");
    }

    private int run(String... arguments) {
        String[] all = new String[arguments.length + 3];
        all[0] = "run";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        all[all.length - 2] = "--out";
        all[all.length - 1] = directory.resolve("out").toString();
        return Bipline.run(new PrintWriter(out), new PrintWriter(err), all);
    }
}
