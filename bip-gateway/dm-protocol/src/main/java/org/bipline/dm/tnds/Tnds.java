// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.tnds;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BiConsumer;
import org.bipline.dm.ByteString;
import org.bipline.dm.DmDecodingException;
import org.bipline.dm.Position;
import org.bipline.dm.markup.DdfTag;
import org.bipline.dm.markup.ElementCursor;
import org.bipline.dm.markup.ElementReader;
import org.bipline.dm.wbxml.WbxmlDocumentType;
import org.bipline.dm.wbxml.WbxmlReader;
import org.bipline.dm.wbxml.WbxmlWriter;
import org.bipline.dm.xml.XmlException;
import org.bipline.dm.xml.XmlReader;
import org.bipline.dm.xml.XmlWriter;

/** Serialised trees in their two encodings. */
public final class Tnds {
    public static final String XML_MEDIA_TYPE = "application/vnd.syncml.dmtnds+xml";
    public static final String WBXML_MEDIA_TYPE = "application/vnd.syncml.dmtnds+wbxml";

    private static final String NOT_TNDS = "give a TNDS file (root element MgmtTree)";

    private Tnds() {}

    /**
     * Reads an XML file.
     *
     * @throws IOException if the file cannot be read
     * @throws TndsException if it is no serialised tree
     */
    public static MgmtTree readFile(Path file) throws IOException, TndsException {
        return fromXml(Files.readAllBytes(file));
    }

    public static MgmtTree fromXml(byte[] document) throws TndsException {
        return fromXml(document, (uri, position) -> {});
    }

    /**
     * As {@link #fromXml(byte[])}.
     *
     * @param places is told where in the document each node begins; its URI consists of the names from the top of the document on
     */
    public static MgmtTree fromXml(byte[] document, BiConsumer<String, Position> places) throws TndsException {
        try {
            return read(new XmlReader(document), places);
        } catch (TndsException e) {
            throw e;
        } catch (DmDecodingException e) {
            boolean malformed = e instanceof XmlException xml && xml.isMalformed();
            throw new TndsException(e, malformed ? "correct the markup there" : NOT_TNDS);
        }
    }

    public static MgmtTree fromWbxml(ByteString document) throws TndsException {
        try {
            return read(new WbxmlReader(document.toByteArray()), (uri, position) -> {});
        } catch (TndsException e) {
            throw e;
        } catch (DmDecodingException e) {
            throw new TndsException(e, "send a TNDS object in WBXML");
        }
    }

    private static MgmtTree read(ElementReader reader, BiConsumer<String, Position> places) throws DmDecodingException {
        ElementCursor in = new ElementCursor(reader);
        in.root(DdfTag.MGMT_TREE);
        MgmtTree tree = TndsReader.readTree(in, places);
        in.endOfDocument();
        return tree;
    }

    /**
     * The tree as an XML document for people and files, an element a line.
     *
     * @throws IllegalArgumentException if a value has a character that XML cannot carry and its format is not bin
     */
    public static byte[] toXml(MgmtTree tree) {
        XmlWriter writer = XmlWriter.indented();
        TndsWriter.write(tree, writer);
        return writer.toByteArray();
    }

    public static ByteString toWbxml(MgmtTree tree) {
        WbxmlWriter writer = new WbxmlWriter(WbxmlDocumentType.DDF_1_2);
        TndsWriter.write(tree, writer);
        return ByteString.of(writer.toByteArray());
    }
}
