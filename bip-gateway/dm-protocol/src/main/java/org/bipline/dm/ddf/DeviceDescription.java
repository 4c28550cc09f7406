// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.ddf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bipline.dm.DmDecodingException;
import org.bipline.dm.Position;
import org.bipline.dm.tnds.MgmtNode;
import org.bipline.dm.xml.XmlReader;

/** A device description: one or more trees of described nodes. DDF element MgmtTree. */
public record DeviceDescription(String verDtd, Optional<String> man, Optional<String> mod, List<DescribedNode> nodes) {
    /**
     * Reads an XML file.
     *
     * @throws IOException if the file cannot be read
     * @throws DdfException if it is no device description
     */
    public static DeviceDescription readFile(Path file) throws IOException, DdfException {
        return fromXml(Files.readAllBytes(file));
    }

    public static DeviceDescription fromXml(byte[] document) throws DdfException {
        try {
            return DdfReader.read(new XmlReader(document));
        } catch (DdfException e) {
            throw e;
        } catch (DmDecodingException e) {
            throw new DdfException(e.position(), e.fault(), "give a device description (root element MgmtTree)");
        }
    }

    /** The description of the root of the management object with this identifier. */
    public Optional<DescribedNode> object(String identifier) {
        return find(nodes, identifier);
    }

    /** As {@link #object(String)}, in the first of several descriptions that has it. */
    public static Optional<DescribedNode> object(List<DeviceDescription> descriptions, String identifier) {
        return descriptions.stream()
                .flatMap(description -> description.object(identifier).stream())
                .findFirst();
    }

    private static Optional<DescribedNode> find(List<DescribedNode> nodes, String identifier) {
        for (DescribedNode node : nodes) {
            Optional<DescribedNode> found =
                    node.identifier().filter(identifier::equals).isPresent()
                            ? Optional.of(node)
                            : find(node.children(), identifier);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /** As {@link #compare(MgmtNode, DescribedNode, Map)}, for an object without a document. */
    public static List<Deviation> compare(MgmtNode object, DescribedNode description) {
        return compare(object, description, Map.of());
    }

    /**
     * Holds an object against its description.
     *
     * @param places where the nodes stand in the object's document, by their URI from the root of the object on, as {@link
     *     org.bipline.dm.tnds.Tnds#fromXml(byte[], java.util.function.BiConsumer)} tells them; may be empty
     * @return what is not as described, in the order of the object's nodes; empty where all is
     */
    public static List<Deviation> compare(MgmtNode object, DescribedNode description, Map<String, Position> places) {
        return new Comparison(places).of(object, description);
    }
}
