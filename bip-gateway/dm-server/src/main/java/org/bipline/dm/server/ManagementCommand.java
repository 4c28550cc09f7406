// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.server;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.bipline.dm.Format;
import org.bipline.dm.NodeValue;
import org.bipline.dm.syncml.Command;
import org.bipline.dm.syncml.Item;
import org.bipline.dm.syncml.Meta;

/**
 * One command on one node, as an operator means it: without identifiers and chunks.
 *
 * @param uri target node, from the root of the management tree on, such as {@code ./MO/Example}
 * @param format format of the value; absent means {@code chr}
 * @param type media type of the value; absent means {@code text/plain}
 * @param value what is added or replaced, or given to Exec
 */
public record ManagementCommand(
        Verb verb, String uri, Optional<Format> format, Optional<String> type, Optional<NodeValue> value) {
    /** Commands of a server. OMA DM Representation Protocol. */
    public enum Verb {
        ADD("Add"),
        REPLACE("Replace"),
        GET("Get"),
        DELETE("Delete"),
        EXEC("Exec");

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

    public ManagementCommand {
        if (uri.isEmpty()) {
            throw new IllegalArgumentException(verb + " without a URI");
        }
        Objects.requireNonNull(verb);
    }

    public static ManagementCommand get(String uri) {
        return bare(Verb.GET, uri);
    }

    public static ManagementCommand delete(String uri) {
        return bare(Verb.DELETE, uri);
    }

    public static ManagementCommand exec(String uri) {
        return bare(Verb.EXEC, uri);
    }

    /** Add of an interior node. */
    public static ManagementCommand addInterior(String uri, Optional<String> type) {
        return new ManagementCommand(Verb.ADD, uri, Optional.of(Format.NODE), type, Optional.empty());
    }

    public static ManagementCommand add(String uri, Format format, String type, NodeValue value) {
        return new ManagementCommand(Verb.ADD, uri, Optional.of(format), Optional.of(type), Optional.of(value));
    }

    public static ManagementCommand replace(String uri, Format format, String type, NodeValue value) {
        return new ManagementCommand(Verb.REPLACE, uri, Optional.of(format), Optional.of(type), Optional.of(value));
    }

    private static ManagementCommand bare(Verb verb, String uri) {
        return new ManagementCommand(verb, uri, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** Octets of the value. */
    int size() {
        return value.map(v -> v.octets().length()).orElse(0);
    }

    /** The command as it stands in a message. */
    Command toCommand(String cmdId) {
        Item.Builder item = Item.builder().target(uri);
        value.ifPresent(item::data);
        return toCommand(cmdId, item, Optional.empty());
    }

    /** The command with an item prepared by the caller; the value's meta-information is added here. */
    Command toCommand(String cmdId, Item.Builder item, Optional<Long> size) {
        if (format.isPresent() || type.isPresent()) {
            Meta.Builder meta = Meta.builder();
            format.ifPresent(meta::format);
            type.ifPresent(meta::type);
            size.ifPresent(meta::size);
            item.meta(meta.build());
        } else {
            size.ifPresent(n -> item.meta(Meta.builder().size(n).build()));
        }
        return switch (verb) {
            case ADD -> Command.Add.of(cmdId, item.build());
            case REPLACE -> Command.Replace.of(cmdId, item.build());
            case GET -> Command.Get.of(cmdId, item.build());
            case DELETE -> Command.Delete.of(cmdId, item.build());
            case EXEC -> new Command.Exec(cmdId, Optional.empty(), Optional.empty(), List.of(item.build()));
        };
    }

    /** Verb and URI; values may be secret. */
    @Override
    public String toString() {
        return verb + " " + uri;
    }
}
