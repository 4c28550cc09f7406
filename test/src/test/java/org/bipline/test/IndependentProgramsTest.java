// SPDX-License-Identifier: Apache-2.0
package org.bipline.test;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bipline.dm.NodeValue;
import org.bipline.dm.server.Job;
import org.bipline.dm.server.JobSpec;
import org.bipline.dm.server.JobState;
import org.bipline.dm.syncml.Command;
import org.bipline.dm.syncml.SyncMlCodec;
import org.bipline.dm.syncml.Transcoder;
import org.bipline.dm.tnds.Tnds;
import org.bipline.test.DmMessages.Message;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** Programs that others wrote read what the DM messages say as we do; {@link TsharkTest} has the card interface. */
class IndependentProgramsTest {
    @TempDir
    static Path directory;

    @Test
    @Tag("MO-7")
    void libwbxml_reads_and_writes_every_message_of_both_ends_as_we_do() throws Exception {
        Programs.requireLibwbxml();
        List<Message> messages = messages();

        int compared = 0;
        for (Message message : messages) {
            byte[] wbxml = message.bytes().toByteArray();
            byte[] theirs = Programs.wbxml2xml(wbxml, directory);
            assertThat(canonical(octetsAsBase64(theirs, message))).isEqualTo(canonical(Transcoder.toXml(wbxml)));
            if (hasBinary(message)) {
                continue; // the tool writes octets as they are, which is no XML that it could read again
            }
            assertThat(SyncMlCodec.WBXML.decode(Programs.xml2wbxml(theirs, directory)))
                    .isEqualTo(message.model());
            compared++;
        }
        assertThat(compared).isGreaterThan(20).isGreaterThan(messages.size() / 2);
        assertThat(messages.stream().filter(message -> !hasBinary(message)).map(Message::fromCard))
                .contains(true, false);
    }

    private static boolean hasBinary(Message message) {
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
                        .replace("\r", "&#13;");
                assertThat(text).containsAnyOf("<![CDATA[" + section + "]]>", "<Data>" + escaped + "</Data>");
                text = text.replace("dmtnds+xml", "dmtnds+wbxml")
                        .replace("<![CDATA[" + section + "]]>", base64)
                        .replace("<Data>" + escaped + "</Data>", "<Data>" + base64 + "</Data>");
            }
        }
        return text.getBytes(ISO_8859_1);
    }

    /** The messages of several sessions, which provision objects as a whole and node by node. */
    private static List<Message> messages() throws Exception {
        DmMessages messages = new DmMessages();
        try (Fleet fleet = new Fleet(
                        "libwbxml", server -> server.listener(messages).maxMessageSize(1500));
                Phone phone = new Phone(fleet.card(1), fleet.address())) {
            for (String document : List.of(
                    MoFixtures.passpointProfile(), MoFixtures.names(), MoFixtures.manyNodes(), MoFixtures.deep())) {
                for (JobSpec.Mode mode : List.of(JobSpec.Mode.NODES, JobSpec.Mode.TNDS)) {
                    Job job = fleet.submit(
                            1, JobSpec.provision(Tnds.fromXml(document.getBytes(UTF_8)), "./MO/Object", mode));
                    phone.session();
                    assertThat(fleet.job(job).state()).isEqualTo(JobState.DONE);
                }
            }
        }
        return messages.all();
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
