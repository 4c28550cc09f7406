// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.server;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bipline.dm.Format;
import org.bipline.dm.NodeValue;
import org.bipline.dm.syncml.StatusCode;
import org.bipline.dm.tnds.MgmtNode;

/**
 * A node as a client returned it to a Get.
 *
 * @param format {@code chr} where the client named none
 * @param type media type, where the client named one; of an interior node that was read back the property Type, which may be
 *     an empty string, where the client gave it
 * @param value value of a leaf, or the names of an interior node's children with {@code /} between them
 * @param status status of the Get: no value came unless it is a success
 */
public record NodeResult(
        String uri, String format, Optional<String> type, Optional<NodeValue> value, StatusCode status) {
    /** False if the client has the node and does not show it. */
    boolean isRead() {
        return Outcome.isDone(status);
    }

    NodeResult withType(Optional<String> newType) {
        return new NodeResult(uri, format, newType, value, status);
    }

    public boolean isInterior() {
        return format.equals(Format.NODE.text());
    }

    /** Names of the children of an interior node. */
    List<String> children() {
        String list = value.flatMap(NodeValue::asText).orElse("");
        return list.isEmpty() ? List.of() : Arrays.asList(list.split("/"));
    }

    /** URI of a child. */
    static String child(String uri, String name) {
        return uri + "/" + name;
    }

    /** The tree that these results make up below {@code root}; empty if the root is not among them. */
    static Optional<MgmtNode> tree(List<NodeResult> results, String root) {
        Map<String, NodeResult> byUri = new HashMap<>();
        results.forEach(result -> byUri.put(result.uri, result));
        return Optional.ofNullable(byUri.get(root)).map(result -> result.node(byUri));
    }

    private MgmtNode node(Map<String, NodeResult> byUri) {
        MgmtNode.Builder node = MgmtNode.named(uri.substring(uri.lastIndexOf('/') + 1));
        Format.of(format).ifPresent(node::format);
        type.filter(known -> !known.isEmpty()).ifPresent(node::type);
        if (!isInterior()) {
            value.ifPresent(node::value);
            return node.build();
        }
        for (String name : children()) {
            NodeResult child = byUri.get(child(uri, name));
            if (child != null) {
                node.child(child.node(byUri));
            }
        }
        return node.build();
    }

    /** Without the value, which may be secret. */
    @Override
    public String toString() {
        return uri + " " + format + " " + status;
    }
}
