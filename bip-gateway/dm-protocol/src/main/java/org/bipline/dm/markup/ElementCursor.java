// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.markup;

import java.util.Base64;
import org.bipline.dm.ByteString;
import org.bipline.dm.DmDecodingException;
import org.bipline.dm.NodeValue;
import org.bipline.dm.Position;

/** Walks through the elements of a document by its structure: children, text, value. */
public final class ElementCursor {
    private static final NodeValue EMPTY = NodeValue.text("");

    private final ElementReader reader;
    private boolean pushedBack;

    public ElementCursor(ElementReader reader) {
        this.reader = reader;
    }

    /** Enters the root element, which must be this one. */
    public void root(Tag expected) throws DmDecodingException {
        if (!nextChild(null) || !tag().equals(expected)) {
            throw fault("root element is " + tag().text() + ", expected " + expected.text());
        }
    }

    /** Expects nothing after the root element, which was read to its end. */
    public void endOfDocument() throws DmDecodingException {
        if (reader.next() != ElementReader.Event.END_OF_DOCUMENT) {
            throw fault("document goes on after its root element");
        }
    }

    /** Enters the next child of the element entered last, or leaves that element and returns false. */
    public boolean nextChild(Tag parent) throws DmDecodingException {
        while (true) {
            switch (reader.next()) {
                case START -> {
                    return true;
                }
                case END, END_OF_DOCUMENT -> {
                    return false;
                }
                case TEXT -> {
                    if (!reader.text().isBlank()) {
                        throw fault("text in element " + name(parent));
                    }
                }
                case OPAQUE -> throw fault("opaque data in element " + name(parent));
            }
        }
    }

    public Tag tag() {
        return reader.tag();
    }

    public Position position() {
        return reader.position();
    }

    public DmDecodingException fault(String what) {
        return reader.fault(what);
    }

    /** The text of the element just entered, without blanks round it; leaves the element. */
    public String text() throws DmDecodingException {
        return rawText().strip();
    }

    /** The text of the element just entered as it stands there; leaves the element. */
    public String rawText() throws DmDecodingException {
        Tag element = reader.tag();
        NodeValue value = content(element);
        if (pushedBack) {
            throw fault("element " + reader.tag().text() + " in element " + element.text());
        }
        return value.asText().orElseThrow(() -> fault("element " + element.text() + " is not UTF-8"));
    }

    /** A number of the element just entered, 0 or more; leaves the element. */
    public long number() throws DmDecodingException {
        String name = reader.tag().text();
        String digits = text();
        try {
            long number = Long.parseLong(digits);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException noNumber) {
            // told below
        }
        throw fault("element " + name + " is '" + excerpt(digits) + "', expected a number");
    }

    /**
     * Reads the characters and bytes of the element just entered. Stops at its end, or where an element begins in it: then {@link
     * #atElement()} is true and {@link #tag()} is that element.
     */
    public NodeValue content() throws DmDecodingException {
        return content(reader.tag());
    }

    private NodeValue content(Tag element) throws DmDecodingException {
        NodeValue value = null;
        pushedBack = false;
        while (true) {
            switch (reader.next()) {
                case TEXT -> value = join(value, NodeValue.text(reader.text()));
                case OPAQUE -> value = join(value, NodeValue.binary(reader.opaque()));
                case START -> {
                    pushedBack = true;
                    return value == null ? EMPTY : value;
                }
                case END -> {
                    return value == null ? EMPTY : value;
                }
                case END_OF_DOCUMENT -> throw fault("document ends in element " + element.text());
            }
        }
    }

    /** True if {@link #content()} met an element. */
    public boolean atElement() {
        return pushedBack;
    }

    /**
     * The value that the characters or bytes of a {@code Data} or {@code Value} mean. Format {@code bin} makes bytes of them, written in
     * Base64 where the document is text; any other format makes text of what is UTF-8. Text of format {@code bin} that is no Base64 stays
     * as it is.
     */
    public NodeValue resolve(NodeValue content, boolean binary) {
        if (!binary) {
            return content instanceof NodeValue.Text
                    ? content
                    : content.asText().map(NodeValue::text).orElse(content);
        }
        if (reader.carriesBinary() || content instanceof NodeValue.Binary) {
            return NodeValue.binary(content.octets());
        }
        String base64 = content.asText().orElseThrow().replaceAll("\\s", "");
        try {
            return NodeValue.binary(ByteString.of(Base64.getDecoder().decode(base64)));
        } catch (IllegalArgumentException notBase64) {
            return content;
        }
    }

    /** Leaves the element just entered, whatever it holds. */
    public void skip() throws DmDecodingException {
        int depth = 1;
        while (depth > 0) {
            switch (reader.next()) {
                case START -> depth++;
                case END -> depth--;
                case TEXT, OPAQUE -> {}
                case END_OF_DOCUMENT -> throw fault("document ends in an element");
            }
        }
    }

    private static NodeValue join(NodeValue first, NodeValue second) {
        if (first == null) {
            return second;
        }
        if (first instanceof NodeValue.Text a && second instanceof NodeValue.Text b) {
            return NodeValue.text(a.text() + b.text());
        }
        return NodeValue.binary(first.octets().concat(second.octets()));
    }

    private static String name(Tag parent) {
        return parent == null ? "(none)" : parent.text();
    }

    private static String excerpt(String text) {
        String line = text.strip().replaceAll("\\s+", " ");
        return line.length() <= 32 ? line : line.substring(0, 32) + "...";
    }
}
