// SPDX-License-Identifier: Apache-2.0
package org.bipline.me.dm;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.bipline.dm.ByteString;
import org.bipline.dm.Format;
import org.bipline.dm.NodeValue;
import org.bipline.dm.ddf.DescribedNode;
import org.bipline.dm.syncml.StatusCode;
import org.bipline.dm.tnds.MgmtNode;

/**
 * The management tree of the ME. OMA DM Tree and Description.
 *
 * <p>Nodes are values: each change makes a new root that shares all that did not change, so that going back to an earlier tree is one
 * assignment, and nothing is half done. The methods that are public are those of the ME itself: no ACL and no description bind it.
 * Belongs to one thread.
 */
public final class ManagementTree {
    private static final int VERSIONS = 0x1_0000; // VerNo is a 16 bit number that starts again from 0
    private static final int NODE_OVERHEAD = 32;
    private static final DateTimeFormatter TSTAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final List<DescribedNode> descriptions;
    private final Clock clock;
    private final int capacity;
    private MgmtNode root;
    private SortedMap<String, CardRecord> cards = new TreeMap<>();
    private List<GenericAlert> alerts = List.of();

    /**
     * A tree.
     *
     * @param root the node {@code .}, with an ACL; VerNo of an interior node tells of changes of all below it, too
     * @param descriptions of nodes below the root; what is not described is not restricted but by its ACL
     * @param capacity octets of names and values, and 32 for each node, that the tree may have
     */
    public ManagementTree(MgmtNode root, List<DescribedNode> descriptions, Clock clock, int capacity) {
        this.root = root;
        this.descriptions = List.copyOf(descriptions);
        this.clock = clock;
        this.capacity = capacity;
    }

    /** The whole tree as it is now. */
    public MgmtNode root() {
        return root;
    }

    /** The node at a URI such as {@code ./DevInfo/DevId}. */
    public Optional<MgmtNode> node(String uri) {
        return find(path(uri));
    }

    /** The value of the leaf at a URI as text; empty where there is no such leaf or its value is no text. */
    public Optional<String> text(String uri) {
        return node(uri).flatMap(MgmtNode::value).flatMap(NodeValue::asText);
    }

    /** The value of the leaf at a URI. */
    public Optional<ByteString> octets(String uri) {
        return node(uri).flatMap(MgmtNode::value).map(NodeValue::octets);
    }

    /**
     * Gives a leaf that exists another value.
     *
     * @throws IllegalArgumentException if there is no such leaf
     */
    public void set(String uri, NodeValue value) {
        if (node(uri).filter(node -> !node.isInterior()).isEmpty()) {
            throw new IllegalArgumentException("no leaf " + uri);
        }
        change(path(uri), node -> node.toBuilder().value(value).build());
    }

    /**
     * Puts a node with all below it under a parent that exists, in the place of one of the same name.
     *
     * @throws IllegalArgumentException if the parent does not exist or is a leaf
     */
    public void put(String parent, MgmtNode node) {
        if (node(parent).filter(MgmtNode::isInterior).isEmpty()) {
            throw new IllegalArgumentException("no interior node " + parent);
        }
        insert(path(parent), node);
    }

    /** Puts a leaf below a parent that exists, as {@link #put}, but as the client's own note: no VerNo tells of it. */
    void note(String parent, MgmtNode leaf) {
        root = at(root, path(parent), node -> withChild(node, leaf), UnaryOperator.identity());
    }

    /** Puts a node back to where it was taken away by {@link #take}, with the properties that it had. */
    void putBack(String uri, MgmtNode node) {
        List<String> path = path(uri);
        change(path.subList(0, path.size() - 1), parent -> withChild(parent, node));
    }

    /** Removes the node with all below it, and returns it. */
    Optional<MgmtNode> take(String uri) {
        Optional<MgmtNode> node = node(uri);
        remove(uri);
        return node;
    }

    /** What the ME knows of the cards that it had, by their ICCID: no part of the tree, but kept with it. */
    SortedMap<String, CardRecord> cards() {
        return Collections.unmodifiableSortedMap(cards);
    }

    void card(String id, CardRecord record) {
        SortedMap<String, CardRecord> next = new TreeMap<>(cards);
        next.put(id, record);
        cards = next;
    }

    /** Alerts that wait for the next session with their server, the oldest first: no part of the tree, but kept with it. */
    List<GenericAlert> alerts() {
        return alerts;
    }

    void alerts(List<GenericAlert> waiting) {
        alerts = List.copyOf(waiting);
    }

    /** Takes a server out of all access control lists. OMA DM Tree and Description, Deletion of Server Identifiers. */
    void forgetServer(String server) {
        root = withoutServer(root, server, true);
    }

    private MgmtNode withoutServer(MgmtNode node, String server, boolean isRoot) {
        List<MgmtNode> children = node.children().stream()
                .map(child -> withoutServer(child, server, false))
                .toList();
        Optional<Acl> acl = node.acl().flatMap(Acl::parse).filter(list -> list.names(server));
        if (acl.isEmpty() && children.equals(node.children())) {
            return node;
        }
        MgmtNode.Builder builder = node.toBuilder().children(children);
        acl.map(list -> isRoot ? list.withAnyFor(server) : list.without(server))
                .ifPresent(list -> builder.acl(list.toString()));
        return touch(builder.build());
    }

    /** Removes the node with all below it, if it is there. */
    public void remove(String uri) {
        if (node(uri).isPresent()) {
            delete(path(uri));
        }
    }

    private static List<String> path(String uri) {
        try {
            return NodeUri.parse(uri).path();
        } catch (Refusal e) {
            throw new IllegalArgumentException("no URI of a node: " + uri, e);
        }
    }

    /** Goes back to what {@link #root()} was. */
    void restore(MgmtNode earlier) {
        root = earlier;
    }

    Optional<MgmtNode> find(List<String> path) {
        return root.descendant(String.join("/", path));
    }

    /** The description of the node that is or would be at the path; the root has none. */
    Optional<DescribedNode> description(List<String> path) {
        Optional<DescribedNode> found = Optional.empty();
        for (int depth = 0; depth < path.size(); depth++) {
            String name = path.get(depth);
            found = depth == 0
                    ? descriptions.stream()
                            .filter(node -> node.name().equals(name))
                            .findFirst()
                    : found.flatMap(parent -> parent.child(name));
            if (found.isEmpty()) {
                return found;
            }
        }
        return found;
    }

    /** Where an object of this identifier belongs, by its description: the URI of the parent, if the object's name is free. */
    Optional<String> home(String identifier) {
        return home(descriptions, ".", identifier);
    }

    private static Optional<String> home(List<DescribedNode> nodes, String parent, String identifier) {
        for (DescribedNode node : nodes) {
            boolean here = node.name().isEmpty()
                    && node.identifier().filter(identifier::equals).isPresent();
            Optional<String> found = here
                    ? Optional.of(parent)
                    : node.name().isEmpty()
                            ? Optional.empty()
                            : home(node.children(), parent + "/" + node.name(), identifier);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /** Changes the node at the path, which exists; it and all above it get a new time stamp and version. */
    void change(List<String> path, UnaryOperator<MgmtNode> change) {
        root = at(root, path, change, this::touch);
    }

    /**
     * Puts the node below the parent, in the place of one of the same name, as new. Its versions begin with the parent's next: no node
     * of this name, earlier or later, has had or will have the same.
     */
    void insert(List<String> parent, MgmtNode node) {
        change(parent, into -> withChild(into, fresh(node, next(into))));
    }

    private static MgmtNode withChild(MgmtNode parent, MgmtNode node) {
        List<MgmtNode> children = new ArrayList<>(parent.children());
        children.removeIf(child -> child.name().equals(node.name()));
        children.add(node);
        return parent.toBuilder().children(children).build();
    }

    void delete(List<String> path) {
        change(path.subList(0, path.size() - 1), parent -> {
            List<MgmtNode> children = new ArrayList<>(parent.children());
            children.removeIf(child -> child.name().equals(path.getLast()));
            return parent.toBuilder().format(Format.NODE).children(children).build();
        });
    }

    /** Refuses what has made the tree larger than the device's memory. */
    void checkCapacity() throws Refusal {
        if (size(root) > capacity) {
            throw new Refusal(StatusCode.DEVICE_FULL);
        }
    }

    private static long size(MgmtNode node) {
        return NODE_OVERHEAD
                + node.name().length()
                + node.value().map(value -> value.octets().length()).orElse(0)
                + node.children().stream().mapToLong(ManagementTree::size).sum();
    }

    /** @param each what else is done to the changed node and to all above it */
    private static MgmtNode at(
            MgmtNode node, List<String> path, UnaryOperator<MgmtNode> change, UnaryOperator<MgmtNode> each) {
        if (path.isEmpty()) {
            return each.apply(change.apply(node));
        }
        List<MgmtNode> children = new ArrayList<>(node.children());
        children.replaceAll(child ->
                child.name().equals(path.getFirst()) ? at(child, path.subList(1, path.size()), change, each) : child);
        return each.apply(node.toBuilder().children(children).build());
    }

    private MgmtNode touch(MgmtNode node) {
        return node.toBuilder().tstamp(now()).verNo(next(node)).build();
    }

    private static int next(MgmtNode node) {
        return (node.verNo().orElse(0) + 1) % VERSIONS;
    }

    private MgmtNode fresh(MgmtNode node, int version) {
        return node.toBuilder()
                .children(node.children().stream()
                        .map(child -> fresh(child, version))
                        .toList())
                .tstamp(now())
                .verNo(version)
                .build();
    }

    private String now() {
        return TSTAMP.format(Instant.now(clock));
    }
}
