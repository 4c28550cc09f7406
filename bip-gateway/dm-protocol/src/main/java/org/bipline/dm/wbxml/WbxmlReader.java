// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.wbxml;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.bipline.dm.ByteString;
import org.bipline.dm.Position;
import org.bipline.dm.Utf8;
import org.bipline.dm.markup.CodePage;
import org.bipline.dm.markup.ElementReader;
import org.bipline.dm.markup.Tag;
import org.bipline.dm.markup.UnknownTag;

/**
 * Reads WBXML 1.1 to 1.3 with the code pages of DM 1.2.
 *
 * <p>Refused, since no document of DM 1.2 has them: attributes, processing instructions, extension tokens, character sets other than
 * UTF-8, ISO-8859-1 and US-ASCII, elements nested deeper than {@link #MAX_DEPTH}, and bytes after the root element.
 */
public final class WbxmlReader implements ElementReader {
    /** Deepest nesting of elements. A tree of DM 1.2 on a card has 16 levels at most. */
    public static final int MAX_DEPTH = 64;

    private final byte[] in;
    private final WbxmlDocumentType type;
    private final Charset charset;
    private final int strings;
    private final int stringsEnd;
    private final Tag[] open = new Tag[MAX_DEPTH];
    private int depth;
    private CodePage page = CodePage.SYNCML;
    private int pos;
    private int eventStart;
    private boolean endPending;
    private boolean rootSeen;
    private Tag tag;
    private String text;
    private ByteString opaque;

    /** Reads the header; the array is not copied and must not change while it is read. */
    public WbxmlReader(byte[] document) throws WbxmlException {
        this.in = document;
        int version = octet("version");
        if (version < Wbxml.VERSION_1_1 || version > Wbxml.VERSION_1_3) {
            throw new WbxmlException(0, "WBXML version byte %02X, expected 01 to 03".formatted(version));
        }
        int publicId = number("public identifier");
        int publicIdText = publicId == 0 ? number("index of the public identifier") : 0;
        int mibEnum = number("character set");
        charset = switch (mibEnum) {
            case 0, Wbxml.UTF_8 -> StandardCharsets.UTF_8;
            case Wbxml.ISO_8859_1 -> StandardCharsets.ISO_8859_1;
            case Wbxml.US_ASCII -> StandardCharsets.US_ASCII;
            default ->
                throw new WbxmlException(pos, "character set " + mibEnum + " is none of UTF-8, ISO-8859-1, US-ASCII");
        };
        int tableLength = length("string table");
        strings = pos;
        stringsEnd = pos + tableLength;
        pos = stringsEnd;
        if (publicId == 0) {
            eventStart = 1;
            String id = tableString(publicIdText);
            type = WbxmlDocumentType.of(id)
                    .orElseThrow(() -> new WbxmlException(1, "public identifier '" + id + "' is none of DM 1.2"));
        } else {
            type = WbxmlDocumentType.of(publicId)
                    .orElseThrow(() ->
                            new WbxmlException(1, "public identifier 0x%X is none of DM 1.2".formatted(publicId)));
        }
    }

    public WbxmlDocumentType type() {
        return type;
    }

    @Override
    public Event next() throws WbxmlException {
        eventStart = pos;
        if (endPending) {
            endPending = false;
            return closed();
        }
        if (depth == 0 && rootSeen) {
            if (pos < in.length) {
                throw new WbxmlException(pos, in.length - pos + " bytes after the root element");
            }
            return Event.END_OF_DOCUMENT;
        }
        int token = octet("token");
        while (token == Wbxml.SWITCH_PAGE) {
            switchPage();
            eventStart = pos;
            token = octet("token");
        }
        return depth == 0 ? element(token) : content(token);
    }

    private Event content(int token) throws WbxmlException {
        return switch (token) {
            case Wbxml.END -> closed();
            case Wbxml.STR_I -> text(inlineString());
            case Wbxml.STR_T -> text(tableString(number("string table index")));
            case Wbxml.ENTITY -> text(entity());
            case Wbxml.OPAQUE -> {
                int length = length("opaque data");
                opaque = ByteString.of(in, pos, length);
                pos += length;
                yield Event.OPAQUE;
            }
            default -> element(token);
        };
    }

    private Event text(String found) {
        text = found;
        return Event.TEXT;
    }

    private Event closed() {
        tag = open[--depth];
        return Event.END;
    }

    private Event element(int token) throws WbxmlException {
        int code = token & Wbxml.TOKEN;
        Tag found;
        if (code > Wbxml.LITERAL) {
            found = page.tagOrNull(code);
            if (found == null) {
                throw new WbxmlException(
                        eventStart, "no element has token %02X in code page %d".formatted(code, page.number()));
            }
        } else if (code == Wbxml.LITERAL) {
            found = literal(tableString(number("string table index")));
        } else {
            throw new WbxmlException(eventStart, "token %02X, expected an element".formatted(token));
        }
        if ((token & Wbxml.ATTRIBUTES) != 0) {
            throw new WbxmlException(eventStart, "element " + found.text() + " has attributes, DM 1.2 has none");
        }
        if (depth == MAX_DEPTH) {
            throw new WbxmlException(eventStart, "elements nested deeper than " + MAX_DEPTH);
        }
        open[depth++] = found;
        rootSeen = true;
        endPending = (token & Wbxml.CONTENT) == 0;
        tag = found;
        return Event.START;
    }

    private Tag literal(String name) {
        return page.tag(name).orElseGet(() -> new UnknownTag(name));
    }

    private void switchPage() throws WbxmlException {
        int number = octet("code page");
        page = CodePage.of(number)
                .orElseThrow(
                        () -> new WbxmlException(eventStart, "code page %02X, expected 00 to 02".formatted(number)));
    }

    private String inlineString() throws WbxmlException {
        int start = pos;
        while (pos < in.length && in[pos] != 0) {
            pos++;
        }
        if (pos == in.length) {
            throw new WbxmlException(eventStart, "inline string has no end");
        }
        return decode(start, pos++ - start);
    }

    private String tableString(int index) throws WbxmlException {
        if (index >= stringsEnd - strings) {
            throw new WbxmlException(
                    eventStart, "string table index " + index + " in a table of " + (stringsEnd - strings) + " bytes");
        }
        int start = strings + index;
        int end = start;
        while (end < stringsEnd && in[end] != 0) {
            end++;
        }
        if (end == stringsEnd) {
            throw new WbxmlException(start, "string of the string table has no end");
        }
        return decode(start, end - start);
    }

    private String entity() throws WbxmlException {
        int code = number("character entity");
        if (!Character.isValidCodePoint(code) || (code >= 0xD800 && code <= 0xDFFF)) {
            throw new WbxmlException(eventStart, "character entity 0x%X is no character".formatted(code));
        }
        return Character.toString(code);
    }

    private String decode(int start, int length) throws WbxmlException {
        if (charset.equals(StandardCharsets.UTF_8)) {
            return Utf8.decode(in, start, length).orElseThrow(() -> new WbxmlException(start, "string is not UTF-8"));
        }
        return new String(in, start, length, charset);
    }

    private int octet(String what) throws WbxmlException {
        if (pos >= in.length) {
            throw new WbxmlException(pos, "document ends where " + what + " is expected");
        }
        return in[pos++] & 0xFF;
    }

    /** A multi-byte integer: seven bits a byte, the highest first, bit 8 set in all but the last. */
    private int number(String what) throws WbxmlException {
        int start = pos;
        long value = 0;
        for (int i = 0; i < 5; i++) {
            int octet = octet(what);
            value = value << 7 | (octet & 0x7F);
            if (octet < 0x80) {
                if (value > Integer.MAX_VALUE) {
                    break;
                }
                return (int) value;
            }
        }
        throw new WbxmlException(start, what + " is larger than 2147483647");
    }

    private int length(String what) throws WbxmlException {
        int start = pos;
        int length = number("length of the " + what);
        if (length > in.length - pos) {
            throw new WbxmlException(start, what + " of " + length + " bytes, " + (in.length - pos) + " are left");
        }
        return length;
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
        return opaque;
    }

    @Override
    public boolean carriesBinary() {
        return true;
    }

    @Override
    public Position position() {
        return new Position.Offset(eventStart);
    }

    @Override
    public WbxmlException fault(String what) {
        return new WbxmlException(eventStart, what);
    }

    @Override
    public String toString() {
        return type + " at " + eventStart + " in " + Arrays.toString(Arrays.copyOf(open, depth));
    }
}
