// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.bipline.dm.ByteString;
import org.bipline.lab.trace.Field;
import org.bipline.lab.trace.Labels;
import org.bipline.lab.trace.Layer;
import org.bipline.lab.trace.Party;
import org.bipline.lab.trace.TraceEvent;
import org.bipline.lab.trace.TraceSink;

/**
 * Writes {@code report.html}: verdict and figures, a table of the runs where there are several, and of each run the ladder as a
 * diagram with search, filters and the bytes and fields of each step. The page has no reference to anything outside itself.
 *
 * <p>What was traced reaches the page as JSON in an inert element and is put in place as text, so that no value can
 * become markup.
 */
public final class HtmlReport implements TraceSink {
    /** What a run came to. */
    public enum Outcome {
        PASSED,
        FAILED,
        INCONCLUSIVE;

        private String css() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * One run.
     *
     * @param verdict the outcome in words
     * @param facts what else there is to say, such as its file
     */
    public record Run(
            String title, Outcome outcome, String verdict, Duration took, List<Field> facts, List<TraceEvent> events) {
        public Run {
            facts = List.copyOf(facts);
            events = List.copyOf(events);
        }
    }

    private final Path file;
    private final String title;
    private final List<TraceEvent> events = new ArrayList<>();
    private boolean passed;
    private String verdict = "the run did not come to its end";
    private List<Field> figures = List.of();

    /** The report of the one run whose trace this is a sink of. */
    public HtmlReport(Path file, String title) {
        this.file = file;
        this.title = title;
    }

    public Path file() {
        return file;
    }

    /** What stands at the top. Without it the report says that the run failed to reach its end. */
    public void summary(boolean passed, String verdict, List<Field> figures) {
        this.passed = passed;
        this.verdict = verdict;
        this.figures = List.copyOf(figures);
    }

    @Override
    public void accept(TraceEvent event) {
        events.add(event);
    }

    @Override
    public void close() throws IOException {
        Run run = new Run(title, passed ? Outcome.PASSED : Outcome.FAILED, verdict, Duration.ZERO, List.of(), events);
        write(file, title, run.outcome(), verdict, figures, List.of(run), List.of());
    }

    /**
     * Writes the report of several runs.
     *
     * @param coverage what the runs came across, how often, by kind
     */
    public static void write(
            Path file,
            String title,
            Outcome outcome,
            String verdict,
            List<Field> figures,
            List<Run> runs,
            List<Coverage> coverage)
            throws IOException {
        try (Writer out = new BufferedWriter(Files.newBufferedWriter(file))) {
            out.write("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
            out.write("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
            out.write("<title>" + escape(title) + "</title>\n<style>\n" + resource("report.css")
                    + "</style>\n</head>\n<body>\n");
            out.write("<h1>" + escape(title) + "</h1>\n");
            out.write("<p class=\"verdict " + outcome.css() + "\"><strong>" + outcome + "</strong>" + escape(verdict)
                    + "</p>\n<dl class=\"figures\">\n");
            for (Field figure : figures) {
                out.write("<div><dt>" + escape(figure.name()) + "</dt><dd>" + escape(figure.value()) + "</dd></div>\n");
            }
            out.write("</dl>\n");
            if (runs.size() > 1) {
                table(out, runs);
            }
            coverage(out, coverage);
            out.write("<noscript><p>The ladder needs JavaScript.</p></noscript>\n<div id=\"run\"></div>\n");
            tools(out);
            out.write("<ol id=\"steps\"></ol>\n<script type=\"application/json\" id=\"trace\">");
            out.write(json(runs).replace("<", "\\u003c")); // a "<" can only stand in a string
            out.write("</script>\n<script>\n" + resource("report.js") + "</script>\n</body>\n</html>\n");
        }
    }

    /** The runs, each with a bar for the time that it took. */
    private static void table(Writer out, List<Run> runs) throws IOException {
        long longest =
                runs.stream().mapToLong(run -> run.took().toNanos()).max().orElse(0);
        out.write("<div class=\"scroll\"><table id=\"runs\"><thead><tr><th>verdict</th><th>run</th>"
                + "<th class=\"number\">seconds</th></tr></thead><tbody>\n");
        for (int i = 0; i < runs.size(); i++) {
            Run run = runs.get(i);
            long nanos = run.took().toNanos();
            String seconds = String.format(Locale.ROOT, "%.3f", nanos / 1e9);
            long share = longest == 0 ? 0 : Math.round(100.0 * nanos / longest);
            out.write("<tr class=\"" + run.outcome().css() + "\"><td><strong>"
                    + run.outcome().css() + "</strong></td><td><button type=\"button\" class=\"open\" data-run=\"" + i
                    + "\">" + escape(run.title()) + "</button></td><td class=\"number\" style=\"--share:" + share
                    + "%\">" + seconds + "</td></tr>\n");
        }
        out.write("</tbody></table></div>\n");
    }

    private static void coverage(Writer out, List<Coverage> coverage) throws IOException {
        if (coverage.isEmpty()) {
            return;
        }
        out.write("<details class=\"coverage\"><summary>Coverage</summary>\n");
        for (Coverage kind : coverage) {
            out.write("<h2>" + escape(kind.title()) + "</h2>\n<ul>");
            for (Field entry : kind.entries()) {
                out.write("<li>" + escape(entry.name()) + " <b>" + escape(entry.value()) + "</b></li>");
            }
            out.write("</ul>\n");
        }
        out.write("</details>\n");
    }

    /** The page's controls over the ladder. */
    private static void tools(Writer out) throws IOException {
        out.write("<div class=\"bar\"><div class=\"tools\" role=\"search\">\n<input type=\"search\" id=\"search\" "
                + "placeholder=\"Search labels, hex, fields ( / )\" aria-label=\"Search the steps\">\n");
        for (Layer layer : Layer.values()) {
            out.write("<label><input type=\"checkbox\" value=\"" + css(layer) + "\""
                    + (layer == Layer.APDU ? "" : " checked") + "> " + layer.title() + "</label>\n");
        }
        out.write("""
                <label>zoom <input type="range" id="zoom" min="60" max="160" value="100"></label>
                <button type="button" id="bad" hidden>next failure</button>
                <span class="count" id="count" role="status"></span>
                </div>
                """);
        out.write("<div class=\"row heads\" aria-hidden=\"true\"><span>seconds</span><span class=\"parties\">");
        for (Party party : Party.values()) {
            out.write("<span>" + party + "</span>");
        }
        out.write("</span><span></span><span></span></div></div>\n");
    }

    private static String json(List<Run> runs) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.writeStartArray();
            for (Run run : runs) {
                json.writeStartObject();
                json.writeStringField("title", run.title());
                json.writeStringField("outcome", run.outcome().css());
                json.writeStringField("verdict", run.verdict());
                json.writeArrayFieldStart("facts");
                fields(json, run.facts());
                json.writeEndArray();
                json.writeArrayFieldStart("steps");
                for (TraceEvent event : run.events()) {
                    step(json, event);
                }
                json.writeEndArray();
                json.writeEndObject();
            }
            json.writeEndArray();
        }
        return text.toString();
    }

    private static void fields(JsonGenerator json, List<Field> fields) throws IOException {
        for (Field field : fields) {
            json.writeStartArray();
            json.writeString(field.name());
            json.writeString(field.value());
            json.writeEndArray();
        }
    }

    private static void step(JsonGenerator json, TraceEvent event) throws IOException {
        json.writeStartArray();
        json.writeNumber(event.at().nanos());
        json.writeNumber(event.at().from().lane());
        json.writeNumber(event.at().to().lane());
        json.writeString(css(Layer.of(event)));
        json.writeString(Labels.of(event));
        json.writeStartArray();
        for (ByteString bytes : event.bytes()) {
            json.writeString(bytes.toHex());
        }
        json.writeEndArray();
        json.writeStartArray();
        fields(json, event.fields());
        json.writeEndArray();
        json.writeNumber(event.failed() ? 1 : 0);
        json.writeEndArray();
    }

    /** The class of a layer in the style sheet. */
    private static String css(Layer layer) {
        return layer.name().toLowerCase(Locale.ROOT);
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = HtmlReport.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException("the resource " + name + " is missing from the build");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
