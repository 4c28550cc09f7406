// SPDX-License-Identifier: Apache-2.0
package org.bipline.test;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** Management objects as XML documents, and their content as this class alone reads it, with the parser of the JDK. */
final class MoFixtures {
    private MoFixtures() {}

    /** A TNDS document around these nodes. */
    static String document(String nodes) {
        return "<?xml version='1.0' encoding='UTF-8'?>\n<MgmtTree xmlns='syncml:dmddf1.2'><VerDTD>1.2</VerDTD>" + nodes
                + "</MgmtTree>";
    }

    static String node(String name, String... content) {
        return "<Node><NodeName>" + name + "</NodeName>" + String.join("", content) + "</Node>";
    }

    static String leaf(String name, String value) {
        return node(name, "<Value>" + value + "</Value>");
    }

    /** A leaf that states its format and type. */
    static String leaf(String name, String format, String type, String value) {
        return node(
                name,
                "<RTProperties><Format><" + format + "/></Format><Type><MIME>" + type + "</MIME></Type></RTProperties>",
                "<Value>" + value + "</Value>");
    }

    /** That many bytes of every value, in Base64; the same for the same seed. */
    static String binary(int size, long seed) {
        byte[] bytes = new byte[size];
        new SplittableRandom(seed).nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** The form in which handsets import Passpoint profiles: properties at the top only, no Path, no Format. */
    static String passpointProfile() {
        return document(node(
                "PerProviderSubscription",
                "<RTProperties><Type><DDFName>urn:wfa:mo:hotspot2dot0-perprovidersubscription:1.0</DDFName></Type>"
                        + "</RTProperties>",
                node(
                        "i001",
                        node("HomeSP", leaf("FriendlyName", "Example Wi-Fi"), leaf("FQDN", "wifi.example")),
                        node(
                                "Credential",
                                leaf("Realm", "wifi.example"),
                                node(
                                        "UsernamePassword",
                                        leaf("Username", "user"),
                                        leaf("Password", Base64.getEncoder().encodeToString("pass".getBytes(UTF_8))),
                                        node(
                                                "EAPMethod",
                                                leaf("EAPType", "21"),
                                                leaf("InnerMethod", "MS-CHAP-V2")))))));
    }

    static String manyNodes() {
        StringBuilder nodes = new StringBuilder();
        for (int group = 0; group < 6; group++) {
            StringBuilder leaves = new StringBuilder();
            for (int i = 0; i < 10; i++) {
                leaves.append(leaf("Leaf" + i, "value " + group + "." + i));
            }
            nodes.append(node("Group" + group, leaves.toString()));
        }
        return document(node("Many", nodes.toString()));
    }

    static String deep() {
        return document(node(
                "L1", leaf("V", "1"), node("L2", leaf("V", "2"), node("L3", node("L4", node("L5", leaf("V", "6")))))));
    }

    static String names() {
        return document(node(
                "Names of all kinds",
                leaf("a", "one letter"),
                leaf("n".repeat(64), "64 bytes"),
                leaf("\u03b1\u03b2\u03b3", "Greek"),
                leaf("\ud83d\udcf6", "beyond the basic plane"),
                leaf("A&amp;B &lt;c&gt;", "marks of XML"),
                leaf("with blank", "blank"),
                leaf("dot.and-dash_and~tilde", "punctuation"),
                leaf("per%20cent", "a per cent sign is one"),
                leaf("Case", "upper"),
                leaf("case", "lower")));
    }

    static String values() {
        return document(node(
                "Values",
                leaf("Empty", ""),
                node("NoValue", "<RTProperties><Format><chr/></Format></RTProperties>"),
                node("EmptyInterior", "<RTProperties><Format><node/></Format></RTProperties>"),
                leaf("Utf8", "\u00e9\u03bb\u0436\u4e2d\ud83d\udcf6"),
                leaf("Marks", "&lt;a b='c'&gt;&amp;amp; ]]&gt; \"quoted\""),
                leaf("Lines", "one\ntwo\tthree"),
                leaf("Blanks", "in  the   middle"),
                leaf("Bool", "bool", "text/plain", "true"),
                leaf("Int", "int", "text/plain", "-2147483648"),
                leaf("Float", "float", "text/plain", "1.5e-3"),
                leaf("Xml", "xml", "text/xml", "&lt;x&gt;&lt;y/&gt;&lt;/x&gt;")));
    }

    static String largeValues() {
        return document(node(
                "Large",
                leaf("A", "0123456789".repeat(200)),
                leaf("B", "\u03bb".repeat(1000)),
                node("Below", leaf("C", "x".repeat(2000)), leaf("D", "short")),
                leaf("E", "bin", "application/octet-stream", binary(2000, 1))));
    }

    static String binaries() {
        return document(node(
                "Binary",
                leaf("Bin", "bin", "application/octet-stream", binary(256, 2)),
                leaf("OneByte", "bin", "application/octet-stream", "AA=="),
                leaf("NoByte", "bin", "application/octet-stream", ""),
                leaf("B64", "b64", "application/octet-stream", binary(100, 3))));
    }

    /**
     * The nodes of a TNDS document by their URI below its root: {@code node} for an interior one, the octets of the value
     * in hexadecimal for a leaf.
     */
    static Map<String, String> content(String document) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        Element root = factory.newDocumentBuilder()
                .parse(new ByteArrayInputStream(document.getBytes(UTF_8)))
                .getDocumentElement();
        Map<String, String> content = new TreeMap<>();
        read(child(root, "Node"), "", content);
        return content;
    }

    private static void read(Element node, String uri, Map<String, String> content) {
        Element format = path(node, "RTProperties", "Format");
        String stated = format == null ? "" : element(format.getFirstChild()).getLocalName();
        Element value = child(node, "Value");
        boolean interior = stated.equals("node") || (stated.isEmpty() && value == null);
        content.put(uri, interior ? "node" : octets(stated, value == null ? "" : value.getTextContent()));
        for (Element below = child(node, "Node"); below != null; below = next(below, "Node")) {
            read(below, uri + "/" + child(below, "NodeName").getTextContent(), content);
        }
    }

    private static String octets(String format, String value) {
        byte[] octets = format.equals("bin") ? Base64.getMimeDecoder().decode(value) : value.getBytes(UTF_8);
        return HexFormat.of().formatHex(octets);
    }

    private static Element path(Element element, String... names) {
        Element at = element;
        for (String name : names) {
            at = at == null ? null : child(at, name);
        }
        return at;
    }

    private static Element child(Element parent, String name) {
        return named(parent.getFirstChild(), name);
    }

    private static Element next(Element element, String name) {
        return named(element.getNextSibling(), name);
    }

    private static Element named(Node from, String name) {
        for (Node node = from; node != null; node = node.getNextSibling()) {
            if (node instanceof Element found && found.getLocalName().equals(name)) {
                return found;
            }
        }
        return null;
    }

    private static Element element(Node from) {
        Node node = from;
        while (!(node instanceof Element)) {
            node = node.getNextSibling();
        }
        return (Element) node;
    }
}
