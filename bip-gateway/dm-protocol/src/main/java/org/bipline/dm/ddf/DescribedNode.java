// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.ddf;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bipline.dm.Format;

/**
 * The description of a node. DDF element Node.
 *
 * @param name the node's name; empty where whoever creates an instance names it
 * @param accessTypes commands that the node supports
 * @param format {@code node} for an interior node
 * @param permanent true for a node that exists always and cannot be deleted; what is not said to be permanent is dynamic
 * @param types MIME types of the values that a leaf may have
 * @param identifier identifier of the management object whose root an interior node is, or empty
 * @param defaultValue the value that the node has from the factory
 * @param caseSensitive whether the names of the nodes below are compared with regard to case
 * @param children the nodes that may stand below; nodes that go on elsewhere in the document are among them
 */
public record DescribedNode(
        String name,
        Set<AccessType> accessTypes,
        Format format,
        Occurrence occurrence,
        boolean permanent,
        List<String> types,
        Optional<String> identifier,
        Optional<String> title,
        Optional<String> description,
        Optional<String> defaultValue,
        boolean caseSensitive,
        List<DescribedNode> children) {
    public boolean isInterior() {
        return format == Format.NODE;
    }

    /** The description of the child of this name: the one of that name, else one whose name is given at creation. */
    public Optional<DescribedNode> child(String childName) {
        return children.stream()
                .filter(child -> isNamed(child.name, childName))
                .findFirst()
                .or(() ->
                        children.stream().filter(child -> child.name.isEmpty()).findFirst());
    }

    private boolean isNamed(String described, String actual) {
        return caseSensitive ? described.equals(actual) : described.equalsIgnoreCase(actual);
    }
}
