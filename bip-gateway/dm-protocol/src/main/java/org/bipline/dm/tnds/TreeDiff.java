// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.tnds;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bipline.dm.ByteString;
import org.bipline.dm.NodeValue;

/**
 * Compares the tree that was given with the tree that was found: names, kinds and values of all nodes, and formats and types where the
 * given tree states them. The order of nodes does not count, and neither do properties that a device sets itself. A leaf that states no
 * value is to be empty. What is below a node of another kind is not compared.
 */
public final class TreeDiff {
    private static final NodeValue NO_VALUE = NodeValue.text("");

    private final List<Difference> differences = new ArrayList<>();

    private TreeDiff() {}

    /** The differences, none if the trees agree. */
    public static List<Difference> between(MgmtTree given, MgmtTree found) {
        TreeDiff diff = new TreeDiff();
        diff.children("", given.nodes(), found.nodes());
        return List.copyOf(diff.differences);
    }

    /** The differences of two nodes and what is below them, whatever the names of the two. */
    public static List<Difference> between(MgmtNode given, MgmtNode found) {
        TreeDiff diff = new TreeDiff();
        diff.node(given.name(), given, found);
        return List.copyOf(diff.differences);
    }

    private void children(String uri, List<MgmtNode> given, List<MgmtNode> found) {
        List<MgmtNode> unexpected = new ArrayList<>(found);
        for (MgmtNode node : given) {
            String nodeUri = join(uri, node.name());
            MgmtNode match = take(unexpected, node.name());
            if (match == null) {
                differences.add(new Difference.Missing(nodeUri, node));
            } else {
                node(nodeUri, node, match);
            }
        }
        unexpected.forEach(node -> differences.add(new Difference.Unexpected(join(uri, node.name()))));
    }

    private static MgmtNode take(List<MgmtNode> nodes, String name) {
        for (int i = 0; i < nodes.size(); i++) {
            if (nodes.get(i).name().equals(name)) {
                return nodes.remove(i);
            }
        }
        return null;
    }

    private void node(String uri, MgmtNode given, MgmtNode found) {
        if (given.isInterior() != found.isInterior()) {
            differences.add(new Difference.OtherKind(uri, kind(given) + " given, " + kind(found) + " found"));
            return;
        }
        List<String> how = new ArrayList<>();
        given.format()
                .filter(format -> format != found.effectiveFormat())
                .ifPresent(format -> how.add("format " + format + " given, " + found.effectiveFormat() + " found"));
        String foundType = found.effectiveType().orElse("");
        given.type()
                .filter(type -> !type.equals(foundType))
                .ifPresent(type -> how.add("type '" + type + "' given, '" + foundType + "' found"));
        if (!given.isInterior()) {
            value(
                            given.value().orElse(NO_VALUE).octets(),
                            found.value().orElse(NO_VALUE).octets())
                    .ifPresent(how::add);
            if (!how.isEmpty()) {
                differences.add(new Difference.OtherLeaf(uri, given, how));
            }
        } else if (how.isEmpty()) {
            children(uri, given.children(), found.children());
        } else {
            differences.add(new Difference.OtherKind(uri, String.join(", ", how)));
        }
    }

    private static Optional<String> value(ByteString given, ByteString found) {
        if (given.equals(found)) {
            return Optional.empty();
        }
        int offset = 0;
        while (offset < given.length() && offset < found.length() && given.at(offset) == found.at(offset)) {
            offset++;
        }
        return Optional.of("value of " + given.length() + " octets given, of " + found.length()
                + " found, they differ from octet " + offset + " on");
    }

    private static String kind(MgmtNode node) {
        return node.isInterior() ? "interior node" : "leaf";
    }

    private static String join(String uri, String name) {
        return uri.isEmpty() ? name : uri + "/" + name;
    }
}
