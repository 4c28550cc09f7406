// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

import java.io.ByteArrayOutputStream;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;

/**
 * XML and WBXML of DM documents into each other, for the tests, with tables of its own. Prefix {@code m} stands for MetInf,
 * {@code d} for the DM DDF. Text goes as STR_I, with the attribute {@code hex} as opaque data.
 */
final class XmlForm {
    static final String NAMESPACES = "xmlns='SYNCML:SYNCML1.2' xmlns:m='syncml:metinf' xmlns:d='syncml:dmddf1.2'";

    private static final List<String> PREFIXES = List.of("", "m:", "d:");
    private static final List<String> URIS = List.of("SYNCML:SYNCML1.2", "syncml:metinf", "syncml:dmddf1.2");
    /** Element names by code page, from token 05 on. */
    private static final List<List<String>> PAGES = List.of(
            List.of(
                    "Add Alert Archive Atomic Chal Cmd CmdID CmdRef Copy Cred Data Delete Exec Final Get Item Lang LocName"
                            .concat(
                                    " LocURI Map MapItem Meta MsgID MsgRef NoResp NoResults Put Replace RespURI Results Search")
                            .concat(
                                    " Sequence SessionID SftDel Source SourceRef Status Sync SyncBody SyncHdr SyncML Target")
                            .concat(
                                    " TargetRef - VerDTD VerProto NumberOfChanges MoreData Field Filter Record FilterType")
                            .concat(" SourceParent TargetParent Move Correlator")
                            .split(" ", -1)),
            List.of(
                    "Anchor EMI Format FreeID FreeMem Last Mark MaxMsgSize Mem MetInf Next NextNonce SharedMem Size Type"
                            .concat(" Version MaxObjSize FieldLevel")
                            .split(" ", -1)),
            List.of("AccessType ACL Add b64 bin bool chr CaseSense CIS Copy CS date DDFName DefaultValue Delete"
                    .concat(" Description DFFormat DFProperties DFTitle DFType Dynamic Exec float Format Get int Man")
                    .concat(" MgmtTree MIME Mod Name Node node NodeName null Occurrence One OneOrMore OneOrN Path")
                    .concat(" Permanent Replace RTProperties Scope Size time Title TStamp Type Value VerDTD VerNo xml")
                    .concat(" ZeroOrMore ZeroOrN ZeroOrOne")
                    .split(" ", -1)));

    private XmlForm() {}

    /** A SyncML document. */
    static byte[] toWbxml(String xml) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(HexFormat.of().parseHex("02a4016a00"));
        new Encoder(out).write(parse(xml));
        return out.toByteArray();
    }

    /** A TNDS object with the public identifier in the string table. */
    static byte[] toTnds(String xml) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] publicId = "-//OMA//DTD-DM-DDF 1.2//EN\0".getBytes(StandardCharsets.US_ASCII);
        out.writeBytes(new byte[] {2, 0, 0, 0x6A, (byte) publicId.length});
        out.writeBytes(publicId);
        new Encoder(out).write(parse(xml));
        return out.toByteArray();
    }

    private static Element parse(String xml) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            int endOfName = xml.indexOf('>');
            String declared = xml.substring(0, endOfName) + " " + NAMESPACES + xml.substring(endOfName);
            return factory.newDocumentBuilder()
                    .parse(new InputSource(new StringReader(declared)))
                    .getDocumentElement();
        } catch (Exception e) {
            throw new IllegalArgumentException(xml, e);
        }
    }

    private static final class Encoder {
        private final ByteArrayOutputStream out;
        private int page;

        Encoder(ByteArrayOutputStream out) {
            this.out = out;
        }

        void write(Element element) {
            int elementPage = URIS.indexOf(element.getNamespaceURI());
            int token = PAGES.get(elementPage).indexOf(element.getLocalName()) + 5;
            if (token < 5) {
                throw new IllegalArgumentException(element.getTagName());
            }
            if (elementPage != page) {
                out.write(0);
                out.write(elementPage);
                page = elementPage;
            }
            boolean opaque = element.hasAttribute("hex");
            out.write(opaque || element.hasChildNodes() ? token | 0x40 : token);
            if (opaque) {
                writeOpaque(HexFormat.of().parseHex(element.getAttribute("hex")));
            }
            for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
                if (child instanceof Element childElement) {
                    write(childElement);
                } else {
                    out.write(3);
                    out.writeBytes(child.getTextContent().getBytes(StandardCharsets.UTF_8));
                    out.write(0);
                }
            }
            if (opaque || element.hasChildNodes()) {
                out.write(1);
            }
        }

        private void writeOpaque(byte[] bytes) {
            out.write(0xC3);
            if (bytes.length > 0x3FFF) {
                out.write(0x80 | (bytes.length >> 14));
            }
            if (bytes.length > 0x7F) {
                out.write(0x80 | ((bytes.length >> 7) & 0x7F));
            }
            out.write(bytes.length & 0x7F);
            out.writeBytes(bytes);
        }
    }

    /** Reads what the card writes: WBXML 1.2, no string table. Opaque data that is no text comes as {@code #hex}. */
    static String toXml(byte[] wbxml) {
        ByteBuffer in = ByteBuffer.wrap(wbxml);
        byte[] header = new byte[5];
        in.get(header);
        if (!HexFormat.of().formatHex(header).equals("02a4016a00")) {
            throw new IllegalArgumentException("header " + HexFormat.of().formatHex(header));
        }
        StringBuilder xml = new StringBuilder();
        Deque<String> open = new ArrayDeque<>();
        int page = 0;
        do {
            int token = in.get() & 0xFF;
            switch (token) {
                case 0 -> page = in.get();
                case 1 -> xml.append("</").append(open.pop()).append('>');
                case 3 -> {
                    int start = in.position();
                    while (in.get() != 0) {}
                    xml.append(escape(text(wbxml, start, in.position() - 1 - start)));
                }
                case 0xC3 -> {
                    int length = 0;
                    int b;
                    do {
                        b = in.get();
                        length = (length << 7) | (b & 0x7F);
                    } while (b < 0);
                    xml.append(escape(text(wbxml, in.position(), length)));
                    in.position(in.position() + length);
                }
                default -> {
                    String name = PREFIXES.get(page) + PAGES.get(page).get((token & 0x3F) - 5);
                    xml.append('<').append(name);
                    if ((token & 0x40) != 0) {
                        open.push(name);
                    } else {
                        xml.append('/');
                    }
                    xml.append('>');
                }
            }
        } while (xml.isEmpty() || !open.isEmpty());
        if (in.hasRemaining()) {
            throw new IllegalArgumentException(in.remaining() + " bytes behind the document");
        }
        return xml.toString();
    }

    private static String text(byte[] bytes, int offset, int length) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, offset, length))
                    .toString();
        } catch (CharacterCodingException e) {
            return "#" + HexFormat.of().formatHex(bytes, offset, offset + length);
        }
    }

    static String escape(String text) {
        String escaped = text;
        for (Map.Entry<String, String> mark :
                List.of(Map.entry("&", "&amp;"), Map.entry("<", "&lt;"), Map.entry(">", "&gt;"))) {
            escaped = escaped.replace(mark.getKey(), mark.getValue());
        }
        return escaped;
    }
}
