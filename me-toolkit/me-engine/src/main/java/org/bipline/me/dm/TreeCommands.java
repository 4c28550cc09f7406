// SPDX-License-Identifier: Apache-2.0
package org.bipline.me.dm;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bipline.dm.Format;
import org.bipline.dm.NodeValue;
import org.bipline.dm.ddf.AccessType;
import org.bipline.dm.ddf.DescribedNode;
import org.bipline.dm.ddf.DeviceDescription;
import org.bipline.dm.syncml.Location;
import org.bipline.dm.syncml.StatusCode;
import org.bipline.dm.tnds.MgmtNode;
import org.bipline.dm.xml.XmlWriter;

/**
 * The tree as one server may change it: ACLs, descriptions and limits decide. OMA DM Representation Protocol, protocol command elements;
 * OMA DM Tree and Description.
 *
 * <p>What a described node supports is in its AccessType; Add stands for adding below an interior node, as it does in an ACL. A described
 * interior node that supports Add and has no described children may get any.
 */
final class TreeCommands {
    /** Where a server puts objects whose place the device knows. OMA DM Standardized Objects. */
    static final List<String> INBOX = List.of("Inbox");

    private static final int MAX_TITLE = 255;

    private final ManagementTree tree;
    private final String server;
    private final long maxObjectSize;

    /**
     * @param server identifier of the server whose commands these are
     * @param maxObjectSize octets of the largest value
     */
    TreeCommands(ManagementTree tree, String server, long maxObjectSize) {
        this.tree = tree;
        this.server = server;
        this.maxObjectSize = maxObjectSize;
    }

    ManagementTree tree() {
        return tree;
    }

    /** Adds a node, or a whole object, and returns its full URI. */
    String add(String target, Payload payload) throws Refusal {
        NodeUri uri = plain(target);
        if (uri.isRoot()) {
            throw new Refusal(StatusCode.ALREADY_EXISTS);
        }
        if (payload.isTree() && uri.path().subList(0, 1).equals(INBOX)) {
            return receive(payload);
        }
        MgmtNode node = payload.isTree() ? payload.tree(uri.name()) : payload.node(uri.name(), keepsBase64(uri.path()));
        return add(uri.path(), node);
    }

    /** An object in the Inbox goes to where the device has objects of its identifier, under the name that it brings. */
    private String receive(Payload payload) throws Refusal {
        MgmtNode node = payload.tree("");
        Optional<String> home = node.type().flatMap(tree::home);
        if (home.isEmpty() || node.name().isEmpty()) {
            throw new Refusal(StatusCode.COMMAND_FAILED);
        }
        List<String> path = new ArrayList<>(NodeUri.parse(home.get()).path());
        path.add(node.name());
        return add(path, node);
    }

    private String add(List<String> path, MgmtNode node) throws Refusal {
        List<String> parent = path.subList(0, path.size() - 1);
        MgmtNode into = tree.find(parent).orElseThrow(() -> new Refusal(StatusCode.NOT_FOUND));
        if (tree.find(path).isPresent()) {
            throw new Refusal(StatusCode.ALREADY_EXISTS);
        }
        if (!into.isInterior()) {
            throw new Refusal(StatusCode.COMMAND_NOT_ALLOWED);
        }
        require(parent, AccessType.ADD);
        checkDescribed(path, node);
        checkOccurrence(parent, into, path);
        checkNode(path, node);
        commit(() -> tree.insert(parent, owned(parent, node)));
        return NodeUri.text(path);
    }

    /** A server that may not Replace the parent gets the rights on the interior node that it adds, beside those that are inherited. */
    private MgmtNode owned(List<String> parent, MgmtNode node) {
        if (!node.isInterior()
                || node.acl().filter(acl -> !acl.isEmpty()).isPresent()
                || effectiveAcl(parent).allows(AccessType.REPLACE, server)) {
            return node;
        }
        Acl acl = effectiveAcl(parent).with(server, AccessType.ADD, AccessType.DELETE, AccessType.REPLACE);
        return node.toBuilder().acl(acl.toString()).build();
    }

    /** Changes a value, a property or a whole object, and returns the full URI of the node. */
    String replace(String target, Payload payload) throws Refusal {
        NodeUri uri = NodeUri.parse(target);
        MgmtNode node = existing(uri.path());
        switch (uri.part()) {
            case NodeUri.Property property -> replaceProperty(uri, node, property.name(), payload);
            case NodeUri.Tree tree -> throw new Refusal(StatusCode.COMMAND_NOT_ALLOWED);
            case NodeUri.Value value -> {
                if (payload.isTree()) {
                    replaceTree(uri, node, payload);
                } else {
                    replaceValue(uri.path(), node, payload);
                }
            }
        }
        return NodeUri.text(uri.path());
    }

    private void replaceValue(List<String> path, MgmtNode node, Payload payload) throws Refusal {
        if (node.isInterior()) {
            throw new Refusal(StatusCode.COMMAND_NOT_ALLOWED);
        }
        require(path, AccessType.REPLACE);
        MgmtNode next = payload.node(node.name(), keepsBase64(path));
        if (next.isInterior()) {
            throw new Refusal(StatusCode.COMMAND_NOT_ALLOWED);
        }
        checkNode(path, next);
        commit(() -> tree.change(
                path,
                old -> old.toBuilder()
                        .format(next.effectiveFormat())
                        .type(next.effectiveType().orElseThrow())
                        .value(next.value().orElseThrow())
                        .build()));
    }

    private void replaceTree(NodeUri uri, MgmtNode node, Payload payload) throws Refusal {
        if (uri.isRoot() || !node.isInterior()) {
            throw new Refusal(StatusCode.COMMAND_NOT_ALLOWED);
        }
        require(uri.path(), AccessType.REPLACE);
        MgmtNode next = payload.tree(uri.name());
        if (!next.isInterior()) {
            throw new Refusal(StatusCode.COMMAND_NOT_ALLOWED);
        }
        checkDynamic(uri.path(), node);
        checkNode(uri.path(), next);
        Optional<String> acl = next.acl().or(node::acl);
        commit(() -> tree.insert(
                uri.parent(),
                acl.map(text -> next.toBuilder().acl(text).build()).orElse(next)));
    }

    private void replaceProperty(NodeUri uri, MgmtNode node, String property, Payload payload) throws Refusal {
        String value = payload.text().asText().orElseThrow(() -> new Refusal(StatusCode.COMMAND_FAILED));
        switch (property) {
            case "ACL" -> replaceAcl(uri, node, value);
            case "Name" -> rename(uri, value);
            case "Title" -> {
                requireAcl(uri.path(), AccessType.REPLACE);
                if (value.getBytes(StandardCharsets.UTF_8).length > MAX_TITLE) {
                    throw new Refusal(StatusCode.REQUEST_ENTITY_TOO_LARGE);
                }
                commit(() -> tree.change(
                        uri.path(), old -> old.toBuilder().title(value).build()));
            }
            case "Format", "Size", "TStamp", "Type", "VerNo" -> throw new Refusal(StatusCode.COMMAND_NOT_ALLOWED);
            default -> throw new Refusal(StatusCode.OPTIONAL_FEATURE_NOT_SUPPORTED);
        }
    }

    /** The right to change an ACL is in the ACL of the parent, and for an interior node in its own as well. */
    private void replaceAcl(NodeUri uri, MgmtNode node, String value) throws Refusal {
        boolean byParent = !uri.isRoot() && effectiveAcl(uri.parent()).allows(AccessType.REPLACE, server);
        boolean byItself = node.isInterior() && effectiveAcl(uri.path()).allows(AccessType.REPLACE, server);
        if (!byParent && !byItself) {
            throw new Refusal(StatusCode.PERMISSION_DENIED);
        }
        Acl acl = Acl.parse(value).orElseThrow(() -> new Refusal(StatusCode.COMMAND_FAILED));
        boolean closesTheRoot = uri.isRoot() && !acl.allows(AccessType.ADD, "*");
        if (closesTheRoot) { // every server is to be able to extend the tree
            throw new Refusal(StatusCode.COMMAND_NOT_ALLOWED);
        }
        commit(() -> tree.change(
                uri.path(), old -> old.toBuilder().acl(acl.toString()).build()));
    }

    private void rename(NodeUri uri, String name) throws Refusal {
        requireAcl(uri.path(), AccessType.REPLACE);
        if (uri.isRoot() || isPermanent(uri.path())) {
            throw new Refusal(StatusCode.COMMAND_NOT_ALLOWED);
        }
        List<String> path = new ArrayList<>(uri.parent());
        path.add(name);
        if (!NodeUri.parse(NodeUri.text(path)).path().equals(path)) { // a name with a slash, or none at all
            throw new Refusal(StatusCode.COMMAND_FAILED);
        }
        if (tree.find(path).isPresent()) {
            throw new Refusal(StatusCode.ALREADY_EXISTS);
        }
        checkDescribed(path, existing(uri.path()));
        commit(() -> tree.change(uri.path(), old -> old.toBuilder().name(name).build()));
    }

    /** Deletes a node with all below it, and returns its full URI. */
    String delete(String target) throws Refusal {
        NodeUri uri = plain(target);
        MgmtNode node = existing(uri.path());
        if (uri.isRoot()) {
            throw new Refusal(StatusCode.COMMAND_NOT_ALLOWED);
        }
        checkDynamic(uri.path(), node);
        require(uri.path(), AccessType.DELETE);
        tree.delete(uri.path());
        return NodeUri.text(uri.path());
    }

    /**
     * Copies the value of a leaf to another, which is created where it does not exist.
     *
     * @return the full URI of the other
     */
    String copy(String source, String target) throws Refusal {
        NodeUri from = plain(source);
        NodeUri to = plain(target);
        MgmtNode original = existing(from.path());
        require(from.path(), AccessType.GET);
        Optional<MgmtNode> there = tree.find(to.path());
        if (original.isInterior() || there.filter(MgmtNode::isInterior).isPresent()) {
            throw new Refusal(StatusCode.FORBIDDEN);
        }
        MgmtNode copy = MgmtNode.named(to.name())
                .format(original.effectiveFormat())
                .type(original.effectiveType().orElseThrow())
                .value(original.value().orElse(NodeValue.text("")))
                .build();
        if (there.isEmpty()) {
            return add(to.path(), copy);
        }
        require(to.path(), AccessType.REPLACE);
        checkNode(to.path(), copy);
        commit(() -> tree.change(
                to.path(),
                old -> old.toBuilder()
                        .format(copy.effectiveFormat())
                        .type(copy.effectiveType().orElseThrow())
                        .value(copy.value().orElseThrow())
                        .build()));
        return NodeUri.text(to.path());
    }

    /** The node that an Exec names, if this server may execute it. */
    NodeUri executable(Location target) throws Refusal {
        NodeUri uri = plain(target.uri());
        existing(uri.path());
        require(uri.path(), AccessType.EXEC);
        return uri;
    }

    private NodeUri plain(String target) throws Refusal {
        NodeUri uri = NodeUri.parse(target);
        return switch (uri.part()) {
            case NodeUri.Value value -> uri;
            case NodeUri.Property property -> throw new Refusal(StatusCode.COMMAND_NOT_ALLOWED);
            case NodeUri.Tree list -> throw new Refusal(StatusCode.COMMAND_NOT_ALLOWED);
        };
    }

    MgmtNode existing(List<String> path) throws Refusal {
        return tree.find(path).orElseThrow(() -> new Refusal(StatusCode.NOT_FOUND));
    }

    /** The node supports the command, and its ACL grants it to this server. */
    void require(List<String> path, AccessType command) throws Refusal {
        if (!supports(path, command)) {
            throw new Refusal(StatusCode.COMMAND_NOT_ALLOWED);
        }
        requireAcl(path, command);
    }

    void requireAcl(List<String> path, AccessType command) throws Refusal {
        if (!effectiveAcl(path).allows(command, server)) {
            throw new Refusal(StatusCode.PERMISSION_DENIED);
        }
    }

    boolean allows(List<String> path, AccessType command) {
        return supports(path, command) && effectiveAcl(path).allows(command, server);
    }

    private boolean supports(List<String> path, AccessType command) {
        return tree.description(path)
                .map(node -> node.accessTypes().contains(command))
                .orElse(true);
    }

    /** The ACL of the nearest node upwards that has one. */
    private Acl effectiveAcl(List<String> path) {
        for (int depth = path.size(); depth >= 0; depth--) {
            Acl acl = tree.find(path.subList(0, depth))
                    .flatMap(MgmtNode::acl)
                    .flatMap(Acl::parse)
                    .orElse(Acl.NONE);
            if (!acl.isEmpty()) {
                return acl;
            }
        }
        return Acl.NONE;
    }

    private boolean isPermanent(List<String> path) {
        return tree.description(path).filter(DescribedNode::permanent).isPresent();
    }

    private void checkDynamic(List<String> path, MgmtNode node) throws Refusal {
        if (isPermanent(path)) {
            throw new Refusal(StatusCode.COMMAND_NOT_ALLOWED);
        }
        for (MgmtNode child : node.children()) {
            checkDynamic(below(path, child), child);
        }
    }

    private boolean keepsBase64(List<String> path) {
        return tree.description(path)
                .filter(node -> node.format() == Format.B64)
                .isPresent();
    }

    /** Below a described node only what is described may be, unless that node takes anything. */
    private void checkDescribed(List<String> path, MgmtNode node) throws Refusal {
        Optional<DescribedNode> parent = tree.description(path.subList(0, path.size() - 1));
        if (parent.isEmpty()) {
            return;
        }
        if (parent.get().children().isEmpty()) {
            if (!parent.get().accessTypes().contains(AccessType.ADD)) {
                throw new Refusal(StatusCode.COMMAND_NOT_ALLOWED);
            }
            return;
        }
        DescribedNode described = tree.description(path).orElseThrow(() -> new Refusal(StatusCode.COMMAND_NOT_ALLOWED));
        if (described.isInterior() != node.isInterior()) {
            throw new Refusal(StatusCode.UNSUPPORTED_MEDIA_TYPE_OR_FORMAT);
        }
    }

    private void checkOccurrence(List<String> parent, MgmtNode into, List<String> path) throws Refusal {
        Optional<DescribedNode> described = tree.description(path);
        if (described.isEmpty()) {
            return;
        }
        long present = into.children().stream()
                .map(child -> tree.description(below(parent, child)))
                .filter(described::equals)
                .count();
        if (present >= described.get().occurrence().max()) {
            throw new Refusal(StatusCode.COMMAND_NOT_ALLOWED);
        }
    }

    /** Names, sizes, formats and types of a node and of all below it. */
    private void checkNode(List<String> path, MgmtNode node) throws Refusal {
        NodeUri.parse(NodeUri.text(path));
        if (node.value()
                .filter(value -> value.octets().length() > maxObjectSize)
                .isPresent()) {
            throw new Refusal(StatusCode.REQUEST_ENTITY_TOO_LARGE);
        }
        if (node.acl().filter(acl -> Acl.parse(acl).isEmpty()).isPresent()) {
            throw new Refusal(StatusCode.COMMAND_FAILED);
        }
        boolean noCharacterData = node.value()
                .filter(NodeValue.Text.class::isInstance)
                .flatMap(NodeValue::asText)
                .filter(text -> !XmlWriter.canCarry(text))
                .isPresent();
        if (noCharacterData && node.effectiveFormat() != Format.BIN) {
            throw new Refusal(StatusCode.UNSUPPORTED_MEDIA_TYPE_OR_FORMAT);
        }
        Optional<DescribedNode> described = tree.description(path);
        if (!node.isInterior()
                && described.isPresent()
                && !DeviceDescription.compare(node, described.get()).isEmpty()) {
            throw new Refusal(StatusCode.UNSUPPORTED_MEDIA_TYPE_OR_FORMAT);
        }
        for (MgmtNode child : node.children()) {
            List<String> childPath = below(path, child);
            checkDescribed(childPath, child);
            checkNode(childPath, child);
        }
    }

    static List<String> below(List<String> path, MgmtNode child) {
        List<String> below = new ArrayList<>(path);
        below.add(child.name());
        return below;
    }

    private void commit(Runnable change) throws Refusal {
        MgmtNode before = tree.root();
        change.run();
        try {
            tree.checkCapacity();
        } catch (Refusal full) {
            tree.restore(before);
            throw full;
        }
    }
}
