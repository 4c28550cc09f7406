// SPDX-License-Identifier: Apache-2.0
package org.bipline.me.dm;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.bipline.dm.Format;
import org.bipline.dm.NodeValue;
import org.bipline.dm.ddf.AccessType;
import org.bipline.dm.syncml.Item;
import org.bipline.dm.syncml.Meta;
import org.bipline.dm.syncml.StatusCode;
import org.bipline.dm.tnds.MgmtNode;
import org.bipline.dm.tnds.MgmtTree;
import org.bipline.dm.tnds.Tnds;

/** What a Get is answered with. OMA DM Tree and Description, property addressing and management tree exchange. */
final class Listing {
    /** What a serialised tree can tell of a node. */
    private enum Part {
        ACL,
        FORMAT,
        TITLE,
        TSTAMP,
        TYPE,
        VERNO,
        VALUE
    }

    private static final Map<String, Part> PARTS = Map.of(
            "ACL", Part.ACL,
            "Format", Part.FORMAT,
            "Title", Part.TITLE,
            "TStamp", Part.TSTAMP,
            "Type", Part.TYPE,
            "VerNo", Part.VERNO,
            "Value", Part.VALUE);

    /** What every serialised node says of itself, and what is therefore asked for without effect. */
    private static final Set<String> ALWAYS = Set.of("Name");

    private static final String TNDS = "TNDS";

    private final TreeCommands commands;
    private final boolean xml;

    /** @param xml true if the session is in XML */
    Listing(TreeCommands commands, boolean xml) {
        this.commands = commands;
        this.xml = xml;
    }

    List<Item> get(String target) throws Refusal {
        NodeUri uri = NodeUri.parse(target);
        MgmtNode node = commands.existing(uri.path());
        return switch (uri.part()) {
            case NodeUri.Value value -> {
                commands.require(uri.path(), AccessType.GET);
                yield List.of(value(target, node));
            }
            case NodeUri.Property property -> {
                commands.requireAcl(uri.path(), AccessType.GET);
                yield List.of(Item.builder()
                        .source(target)
                        .data(property(uri, node, property.name()))
                        .build());
            }
            case NodeUri.Tree list -> {
                commands.require(uri.path(), AccessType.GET);
                yield list(uri.path(), node, list.form());
            }
        };
    }

    private Item value(String target, MgmtNode node) {
        if (!node.isInterior()) {
            NodeValue value = node.value().orElse(NodeValue.text(""));
            return Payload.item(
                    target, node.effectiveFormat(), node.effectiveType().orElseThrow(), value, xml);
        }
        String names = node.children().stream().map(MgmtNode::name).collect(Collectors.joining("/"));
        return Item.builder()
                .source(target)
                .meta(Meta.of(Format.NODE))
                .data(names)
                .build();
    }

    private static String property(NodeUri uri, MgmtNode node, String name) throws Refusal {
        return switch (name) {
            case "ACL" -> node.acl().orElse("");
            case "Format" -> node.effectiveFormat().text();
            case "Name" -> uri.isRoot() ? "." : node.name();
            case "Size" -> {
                if (node.isInterior()) { // clients MUST NOT have it there
                    throw new Refusal(StatusCode.OPTIONAL_FEATURE_NOT_SUPPORTED);
                }
                yield Integer.toString(
                        node.value().map(v -> v.octets().length()).orElse(0));
            }
            case "Title" -> node.title().orElse("");
            case "TStamp" -> node.tstamp().orElse("");
            case "Type" -> node.effectiveType().orElse("");
            case "VerNo" -> Integer.toString(node.verNo().orElse(0));
            default -> throw new Refusal(StatusCode.OPTIONAL_FEATURE_NOT_SUPPORTED);
        };
    }

    private List<Item> list(List<String> path, MgmtNode node, String form) throws Refusal {
        List<Item> items = new ArrayList<>();
        switch (form) {
            case "Struct" -> collect(path, node, false, items);
            case "StructData" -> collect(path, node, true, items);
            default -> items.add(serialised(path, node, form));
        }
        return items;
    }

    private void collect(List<String> path, MgmtNode node, boolean data, List<Item> items) {
        if (!commands.allows(path, AccessType.GET)) {
            return;
        }
        items.addAll(Payload.items(path, node, data, xml));
        for (MgmtNode child : node.children()) {
            collect(TreeCommands.below(path, child), child, data, items);
        }
    }

    private Item serialised(List<String> path, MgmtNode node, String form) throws Refusal {
        if (!form.startsWith(TNDS)) {
            throw new Refusal(StatusCode.OPTIONAL_FEATURE_NOT_SUPPORTED);
        }
        Set<Part> parts = parts(form.substring(TNDS.length()));
        MgmtNode shown = shown(path, node, parts);
        List<String> parent = path.isEmpty() ? path : path.subList(0, path.size() - 1);
        MgmtTree tree = MgmtTree.of(shown.toBuilder().path(NodeUri.text(parent)).build());
        String uri = NodeUri.text(path);
        return xml
                ? Payload.item(
                        uri,
                        Format.XML,
                        Tnds.XML_MEDIA_TYPE,
                        NodeValue.text(new String(Tnds.toXml(tree), StandardCharsets.UTF_8)),
                        true)
                : Payload.item(uri, Format.BIN, Tnds.WBXML_MEDIA_TYPE, NodeValue.binary(Tnds.toWbxml(tree)), false);
    }

    /** {@code +ACL+Value} is these only, {@code -ACL-Title} all but these; both at once is nothing that the standard knows. */
    private static Set<Part> parts(String list) throws Refusal {
        if (list.isEmpty()) {
            return EnumSet.allOf(Part.class);
        }
        char sign = list.charAt(0);
        Set<Part> named = EnumSet.noneOf(Part.class);
        if (sign != '+' && sign != '-') {
            throw new Refusal(StatusCode.OPTIONAL_FEATURE_NOT_SUPPORTED);
        }
        for (String name : list.substring(1).split(sign == '+' ? "\\+" : "-", -1)) {
            Part part = PARTS.get(name);
            if (part != null) {
                named.add(part);
            } else if (!ALWAYS.contains(name)) {
                throw new Refusal(StatusCode.OPTIONAL_FEATURE_NOT_SUPPORTED);
            }
        }
        return sign == '+' ? named : EnumSet.complementOf(EnumSet.copyOf(named));
    }

    private MgmtNode shown(List<String> path, MgmtNode node, Set<Part> parts) {
        MgmtNode.Builder shown = MgmtNode.named(path.isEmpty() ? "." : node.name());
        if (parts.contains(Part.ACL)) {
            node.acl().filter(acl -> !acl.isEmpty()).ifPresent(shown::acl);
        }
        if (parts.contains(Part.FORMAT)
                || node.isInterior()) { // without it an interior node would read as an empty leaf
            shown.format(node.effectiveFormat());
        }
        if (parts.contains(Part.TITLE)) {
            node.title().ifPresent(shown::title);
        }
        if (parts.contains(Part.TSTAMP)) {
            node.tstamp().ifPresent(shown::tstamp);
        }
        if (parts.contains(Part.TYPE)) {
            node.effectiveType().ifPresent(shown::type);
        }
        if (parts.contains(Part.VERNO)) {
            node.verNo().ifPresent(shown::verNo);
        }
        if (parts.contains(Part.VALUE)) {
            node.value().ifPresent(shown::value);
        }
        for (MgmtNode child : node.children()) {
            List<String> below = TreeCommands.below(path, child);
            if (commands.allows(below, AccessType.GET)) {
                shown.child(shown(below, child, parts));
            }
        }
        return shown.build();
    }
}
