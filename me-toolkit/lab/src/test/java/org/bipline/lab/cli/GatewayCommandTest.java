// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.bipline.lab.demo.Demo;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GatewayCommandTest {
    private static final String DEVICES = "[{\"id\": \"" + Demo.DEVICE_ID + "\", \"clientName\": \"card\", "
            + "\"clientPassword\": \"c1\", \"serverName\": \"bipline\", \"serverPassword\": \"s1\"}]";

    @TempDir
    Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... args) {
        return Bipline.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
    }

    /** Tells of the first line that begins so. */
    private static final class Lines extends StringWriter {
        private final String beginning;
        private final CompletableFuture<String> found = new CompletableFuture<>();

        private Lines(String beginning) {
            this.beginning = beginning;
        }

        @Override
        public void flush() {
            toString()
                    .lines()
                    .filter(line -> line.startsWith(beginning))
                    .findFirst()
                    .ifPresent(found::complete);
        }
    }

    @Test
    @Tag("MO-2")
    void a_card_elsewhere_gets_the_jobs_of_a_gateway_that_runs_alone() throws Exception {
        Path devices = Files.writeString(directory.resolve("devices.json"), DEVICES);
        Lines lines = new Lines("listening on http://127.0.0.1:");
        List<Integer> exitCodes = Collections.synchronizedList(new ArrayList<>());
        Thread gateway = Thread.ofVirtual()
                .start(() -> exitCodes.add(Bipline.run(
                        new PrintWriter(lines),
                        new PrintWriter(err, true),
                        "gateway",
                        "--bind=127.0.0.1:0",
                        "--data=" + directory.resolve("data"),
                        "--devices=" + devices,
                        "--device=" + Demo.DEVICE_ID,
                        "--job=../../specs/mo/passpoint.xml")));
        try {
            String url = lines.found.get(30, TimeUnit.SECONDS);
            String port = url.replaceAll(".*:(\\d+)/dm", "$1");
            String[] demo = {
                "demo",
                "--server=127.0.0.1:" + port,
                "--client-password=c1",
                "--server-password=s1",
                "--out=" + directory.resolve("out")
            };

            assertThat(run(demo)).as(err.toString()).isZero();
            assertThat(lines.toString()).contains("job 1 QUEUED", "job 1 RUNNING", "job 1 DONE");
            assertThat(out.toString()).contains("passed: the DM session with 127.0.0.1:" + port);

            assertThat(run(demo))
                    .as("another card of that name, without the nonces: " + err)
                    .isZero();

            demo[2] = "--client-password=wrong";
            assertThat(run(demo)).isEqualTo(1);
            assertThat(err.toString()).startsWith("bipline: card and server at 127.0.0.1:" + port + " do not accept");
        } finally {
            gateway.interrupt();
            gateway.join();
        }
        assertThat(exitCodes).containsExactly(0);
    }

    @Test
    void wrong_files_of_devices_are_refused_with_place_and_remedy() throws Exception {
        Path broken = Files.writeString(directory.resolve("broken.json"), "[{\n\"id\": 1,,}]");
        Path lacking = Files.writeString(directory.resolve("lacking.json"), "[{\"id\": \"x\"}]");
        Path unknown = Files.writeString(directory.resolve("unknown.json"), "[{\"name\": \"x\"}]");
        for (Path file : List.of(broken, lacking, unknown, directory.resolve("none.json"))) {
            assertThat(run("gateway", "--devices=" + file, "--data=" + directory))
                    .isEqualTo(2);
        }
        assertThat(err.toString().lines().toList())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("bipline: " + broken + ": line 2, column "),
                        line -> assertThat(line)
                                .isEqualTo("bipline: " + lacking + ": a device has no 'clientName'; add it"),
                        line -> assertThat(line)
                                .startsWith("bipline: " + unknown + ": line 1")
                                .contains("name"),
                        line -> assertThat(line).contains("none.json: cannot be read"));
    }

    @Test
    void a_port_in_use_is_the_environments_fault() throws Exception {
        try (var taken = new java.net.ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
            assertThat(run("gateway", "--bind=127.0.0.1:" + taken.getLocalPort(), "--data=" + directory))
                    .isEqualTo(3);
        }
        assertThat(err.toString())
                .startsWith("bipline: cannot listen on ")
                .contains("--bind")
                .hasLineCount(1);
    }
}
