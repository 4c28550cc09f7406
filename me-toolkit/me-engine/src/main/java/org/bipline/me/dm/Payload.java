// SPDX-License-Identifier: Apache-2.0
package org.bipline.me.dm;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.bipline.dm.ByteString;
import org.bipline.dm.Format;
import org.bipline.dm.NodeValue;
import org.bipline.dm.syncml.Data;
import org.bipline.dm.syncml.Item;
import org.bipline.dm.syncml.Meta;
import org.bipline.dm.syncml.StatusCode;
import org.bipline.dm.tnds.MgmtNode;
import org.bipline.dm.tnds.MgmtTree;
import org.bipline.dm.tnds.Tnds;
import org.bipline.dm.tnds.TndsException;

/**
 * What an Add or Replace puts into the tree.
 *
 * @param format format as the server states it; {@code chr} where it states none
 * @param type media type of a value, or identifier of an object, as the server states it
 */
record Payload(String format, Optional<String> type, Optional<Data> data) {
    static Payload of(Item item, Optional<Meta> command) {
        return of(item.meta(), command, item.data());
    }

    static Payload of(Optional<Meta> item, Optional<Meta> command, Optional<Data> data) {
        Optional<String> format = item.flatMap(Meta::format).or(() -> command.flatMap(Meta::format));
        Optional<String> type = item.flatMap(Meta::type).or(() -> command.flatMap(Meta::type));
        return new Payload(format.orElse(Format.CHR.text()), type, data);
    }

    /** True if this is a serialised tree: TNDS in XML, in WBXML, or as elements of the message. */
    boolean isTree() {
        return data.filter(Data.Tree.class::isInstance).isPresent()
                || type.filter(Tnds.XML_MEDIA_TYPE::equals).isPresent()
                || type.filter(Tnds.WBXML_MEDIA_TYPE::equals).isPresent();
    }

    /** The one object that is serialised here, under the name that its URI gives it. */
    MgmtNode tree(String name) throws Refusal {
        MgmtTree tree = serialised();
        if (tree.nodes().size() != 1) { // the target is the place of one node
            throw new Refusal(StatusCode.COMMAND_FAILED);
        }
        MgmtNode node = tree.nodes().getFirst();
        return node.toBuilder().name(name.isEmpty() ? node.name() : name).build();
    }

    private MgmtTree serialised() throws Refusal {
        try {
            if (data.orElse(null) instanceof Data.Tree elements) {
                return elements.tree();
            }
            ByteString octets = octets();
            return type.filter(Tnds.XML_MEDIA_TYPE::equals).isPresent()
                    ? Tnds.fromXml(octets.toByteArray())
                    : Tnds.fromWbxml(octets);
        } catch (TndsException e) {
            throw new Refusal(StatusCode.UNSUPPORTED_MEDIA_TYPE_OR_FORMAT);
        }
    }

    /**
     * The node that this makes. Base64 is how octets travel and not what they are: they become a value of format {@code bin}, except where
     * the node is described to hold Base64.
     */
    MgmtNode node(String name, boolean keepsBase64) throws Refusal {
        Format stated = Format.of(format).orElseThrow(() -> new Refusal(StatusCode.UNSUPPORTED_MEDIA_TYPE_OR_FORMAT));
        if (stated == Format.NODE) {
            if (data.flatMap(Data::asText).filter(text -> !text.isEmpty()).isPresent()) {
                throw new Refusal(StatusCode.COMMAND_NOT_ALLOWED);
            }
            MgmtNode.Builder interior = MgmtNode.interior(name);
            type.filter(text -> !text.isEmpty()).ifPresent(interior::type);
            return interior.build();
        }
        boolean octets = stated == Format.BIN || (stated == Format.B64 && !keepsBase64);
        Format kept = octets ? Format.BIN : stated;
        MgmtNode.Builder leaf = MgmtNode.named(name).format(kept);
        leaf.type(type.filter(text -> !text.isEmpty()).orElse(octets ? "application/octet-stream" : "text/plain"));
        return leaf.value(octets ? NodeValue.binary(octets()) : text()).build();
    }

    NodeValue text() throws Refusal {
        if (data.isEmpty()) {
            return NodeValue.text("");
        }
        return data.flatMap(Data::asText)
                .map(NodeValue::text)
                .orElseThrow(() -> new Refusal(StatusCode.UNSUPPORTED_MEDIA_TYPE_OR_FORMAT));
    }

    /** The octets of the value; those that came as text of a binary format are in Base64. */
    ByteString octets() throws Refusal {
        NodeValue value = data.flatMap(Data::asValue).orElse(NodeValue.text(""));
        boolean base64 = format.equals(Format.B64.text())
                || (format.equals(Format.BIN.text()) && value instanceof NodeValue.Text);
        if (!base64) {
            return value.octets();
        }
        try {
            return ByteString.of(Base64.getMimeDecoder().decode(value.octets().toByteArray()));
        } catch (IllegalArgumentException e) {
            throw new Refusal(StatusCode.UNSUPPORTED_MEDIA_TYPE_OR_FORMAT);
        }
    }

    /** An item with a value of ours: XML has no octets, and gets Base64. */
    static Item item(String uri, Format format, String type, NodeValue value, boolean xml) {
        if (format != Format.BIN || !xml) {
            return Item.builder()
                    .source(uri)
                    .meta(Meta.of(format, type))
                    .data(value)
                    .build();
        }
        String base64 = new String(Base64.getEncoder().encode(value.octets().toByteArray()), StandardCharsets.US_ASCII);
        return Item.builder()
                .source(uri)
                .meta(Meta.of(Format.B64, type))
                .data(base64)
                .build();
    }

    /** A node without its value, or with it where it is a leaf. */
    static List<Item> items(List<String> path, MgmtNode node, boolean data, boolean xml) {
        String uri = NodeUri.text(path);
        if (data && node.value().isPresent()) {
            return List.of(item(
                    uri,
                    node.effectiveFormat(),
                    node.effectiveType().orElse(""),
                    node.value().get(),
                    xml));
        }
        Meta.Builder meta = Meta.builder().format(node.effectiveFormat());
        node.effectiveType().ifPresent(meta::type);
        return List.of(Item.builder().source(uri).meta(meta.build()).build());
    }
}
