// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.report;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.bipline.lab.scenario.ScenarioResult;
import org.bipline.lab.scenario.Verdict;
import org.bipline.lab.trace.Ladder;
import org.bipline.lab.trace.TraceEvent;

/**
 * Writes results in the XML that continuous-integration servers take for JUnit's: a suite for each directory, a case for each run.
 * A run that failed is a failure, an inconclusive one an error; both have the end of the ladder with them.
 */
public final class JUnitXml {
    private static final int LINES = 60;

    private JUnitXml() {}

    /** Writes the results to a file. */
    public static void write(Path file, List<ScenarioResult> results) throws IOException {
        try (Writer out = Files.newBufferedWriter(file)) {
            XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(out);
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeStartElement("testsuites");
            totals(xml, "bipline", results);
            for (String suite : suites(results)) {
                List<ScenarioResult> cases = results.stream()
                        .filter(result -> suite(result).equals(suite))
                        .toList();
                xml.writeStartElement("testsuite");
                totals(xml, suite, cases);
                for (ScenarioResult result : cases) {
                    testCase(xml, suite, result);
                }
                xml.writeEndElement();
            }
            xml.writeEndElement();
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IOException(e);
        }
    }

    private static List<String> suites(List<ScenarioResult> results) {
        return results.stream().map(JUnitXml::suite).distinct().toList();
    }

    private static String suite(ScenarioResult result) {
        Path directory = result.scenario().file().getParent();
        return directory == null ? "." : directory.toString();
    }

    private static void totals(XMLStreamWriter xml, String name, List<ScenarioResult> results)
            throws XMLStreamException {
        xml.writeAttribute("name", name);
        xml.writeAttribute("tests", Integer.toString(results.size()));
        xml.writeAttribute("failures", count(results, Verdict.Fail.class));
        xml.writeAttribute("errors", count(results, Verdict.Inconclusive.class));
        xml.writeAttribute("skipped", "0");
        xml.writeAttribute(
                "time",
                seconds(results.stream()
                        .mapToLong(result -> result.took().toNanos())
                        .sum()));
    }

    private static String count(List<ScenarioResult> results, Class<? extends Verdict> kind) {
        return Long.toString(results.stream()
                .filter(result -> kind.isInstance(result.verdict()))
                .count());
    }

    private static String seconds(long nanos) {
        return String.format(Locale.ROOT, "%.3f", nanos / 1e9);
    }

    private static void testCase(XMLStreamWriter xml, String suite, ScenarioResult result) throws XMLStreamException {
        xml.writeStartElement("testcase");
        xml.writeAttribute("classname", suite);
        xml.writeAttribute("name", clean(result.scenario().title() + " [seed " + result.seed() + "]"));
        xml.writeAttribute("file", result.scenario().file().toString());
        xml.writeAttribute("time", seconds(result.took().toNanos()));
        switch (result.verdict()) {
            case Verdict.Pass pass -> {}
            case Verdict.Fail fail -> problem(xml, "failure", "fail", fail.toString());
            case Verdict.Inconclusive open -> problem(xml, "error", "inconclusive", open.toString());
        }
        if (!result.passed()) {
            xml.writeStartElement("system-out");
            xml.writeCharacters(clean(ladder(result.events())));
            xml.writeEndElement();
        }
        xml.writeEndElement();
    }

    private static void problem(XMLStreamWriter xml, String element, String type, String message)
            throws XMLStreamException {
        xml.writeStartElement(element);
        xml.writeAttribute("type", type);
        xml.writeAttribute("message", clean(message));
        xml.writeCharacters(clean(message));
        xml.writeEndElement();
    }

    /** The last lines of the ladder. */
    static String ladder(List<TraceEvent> events) {
        StringWriter text = new StringWriter();
        Ladder ladder = new Ladder(new PrintWriter(text), new Ladder.Style(false, false, false));
        events.forEach(ladder::accept);
        ladder.close();
        List<String> lines = new ArrayList<>(text.toString().lines().toList());
        int from = Math.max(1, lines.size() - LINES);
        String heading = lines.isEmpty() ? "" : lines.get(0) + System.lineSeparator();
        return heading + String.join(System.lineSeparator(), lines.subList(Math.min(from, lines.size()), lines.size()));
    }

    /** Without the characters that XML 1.0 does not have. */
    private static String clean(String text) {
        return text.replaceAll("[^\\t\\n\\r\\x20-\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]", "?");
    }
}
