// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.xml;

import java.io.ByteArrayInputStream;
import javax.xml.stream.Location;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
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
 * Reads XML with the element types of DM 1.2.
 *
 * <p>Namespaces and prefixes are not compared: peers and files are found that leave them out or repeat the wrong one. The name of an
 * element and where it stands say which element type it is. A document type declaration is accepted and not used; nothing is fetched.
 * Attributes, comments and processing instructions are passed over.
 */
public final class XmlReader implements ElementReader {
    /** Deepest nesting of elements, the same as in WBXML and below the limit of the JDK's parser. */
    public static final int MAX_DEPTH = 64;

    private static final XMLInputFactory FACTORY = factory();

    private final XMLStreamReader in;
    private final Tag[] open = new Tag[MAX_DEPTH];
    private int depth;
    private Tag tag;

    /** Reads the start of the document; the encoding is found by byte order mark or XML declaration. */
    public XmlReader(byte[] document) throws XmlException {
        try {
            in = FACTORY.createXMLStreamReader(new ByteArrayInputStream(document));
        } catch (XMLStreamException e) {
            throw malformed(e);
        }
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
        factory.setXMLResolver((publicId, systemId, baseUri, namespace) -> {
            throw new XMLStreamException("external entity " + systemId + " is not fetched");
        });
        return factory;
    }

    @Override
    public Event next() throws XmlException {
        try {
            while (true) {
                switch (in.next()) {
                    case XMLStreamConstants.START_ELEMENT -> {
                        return started();
                    }
                    case XMLStreamConstants.END_ELEMENT -> {
                        tag = open[--depth];
                        return Event.END;
                    }
                    case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> {
                        if (depth > 0) {
                            return Event.TEXT;
                        }
                    }
                    case XMLStreamConstants.ENTITY_REFERENCE ->
                        throw fault("entity &" + in.getLocalName() + "; is not defined");
                    case XMLStreamConstants.END_DOCUMENT -> {
                        return Event.END_OF_DOCUMENT;
                    }
                    default -> {} // comments and the like
                }
            }
        } catch (XMLStreamException e) {
            throw malformed(e);
        }
    }

    private Event started() throws XmlException {
        String qualified = in.getLocalName();
        String name = qualified.substring(qualified.indexOf(':') + 1);
        if (depth == MAX_DEPTH) {
            throw fault("elements nested deeper than " + MAX_DEPTH);
        }
        tag = page(depth == 0 ? null : open[depth - 1], name).tag(name).orElseGet(() -> new UnknownTag(name));
        open[depth++] = tag;
        return Event.START;
    }

    private static CodePage page(Tag parent, String name) {
        if (parent instanceof DdfTag || name.equals(DdfTag.MGMT_TREE.text())) {
            return CodePage.DDF;
        }
        if (parent == SyncMlTag.META
                || parent instanceof MetInfTag
                || (parent == null && name.equals(MetInfTag.MET_INF.text()))) {
            return CodePage.METINF;
        }
        return CodePage.SYNCML;
    }

    @Override
    public Tag tag() {
        return tag;
    }

    @Override
    public String text() {
        return in.getText();
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
        return position(in.getLocation());
    }

    @Override
    public XmlException fault(String what) {
        return new XmlException(position(), what, null);
    }

    private static Position position(Location location) {
        return location == null
                ? new Position.LineColumn(1, 1)
                : new Position.LineColumn(
                        Math.max(1, location.getLineNumber()), Math.max(1, location.getColumnNumber()));
    }

    /** The JDK's message holds the position in a line of its own before the text. */
    private static XmlException malformed(XMLStreamException e) {
        String message = String.valueOf(e.getMessage());
        int text = message.lastIndexOf("Message: ");
        String fault = (text < 0 ? message : message.substring(text + "Message: ".length())).replaceAll("\\s+", " ");
        return new XmlException(position(e.getLocation()), fault, e);
    }
}
