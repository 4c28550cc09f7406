// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.tnds;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bipline.dm.Position;

/**
 * The top nodes of a document. A node whose Path leads into a tree that the document began before is the continuation of that tree and is
 * hung in there; any other is a root of its own. TNDS, elements Node and Path.
 */
final class Roots {
    private final List<MgmtNode> nodes = new ArrayList<>();

    List<MgmtNode> nodes() {
        return nodes;
    }

    void add(MgmtNode node, Position at) throws TndsException {
        String path = relative(node.path().orElse(""));
        String uri = join(path, node.name());
        for (int i = 0; i < nodes.size(); i++) {
            MgmtNode root = nodes.get(i);
            String rootUri = uri(root);
            if (uri.equals(rootUri)) {
                nodes.set(i, merge(root, node, at));
                return;
            }
            if (path.equals(rootUri) || path.startsWith(rootUri + "/")) {
                String rest = path.substring(Math.min(path.length(), rootUri.length() + 1));
                nodes.set(i, insert(root, rest, node, at));
                return;
            }
        }
        nodes.add(node);
    }

    private static MgmtNode insert(MgmtNode parent, String path, MgmtNode node, Position at) throws TndsException {
        if (parent.value().isPresent()) {
            throw new TndsException(
                    at, "'" + node.name() + "' goes on below leaf '" + parent.name() + "'", "correct its Path");
        }
        int slash = path.indexOf('/');
        String name = path.isEmpty() ? node.name() : slash < 0 ? path : path.substring(0, slash);
        Optional<MgmtNode> child = parent.child(name);
        if (path.isEmpty()) {
            MgmtNode bare = withoutPath(node);
            return child.isEmpty()
                    ? parent.toBuilder().child(bare).build()
                    : replace(parent, merge(child.get(), bare, at));
        }
        if (child.isEmpty()) {
            throw new TndsException(
                    at,
                    "Path of '" + node.name() + "' names '" + name + "', which '" + parent.name() + "' has not",
                    "put that node before it");
        }
        return replace(parent, insert(child.get(), slash < 0 ? "" : path.substring(slash + 1), node, at));
    }

    private static MgmtNode merge(MgmtNode first, MgmtNode second, Position at) throws TndsException {
        if (first.value().isPresent() || second.value().isPresent()) {
            throw new TndsException(at, "second node '" + second.name() + "'", "rename or remove it");
        }
        MgmtNode merged = first;
        for (MgmtNode child : second.children()) {
            merged = insert(merged, "", child, at);
        }
        return merged;
    }

    private static MgmtNode replace(MgmtNode parent, MgmtNode child) {
        List<MgmtNode> children = new ArrayList<>(parent.children());
        children.replaceAll(node -> node.name().equals(child.name()) ? child : node);
        return parent.toBuilder().children(children).build();
    }

    private static MgmtNode withoutPath(MgmtNode node) {
        return new MgmtNode(
                node.name(),
                Optional.empty(),
                node.format(),
                node.type(),
                node.value(),
                node.acl(),
                node.title(),
                node.tstamp(),
                node.verNo(),
                node.children());
    }

    private static String uri(MgmtNode root) {
        return join(relative(root.path().orElse("")), root.name());
    }

    private static String join(String path, String name) {
        return path.isEmpty() ? name : path + "/" + name;
    }

    /** The path without the leading "./" or "/" and the trailing "/". */
    static String relative(String path) {
        String relative = path.equals(".") ? "" : path.startsWith("./") ? path.substring(2) : path;
        relative = relative.startsWith("/") ? relative.substring(1) : relative;
        return relative.endsWith("/") ? relative.substring(0, relative.length() - 1) : relative;
    }
}
