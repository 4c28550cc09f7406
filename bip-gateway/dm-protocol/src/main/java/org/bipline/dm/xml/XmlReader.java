// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.xml;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.bipline.dm.ByteString;
import org.bipline.dm.Position;
import org.bipline.dm.markup.CodePage;
import org.bipline.dm.markup.DdfTag;
import org.bipline.dm.markup.ElementReader;
import org.bipline.dm.markup.MetInfTag;
import org.bipline.dm.markup.SyncMlTag;
import org.bipline.dm.markup.Tag;
import org.bipline.dm.markup.UnknownTag;

/**
 * Reads XML 1.0 with the element types of DM 1.2, and refuses what is not well-formed.
 *
 * <p>Namespaces and prefixes are not compared: peers and files are found that leave them out or repeat the wrong one. The name of an
 * element and where it stands say which element type it is. A document type declaration is passed over, so that an entity it declares
 * is not defined here; nothing is fetched. Attributes, comments and processing instructions are passed over.
 *
 * <p>Of our own, and not the JDK's parser, since a server reads little else all day: names are looked up in the bytes of the document,
 * and only texts become objects.
 */
public final class XmlReader extends XmlScanner implements ElementReader {
    /** Deepest nesting of elements, the same as in WBXML. */
    public static final int MAX_DEPTH = 64;

    private static final Pattern DECLARATION =
            Pattern.compile("<\\?xml\\s+version\\s*=\\s*(\"1\\.[0-9]+\"|'1\\.[0-9]+')"
                    + "(\\s+encoding\\s*=\\s*(\"[A-Za-z][\\w.-]*\"|'[A-Za-z][\\w.-]*'))?"
                    + "(\\s+standalone\\s*=\\s*(\"(yes|no)\"|'(yes|no)'))?\\s*\\?>");

    private final Tag[] open = new Tag[MAX_DEPTH];

    /** Where the names of the open elements stand, prefix included. */
    private final int[] names = new int[MAX_DEPTH];

    private final int[] nameEnds = new int[MAX_DEPTH];
    private int depth;
    private int eventStart;
    private boolean rootSeen;
    private boolean endPending;
    private Tag tag;
    private String text;

    /**
     * Reads the start of the document; the encoding is found by byte order mark or XML declaration. The array is not copied and must
     * not change while it is read.
     */
    public XmlReader(byte[] document) throws XmlException {
        super(document);
        if (startsWith("\u00EF\u00BB\u00BF")) { // byte order mark
            pos = 3;
        }
        if (startsWith("<?xml") && pos + 5 < in.length && isBlank(in[pos + 5])) {
            int end = find("?>", "XML declaration has no end");
            if (!DECLARATION
                    .matcher(new String(in, pos, end - pos, StandardCharsets.UTF_8))
                    .matches()) {
                throw malformed("XML declaration is not as XML wants it");
            }
            pos = end;
        }
    }

    @Override
    public Event next() throws XmlException {
        if (endPending) {
            endPending = false;
            return closed();
        }
        while (true) {
            eventStart = pos;
            if (depth == 0) {
                skipBlanks();
                eventStart = pos;
                if (pos == in.length && rootSeen) {
                    return Event.END_OF_DOCUMENT;
                }
            }
            if (pos == in.length) {
                throw malformed(depth == 0 ? "document has no root element" : "document ends in element " + name());
            }
            if (in[pos] != '<' || startsWith("<![CDATA[")) {
                if (depth == 0) {
                    throw malformed(rootSeen ? "text after the root element" : "text before the root element");
                }
                return characters();
            }
            switch (pos + 1 == in.length ? 0 : in[pos + 1]) {
                case '/' -> {
                    return endTag();
                }
                case '?' -> processingInstruction();
                case '!' -> {
                    if (startsWith("<!--")) {
                        comment();
                    } else if (startsWith("<!DOCTYPE") && !rootSeen) {
                        documentType();
                    } else {
                        throw malformed("markup declaration in the document");
                    }
                }
                default -> {
                    return startTag();
                }
            }
        }
    }

    private Event startTag() throws XmlException {
        if (depth == 0 && rootSeen) {
            throw malformed("second root element");
        }
        if (depth == MAX_DEPTH) {
            throw fault("elements nested deeper than " + MAX_DEPTH);
        }
        pos++;
        int start = pos;
        int end = name("element");
        int local = start;
        for (int i = start; i < end; i++) {
            if (in[i] == ':') {
                local = i + 1;
                break;
            }
        }
        tag = tag(depth == 0 ? null : open[depth - 1], local, end);
        open[depth] = tag;
        names[depth] = start;
        nameEnds[depth] = end;
        depth++;
        rootSeen = true;
        attributes();
        return Event.START;
    }

    private Tag tag(Tag parent, int from, int to) {
        CodePage page = CodePage.SYNCML;
        if (parent instanceof DdfTag) {
            page = CodePage.DDF;
        } else if (parent == SyncMlTag.META || parent instanceof MetInfTag) {
            page = CodePage.METINF;
        } else if (CodePage.DDF.tagOrNull(in, from, to) == DdfTag.MGMT_TREE) {
            return DdfTag.MGMT_TREE;
        } else if (parent == null && CodePage.METINF.tagOrNull(in, from, to) == MetInfTag.MET_INF) {
            return MetInfTag.MET_INF;
        }
        Tag known = page.tagOrNull(in, from, to);
        return known == null ? new UnknownTag(new String(in, from, to - from, StandardCharsets.UTF_8)) : known;
    }

    /** Passes over the attributes to the end of the start tag. */
    private void attributes() throws XmlException {
        int count = 0;
        int[] seen = {};
        while (true) {
            boolean apart = skipBlanks();
            int c = octet("start tag");
            if (c == '>') {
                return;
            }
            if (c == '/') {
                expect('>', "start tag");
                endPending = true;
                return;
            }
            pos--;
            int start = pos;
            int end = name("attribute");
            if (!apart) {
                throw malformed("no blank before an attribute");
            }
            for (int i = 0; i < count; i += 2) {
                if (Arrays.equals(in, seen[i], seen[i + 1], in, start, end)) {
                    throw malformed(
                            "attribute " + new String(in, start, end - start, StandardCharsets.UTF_8) + " twice");
                }
            }
            seen = Arrays.copyOf(seen, count + 2);
            seen[count++] = start;
            seen[count++] = end;
            skipBlanks();
            expect('=', "attribute");
            skipBlanks();
            attributeValue(octet("attribute"));
        }
    }

    private void attributeValue(int quote) throws XmlException {
        if (quote != '"' && quote != '\'') {
            throw malformed("value of an attribute is not in quotes");
        }
        StringBuilder ignored = new StringBuilder(0);
        while (true) {
            int c = octet("value of an attribute");
            if (c == quote) {
                return;
            }
            if (c == '<') {
                throw malformed("'<' in the value of an attribute");
            }
            if (c == '&') {
                pos--;
                reference(ignored);
            } else {
                requireCharacter(c);
            }
        }
    }

    private Event endTag() throws XmlException {
        if (depth == 0) {
            throw malformed("end tag without an element");
        }
        pos += 2;
        int start = pos;
        int end = name("element");
        if (!Arrays.equals(in, start, end, in, names[depth - 1], nameEnds[depth - 1])) {
            throw malformed(
                    "end tag " + new String(in, start, end - start, StandardCharsets.UTF_8) + " in element " + name());
        }
        skipBlanks();
        expect('>', "end tag");
        return closed();
    }

    private Event closed() {
        tag = open[--depth];
        return Event.END;
    }

    private String name() {
        int top = depth - 1;
        return new String(in, names[top], nameEnds[top] - names[top], StandardCharsets.UTF_8);
    }

    /** Characters and CDATA sections up to the next tag, comment or processing instruction. */
    private Event characters() throws XmlException {
        StringBuilder parts = null;
        int start = pos;
        while (true) {
            int c = pos < in.length ? in[pos] : '<';
            if (c > '>' && c != ']') { // most characters are letters
                pos++;
                continue;
            }
            if (c == '<' && !startsWith("<![CDATA[")) {
                break;
            }
            if (c == '<' || c == '&' || c == '\r') {
                parts = append(parts, start, pos);
                switch (c) {
                    case '<' -> cdata(parts);
                    case '&' -> reference(parts);
                    default -> lineEnd(parts);
                }
                start = pos;
                continue;
            }
            if (c == ']' && startsWith("]]>")) {
                throw malformedHere("']]>' in text");
            }
            pos++;
            requireCharacter(c);
        }
        text = parts == null
                ? new String(in, start, pos - start, StandardCharsets.UTF_8)
                : append(parts, start, pos).toString();
        return Event.TEXT;
    }

    private StringBuilder append(StringBuilder parts, int from, int to) {
        StringBuilder all = parts == null ? new StringBuilder() : parts;
        return from == to ? all : all.append(new String(in, from, to - from, StandardCharsets.UTF_8));
    }

    private void cdata(StringBuilder parts) throws XmlException {
        pos += "<![CDATA[".length();
        int start = pos;
        int end = find("]]>", "CDATA section has no end") - 3;
        for (pos = start; pos < end; ) {
            if (in[pos] == '\r') {
                append(parts, start, pos);
                lineEnd(parts);
                start = pos;
            } else {
                requireCharacter(in[pos++]);
            }
        }
        append(parts, start, end);
        pos = end + 3;
    }

    @Override
    public Tag tag() {
        return tag;
    }

    @Override
    public String text() {
        return text;
    }

    @Override
    public ByteString opaque() {
        throw new IllegalStateException("XML has no opaque data");
    }

    @Override
    public boolean carriesBinary() {
        return false;
    }

    @Override
    public Position position() {
        return place.of(eventStart);
    }

    @Override
    public XmlException fault(String what) {
        return new XmlException(position(), what, false);
    }

    private XmlException malformed(String what) {
        return new XmlException(position(), what, true);
    }
}
