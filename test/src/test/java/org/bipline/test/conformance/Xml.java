// SPDX-License-Identifier: Apache-2.0
package org.bipline.test.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/** DM messages as XML, read by the parser of the JDK and written by hand; digests by java.security. */
final class Xml {
    private Xml() {}

    /** The root element. Prefixes and namespaces are left aside. */
    static Element parse(byte[] document) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
            factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
            factory.setCoalescing(true);
            return factory.newDocumentBuilder()
                    .parse(new ByteArrayInputStream(document))
                    .getDocumentElement();
        } catch (Exception e) {
            throw new AssertionError("no XML: " + new String(document, UTF_8), e);
        }
    }

    /** All elements of this name at any depth, in the order of the document. */
    static List<Element> all(Element in, String name) {
        NodeList nodes = in.getElementsByTagNameNS("*", name);
        List<Element> found = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            found.add((Element) nodes.item(i));
        }
        return found;
    }

    static Optional<Element> first(Element in, String name) {
        return all(in, name).stream().findFirst();
    }

    /** Text of the first element that is reached by these names, each at any depth below the one before; empty if there is none. */
    static String text(Element in, String... names) {
        Optional<Element> at = Optional.of(in);
        for (String name : names) {
            at = at.flatMap(element -> first(element, name));
        }
        return at.map(Element::getTextContent).orElse("");
    }

    /** Names of the elements directly below. */
    static List<String> children(Element in) {
        List<String> names = new ArrayList<>();
        for (Node child = in.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element element) {
                names.add(element.getLocalName());
            }
        }
        return names;
    }

    /** The code that a message gives to a command of an earlier one; empty if it has no Status for it. */
    static String status(Element message, String msgRef, String cmdRef) {
        return all(message, "Status").stream()
                .filter(status -> text(status, "MsgRef").equals(msgRef)
                        && text(status, "CmdRef").equals(cmdRef))
                .map(status -> directText(status, "Data"))
                .findFirst()
                .orElse("");
    }

    private static String directText(Element in, String name) {
        return all(in, name).stream()
                .filter(element -> element.getParentNode().isSameNode(in))
                .map(Element::getTextContent)
                .findFirst()
                .orElse("");
    }

    /** B64(H(B64(H(name:secret)):nonce)). OMA DM Security, MD5 authentication. */
    static String digest(String name, String secret, byte[] nonce) {
        String key = base64(md5((name + ":" + secret).getBytes(UTF_8)));
        return base64(md5(concat((key + ":").getBytes(UTF_8), nonce)));
    }

    static String base64(byte[] octets) {
        return Base64.getEncoder().encodeToString(octets);
    }

    static byte[] md5(byte[]... parts) {
        try {
            return MessageDigest.getInstance("MD5").digest(concat(parts));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static byte[] concat(byte[]... parts) {
        java.io.ByteArrayOutputStream all = new java.io.ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    /** Meta with these elements of the namespace of meta-information. */
    static String meta(String... namesAndTexts) {
        StringBuilder meta = new StringBuilder("<Meta>");
        for (int i = 0; i < namesAndTexts.length; i += 2) {
            meta.append('<')
                    .append(namesAndTexts[i])
                    .append(" xmlns='syncml:metinf'>")
                    .append(namesAndTexts[i + 1])
                    .append("</")
                    .append(namesAndTexts[i])
                    .append('>');
        }
        return meta.append("</Meta>").toString();
    }

    /** A command on one node, without value. */
    static String command(String name, int cmdId, String uri) {
        return command(name, cmdId, uri, "");
    }

    static String command(String name, int cmdId, String uri, String rest) {
        return "<" + name + "><CmdID>" + cmdId + "</CmdID><Item><Target><LocURI>" + uri + "</LocURI></Target>" + rest
                + "</Item></" + name + ">";
    }

    /** Add or Replace of a leaf. */
    static String leaf(String name, int cmdId, String uri, String value) {
        return command(name, cmdId, uri, meta("Format", "chr", "Type", "text/plain") + "<Data>" + value + "</Data>");
    }

    static String interior(int cmdId, String uri) {
        return command("Add", cmdId, uri, meta("Format", "node"));
    }

    static String alert(int cmdId, int code, String items) {
        return "<Alert><CmdID>" + cmdId + "</CmdID><Data>" + code + "</Data>" + items + "</Alert>";
    }

    static String statusOf(int cmdId, String msgRef, String cmdRef, String cmd, String code, String chal) {
        return "<Status><CmdID>" + cmdId + "</CmdID><MsgRef>" + msgRef + "</MsgRef><CmdRef>" + cmdRef + "</CmdRef><Cmd>"
                + cmd + "</Cmd>" + chal + "<Data>" + code + "</Data></Status>";
    }

    static String chal(String type, byte[] nonce) {
        return "<Chal>" + meta("Format", "b64", "Type", type, "NextNonce", base64(nonce)) + "</Chal>";
    }

    static String cred(String data) {
        return "<Cred>" + meta("Format", "b64", "Type", "syncml:auth-md5") + "<Data>" + data + "</Data></Cred>";
    }

    static String message(String header, String body) {
        return "<?xml version='1.0' encoding='UTF-8'?><SyncML xmlns='SYNCML:SYNCML1.2'><SyncHdr><VerDTD>1.2</VerDTD>"
                + "<VerProto>DM/1.2</VerProto>" + header + "</SyncHdr><SyncBody>" + body + "</SyncBody></SyncML>";
    }
}
