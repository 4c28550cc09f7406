// SPDX-License-Identifier: Apache-2.0
package org.bipline.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.bipline.lab.report.HtmlReport;
import org.bipline.lab.trace.JsonLines;
import org.bipline.lab.trace.Ladder;
import org.bipline.lab.trace.Trace;
import org.bipline.lab.trace.TraceEvent;

/** Whatever a user may read of a run: the ladder, the report and the JSON lines of one trace. */
final class Outputs implements AutoCloseable {
    private final StringWriter ladder = new StringWriter();
    private final Path jsonLines;
    private final Path report;
    private final List<TraceEvent> events = new CopyOnWriteArrayList<>();
    private final Trace trace = new Trace(() -> Instant.EPOCH, () -> 0);

    Outputs(Path directory) throws IOException {
        jsonLines = directory.resolve("trace.jsonl");
        report = directory.resolve("report.html");
        trace.add(new Ladder(new PrintWriter(ladder, true), new Ladder.Style(false, false, true)));
        trace.add(new JsonLines(jsonLines));
        trace.add(new HtmlReport(report, "test"));
        trace.add(events::add);
    }

    Trace trace() {
        return trace;
    }

    /** The proactive commands of this name that the ME has decoded so far. */
    List<TraceEvent.Proactive> commands(String name) {
        return events.stream()
                .filter(TraceEvent.Proactive.class::isInstance)
                .map(TraceEvent.Proactive.class::cast)
                .filter(command -> command.name().equals(name))
                .toList();
    }

    @Override
    public void close() throws IOException {
        trace.close();
    }

    /** Each output says that something was dropped, and why: {@code reason} or what begins so. To be called after the end. */
    void assertDropped(String what, String reason) throws IOException {
        String line = "dropped: " + what + " (" + reason;
        assertThat(ladder.toString()).contains(line);
        assertThat(Files.readString(report)).contains(line);
        assertThat(Files.readAllLines(jsonLines))
                .anySatisfy(json ->
                        assertThat(json).contains("\"what\":\"" + what + "\"").contains("\"reason\":\"" + reason));
    }
}
