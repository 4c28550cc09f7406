// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.server;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bipline.dm.ByteString;
import org.bipline.dm.Format;
import org.bipline.dm.NodeValue;
import org.bipline.dm.syncml.StatusCode;
import org.bipline.dm.tnds.Difference;
import org.bipline.dm.tnds.MgmtNode;
import org.bipline.dm.tnds.TreeDiff;

/**
 * Reads a subtree by Get: the root, then level by level what the child lists name. The type of an interior node is asked for as a
 * property, together with its children: what Get of the node tells is the type of the list (OMA DM Tree and Description 1.2).
 */
final class ReadBack {
    /** Far more than a card holds; ends what a client that invents children would make endless. */
    private static final int MAX_NODES = 10_000;

    private static final String TYPE_PROPERTY = "?prop=Type";
    private static final NodeValue NO_VALUE = NodeValue.text("");

    private final String root;
    private final Map<String, NodeResult> results = new LinkedHashMap<>();
    private List<String> unread = new ArrayList<>();
    private int steps;
    private boolean missing;
    private String failure = "";

    ReadBack(String root, int firstStep) {
        this.root = root;
        unread.add(root);
        steps = firstStep;
    }

    /** The Gets of the next level; empty when there is none. */
    List<Step> next() {
        List<Step> gets = new ArrayList<>();
        for (String uri : unread) {
            gets.add(Step.of(steps++, ManagementCommand.get(uri)));
        }
        unread = new ArrayList<>();
        return gets;
    }

    void answered(Step step, Outcome outcome) {
        String uri = step.command().uri();
        if (uri.endsWith(TYPE_PROPERTY)) {
            typeAnswered(uri.substring(0, uri.length() - TYPE_PROPERTY.length()), step, outcome);
        } else if (outcome.result().isPresent() && outcome.isDone()) {
            nodeRead(uri, outcome.result().get());
        } else if (outcome.is(StatusCode.COMMAND_NOT_ALLOWED, StatusCode.PERMISSION_DENIED)) {
            results.put(
                    uri,
                    new NodeResult(
                            uri,
                            "",
                            Optional.empty(),
                            Optional.empty(),
                            outcome.status().orElseThrow()));
        } else if (uri.equals(root) && outcome.is(StatusCode.NOT_FOUND)) {
            missing = true;
        } else {
            fail(step, outcome);
        }
    }

    /** True if there is nothing to read: the client does not have the root. */
    boolean isMissing() {
        return missing;
    }

    private void nodeRead(String uri, NodeResult result) {
        if (!result.isInterior()) {
            results.put(uri, result);
        } else {
            results.put(uri, result.withType(Optional.empty()));
            unread.add(uri + TYPE_PROPERTY);
            result.children().forEach(name -> unread.add(NodeResult.child(uri, name)));
        }
        if (results.size() + unread.size() > MAX_NODES) {
            failure = uri + ": more than " + MAX_NODES + " nodes";
        }
    }

    private void typeAnswered(String uri, Step step, Outcome outcome) {
        if (outcome.isDone()) {
            Optional<String> type = outcome.result().flatMap(NodeResult::value).flatMap(NodeValue::asText);
            results.computeIfPresent(uri, (u, node) -> node.withType(type));
        } else if (!outcome.is(
                StatusCode.NOT_FOUND,
                StatusCode.COMMAND_NOT_ALLOWED,
                StatusCode.OPTIONAL_FEATURE_NOT_SUPPORTED,
                StatusCode.URI_TOO_LONG,
                StatusCode.PERMISSION_DENIED)) {
            fail(step, outcome);
        }
    }

    private void fail(Step step, Outcome outcome) {
        if (failure.isEmpty()) {
            failure = "reading back: " + outcome.explain(step);
        }
    }

    /** In the order in which they were read. */
    List<NodeResult> results() {
        return List.copyOf(results.values());
    }

    String failure() {
        return failure;
    }

    /** Nodes that the client has and does not show. */
    long unreadable() {
        return results.values().stream().filter(node -> !node.isRead()).count();
    }

    /** Nodes that the client lets nobody read, as it does with secrets: it refuses the command, not this server. */
    List<String> writeOnly() {
        return results.values().stream()
                .filter(node -> node.status().equals(StatusCode.COMMAND_NOT_ALLOWED))
                .map(NodeResult::uri)
                .toList();
    }

    /** In what the nodes read differ from those given, without their values. */
    List<Difference> differences(MgmtNode given) {
        MgmtNode expected = expected(given.toBuilder().name(root).build(), root);
        return NodeResult.tree(List.copyOf(results.values()), root)
                .map(found -> TreeDiff.between(expected, found))
                .orElse(List.of(new Difference.Missing(root, given)));
    }

    /** The differences in one line; empty if there are none. */
    Optional<String> deviation(MgmtNode given) {
        List<String> differences =
                differences(given).stream().map(Difference::toString).toList();
        if (differences.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of("the client's management object is not the one given: "
                + String.join("; ", differences.subList(0, Math.min(3, differences.size())))
                + (differences.size() > 3 ? " and " + (differences.size() - 3) + " more" : ""));
    }

    /** A node as this client can show it, with what is below it: of one that it does not show no more than the name. */
    private MgmtNode expected(MgmtNode given, String uri) {
        NodeResult result = results.get(uri);
        if (result == null) {
            return given;
        }
        if (!result.isRead()) {
            return MgmtNode.named(given.name()).build();
        }
        if (!given.isInterior()) {
            return isSameBinary(given, result)
                    ? given.toBuilder()
                            .format(Format.of(result.format()).orElseThrow())
                            .value(result.value().orElse(NO_VALUE))
                            .build()
                    : given;
        }
        MgmtNode.Builder node = MgmtNode.named(given.name());
        given.format().ifPresent(node::format);
        if (result.type().isPresent()) {
            given.type().ifPresent(node::type);
        }
        given.children().forEach(child -> node.child(expected(child, NodeResult.child(uri, child.name()))));
        return node.build();
    }

    /** In XML octets can only go as Base64 and under the format b64, which may also be that of the node. */
    private static boolean isSameBinary(MgmtNode node, NodeResult result) {
        ByteString given = node.value().orElse(NO_VALUE).octets();
        ByteString found = result.value().orElse(NO_VALUE).octets();
        return isBinary(node.effectiveFormat())
                && Format.of(result.format()).filter(ReadBack::isBinary).isPresent()
                && (given.equals(found) || decodesTo(given, found) || decodesTo(found, given));
    }

    private static boolean isBinary(Format format) {
        return format == Format.BIN || format == Format.B64;
    }

    private static boolean decodesTo(ByteString base64, ByteString octets) {
        try {
            return Arrays.equals(Base64.getMimeDecoder().decode(base64.toByteArray()), octets.toByteArray());
        } catch (IllegalArgumentException e) { // not Base64: then it is not the same
            return false;
        }
    }
}
