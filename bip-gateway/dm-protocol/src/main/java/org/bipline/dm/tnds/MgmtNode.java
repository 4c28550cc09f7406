// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.tnds;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bipline.dm.Format;
import org.bipline.dm.NodeValue;

/**
 * A node of a management tree. What a document does not say is empty here; {@link #effectiveFormat()} and {@link #effectiveType()}
 * give what follows from the rest.
 *
 * @param name last segment of the node's URI; empty where the name is given only when the node is created
 * @param path URI of the parent, relative to where the tree belongs, where the document states it
 * @param format the property Format
 * @param type the property Type: a MIME type for a leaf, the identifier of a management object for an interior node
 * @param value value of a leaf
 * @param verNo version number, 0 to 65535
 */
public record MgmtNode(
        String name,
        Optional<String> path,
        Optional<Format> format,
        Optional<String> type,
        Optional<NodeValue> value,
        Optional<String> acl,
        Optional<String> title,
        Optional<String> tstamp,
        Optional<Integer> verNo,
        List<MgmtNode> children) {
    public MgmtNode {
        children = List.copyOf(children);
        if (value.isPresent() && !children.isEmpty()) {
            throw new IllegalArgumentException("node " + name + " has a value and children");
        }
    }

    /** True for a node that can have children: it has some, or its format says so, or it has neither value nor another format. */
    public boolean isInterior() {
        return !children.isEmpty() || format.map(Format.NODE::equals).orElse(value.isEmpty());
    }

    /** The format stated, else {@code node} for an interior node, {@code bin} for a binary value and {@code chr} for text. */
    public Format effectiveFormat() {
        if (isInterior()) {
            return Format.NODE;
        }
        return format.orElse(value.filter(NodeValue.Binary.class::isInstance).isPresent() ? Format.BIN : Format.CHR);
    }

    /** The type stated, else {@code text/plain} or {@code application/octet-stream} for a leaf; empty for an interior node. */
    public Optional<String> effectiveType() {
        if (type.isPresent() || isInterior()) {
            return type;
        }
        return Optional.of(effectiveFormat() == Format.BIN ? "application/octet-stream" : "text/plain");
    }

    public Optional<MgmtNode> child(String childName) {
        return children.stream().filter(node -> node.name.equals(childName)).findFirst();
    }

    /** The node at a URI relative to this one, such as {@code Policy/PolicyUpdate}; this node for an empty URI. */
    public Optional<MgmtNode> descendant(String uri) {
        if (uri.isEmpty()) {
            return Optional.of(this);
        }
        int slash = uri.indexOf('/');
        return slash < 0
                ? child(uri)
                : child(uri.substring(0, slash)).flatMap(node -> node.descendant(uri.substring(slash + 1)));
    }

    /** How many nodes hang together here, this one included. */
    public int count() {
        return 1 + children.stream().mapToInt(MgmtNode::count).sum();
    }

    /** How many levels they have: 1 for a node without children. */
    public int levels() {
        return 1 + children.stream().mapToInt(MgmtNode::levels).max().orElse(0);
    }

    public static Builder interior(String name) {
        return new Builder(name).format(Format.NODE);
    }

    /** A text leaf of format {@code chr}. */
    public static Builder leaf(String name, String text) {
        return new Builder(name).format(Format.CHR).value(NodeValue.text(text));
    }

    public static Builder named(String name) {
        return new Builder(name);
    }

    public Builder toBuilder() {
        Builder builder = new Builder(name);
        builder.path = path;
        builder.format = format;
        builder.type = type;
        builder.value = value;
        builder.acl = acl;
        builder.title = title;
        builder.tstamp = tstamp;
        builder.verNo = verNo;
        builder.children.addAll(children);
        return builder;
    }

    /** Collects the parts of a node. */
    public static final class Builder {
        private String name;
        private Optional<String> path = Optional.empty();
        private Optional<Format> format = Optional.empty();
        private Optional<String> type = Optional.empty();
        private Optional<NodeValue> value = Optional.empty();
        private Optional<String> acl = Optional.empty();
        private Optional<String> title = Optional.empty();
        private Optional<String> tstamp = Optional.empty();
        private Optional<Integer> verNo = Optional.empty();
        private final List<MgmtNode> children = new ArrayList<>();

        private Builder(String name) {
            this.name = name;
        }

        public Builder name(String name) {
            this.name = name;
            return this;
        }

        public Builder path(String path) {
            this.path = Optional.of(path);
            return this;
        }

        public Builder format(Format format) {
            this.format = Optional.of(format);
            return this;
        }

        public Builder type(String type) {
            this.type = Optional.of(type);
            return this;
        }

        public Builder value(NodeValue value) {
            this.value = Optional.of(value);
            return this;
        }

        public Builder acl(String acl) {
            this.acl = Optional.of(acl);
            return this;
        }

        public Builder title(String title) {
            this.title = Optional.of(title);
            return this;
        }

        public Builder tstamp(String tstamp) {
            this.tstamp = Optional.of(tstamp);
            return this;
        }

        public Builder verNo(int verNo) {
            this.verNo = Optional.of(verNo);
            return this;
        }

        public Builder child(MgmtNode child) {
            children.add(child);
            return this;
        }

        public Builder child(Builder child) {
            return child(child.build());
        }

        public Builder children(List<MgmtNode> nodes) {
            children.clear();
            children.addAll(nodes);
            return this;
        }

        public MgmtNode build() {
            return new MgmtNode(name, path, format, type, value, acl, title, tstamp, verNo, children);
        }
    }
}
