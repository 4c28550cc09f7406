// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.wbxml;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.bipline.dm.ByteString;
import org.bipline.dm.markup.CodePage;
import org.bipline.dm.markup.ElementWriter;
import org.bipline.dm.markup.Tag;
import org.bipline.dm.markup.UnknownTag;

/**
 * Writes WBXML 1.2 in UTF-8: text as inline strings, bytes as opaque data. A string table exists only where the document type or an
 * element has no number.
 */
public final class WbxmlWriter implements ElementWriter {
    private final WbxmlDocumentType type;
    private final ByteArrayOutputStream strings = new ByteArrayOutputStream(0);
    private byte[] out = new byte[1024];
    private int size;
    private int depth;
    private CodePage page = CodePage.SYNCML;

    /** Offset of the tag started last while it has no content, else -1. */
    private int bare = -1;

    public WbxmlWriter(WbxmlDocumentType type) {
        this.type = type;
        if (type == WbxmlDocumentType.DDF_1_2) {
            tableIndex(type.text());
        }
    }

    @Override
    public void start(Tag tag) {
        content();
        if (tag.page() != page && !(tag instanceof UnknownTag)) {
            page = tag.page();
            put(Wbxml.SWITCH_PAGE);
            put(page.number());
        }
        bare = size;
        if (tag instanceof UnknownTag unknown) {
            put(Wbxml.LITERAL);
            putNumber(tableIndex(unknown.text()));
        } else {
            put(tag.token());
        }
        depth++;
    }

    @Override
    public void text(String text) {
        if (text.isEmpty()) {
            return;
        }
        content();
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (text.indexOf('\0') >= 0) { // would end an inline string
            putOpaque(bytes);
            return;
        }
        put(Wbxml.STR_I);
        put(bytes);
        put(0);
    }

    @Override
    public void binary(ByteString bytes) {
        content();
        putOpaque(bytes.toByteArray());
    }

    @Override
    public void end() {
        if (depth == 0) {
            throw new IllegalStateException("no element is open");
        }
        depth--;
        if (bare >= 0) {
            bare = -1;
        } else {
            put(Wbxml.END);
        }
    }

    @Override
    public byte[] toByteArray() {
        if (depth != 0) {
            throw new IllegalStateException(depth + " elements are open");
        }
        WbxmlWriter header = new WbxmlWriter(WbxmlDocumentType.SYNCML_1_2);
        header.put(Wbxml.VERSION_1_2);
        if (type == WbxmlDocumentType.DDF_1_2) {
            header.put(0);
            header.putNumber(0);
        } else {
            header.putNumber(type.number());
        }
        header.putNumber(Wbxml.UTF_8);
        header.putNumber(strings.size());
        header.put(strings.toByteArray());
        header.put(Arrays.copyOf(out, size));
        return Arrays.copyOf(header.out, header.size);
    }

    private void content() {
        if (bare >= 0) {
            out[bare] |= Wbxml.CONTENT;
            bare = -1;
        }
    }

    private int tableIndex(String text) {
        int index = strings.size();
        strings.writeBytes(text.getBytes(StandardCharsets.UTF_8));
        strings.write(0);
        return index;
    }

    private void putOpaque(byte[] bytes) {
        put(Wbxml.OPAQUE);
        putNumber(bytes.length);
        put(bytes);
    }

    private void putNumber(int value) {
        int shift = 28;
        while (shift > 0 && value >>> shift == 0) {
            shift -= 7;
        }
        for (; shift > 0; shift -= 7) {
            put(((value >>> shift) & 0x7F) | 0x80);
        }
        put(value & 0x7F);
    }

    private void put(int octet) {
        if (size == out.length) {
            out = Arrays.copyOf(out, size * 2);
        }
        out[size++] = (byte) octet;
    }

    private void put(byte[] bytes) {
        if (bytes.length > out.length - size) {
            out = Arrays.copyOf(out, Math.max(size * 2, size + bytes.length));
        }
        System.arraycopy(bytes, 0, out, size, bytes.length);
        size += bytes.length;
    }
}
