// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.wbxml;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.StringTokenizer;
import java.util.concurrent.TimeUnit;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** The tools of libwbxml, an independent implementation, as an oracle. They read and write files. */
public final class Libwbxml {
    private static final boolean INSTALLED = installed();

    private Libwbxml() {}

    private static boolean installed() {
        StringTokenizer path = new StringTokenizer(System.getenv().getOrDefault("PATH", ""), File.pathSeparator);
        while (path.hasMoreTokens()) {
            Path directory = Path.of(path.nextToken());
            if (Files.isExecutable(directory.resolve("wbxml2xml"))
                    && Files.isExecutable(directory.resolve("xml2wbxml"))) {
                return true;
            }
        }
        System.out.println("NOT RUN: comparison with libwbxml; install the package libwbxml2-utils");
        return false;
    }

    /** Skips the test where the tools are missing. */
    public static void required() {
        assumeTrue(INSTALLED, "libwbxml2-utils is not installed");
    }

    public static byte[] toXml(byte[] wbxml, Path directory) throws Exception {
        return run(directory, "xml", wbxml, "wbxml2xml");
    }

    /** Without a string table, as SyncML peers do it. */
    public static byte[] toWbxml(byte[] xml, Path directory) throws Exception {
        return run(directory, "wbxml", xml, "xml2wbxml", "-n", "-v", "1.2");
    }

    public static byte[] toWbxmlWithStringTable(byte[] xml, Path directory) throws Exception {
        return run(directory, "wbxml", xml, "xml2wbxml", "-v", "1.3");
    }

    private static byte[] run(Path directory, String suffix, byte[] input, String... command)
            throws IOException, InterruptedException {
        Path in = Files.write(Files.createTempFile(directory, "in", ""), input);
        Path out = Files.createTempFile(directory, "out", "." + suffix);
        List<String> line = new ArrayList<>(List.of(command));
        line.addAll(List.of("-o", out.toString(), in.toString()));
        Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
        String messages = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(messages).isZero();
        return Files.readAllBytes(out);
    }

    /** An XML document as a list of its elements and texts: CDATA is text, blanks between elements are nothing. */
    public static List<String> canonical(byte[] xml) throws XMLStreamException {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        XMLStreamReader reader = factory.createXMLStreamReader(new ByteArrayInputStream(xml));
        List<String> events = new ArrayList<>();
        Deque<StringBuilder> texts = new ArrayDeque<>();
        texts.push(new StringBuilder());
        while (reader.hasNext()) {
            switch (reader.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    flush(texts.peek(), events, true);
                    events.add("<{" + reader.getNamespaceURI() + "}" + reader.getLocalName());
                    texts.push(new StringBuilder());
                }
                case XMLStreamConstants.END_ELEMENT -> {
                    flush(texts.pop(), events, events.getLast().startsWith("/"));
                    events.add("/" + reader.getLocalName());
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA ->
                    texts.peek().append(reader.getText());
                default -> {}
            }
        }
        return events;
    }

    private static void flush(StringBuilder text, List<String> events, boolean besideElement) {
        if (!text.isEmpty() && !(besideElement && text.toString().isBlank())) {
            events.add("\"" + text);
        }
        text.setLength(0);
    }
}
