// SPDX-License-Identifier: Apache-2.0
package org.bipline.test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.bipline.lab.cli.Bipline;

/** A program that runs beside the test until it is closed. What it writes is taken line by line. */
final class RunningProgram implements AutoCloseable {
    private static final String END = "end of its output";

    private final Process process;
    private final String name;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final List<String> taken = new ArrayList<>();

    RunningProgram(Map<String, String> environment, List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        process = builder.start();
        name = Path.of(command.getFirst()).getFileName() + " " + command.getLast();
        Thread.ofVirtual().start(this::read);
    }

    /** The command line {@code bipline} of this build, in a process of its own. */
    static RunningProgram bipline(Map<String, String> environment, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Bipline.class.getName()));
        command.addAll(List.of(arguments));
        return new RunningProgram(environment, command);
    }

    private void read() {
        try (BufferedReader reader = process.inputReader(UTF_8)) {
            reader.lines().forEach(lines::add);
        } catch (UncheckedIOException | IOException e) {
            lines.add(e.toString());
        }
        lines.add(END);
    }

    /** Waits for a line with this text. */
    void await(String text) throws InterruptedException {
        while (true) {
            String line = lines.poll(60, TimeUnit.SECONDS);
            taken.add(String.valueOf(line));
            assertThat(line).as(name + " wrote " + taken).isNotNull().isNotEqualTo(END);
            if (line.contains(text)) {
                return;
            }
        }
    }

    /** Waits for the end and tells the exit code; {@link #output} has all that was written. */
    int exitCode() throws InterruptedException {
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(name + " ends").isTrue();
        for (String line = lines.take(); !line.equals(END); line = lines.take()) {
            taken.add(line);
        }
        return process.exitValue();
    }

    /** What was written, as far as it was waited for. */
    String output() {
        return String.join("\n", taken);
    }

    /** Asks the program to end, and ends it when it does not in time. */
    @Override
    public void close() {
        process.destroy();
        process.onExit()
                .completeOnTimeout(null, 20, TimeUnit.SECONDS)
                .thenAccept(ended -> {
                    if (ended == null) {
                        process.destroyForcibly();
                    }
                })
                .join();
    }
}
