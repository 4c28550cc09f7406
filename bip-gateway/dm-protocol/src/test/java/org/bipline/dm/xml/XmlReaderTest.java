// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.xml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.bipline.dm.markup.ElementReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The reader against the rules of XML 1.0, and against the JDK's parser as a second opinion. */
class XmlReaderTest {
    private static final String SAMPLE = """
            <?xml version="1.0" encoding="UTF-8"?>
            <!-- a message --><?pi some?>
            <SyncML xmlns='SYNCML:SYNCML1.2' a:b="x &amp; y">
              <SyncHdr><VerDTD>1.2</VerDTD><Meta><x:MaxMsgSize>1000</x:MaxMsgSize></Meta></SyncHdr>
              <SyncBody><Add><Data>a<![CDATA[<b> & ]] > ]]>c &lt;&#65;&#x1F600;\u00e4\u4e2d&gt;</Data><Final/></Add></SyncBody>
            </SyncML>
            """;

    private static final String[] PIECES = {
        "<",
        ">",
        "&",
        ";",
        "/",
        "\"",
        "'",
        "]]>",
        "<![CDATA[",
        "<!--",
        "-->",
        "--",
        "<?",
        "?>",
        "</Add>",
        "<Add>",
        "&amp;",
        "&#x;",
        "&#0;",
        "&x;",
        "=",
        " ",
        "\r\n",
        "\r",
        "\t",
        "\u0001",
        "\u00e4",
        "\uFFFE",
        "a='1'",
        "<a/>",
        "xml",
        "<?xml ?>",
        "-",
        ":",
        "1",
        "]]",
        "!"
    };

    private static final Pattern EMPTY_PREFIX = Pattern.compile("[<\\s/]:");

    private static List<String> ours(byte[] document) throws XmlException {
        XmlReader in = new XmlReader(document);
        List<String> events = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        while (true) {
            ElementReader.Event event = in.next();
            if (event == ElementReader.Event.TEXT) {
                text.append(in.text());
                continue;
            }
            flush(text, events);
            switch (event) {
                case START -> events.add("<" + in.tag().text());
                case END -> events.add(">" + in.tag().text());
                case END_OF_DOCUMENT -> {
                    return events;
                }
                case TEXT, OPAQUE -> throw new AssertionError(event);
            }
        }
    }

    private static List<String> jdk(byte[] document) throws XMLStreamException {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
        XMLStreamReader in = factory.createXMLStreamReader(new ByteArrayInputStream(document));
        List<String> events = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        int depth = 0;
        while (in.hasNext()) {
            int event = in.next();
            switch (event) {
                case XMLStreamConstants.START_ELEMENT, XMLStreamConstants.END_ELEMENT -> {
                    flush(text, events);
                    String name = in.getLocalName();
                    boolean start = event == XMLStreamConstants.START_ELEMENT;
                    depth += start ? 1 : -1;
                    events.add((start ? "<" : ">") + name.substring(name.indexOf(':') + 1));
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> {
                    if (depth > 0) {
                        text.append(in.getText());
                    }
                }
                case XMLStreamConstants.ENTITY_REFERENCE -> throw new XMLStreamException("entity");
                default -> {}
            }
        }
        return events;
    }

    private static void flush(StringBuilder text, List<String> events) {
        if (!text.isEmpty()) {
            events.add(text.toString());
            text.setLength(0);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static XmlException fault(String document) {
        return assertThatExceptionOfType(XmlException.class)
                .isThrownBy(() -> ours(utf8(document)))
                .actual();
    }

    @Test
    void reads_what_the_JDK_reads() throws Exception {
        assertThat(ours(utf8(SAMPLE))).isEqualTo(jdk(utf8(SAMPLE)));
    }

    @Test
    void agrees_with_the_JDK_on_damaged_documents() {
        Random random = new Random(1);
        int declaration = SAMPLE.indexOf('\n'); // the JDK is stricter about names of encodings
        for (int run = 0; run < 5_000; run++) {
            StringBuilder damaged = new StringBuilder(SAMPLE);
            for (int i = random.nextInt(3); i >= 0; i--) {
                int at = random.nextInt(declaration, damaged.length());
                switch (random.nextInt(3)) {
                    case 0 -> damaged.insert(at, PIECES[random.nextInt(PIECES.length)]);
                    case 1 -> damaged.delete(at, Math.min(damaged.length(), at + 1 + random.nextInt(6)));
                    default -> damaged.setCharAt(at, PIECES[random.nextInt(PIECES.length)].charAt(0));
                }
            }
            if (EMPTY_PREFIX.matcher(damaged).find()) {
                continue; // XML has such names, its namespaces do not; the JDK refuses some of them
            }
            byte[] document = utf8(damaged.toString());
            assertThat(verdict(() -> ours(document))).as("%s", damaged).isEqualTo(verdict(() -> jdk(document)));
        }
    }

    private interface Reading {
        List<String> run() throws Exception;
    }

    /** The events, or nothing for a document that is refused. */
    private static Optional<List<String>> verdict(Reading reading) {
        try {
            return Optional.of(reading.run());
        } catch (Exception refused) {
            return Optional.empty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16", "UTF-16LE", "UTF-16BE", "ISO-8859-1", "windows-1252", "US-ASCII"})
    void finds_the_encoding(String name) throws Exception {
        Charset charset = Charset.forName(name);
        String text = name.equals("US-ASCII") ? "plain" : "\u00e4\u00f6";
        String document = "<?xml version='1.0' encoding='" + name + "'?><Data>" + text + "</Data>";
        assertThat(ours(document.getBytes(charset))).containsExactly("<Data", text, ">Data");
    }

    @Test
    void takes_a_byte_order_mark_of_UTF_8() throws Exception {
        assertThat(ours(utf8("\uFEFF<?xml version='1.0'?><Data/>"))).containsExactly("<Data", ">Data");
    }

    @Test
    void refuses_bytes_that_are_not_in_the_encoding() {
        byte[] document = {'<', 'a', '>', (byte) 0xC3, '<', '/', 'a', '>'};
        assertThatExceptionOfType(XmlException.class)
                .isThrownBy(() -> ours(document))
                .withMessageContaining("not UTF-8");
    }

    @Test
    void passes_over_a_document_type_declaration_and_fetches_nothing() throws Exception {
        String declaration = "<!DOCTYPE a SYSTEM \"file:///etc/passwd\" [<!-- ]> --><!ENTITY e '>'> <?x ]> ?>]>";
        assertThat(ours(utf8(declaration + "<a>b</a>"))).containsExactly("<a", "b", ">a");
        assertThat(fault(declaration + "<a>&e;</a>")).hasMessageContaining("entity &e; is not defined");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            <a><b></a>          | end tag a in element b
            <a>                 | document ends in element a
            x<a/>               | text before the root element
            <a/>x               | text after the root element
            <a/><b/>            | second root element
            </a>                | end tag without an element
            <a b='1' b='2'/>    | attribute b twice
            <a b=1/>            | not in quotes
            <a b='<'/>          | '<' in the value
            <a><!-- -- --></a>  | '--' in a comment
            <a>&#2;</a>         | &#2; is no character
            <a>a & b</a>        | begins no reference
            <a>]]></a>          | ']]>' in text
            <a><![CDATA[x</a>   | CDATA section has no end
            <1/>                | no name of an element
            """)
    void says_what_is_wrong(String document, String message) {
        XmlException fault = fault(document.strip());
        assertThat(fault).hasMessageContaining(message.strip().replace("''", "'"));
        assertThat(fault.isMalformed()).isTrue();
    }

    @Test
    void says_where_in_characters() {
        assertThat(fault("<a>\r\n\u00e4\u00f6&x;</a>")).hasMessageStartingWith("line 2, column 3");
        assertThat(fault("<a>\r\n\u00e4\u00f6<b c></b></a>")).hasMessageStartingWith("line 2, column 7");
    }

    @Test
    void refuses_elements_nested_too_deep() {
        String deep = "<a>".repeat(XmlReader.MAX_DEPTH + 1);
        assertThat(fault(deep)).hasMessageContaining("nested deeper than 64");
    }
}
