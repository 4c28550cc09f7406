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
 * Writes {@code report.html}: verdict and figures, and the ladder as a diagram with search, filters and the bytes and
 * fields of each step. The page has no reference to anything outside itself.
 *
 * <p>What was traced reaches the page as JSON in an inert element and is put in place as text, so that no value can
 * become markup.
 */
public final class HtmlReport implements TraceSink {
    private final Path file;
    private final String title;
    private final List<TraceEvent> events = new ArrayList<>();
    private boolean passed;
    private String verdict = "the run did not come to its end";
    private List<Field> figures = List.of();

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
        try (Writer out = new BufferedWriter(Files.newBufferedWriter(file))) {
            write(out);
        }
    }

    private void write(Writer out) throws IOException {
        out.write("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        out.write("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        out.write("<title>" + escape(title) + "</title>\n<style>\n" + resource("report.css")
                + "</style>\n</head>\n<body>\n");
        out.write("<h1>" + escape(title) + "</h1>\n");
        out.write("<p class=\"verdict " + (passed ? "passed" : "failed") + "\"><strong>"
                + (passed ? "PASSED" : "FAILED") + "</strong>" + escape(verdict) + "</p>\n<dl class=\"figures\">\n");
        for (Field figure : figures) {
            out.write("<div><dt>" + escape(figure.name()) + "</dt><dd>" + escape(figure.value()) + "</dd></div>\n");
        }
        out.write("</dl>\n<noscript><p>The ladder needs JavaScript; trace.jsonl has the same steps.</p></noscript>\n");
        tools(out);
        out.write("<ol id=\"steps\"></ol>\n<script type=\"application/json\" id=\"trace\">");
        out.write(json().replace("<", "\\u003c")); // a "<" can only stand in a string
        out.write("</script>\n<script>\n" + resource("report.js") + "</script>\n</body>\n</html>\n");
    }

    private void tools(Writer out) throws IOException {
        out.write("<div class=\"bar\"><div class=\"tools\" role=\"search\">\n<input type=\"search\" id=\"search\" "
                + "placeholder=\"Search labels, hex, fields ( / )\" aria-label=\"Search the steps\">\n");
        for (Layer layer : Layer.values()) {
            out.write("<label><input type=\"checkbox\" value=\"" + css(layer) + "\""
                    + (layer == Layer.APDU ? "" : " checked") + "> " + layer.title() + "</label>\n");
        }
        out.write("<span class=\"count\" id=\"count\" role=\"status\"></span>\n</div>\n");
        out.write("<div class=\"row heads\" aria-hidden=\"true\"><span>seconds</span><span class=\"parties\">");
        for (Party party : Party.values()) {
            out.write("<span>" + party + "</span>");
        }
        out.write("</span><span></span><span></span></div></div>\n");
    }

    private String json() throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.writeStartArray();
            for (TraceEvent event : events) {
                step(json, event);
            }
            json.writeEndArray();
        }
        return text.toString();
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
        for (Field field : event.fields()) {
            json.writeStartArray();
            json.writeString(field.name());
            json.writeString(field.value());
            json.writeEndArray();
        }
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
