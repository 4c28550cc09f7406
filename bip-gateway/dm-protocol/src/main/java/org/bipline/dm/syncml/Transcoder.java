// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.syncml;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Pattern;
import org.bipline.dm.ByteString;
import org.bipline.dm.DmDecodingException;
import org.bipline.dm.Format;
import org.bipline.dm.Utf8;
import org.bipline.dm.markup.DdfTag;
import org.bipline.dm.markup.ElementReader;
import org.bipline.dm.markup.ElementWriter;
import org.bipline.dm.markup.MetInfTag;
import org.bipline.dm.markup.SyncMlTag;
import org.bipline.dm.markup.Tag;
import org.bipline.dm.markup.UnknownTag;
import org.bipline.dm.wbxml.WbxmlDocumentType;
import org.bipline.dm.wbxml.WbxmlReader;
import org.bipline.dm.wbxml.WbxmlWriter;
import org.bipline.dm.xml.XmlReader;
import org.bipline.dm.xml.XmlWriter;

/**
 * Turns a document of DM 1.2 from one encoding into the other, element by element, whatever it holds. Data and values of format bin are
 * bytes in WBXML and Base64 in XML. Opaque data of another format are text where they are UTF-8, and Base64 else.
 */
public final class Transcoder {
    /** Names of elements that DM 1.2 does not know: a subset of what XML allows. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]*");

    private final ElementReader in;
    private final ElementWriter out;
    private final Tag[] open = new Tag[WbxmlReader.MAX_DEPTH];

    /** The format stated for the command, item or node at each depth. */
    private final String[] formats = new String[WbxmlReader.MAX_DEPTH];

    private int depth;
    private ByteString binary;

    private Transcoder(ElementReader in, ElementWriter out) {
        this.in = in;
        this.out = out;
    }

    public static byte[] toXml(byte[] wbxml) throws DmDecodingException {
        return new Transcoder(new WbxmlReader(wbxml), XmlWriter.compact()).copy();
    }

    /** As {@link #toXml}, with each element on a line of its own. */
    public static byte[] toIndentedXml(byte[] wbxml) throws DmDecodingException {
        return new Transcoder(new WbxmlReader(wbxml), XmlWriter.indented()).copy();
    }

    public static byte[] toWbxml(byte[] xml) throws DmDecodingException {
        XmlReader in = new XmlReader(xml);
        if (in.next() != ElementReader.Event.START) {
            throw in.fault("document has no root element");
        }
        boolean tree = in.tag() == DdfTag.MGMT_TREE;
        WbxmlWriter out = new WbxmlWriter(tree ? WbxmlDocumentType.DDF_1_2 : WbxmlDocumentType.SYNCML_1_2);
        Transcoder transcoder = new Transcoder(in, out);
        transcoder.start();
        return transcoder.copy();
    }

    private byte[] copy() throws DmDecodingException {
        while (true) {
            switch (in.next()) {
                case START -> start();
                case END -> end();
                case TEXT -> text(in.text());
                case OPAQUE -> opaque(in.opaque());
                case END_OF_DOCUMENT -> {
                    return out.toByteArray();
                }
            }
        }
    }

    private void start() throws DmDecodingException {
        Tag tag = in.tag();
        if (tag instanceof UnknownTag && !NAME.matcher(tag.text()).matches()) {
            throw in.fault("'" + tag.text() + "' is no name of an element");
        }
        if (at(1) == DdfTag.FORMAT && depth >= 3) {
            formats[depth - 3] = tag.text();
        }
        open[depth] = tag;
        formats[depth] = null;
        depth++;
        out.start(tag);
        binary = isBinary() ? ByteString.EMPTY : null;
    }

    private void end() throws DmDecodingException {
        if (binary != null) {
            writeBinary();
        }
        binary = null;
        depth--;
        out.end();
    }

    private void text(String text) throws DmDecodingException {
        if (binary != null) {
            binary = binary.concat(ByteString.utf8(text));
        } else if (isContent() || !text.isBlank()) {
            if (at(1) == MetInfTag.FORMAT && depth >= 3) {
                formats[depth - 3] = text.strip();
            }
            write(text);
        }
    }

    private void write(String text) throws DmDecodingException {
        try {
            out.text(text);
        } catch (IllegalArgumentException notInXml) {
            throw in.fault(notInXml.getMessage());
        }
    }

    private void opaque(ByteString bytes) throws DmDecodingException {
        if (binary != null) {
            binary = binary.concat(bytes);
            return;
        }
        byte[] octets = bytes.toByteArray();
        String text = Utf8.decode(octets, 0, octets.length).orElse(null);
        if (text != null && XmlWriter.canCarry(text)) {
            out.text(text);
        } else {
            out.binary(bytes);
        }
    }

    private void writeBinary() throws DmDecodingException {
        if (in.carriesBinary()) {
            out.binary(binary);
            return;
        }
        String base64 = new String(binary.toByteArray(), StandardCharsets.UTF_8);
        try {
            out.binary(ByteString.of(Base64.getDecoder().decode(base64.replaceAll("\\s", ""))));
        } catch (IllegalArgumentException notBase64) {
            throw in.fault("value of format bin is not Base64");
        }
    }

    /** True for the Data of an item and the Value of a node whose format is bin. */
    private boolean isBinary() {
        if (at(1) == DdfTag.VALUE && at(2) == DdfTag.NODE) {
            return Format.BIN.text().equals(formats[depth - 2]);
        }
        if (at(1) != SyncMlTag.DATA || at(2) != SyncMlTag.ITEM) {
            return false;
        }
        String format = formats[depth - 2] == null && depth > 2 ? formats[depth - 3] : formats[depth - 2];
        return Format.BIN.text().equals(format);
    }

    /** True where blanks are text and no layout. */
    private boolean isContent() {
        return at(1) == DdfTag.VALUE || at(1) == SyncMlTag.DATA || at(1) == SyncMlTag.LOC_NAME;
    }

    private Tag at(int levelsUp) {
        return depth < levelsUp ? null : open[depth - levelsUp];
    }
}
