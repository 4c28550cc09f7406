// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.server;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.bipline.dm.ByteString;
import org.bipline.dm.DmDecodingException;
import org.bipline.dm.Format;
import org.bipline.dm.NodeValue;
import org.bipline.dm.syncml.Command;
import org.bipline.dm.syncml.Item;
import org.bipline.dm.syncml.Meta;
import org.bipline.dm.syncml.StatusCode;
import org.bipline.dm.syncml.SyncMlCodec;
import org.bipline.dm.tnds.MgmtNode;
import org.bipline.dm.tnds.Tnds;

/** The management tree of a {@link TestClient}. */
final class TestTree {
    record Leaf(Format format, String type, NodeValue value) {}

    private static final String PROPERTY = "?prop=";

    private record Chunked(String uri, long size, ByteString octets) {}

    final TreeMap<String, Leaf> nodes = new TreeMap<>();
    final TreeMap<String, String> properties = new TreeMap<>();
    final Set<String> refusedUris = new HashSet<>();
    private Optional<Chunked> incoming = Optional.empty();
    private int version;

    TestTree() {
        nodes.put(".", new Leaf(Format.NODE, "", NodeValue.text("")));
        nodes.put("./MO", new Leaf(Format.NODE, "", NodeValue.text("")));
    }

    void forgetChunks() {
        incoming = Optional.empty();
    }

    boolean exists(String uri) {
        return nodes.containsKey(withoutProperty(uri));
    }

    StatusCode copy(Item item) {
        Leaf from = nodes.get(item.sourceUri().orElseThrow());
        if (from == null) {
            return StatusCode.NOT_FOUND;
        }
        nodes.put(item.targetUri().orElseThrow(), from);
        version++;
        return StatusCode.OK;
    }

    /** Add or Replace, of a chunk too. */
    StatusCode store(Command.OnItems command, Item item, SyncMlCodec codec) {
        boolean replace = command instanceof Command.Replace;
        String uri = item.targetUri().orElseThrow();
        if (uri.contains(PROPERTY)) {
            properties.put(uri, item.data().orElseThrow().asText().orElseThrow());
            return StatusCode.OK;
        }
        Meta meta = item.meta().or(command::meta).orElse(Meta.builder().build());
        NodeValue value = item.data().flatMap(data -> data.asValue()).orElse(NodeValue.text(""));
        ByteString octets = value.octets();
        if (item.moreData() || incoming.isPresent()) {
            Chunked so = incoming.orElseGet(() -> new Chunked(uri, meta.size().orElseThrow(), ByteString.EMPTY));
            octets = so.octets().concat(octets);
            if (item.moreData()) {
                incoming = Optional.of(new Chunked(uri, so.size(), octets));
                return StatusCode.CHUNKED_ITEM_ACCEPTED;
            }
            incoming = Optional.empty();
            if (octets.length() != so.size()) {
                return StatusCode.SIZE_MISMATCH;
            }
        }
        if (refusedUris.contains(uri)) {
            return StatusCode.DEVICE_FULL;
        }
        if (!replace && nodes.containsKey(uri)) {
            return StatusCode.ALREADY_EXISTS;
        }
        if (replace && !nodes.containsKey(uri)) {
            return StatusCode.NOT_FOUND;
        }
        String type = meta.type().orElse("text/plain");
        Format format = meta.format().flatMap(Format::of).orElse(Format.CHR);
        if (type.startsWith("application/vnd.syncml.dmtnds")) {
            try {
                MgmtNode root = (type.endsWith("+xml") ? Tnds.fromXml(octets.toByteArray()) : Tnds.fromWbxml(octets))
                        .nodes()
                        .get(0);
                if (!root.name().isEmpty()) {
                    return StatusCode.BAD_REQUEST;
                }
                delete(uri);
                graft(root, uri);
                return StatusCode.OK;
            } catch (DmDecodingException e) {
                return StatusCode.BAD_REQUEST;
            }
        }
        NodeValue stored = NodeValue.binary(octets);
        if (codec == SyncMlCodec.XML && format == Format.B64) {
            stored = NodeValue.binary(ByteString.of(Base64.getDecoder().decode(octets.toByteArray())));
        } else if (format != Format.BIN) {
            stored = NodeValue.text(new String(octets.toByteArray(), StandardCharsets.UTF_8));
        }
        nodes.put(uri, new Leaf(format, type, stored));
        version++;
        return StatusCode.OK;
    }

    private void graft(MgmtNode node, String uri) {
        version++;
        nodes.put(
                uri,
                new Leaf(
                        node.effectiveFormat(),
                        node.effectiveType().orElse(""),
                        node.value().orElse(NodeValue.text(""))));
        node.children().forEach(child -> graft(child, uri + "/" + child.name()));
    }

    StatusCode delete(String uri) {
        boolean existed = nodes.containsKey(uri);
        version++;
        nodes.keySet().removeIf(key -> key.equals(uri) || key.startsWith(uri + "/"));
        return existed ? StatusCode.OK : StatusCode.NOT_FOUND;
    }

    private static String withoutProperty(String uri) {
        int query = uri.indexOf('?');
        return query < 0 ? uri : uri.substring(0, query);
    }

    /** What a Get brings. */
    Item[] read(String uri, SyncMlCodec codec) {
        if (uri.contains(PROPERTY)) {
            String value = switch (uri.substring(uri.indexOf(PROPERTY) + PROPERTY.length())) {
                case "Type" -> nodes.get(withoutProperty(uri)).type();
                case "VerNo" -> Integer.toString(version); // of the whole tree, as cards count
                default -> properties.get(uri);
            };
            Item property = Item.builder().source(uri).data(value).build();
            return new Item[] {property};
        }
        if (uri.contains("?list=")) {
            return list(uri);
        }
        Leaf leaf = nodes.get(uri);
        Item.Builder item = Item.builder().source(uri);
        Meta.Builder meta = Meta.builder().format(leaf.format());
        if (leaf.format() == Format.NODE) {
            item.data(String.join(
                    "/",
                    nodes.keySet().stream()
                            .filter(key -> key.startsWith(uri + "/") && key.indexOf('/', uri.length() + 1) < 0)
                            .map(key -> key.substring(uri.length() + 1))
                            .toList()));
        } else if (codec == SyncMlCodec.XML && leaf.value() instanceof NodeValue.Binary) {
            meta = Meta.builder().format(Format.B64);
            item.data(Base64.getEncoder().encodeToString(leaf.value().octets().toByteArray()));
        } else {
            item.data(leaf.value());
        }
        if (leaf.format() == Format.NODE) {
            meta.type("text/plain"); // of the list
        } else if (!leaf.type().isEmpty()) {
            meta.type(leaf.type());
        }
        return new Item[] {item.meta(meta.build()).build()};
    }

    private Item[] list(String uri) {
        String root = withoutProperty(uri);
        boolean data = uri.endsWith("StructData");
        return nodes.entrySet().stream()
                .filter(node -> node.getKey().equals(root) || node.getKey().startsWith(root + "/"))
                .map(node -> {
                    Item.Builder item = Item.builder()
                            .source(node.getKey())
                            .meta(Meta.of(node.getValue().format()));
                    if (data && node.getValue().format() != Format.NODE) {
                        item.data(node.getValue().value());
                    }
                    return item.build();
                })
                .toArray(Item[]::new);
    }
}
