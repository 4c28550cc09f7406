// SPDX-License-Identifier: Apache-2.0
package org.bipline.test;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bipline.dm.NodeValue;
import org.bipline.dm.syncml.Command;
import org.bipline.dm.syncml.SyncMlCodec;
import org.bipline.dm.syncml.Transcoder;
import org.bipline.dm.tnds.Tnds;
import org.bipline.test.DmMessages.Message;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** What libwbxml makes of DM messages, beside what we do. */
final class LibwbxmlComparison {
    private LibwbxmlComparison() {}

    /**
     * Fails if libwbxml reads a message otherwise than we do, or writes it so that we read something else.
     *
     * @return whether it wrote it at all: it puts octets as they are into its XML, which it then could not read again, and some texts so that
     *     nobody could
     */
    static boolean agrees(Message message, Path directory) throws Exception {
        byte[] wbxml = message.bytes().toByteArray();
        byte[] theirs = Programs.wbxml2xml(wbxml, directory);
        if (isSpoilt(new String(theirs, ISO_8859_1))) {
            return false;
        }
        assertThat(canonical(octetsAsBase64(theirs, message))).isEqualTo(canonical(Transcoder.toXml(wbxml)));
        if (hasBinary(message)) {
            return false;
        }
        assertThat(SyncMlCodec.WBXML.decode(Programs.xml2wbxml(theirs, directory)))
                .isEqualTo(message.model());
        return true;
    }

    /** The tool ends a TNDS object at an octet of 00, and leaves "]]>" within a CDATA section as it is: what it writes then is no XML. */
    private static boolean isSpoilt(String theirs) {
        return theirs.contains("<MgmtTree") != theirs.contains("</MgmtTree>")
                || Pattern.compile("]]>[^<]").matcher(theirs).find();
    }

    static boolean hasBinary(Message message) {
        return binaries(message).findAny().isPresent();
    }

    private static Stream<NodeValue> binaries(Message message) {
        return message.model().body().commands().stream()
                .filter(Command.OnItems.class::isInstance)
                .flatMap(command -> ((Command.OnItems) command).items().stream())
                .flatMap(item -> item.data().stream())
                .flatMap(data -> data.asValue().stream())
                .filter(NodeValue.Binary.class::isInstance);
    }

    /**
     * The tool's document with binary values as Base64. The tool puts octets into CDATA sections or escapes them like
     * text; a TNDS object that is whole it decodes, and all of them it calls XML.
     */
    private static byte[] octetsAsBase64(byte[] document, Message message) throws Exception {
        String text = new String(document, ISO_8859_1);
        for (NodeValue binary : binaries(message).toList()) {
            byte[] octets = binary.octets().toByteArray();
            if (octets.length == 0) { // is an empty element
                continue;
            }
            String base64 = Base64.getEncoder().encodeToString(octets);
            int tree = text.indexOf("<MgmtTree");
            if (tree >= 0) {
                int end = text.indexOf("</MgmtTree>") + "</MgmtTree>".length();
                assertThat(canonical(text.substring(tree, end).getBytes(ISO_8859_1)))
                        .isEqualTo(canonical(Tnds.toXml(Tnds.fromWbxml(binary.octets()))));
                text = text.substring(0, tree).replace("dmtnds+xml", "dmtnds+wbxml") + base64 + text.substring(end);
            } else {
                String section = new String(octets, ISO_8859_1);
                String escaped = section.replace("&", "&amp;")
                        .replace("<", "&lt;")
                        .replace(">", "&gt;")
                        .replace("\"", "&quot;")
                        .replace("'", "&apos;");
                assertThat(text).containsAnyOf("<![CDATA[" + section + "]]>", "<Data>" + escaped + "</Data>");
                text = text.replace("dmtnds+xml", "dmtnds+wbxml")
                        .replace("<![CDATA[" + section + "]]>", base64)
                        .replace("<Data>" + escaped + "</Data>", "<Data>" + base64 + "</Data>");
            }
        }
        return text.getBytes(ISO_8859_1);
    }

    /** Elements with their namespaces, and texts without the blanks around them, in the order of the document. */
    private static String canonical(byte[] xml) throws Exception {
        return element(Programs.parse(xml).getDocumentElement());
    }

    private static String element(Element element) {
        List<Node> children = new ArrayList<>();
        for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            children.add(child);
        }
        String content = children.stream().anyMatch(Element.class::isInstance)
                ? children.stream()
                        .filter(Element.class::isInstance)
                        .map(child -> element((Element) child))
                        .collect(Collectors.joining())
                : element.getTextContent().strip();
        return "\n{" + element.getNamespaceURI() + "}" + element.getLocalName() + "[" + content + "]";
    }
}
