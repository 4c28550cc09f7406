// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.server;

import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.bipline.dm.Format;
import org.bipline.dm.NodeValue;
import org.bipline.dm.syncml.Command;
import org.bipline.dm.syncml.Item;
import org.bipline.dm.syncml.Meta;
import org.bipline.dm.tnds.MgmtNode;

/** One command to a client, as an operator means it: without identifiers and chunks. */
public sealed interface ManagementCommand permits ManagementCommand.OnNode, ManagementCommand.Copy, UserInteraction {
    /** Commands of a server. OMA DM Representation Protocol. */
    enum Verb {
        ADD("Add"),
        REPLACE("Replace"),
        GET("Get"),
        DELETE("Delete"),
        EXEC("Exec"),
        COPY("Copy"),
        ALERT("Alert"),
        ATOMIC("Atomic"),
        SEQUENCE("Sequence");

        private final String element;

        Verb(String element) {
            this.element = element;
        }

        /** Name of the command's element. */
        @Override
        public String toString() {
            return element;
        }
    }

    Verb verb();

    /** Target node, from the root of the management tree on; empty for a user interaction. */
    String uri();

    /** Octets of the value. */
    default int size() {
        return 0;
    }

    /** The command as it stands in a message. */
    Command toCommand(String cmdId);

    /**
     * A command on one node or one of its properties.
     *
     * @param uri target node, such as {@code ./MO/Example}, with {@code ?prop=} or {@code ?list=} behind it where a property or a
     *     list is meant
     * @param format format of the value; absent means {@code chr}
     * @param type media type of the value; absent means {@code text/plain}
     * @param value what is added or replaced, or given to Exec
     * @param correlator mark of an Exec, by which a later generic alert refers to it
     */
    record OnNode(
            Verb verb,
            String uri,
            Optional<Format> format,
            Optional<String> type,
            Optional<NodeValue> value,
            Optional<String> correlator)
            implements ManagementCommand {
        private static final Set<Verb> VERBS = EnumSet.of(Verb.ADD, Verb.REPLACE, Verb.GET, Verb.DELETE, Verb.EXEC);

        public OnNode {
            Objects.requireNonNull(verb);
            if (uri.isEmpty()) {
                throw new IllegalArgumentException(verb + " without a URI");
            }
            if (!VERBS.contains(verb)) {
                throw new IllegalArgumentException(verb + " is no command on one node");
            }
            if (correlator.isPresent() && verb != Verb.EXEC) {
                throw new IllegalArgumentException(verb + " with a correlator, which belongs to Exec");
            }
        }

        @Override
        public int size() {
            return value.map(v -> v.octets().length()).orElse(0);
        }

        OnNode withValue(Format newFormat, NodeValue newValue) {
            return new OnNode(verb, uri, Optional.of(newFormat), type, Optional.of(newValue), correlator);
        }

        OnNode withVerb(Verb newVerb) {
            return new OnNode(newVerb, uri, format, type, value, correlator);
        }

        @Override
        public Command toCommand(String cmdId) {
            Item.Builder item = Item.builder().target(uri);
            value.ifPresent(item::data);
            return toCommand(cmdId, item, Optional.empty());
        }

        /** The command with an item prepared by the caller; the value's meta-information is added here. */
        Command toCommand(String cmdId, Item.Builder item, Optional<Long> size) {
            if (format.isPresent() || type.isPresent() || size.isPresent()) {
                Meta.Builder meta = Meta.builder();
                format.ifPresent(meta::format);
                type.ifPresent(meta::type);
                size.ifPresent(meta::size);
                item.meta(meta.build());
            }
            return switch (verb) {
                case ADD -> Command.Add.of(cmdId, item.build());
                case REPLACE -> Command.Replace.of(cmdId, item.build());
                case GET -> Command.Get.of(cmdId, item.build());
                case DELETE -> Command.Delete.of(cmdId, item.build());
                case EXEC -> new Command.Exec(cmdId, correlator, Optional.empty(), List.of(item.build()));
                case COPY, ALERT, ATOMIC, SEQUENCE -> throw new IllegalStateException(verb + " on a node");
            };
        }

        /** Verb and URI; values may be secret. */
        @Override
        public String toString() {
            return verb + " " + uri;
        }
    }

    /** Overwrites the value of one leaf by that of another. OMA DM Representation Protocol, element Copy. */
    record Copy(String source, String uri) implements ManagementCommand {
        public Copy {
            if (source.isEmpty() || uri.isEmpty()) {
                throw new IllegalArgumentException("Copy without source or target");
            }
        }

        @Override
        public Verb verb() {
            return Verb.COPY;
        }

        @Override
        public Command toCommand(String cmdId) {
            return Command.Copy.of(
                    cmdId, Item.builder().target(uri).source(source).build());
        }

        @Override
        public String toString() {
            return "Copy " + source + " to " + uri;
        }
    }

    static OnNode get(String uri) {
        return bare(Verb.GET, uri, Optional.empty());
    }

    /** How much of a subtree one Get brings. OMA DM Tree and Description, Device Management Tree Exchange. */
    enum ListAttribute {
        /** Formats and types of the nodes. */
        STRUCT("Struct"),
        /** As {@link #STRUCT}, and the values of the leaves. */
        STRUCT_DATA("StructData"),
        /** One TNDS object. */
        TNDS("TNDS");

        private final String text;

        ListAttribute(String text) {
            this.text = text;
        }
    }

    /** Get of a subtree; a client that does not have this answers 406. */
    static OnNode list(String uri, ListAttribute attribute) {
        return get(uri + "?list=" + attribute.text);
    }

    /** Get of a property, such as {@code ACL}. */
    static OnNode getProperty(String uri, String property) {
        return get(uri + "?prop=" + property);
    }

    /** Replace of a property that a server may set: ACL, Name, Title. OMA DM Tree and Description, Properties of Nodes. */
    static OnNode replaceProperty(String uri, String property, String value) {
        return replace(uri + "?prop=" + property, Format.CHR, "text/plain", NodeValue.text(value));
    }

    static OnNode delete(String uri) {
        return bare(Verb.DELETE, uri, Optional.empty());
    }

    static OnNode exec(String uri) {
        return bare(Verb.EXEC, uri, Optional.empty());
    }

    static OnNode exec(String uri, String correlator) {
        return bare(Verb.EXEC, uri, Optional.of(correlator));
    }

    /** Exec with a value. */
    static OnNode exec(String uri, Optional<String> correlator, Format format, String type, NodeValue value) {
        return new OnNode(Verb.EXEC, uri, Optional.of(format), Optional.of(type), Optional.of(value), correlator);
    }

    static Copy copy(String source, String uri) {
        return new Copy(source, uri);
    }

    /** Add of an interior node. */
    static OnNode addInterior(String uri, Optional<String> type) {
        return new OnNode(Verb.ADD, uri, Optional.of(Format.NODE), type, Optional.empty(), Optional.empty());
    }

    static OnNode add(String uri, Format format, String type, NodeValue value) {
        return new OnNode(Verb.ADD, uri, Optional.of(format), Optional.of(type), Optional.of(value), Optional.empty());
    }

    /** Add of a node of a tree, without what is below it. */
    static OnNode add(String uri, MgmtNode node) {
        return node.isInterior() ? addInterior(uri, node.effectiveType()) : withLeaf(Verb.ADD, uri, node);
    }

    /** Replace of the value of a leaf. */
    static OnNode replace(String uri, MgmtNode leaf) {
        return withLeaf(Verb.REPLACE, uri, leaf);
    }

    private static OnNode withLeaf(Verb verb, String uri, MgmtNode leaf) {
        return new OnNode(
                verb,
                uri,
                Optional.of(leaf.effectiveFormat()),
                leaf.effectiveType(),
                Optional.of(leaf.value().orElse(NodeValue.text(""))),
                Optional.empty());
    }

    static OnNode replace(String uri, Format format, String type, NodeValue value) {
        return new OnNode(
                Verb.REPLACE, uri, Optional.of(format), Optional.of(type), Optional.of(value), Optional.empty());
    }

    private static OnNode bare(Verb verb, String uri, Optional<String> correlator) {
        return new OnNode(verb, uri, Optional.empty(), Optional.empty(), Optional.empty(), correlator);
    }
}
