// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BiplineTest {
    @TempDir
    Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... args) {
        return Bipline.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
    }

    @Test
    void help_names_the_commands_and_the_exit_codes() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString()).contains("demo", "gateway", "decode", "what was tested failed");
        assertThat(run("demo", "--help")).isZero();
        assertThat(out.toString()).contains("--mo=FILE", "--out=DIR", "target/demo");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void the_demo_takes_presets_and_files_of_MEs_and_nothing_else() {
        assertThat(run("demo", "--help")).isZero();
        assertThat(out.toString()).contains("--me=FILE|PRESET", "bip-modem,");
        assertThat(run("demo", "--me", "toaster")).isEqualTo(2);
        assertThat(err.toString())
                .isEqualToNormalizingNewlines(
                        "bipline: toaster: cannot be read; give the path of a YAML file, or a preset: full, iot-module, bip-modem, "
                                + "bip-errors-without-cause, refresh-ignored, envelopes-lost, small-buffers, busy-during-calls, "
                                + "channels-announced-in-vain\n");
    }

    @Test
    void version_is_that_of_the_build() {
        assertThat(run("--version")).isZero();
        assertThat(out.toString()).startsWith("bipline 0.").contains("Java ").doesNotContain("${");
    }

    @Test
    void without_a_command_it_shows_its_usage() {
        assertThat(run()).isEqualTo(2);
        assertThat(err.toString()).contains("Usage: bipline");
    }

    @Test
    void wrong_use_is_one_line_and_exit_code_2() {
        assertThat(run("demo", "--nonsense")).isEqualTo(2);
        assertThat(err.toString())
                .isEqualToNormalizingNewlines("bipline: Unknown option: '--nonsense'; see bipline demo --help\n");
    }

    @Test
    void wrong_values_of_options_are_refused() {
        assertThat(run("demo", "--server", "nonsense")).isEqualTo(2);
        assertThat(run("demo", "--server", "127.0.0.1:70000")).isEqualTo(2);
        assertThat(run("demo", "--timeout", "0")).isEqualTo(2);
        assertThat(run("demo", "--log", "loud")).isEqualTo(2);
        assertThat(run("decode", "--as", "nonsense", "00")).isEqualTo(2);
        assertThat(err.toString().lines()).hasSize(5).allMatch(line -> line.startsWith("bipline: "));
    }

    @Test
    void a_missing_or_malformed_file_is_one_line_with_place_and_remedy() throws Exception {
        Path missing = directory.resolve("none.xml");
        assertThat(run("demo", "--mo", missing.toString())).isEqualTo(2);
        Path text = Files.writeString(directory.resolve("text.xml"), "no XML");
        assertThat(run("demo", "--mo", text.toString())).isEqualTo(2);
        Path open = Files.writeString(directory.resolve("open.xml"), "<MgmtTree>\n<Node>\n");
        assertThat(run("demo", "--mo", open.toString())).isEqualTo(2);
        Path empty = Files.writeString(
                directory.resolve("empty.xml"), "<MgmtTree xmlns='syncml:dmddf1.2'><VerDTD>1.2</VerDTD></MgmtTree>");
        assertThat(run("demo", "--mo", empty.toString())).isEqualTo(2);

        assertThat(err.toString().lines().toList())
                .hasSize(4)
                .satisfiesExactly(
                        line -> assertThat(line)
                                .isEqualTo("bipline: " + missing
                                        + ": no such file; give the path of a TNDS file (root element MgmtTree)"),
                        line -> assertThat(line).startsWith("bipline: " + text + ": line 1"),
                        line -> assertThat(line).startsWith("bipline: " + open + ": line 3"),
                        line -> assertThat(line).startsWith("bipline: " + empty + ": "))
                .allMatch(line -> line.contains("; "));
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void a_directory_that_cannot_be_written_is_the_environments_fault() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "");
        assertThat(run("demo", "--out", file.toString())).isEqualTo(3);
        assertThat(err.toString())
                .startsWith("bipline: cannot write to " + file)
                .contains("--out");
    }

    @Test
    void decodes_every_item_also_behind_a_wrong_one() {
        assertThat(run("decode", "XX", "--json", "D3 07 82 02 01 81 90 01 80")).isEqualTo(2);
        assertThat(err.toString()).startsWith("bipline: 'XX' is not hexadecimal");
        assertThat(out.toString()).contains("\"name\":\"MENU SELECTION\"").hasLineCount(1);
    }
}
