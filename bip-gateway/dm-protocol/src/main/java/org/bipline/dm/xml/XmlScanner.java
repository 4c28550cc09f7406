// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.xml;

import java.nio.charset.StandardCharsets;

/** The bytes of an XML document, and how the smallest parts of it are passed over. XML 1.0 clause 2. */
abstract class XmlScanner {
    private static final boolean[] NAME = new boolean[0x80];

    static {
        for (int c = 0; c < NAME.length; c++) {
            NAME[c] = Character.isLetterOrDigit(c) || c == '_' || c == ':' || c == '-' || c == '.';
        }
    }

    final byte[] in;
    final TextPlace place;
    int pos;

    XmlScanner(byte[] document) throws XmlException {
        in = XmlEncoding.toUtf8(document);
        place = new TextPlace(in);
    }

    /** What ends a line in the document is a line feed in the text. XML clause 2.11. */
    final void lineEnd(StringBuilder parts) {
        pos++;
        if (pos == in.length || in[pos] != '\n') {
            parts.append('\n');
        }
    }

    final void reference(StringBuilder parts) throws XmlException {
        int start = ++pos;
        while (pos < in.length && in[pos] != ';' && pos - start < 16) {
            pos++;
        }
        if (pos == in.length || in[pos] != ';') {
            pos = start - 1;
            throw malformedHere("'&' that begins no reference");
        }
        String name = new String(in, start, pos++ - start, StandardCharsets.UTF_8);
        switch (name) {
            case "amp" -> parts.append('&');
            case "lt" -> parts.append('<');
            case "gt" -> parts.append('>');
            case "quot" -> parts.append('"');
            case "apos" -> parts.append('\'');
            default -> {
                int c = name.startsWith("#") ? character(name) : -1;
                if (c < 0) {
                    pos = start - 1;
                    throw malformedHere(
                            name.startsWith("#")
                                    ? "&" + name + "; is no character of XML"
                                    : "entity &" + name + "; is not defined");
                }
                parts.appendCodePoint(c);
            }
        }
    }

    /** The character of a numeric reference, or -1 where XML has none of that number. */
    private static int character(String name) {
        boolean hex = name.startsWith("#x");
        String digits = name.substring(hex ? 2 : 1);
        if (!digits.matches(hex ? "[0-9A-Fa-f]{1,8}" : "[0-9]{1,9}")) {
            return -1;
        }
        int c = Integer.parseUnsignedInt(digits, hex ? 16 : 10);
        boolean known = c == '\t'
                || c == '\n'
                || c == '\r'
                || (c >= ' ' && c < Character.MIN_SURROGATE)
                || (c > Character.MAX_SURROGATE && c < 0xFFFE)
                || (c > 0xFFFF && c <= Character.MAX_CODE_POINT);
        return known ? c : -1;
    }

    final void comment() throws XmlException {
        pos += 4;
        int end = find("--", "comment has no end");
        if (end == in.length || in[end] != '>') {
            throw malformedHere("'--' in a comment");
        }
        pos = end + 1;
    }

    final void processingInstruction() throws XmlException {
        pos += 2;
        int start = pos;
        int end = name("instruction");
        if (end - start == 3 && new String(in, start, 3, StandardCharsets.US_ASCII).equalsIgnoreCase("xml")) {
            throw malformedHere("XML declaration that is not at the start of the document");
        }
        if (!startsWith("?>") && (pos == in.length || !isBlank(in[pos]))) {
            throw malformedHere("no blank behind the target of a processing instruction");
        }
        pos = find("?>", "processing instruction has no end");
    }

    final void documentType() throws XmlException {
        pos += "<!DOCTYPE".length();
        int brackets = 0;
        while (true) {
            int c = octet("document type declaration");
            switch (c) {
                case '[' -> brackets++;
                case ']' -> brackets--;
                case '"', '\'' -> pos = find(Character.toString(c), "document type declaration has no end");
                case '>' -> {
                    if (brackets <= 0) {
                        return;
                    }
                }
                case '<' -> {
                    pos--;
                    if (startsWith("<!--")) {
                        comment();
                    } else if (startsWith("<?")) {
                        processingInstruction();
                    } else {
                        pos++;
                    }
                }
                default -> requireCharacter(c);
            }
        }
    }

    /** Passes over a name, perhaps with a prefix, and returns its end. Letters other than those of ASCII are taken as they come. */
    final int name(String of) throws XmlException {
        int start = pos;
        boolean isName = true;
        int prefixes = 0;
        int part = start;
        while (pos < in.length && (in[pos] < 0 || NAME[in[pos]])) {
            if (in[pos++] == ':') {
                isName &= isNameStart(part) && prefixes++ == 0;
                part = pos;
            }
        }
        if (!isName || !isNameStart(part)) {
            pos = start;
            throw malformedHere("no name of an " + of);
        }
        return pos;
    }

    private boolean isNameStart(int at) {
        int c = at < in.length ? in[at] : 0;
        return c < 0 || (c > '9' && c != ':' && NAME[c]);
    }

    final boolean skipBlanks() {
        int start = pos;
        while (pos < in.length && isBlank(in[pos])) {
            pos++;
        }
        return pos > start;
    }

    static boolean isBlank(byte c) {
        return c == ' ' || c == '\n' || c == '\t' || c == '\r';
    }

    final int octet(String where) throws XmlException {
        if (pos == in.length) {
            throw malformedHere("document ends in a " + where);
        }
        return in[pos++];
    }

    final void expect(char expected, String where) throws XmlException {
        if (octet(where) != expected) {
            pos--;
            throw malformedHere("no '" + expected + "' in a " + where);
        }
    }

    /** The character was just read: part of a multi-byte sequence, or one of ASCII that XML has. */
    final void requireCharacter(int c) throws XmlException {
        if (c >= 0 && c < ' ' && c != '\n' && c != '\t' && c != '\r') {
            pos--;
            throw malformedHere("character U+%04X is none of XML".formatted(c));
        }
    }

    final boolean startsWith(String ascii) {
        if (ascii.length() > in.length - pos) {
            return false;
        }
        for (int i = 0; i < ascii.length(); i++) {
            if (in[pos + i] != (byte) ascii.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** The place behind the next occurrence; whatever stands before it consists of characters of XML. */
    final int find(String end, String otherwise) throws XmlException {
        int start = pos;
        while (!startsWith(end)) {
            if (pos == in.length) {
                throw malformedHere(otherwise);
            }
            requireCharacter(in[pos++]);
        }
        int behind = pos + end.length();
        pos = start;
        return behind;
    }

    final XmlException malformedHere(String what) {
        return new XmlException(place.of(pos), what, true);
    }
}
