// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.ddf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.bipline.dm.DmDecodingException;
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

    /**
     * Holds an object against its description.
     *
     * @return what is not as described, in the order of the object's nodes; empty where all is
     */
    public static List<Deviation> compare(MgmtNode object, DescribedNode description) {
        return new Comparison().of(object, description);
    }
}
