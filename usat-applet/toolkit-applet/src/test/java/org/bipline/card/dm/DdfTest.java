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
        Element root = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(Path.of("../../specs/ddf/card.xml").toFile())
                .getDocumentElement();
        for (Element node : children(root, "Node")) {
            describe(".", node, described);
        }
        List<String> stored = new ArrayList<>();
        short node = card.store.following(MoStore.ROOT, MoStore.ROOT, true);
        for (; node != MoStore.NONE; node = card.store.following(node, MoStore.ROOT, true)) {
            stored.add(line(node));
        }
        assertThat(described).containsExactlyElementsOf(stored);
    }

    /** What is added at run time has no name; the access types of such nodes are those of a node that was added. */
    @Test
    @Tag("MO-3")
    void objects_have_the_access_types_of_the_node_without_a_name() throws Exception {
        card.answerTo(CommandsTest.addInterior(2, "./MO/x"));
        short objects = card.store.child(MoStore.ROOT, Card.bytes("MO"), (short) 0, (short) 2);
        assertThat(access(card.store.firstChild(objects))).isEqualTo("Add Delete Get Replace");
        Element root = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(Path.of("../../specs/ddf/card.xml").toFile())
                .getDocumentElement();
        List<Element> top = children(root, "Node");
        Element unnamed = children(top.get(top.size() - 1), "Node").get(0);
        assertThat(text(unnamed, "NodeName")).isEmpty();
        assertThat(access(unnamed)).isEqualTo("Add Delete Get Replace");
    }

    private static void describe(String above, Element node, List<String> lines) {
        String name = text(node, "NodeName");
        if (name.isEmpty()) {
            return; // made at run time
        }
        String uri = above + "/" + name;
        Element properties = children(node, "DFProperties").get(0);
        assertThat(children(children(properties, "Scope").get(0), "Permanent"))
                .as(uri)
                .hasSize(1);
        String format = only(children(properties, "DFFormat").get(0)).getTagName();
        Element type = only(children(properties, "DFType").get(0));
        String identifier = type.getTagName().equals("DDFName") ? type.getTextContent() : "";
        lines.add(uri + " " + format + " [" + access(node) + "] " + identifier);
        for (Element child : children(node, "Node")) {
            describe(uri, child, lines);
        }
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
