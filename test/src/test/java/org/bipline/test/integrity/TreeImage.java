// SPDX-License-Identifier: Apache-2.0
package org.bipline.test.integrity;

import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.bipline.dm.NodeValue;
import org.bipline.dm.server.JobSpec;
import org.bipline.dm.server.ManagementCommand;
import org.bipline.dm.server.NodeResult;
import org.bipline.dm.tnds.MgmtNode;
import org.bipline.dm.tnds.Tnds;
import org.bipline.dm.tnds.TndsException;

/**
 * The tree of a card at a moment.
 *
 * @param content what each node is, by its URI: format, type, access control list, title, value
 * @param versions VerNo of each node
 */
record TreeImage(SortedMap<String, String> content, SortedMap<String, Integer> versions) {
    /** Brings the tree. */
    static final JobSpec GET = JobSpec.commands(ManagementCommand.get(".?list=TNDS-TStamp"));

    /** No tree. */
    static TreeImage empty() {
        return new TreeImage(new TreeMap<>(), new TreeMap<>());
    }

    /** The tree that {@link #GET} brought. */
    static TreeImage of(NodeResult result) throws TndsException {
        TreeImage image = empty();
        image.add(
                ".",
                Tnds.fromWbxml(result.value().orElseThrow().octets()).nodes().get(0));
        return image;
    }

    /** Nodes that are not the same in both trees, versions apart, as this tree has them. */
    List<String> differences(TreeImage other) {
        return Stream.concat(content.keySet().stream(), other.content.keySet().stream())
                .distinct()
                .filter(uri -> !Objects.equals(content.get(uri), other.content.get(uri)))
                .map(uri -> uri + " " + content.get(uri))
                .toList();
    }

    /** Adds the node with all below it, but for the security log, which tells of the sessions themselves. */
    void add(String uri, MgmtNode node) {
        if (uri.equals("./SecurityLog")) {
            return;
        }
        String value = node.value().map(NodeValue::octets).map(Object::toString).orElse("");
        content.put(uri, node.format() + " " + node.type() + " " + node.acl() + " " + node.title() + " " + value);
        versions.put(uri, node.verNo().orElse(-1));
        node.children().forEach(child -> add(uri + "/" + child.name(), child));
    }
}
