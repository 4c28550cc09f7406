// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;

/** {@code wbxml2xml} reads what the card writes, and the card reads what {@code xml2wbxml} writes, where they are installed. */
@Tag("MO-7")
class LibwbxmlTest {
    private static final String DOCTYPE =
            "<?xml version=\"1.0\"?><!DOCTYPE SyncML PUBLIC \"-//SYNCML//DTD SyncML 1.2//EN\""
                    + " \"http://www.openmobilealliance.org/tech/DTD/OMA-TS-SyncML_RepPro_DTD-V1_2.dtd\">";

    @TempDir
    private Path directory;

    @BeforeEach
    void programs_are_installed() {
        boolean installed = List.of(System.getenv("PATH").split(":", -1)).stream()
                .anyMatch(path -> Files.isExecutable(Path.of(path, "wbxml2xml")));
        assumeTrue(
                installed, "not compared with libwbxml: wbxml2xml and xml2wbxml are not installed (libwbxml2-utils)");
    }

    private byte[] run(String program, byte[] input, String... options) throws IOException, InterruptedException {
        Path in = Files.write(directory.resolve("in"), input);
        Path out = directory.resolve("out");
        Files.deleteIfExists(out);
        List<String> command = new ArrayList<>(List.of(program));
        command.addAll(List.of(options));
        command.addAll(List.of("-o", out.toString(), in.toString()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(text).isZero();
        return Files.readAllBytes(out);
    }

    /** XML as text without blanks between elements, element names with the prefix of their namespace. */
    private static String canonical(String xml) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
            StringBuilder out = new StringBuilder();
            canonical(
                    factory.newDocumentBuilder()
                            .parse(new InputSource(new StringReader(xml)))
                            .getDocumentElement(),
                    out);
            return out.toString();
        } catch (Exception e) {
            throw new IllegalArgumentException(xml, e);
        }
    }

    private static void canonical(Element element, StringBuilder out) {
        String uri = element.getNamespaceURI();
        String name = (uri.equals("syncml:metinf") ? "m:" : uri.equals("syncml:dmddf1.2") ? "d:" : "")
                + element.getLocalName();
        StringBuilder content = new StringBuilder();
        boolean elements = false;
        for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            elements |= child instanceof Element;
        }
        for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element childElement) {
                canonical(childElement, content);
            } else if (!elements || !child.getTextContent().isBlank()) {
                content.append(XmlForm.escape(child.getTextContent()));
            }
        }
        out.append('<')
                .append(name)
                .append('>')
                .append(content)
                .append("</")
                .append(name)
                .append('>');
    }

    private void agrees(Card card) throws IOException, InterruptedException {
        byte[] message = card.write();
        String theirs = new String(run("wbxml2xml", message), StandardCharsets.UTF_8);
        String ours = XmlForm.toXml(message).replaceFirst("<SyncML>", "<SyncML " + XmlForm.NAMESPACES + ">");
        assertThat(canonical(theirs)).isEqualTo(canonical(ours));
    }

    @Test
    void wbxml2xml_reads_every_kind_of_message() throws Exception {
        Card card = new Card().withLimits(700, 20000);
        card.start();
        card.session.abort();
        card.session.start(false);
        agrees(card);
        card.start();
        card.receive(card.authenticated(CommandsTest.addLeaf(2, "./MO/x", "ä&lt;&amp;&gt;" + "y".repeat(900))
                + CommandsTest.addInterior(3, "./MO/i") + "<Sequence><CmdID>4</CmdID>" + CommandsTest.get(5, "./MO")
                + CommandsTest.get(6, "./MO/x") + "</Sequence>"
                + "<Atomic><CmdID>7</CmdID>" + CommandsTest.delete(8, "./MO/none") + "</Atomic>"
                + "<Delete><CmdID>9</CmdID>" + CommandsTest.item("./MO/i", "", "")
                + CommandsTest.item("./MO/none", "", "")
                + "</Delete>" + "<Copy><CmdID>10</CmdID></Copy>" + "<Final/>"));
        for (int message = 0; message < 3; message++) {
            agrees(card);
            card.send();
            card.receive(card.following("<Alert><CmdID>2</CmdID><Data>1222</Data></Alert>"));
        }
        card.session.abort();
        card.start();
        card.receive(card.message(212, "", CommandsTest.get(2, "./MO") + "<Final/>"));
        agrees(card);
    }

    private byte[] encode(String xml, String... options) throws IOException, InterruptedException {
        String standard = xml.replaceAll("<m:(\\w+)>", "<$1 xmlns='syncml:metinf'>")
                .replaceAll("</m:", "</")
                .replaceAll("<d:MgmtTree>", "<MgmtTree xmlns='syncml:dmddf1.2'>")
                .replaceAll("(</?)d:", "$1")
                .replaceFirst("<SyncML>", "<SyncML xmlns='SYNCML:SYNCML1.2'>");
        return run("xml2wbxml", (DOCTYPE + standard).getBytes(StandardCharsets.UTF_8), options);
    }

    @ParameterizedTest
    @CsvSource({"1.1,-n", "1.2,-n", "1.3,-n", "1.1,-k", "1.3,-k"})
    void the_card_reads_what_xml2wbxml_writes(String version, String table) throws Exception {
        Card card = new Card();
        card.pieces = 1;
        String meta = "<m:Format>xml</m:Format><m:Type>application/vnd.syncml.dmtnds+xml</m:Type>";
        String tree = TndsTest.tree(TndsTest.node(
                "t",
                "<d:RTProperties><d:Type><d:DDFName>urn:example:1.0</d:DDFName></d:Type></d:RTProperties>"
                        + TndsTest.node("a", TndsTest.leaf("b", "ä&lt;&amp;") + TndsTest.leaf("c", "2"))
                        + TndsTest.node("d", TndsTest.format("int") + "<d:Value>7</d:Value>")));
        String commands = CommandsTest.command("Add", 2, "./MO/t", meta, "<Data>" + tree + "</Data>")
                + CommandsTest.addLeaf(3, "./MO/x", "value of a leaf")
                + CommandsTest.addLeaf(4, "./MO/y", "value of a leaf")
                + CommandsTest.get(5, "./MO/x") + "<Final/>";
        card.start();
        assertThat(card.receive(encode(card.authenticated(commands), "-v", version, table)))
                .isEqualTo(DmSession.NEXT_MESSAGE);
        assertThat(Card.statuses(card.send())).containsExactly("2=200", "3=200", "4=200", "5=200");
        assertThat(card.tree("./MO/"))
                .containsExactly(
                        "./MO/t node urn:example:1.0",
                        "./MO/t/a node",
                        "./MO/t/a/b chr = ä<&",
                        "./MO/t/a/c chr = 2",
                        "./MO/t/d int = 7",
                        "./MO/x chr = value of a leaf",
                        "./MO/y chr = value of a leaf");
        assertThat(card.receive(encode(card.following("<Final/>"), "-v", version, table)))
                .isEqualTo(DmSession.FINISHED);
    }
}
