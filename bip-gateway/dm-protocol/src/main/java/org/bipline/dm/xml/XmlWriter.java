// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.xml;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.bipline.dm.ByteString;
import org.bipline.dm.markup.CodePage;
import org.bipline.dm.markup.ElementWriter;
import org.bipline.dm.markup.Tag;
import org.bipline.dm.markup.UnknownTag;

/** Writes XML 1.0 in UTF-8. The namespace is declared on each element whose code page is not its parent's. */
public final class XmlWriter implements ElementWriter {
    private static final String INDENT = "  ";

    private final StringBuilder out = new StringBuilder(1024);
    private final List<Tag> open = new ArrayList<>();
    private final boolean indented;

    /** True while the element started last is empty and its start tag lacks the closing bracket. */
    private boolean startOpen;

    /** True if the element that is open now holds elements, so that its end tag goes on a line of its own. */
    private boolean holdsElements;

    private XmlWriter(boolean indented) {
        this.indented = indented;
        out.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
        if (indented) {
            out.append('\n');
        }
    }

    /** No white space between elements. */
    public static XmlWriter compact() {
        return new XmlWriter(false);
    }

    /** Each element on a line of its own, by two blanks deeper than its parent. */
    public static XmlWriter indented() {
        return new XmlWriter(true);
    }

    @Override
    public void start(Tag tag) {
        closeStart();
        newLine();
        out.append('<').append(tag.text());
        CodePage outer = open.isEmpty() ? null : open.getLast().page();
        if (tag.page() != outer && !(tag instanceof UnknownTag)) {
            out.append(" xmlns=\"").append(tag.page().namespace()).append('"');
        }
        open.add(tag);
        startOpen = true;
        holdsElements = false;
    }

    @Override
    public void text(String text) {
        if (text.isEmpty()) {
            return;
        }
        closeStart();
        int length = text.length();
        int written = 0;
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c < ' ' || c >= 0x7F || c == '&' || c == '<' || c == '>') {
                out.append(text, written, i);
                escape(text, i, c);
                written = i + 1;
            }
        }
        out.append(text, written, length);
    }

    private void escape(String text, int index, char c) {
        switch (c) {
            case '&' -> out.append("&amp;");
            case '<' -> out.append("&lt;");
            case '>' -> out.append("&gt;");
            case '\r' -> out.append("&#13;"); // a parser would read a line feed
            case '\n', '\t' -> out.append(c);
            default -> {
                if (!isXml(text, index, c)) {
                    throw new IllegalArgumentException("XML cannot carry character U+%04X".formatted((int) c));
                }
                out.append(c);
            }
        }
    }

    /** True if XML 1.0 can carry all characters of the text. */
    public static boolean canCarry(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isXml(text, i, text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isXml(String text, int index, char c) {
        if (Character.isHighSurrogate(c)) {
            return index + 1 < text.length() && Character.isLowSurrogate(text.charAt(index + 1));
        }
        if (Character.isLowSurrogate(c)) {
            return index > 0 && Character.isHighSurrogate(text.charAt(index - 1));
        }
        return (c >= ' ' && c < 0xFFFE) || c == '\n' || c == '\t' || c == '\r';
    }

    @Override
    public void binary(ByteString bytes) {
        text(Base64.getEncoder().encodeToString(bytes.toByteArray()));
    }

    @Override
    public void end() {
        Tag tag = open.removeLast();
        if (startOpen) {
            out.append("/>");
            startOpen = false;
        } else {
            if (holdsElements) {
                newLine();
            }
            out.append("</").append(tag.text()).append('>');
        }
        holdsElements = true;
    }

    @Override
    public byte[] toByteArray() {
        if (!open.isEmpty()) {
            throw new IllegalStateException(open.size() + " elements are open");
        }
        if (indented && out.charAt(out.length() - 1) != '\n') {
            out.append('\n');
        }
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void closeStart() {
        if (startOpen) {
            out.append('>');
            startOpen = false;
        }
    }

    private void newLine() {
        if (indented && out.charAt(out.length() - 1) != '\n') {
            out.append('\n');
        }
        if (indented) {
            out.repeat(INDENT, open.size());
        }
    }
}
