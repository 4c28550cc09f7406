// SPDX-License-Identifier: Apache-2.0
package org.bipline.test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.bipline.uicc.runtime.Uicc;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Card tools that others wrote, and our ME, use our card through pcscd and the virtual reader of vsmartcard. The daemon is
 * one of the test's own: its socket lies in the test's directory, its reader listens on a free port of loopback.
 */
@Timeout(180)
class CardReadersTest {
    private static final Path DRIVER = Path.of("/usr/lib/pcsc/drivers/serial/libifdvpcd.so");
    private static final String READER = "bipline test 00 00";
    private static final String ATR =
            HexFormat.ofDelimiter(":").formatHex(Uicc.builder().build().reset());

    @TempDir
    Path directory;

    private int port;
    private Map<String, String> environment;
    private RunningProgram daemon;
    private RunningProgram card;

    @BeforeEach
    void start() throws Exception {
        Programs.require("pcscd", "pcscd");
        Programs.require("opensc-tool", "opensc");
        Programs.require("pcsc_scan", "pcsc-tools");
        Programs.require("cc", "gcc");
        assumeTrue(Files.exists(DRIVER), "NOT RUN: vpcd is not installed; install the package vsmartcard-vpcd");
        assumeTrue(Files.isWritable(Path.of("/run")), "NOT RUN: pcscd writes to /run; run the test as root");
        port = freePorts();
        environment =
                Map.of("PCSCLITE_CSOCK_NAME", directory.resolve("pcscd.comm").toString());
        Path configuration = Files.createDirectory(directory.resolve("readers"));
        Files.writeString(
                configuration.resolve("vpcd"),
                "FRIENDLYNAME \"bipline test\"\nDEVICENAME /dev/null:0x%X\nLIBPATH %s\nCHANNELID 0x%X\n"
                        .formatted(port, DRIVER, port));
        try (InputStream source = CardReadersTest.class.getResourceAsStream("pcscd-private.c")) {
            Files.copy(source, directory.resolve("private.c"));
        }
        Programs.run(
                "cc",
                "-shared",
                "-fPIC",
                "-o",
                library(),
                directory.resolve("private.c").toString(),
                "-ldl");
        startDaemon();
    }

    private String library() {
        return directory.resolve("private.so").toString();
    }

    private void startDaemon() throws Exception {
        daemon = new RunningProgram(
                Map.of("LD_PRELOAD", library(), "PCSCLITE_CSOCK_NAME", environment.get("PCSCLITE_CSOCK_NAME")),
                List.of(
                        "pcscd",
                        "--foreground",
                        "--info",
                        "--config",
                        directory.resolve("readers").toString()));
        daemon.await("daemon ready");
    }

    @AfterEach
    void stop() {
        Stream.of(Optional.ofNullable(card), Optional.ofNullable(daemon))
                .flatMap(Optional::stream)
                .forEach(RunningProgram::close);
    }

    /** vpcd takes a port for each of its two slots. Below those that the system gives to connections. */
    private static int freePorts() throws IOException {
        for (int first = 20_000; first < 32_000; first += 2) {
            if (isFree(first) && isFree(first + 1)) {
                return first;
            }
        }
        throw new IOException("no two free ports");
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    private void insertCard() throws Exception {
        card = RunningProgram.bipline(environment, "card", "--port", Integer.toString(port));
        card.await("card is in the reader of vpcd at 127.0.0.1:" + port);
        awaitCardInReader();
    }

    /** The daemon looks for cards a few times a second. */
    private void awaitCardInReader() {
        Awaitility.await("the daemon has seen the card")
                .untilAsserted(() ->
                        assertThat(tool("opensc-tool", "-r", "0", "--atr")).isEqualTo(ATR));
    }

    private String tool(String... command) throws Exception {
        try (RunningProgram tool = new RunningProgram(environment, List.of(command))) {
            assertThat(tool.exitCode()).as(tool.output()).isZero();
            return tool.output();
        }
    }

    @Test
    void card_tools_reset_the_card_and_send_it_many_commands() throws Exception {
        insertCard();
        assertThat(tool("opensc-tool", "--list-readers")).containsPattern("0 +Yes +" + READER);
        assertThat(tool("pcsc_scan", "-n", "-q", "-c"))
                .contains("Card inserted", ATR.toUpperCase(Locale.ROOT).replace(':', ' '));

        List<String> command = new ArrayList<>(List.of("opensc-tool", "-r", "0"));
        List<String> select = List.of("-s", "00:A4:00:04:02:3F:00", "-s", "00:A4:00:04:02:2F:E2");
        command.addAll(select);
        command.addAll(Collections.nCopies(200, "-s 00:B0:00:00:0A").stream()
                .flatMap(read -> List.of(read.split(" ")).stream())
                .toList());
        String read = tool(command.toArray(String[]::new));
        assertThat(read.split("98 88 12 01 00 00 00 00 10 F8", -1))
                .as("EF ICCID")
                .hasSize(201);

        for (String reset : List.of("--reset=cold", "--reset=warm")) {
            tool("opensc-tool", "-r", "0", reset);
            assertThat(tool("opensc-tool", "-r", "0", "-s", "00:B0:00:00:0A"))
                    .as("no file is selected after " + reset)
                    .contains("SW1=0x69, SW2=0x86");
        }

        card.close();
        Awaitility.await("the card is gone with its process")
                .untilAsserted(
                        () -> assertThat(tool("opensc-tool", "--list-readers")).containsPattern("0 +No +" + READER));
    }

    @Test
    void the_card_comes_back_when_the_daemon_was_started_anew() throws Exception {
        insertCard();
        daemon.close();
        card.await("is gone");
        card.await("no vpcd listens at 127.0.0.1:" + port);
        startDaemon();
        card.await("card is in the reader");
        awaitCardInReader();
    }

    @Test
    @Tag("MO-2")
    @Tag("TR-1")
    void our_me_runs_a_whole_session_with_the_card_in_a_reader() throws Exception {
        Path out = directory.resolve("demo");
        insertCard();
        try (RunningProgram demo =
                RunningProgram.bipline(environment, "demo", "--reader", READER, "--out", out.toString())) {
            assertThat(demo.exitCode()).as(demo.output()).isZero();
            assertThat(demo.output()).contains("passed: ./MO/PerProviderSubscription", "equals what was given");
        }
        assertThat(Files.readString(out.resolve("card-tree.xml"), UTF_8)).contains("PerProviderSubscription");
    }

    @Test
    void what_is_missing_is_named_with_its_remedy() throws Exception {
        assertThat(demoFailing("--reader", READER))
                .isEqualTo("bipline: no card in reader \"" + READER + "\"; insert one");
        assertThat(demoFailing("--reader", "Nonesuch"))
                .isEqualTo("bipline: no reader has \"Nonesuch\" in the name; take one of \"bipline test 00 00\","
                        + " \"bipline test 00 01\"");
        daemon.close();
        assertThat(demoFailing("--reader", READER))
                .isEqualTo("bipline: no PC/SC service answers (SCARD_E_NO_SERVICE); start pcscd, or install it (package"
                        + " 'pcscd')");
    }

    /** The line on standard error of a demonstration that ends with exit code 3. */
    private String demoFailing(String... options) throws Exception {
        List<String> arguments = new ArrayList<>(
                List.of("demo", "--out", directory.resolve("demo").toString()));
        arguments.addAll(List.of(options));
        try (RunningProgram demo = RunningProgram.bipline(environment, arguments.toArray(String[]::new))) {
            assertThat(demo.exitCode()).as(demo.output()).isEqualTo(3);
            return demo.output();
        }
    }
}
