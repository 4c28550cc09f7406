// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** The tree that the card brings along is the one that specs/ddf/card.xml describes. */
class DdfTest {
    private static final String[] ACCESS_TYPES = {"Add", "Get", "Replace", "Delete", "Exec"}; // bits of MoStore

    private final Card card = new Card();

    @Test
    @Tag("MO-1")
    void the_description_has_each_node_with_its_format_type_and_access_types() throws Exception {
        List<String> described = new ArrayList<>();
        for (Element node : children(description(), "Node")) {
            describe(".", node, described);
        }
        List<String> stored = new ArrayList<>();
        short node = card.store.following(MoStore.ROOT, MoStore.ROOT, true);
        for (; node != MoStore.NONE; node = card.store.following(node, MoStore.ROOT, true)) {
            stored.add(line(node));
        }
        assertThat(described).containsExactlyElementsOf(stored);
    }

    /** What is made at run time is described below nodes without a name. */
    @Test
    @Tag("MO-1")
    @Tag("MO-3")
    void objects_policies_and_records_have_the_formats_and_access_types_described() throws Exception {
        card.answerTo(CommandsTest.addInterior(2, "./MO/x")
                + TndsTest.add(
                        3,
                        "./Policy/x",
                        TndsTest.node(
                                "",
                                "<d:RTProperties><d:Type><d:DDFName>urn:bipline:mo:policy:1.0</d:DDFName></d:Type>"
                                        + "</d:RTProperties>" + POLICY)));
        card.answerTo(TndsTest.add(
                2,
                "./Function/x",
                TndsTest.node(
                        "",
                        "<d:RTProperties><d:Type><d:DDFName>urn:bipline:mo:function:1.0</d:DDFName></d:Type>"
                                + "</d:RTProperties>" + FUNCTION)));
        short device = card.records.addDevice(Card.bytes("IMEI:1"), (short) 0, (short) 6);
        card.records.clear();
        card.records.write(device, card.node("./MO/x"), SyncRecords.CONFLICT);
        List<String> made = new ArrayList<>();
        for (String top : List.of("./MO/x", "./Policy/x", "./Function/x", "./Sync/1")) {
            for (short node = card.node(top); node != MoStore.NONE; ) {
                String line = line(node);
                String uri = line.substring(0, line.indexOf(' '));
                assertThat(line.substring(line.indexOf(' '))).as(uri).isEqualTo(described(uri));
                made.add(uri);
                node = card.store.following(node, card.node(top), true);
            }
        }
        assertThat(made).hasSize(1 + 9 + 8 + 8);
    }

    private static final String FUNCTION = TndsTest.leaf("Identifier", "urn:x/*")
            + TndsTest.leaf("Server", "*")
            + TndsTest.leaf("Package", "*")
            + TndsTest.leaf("Device", "*")
            + TndsTest.node("Level", TndsTest.format("int") + "<d:Value>1</d:Value>")
            + TndsTest.node("Consent", TndsTest.format("bool") + "<d:Value>false</d:Value>")
            + TndsTest.node("Uses", TndsTest.format("int") + "<d:Value>1</d:Value>");

    private static final String POLICY = TndsTest.leaf("Target", "./Con/x")
            + TndsTest.leaf("Direction", "both")
            + TndsTest.leaf("Conflict", "ask")
            + TndsTest.node("Consent", TndsTest.format("bool") + "<d:Value>false</d:Value>")
            + TndsTest.node("Connect", TndsTest.format("bool") + "<d:Value>true</d:Value>")
            + TndsTest.leaf("Binding", "card")
            + TndsTest.node("Level", TndsTest.format("int") + "<d:Value>1</d:Value>")
            + TndsTest.leaf("Sensitive", "Password,*/Key");

    /** Format, access types and identifier of the node that describes a URI. */
    private static String described(String uri) throws Exception {
        Element node = description();
        for (String name : uri.substring(2).split("/", -1)) {
            List<Element> children = children(node, "Node");
            node = children.stream()
                    .filter(child -> text(child, "NodeName").equals(name))
                    .findAny()
                    .orElseGet(() -> children.stream()
                            .filter(child -> text(child, "NodeName").isEmpty())
                            .findAny()
                            .orElseThrow());
        }
        return properties(node);
    }

    private static Element description() throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(Path.of("../../specs/ddf/card.xml").toFile())
                .getDocumentElement();
    }

    private static void describe(String above, Element node, List<String> lines) {
        String name = text(node, "NodeName");
        if (name.isEmpty()) {
            return; // made at run time
        }
        String uri = above + "/" + name;
        Element properties = children(node, "DFProperties").get(0);
        String scope = access(node).contains("Delete") ? "Dynamic" : "Permanent";
        assertThat(children(children(properties, "Scope").get(0), scope))
                .as(uri)
                .hasSize(1);
        lines.add(uri + properties(node));
        for (Element child : children(node, "Node")) {
            describe(uri, child, lines);
        }
    }

    private static String properties(Element node) {
        Element properties = children(node, "DFProperties").get(0);
        String format = only(children(properties, "DFFormat").get(0)).getTagName();
        Element type = only(children(properties, "DFType").get(0));
        String identifier = type.getTagName().equals("DDFName") ? type.getTextContent() : "";
        return " " + format + " [" + access(node) + "] " + identifier;
    }

    private String line(short node) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        card.store.writeUri(node, Card.sink(out));
        out.write(' ');
        Format.write(card.store.format(node), Card.sink(out));
        out.writeBytes(Card.bytes(" [" + access(node) + "] "));
        if (card.store.isInterior(node) && card.store.hasType(node)) {
            card.store.writeType(node, Card.sink(out));
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private String access(short node) {
        List<String> names = new ArrayList<>();
        for (int bit = 0; bit < ACCESS_TYPES.length; bit++) {
            if (card.store.allows(node, (byte) (1 << bit))) {
                names.add(ACCESS_TYPES[bit]);
            }
        }
        return String.join(" ", names.stream().sorted().toList());
    }

    private static String access(Element node) {
        Element types =
                children(children(node, "DFProperties").get(0), "AccessType").get(0);
        return String.join(
                " ",
                children(types, null).stream()
                        .map(Element::getTagName)
                        .filter(name -> !name.equals("Copy"))
                        .toList());
    }

    private static Element only(Element parent) {
        List<Element> children = children(parent, null);
        assertThat(children).hasSize(1);
        return children.get(0);
    }

    private static String text(Element parent, String name) {
        return children(parent, name).get(0).getTextContent();
    }

    private static List<Element> children(Element parent, String name) {
        List<Element> children = new ArrayList<>();
        for (Node child = parent.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element element
                    && (name == null || element.getTagName().equals(name))) {
                children.add(element);
            }
        }
        return children;
    }
}
