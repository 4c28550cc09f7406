// SPDX-License-Identifier: Apache-2.0
package org.bipline.me.dm;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.bipline.dm.ByteString;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * A download descriptor. OMA Download OTA 1.0.
 *
 * @param objectUri where the object is
 * @param size octets of the object
 * @param installNotifyUri where the outcome is to be reported
 */
record DownloadDescriptor(String objectUri, long size, Optional<String> installNotifyUri) {
    static final String MEDIA_TYPE = "application/vnd.oma.dd+xml";

    private static final String NAMESPACE = "http://www.openmobilealliance.org/xmlns/dd";

    /**
     * Reads a descriptor; addresses that are relative are so to the descriptor's own.
     *
     * @return empty if it is none
     */
    static Optional<DownloadDescriptor> parse(ByteString document, String base) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            DocumentBuilder builder = factory.newDocumentBuilder();
            builder.setErrorHandler(null);
            Document xml = builder.parse(new ByteArrayInputStream(document.toByteArray()));
            URI self = URI.create(base);
            Optional<String> object =
                    text(xml, "objectURI").map(uri -> self.resolve(uri).toString());
            Optional<Long> size = text(xml, "size").map(Long::valueOf);
            Optional<String> notify =
                    text(xml, "installNotifyURI").map(uri -> self.resolve(uri).toString());
            return object.isEmpty() || size.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new DownloadDescriptor(object.get(), size.get(), notify));
        } catch (SAXException | IOException | IllegalArgumentException malformed) {
            return Optional.empty();
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("the XML parser of the platform has no such feature", e);
        }
    }

    private static Optional<String> text(Document xml, String name) {
        NodeList found = xml.getElementsByTagNameNS(NAMESPACE, name);
        return found.getLength() == 0
                ? Optional.empty()
                : Optional.of(found.item(0).getTextContent().strip());
    }
}
