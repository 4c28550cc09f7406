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
import org.bipline.dm.tnds.MgmtNode;

/** Tells in what the nodes that a client returned differ from those it was given. Values are compared, not shown. */
final class TreeComparison {
    private final List<String> differences = new ArrayList<>();
    private final Map<String, NodeResult> found = new LinkedHashMap<>();
    private int unreadable;

    TreeComparison(MgmtNode given, String uri, List<NodeResult> results) {
        results.forEach(result -> found.put(result.uri(), result));
        compare(given, uri);
        found.keySet().forEach(extra -> differences.add(extra + " was not given"));
    }

    List<String> differences() {
        return differences;
    }

    /** Nodes that the client has and does not show. */
    int unreadable() {
        return unreadable;
    }

    private void compare(MgmtNode node, String uri) {
        NodeResult result = found.remove(uri);
        if (result == null) {
            differences.add(uri + " is missing");
            return;
        }
        if (!Outcome.isDone(result.status())) {
            unreadable++;
        } else if (!sameFormat(node.effectiveFormat(), result.format())) {
            differences.add(uri + " has format " + result.format() + ", not " + node.effectiveFormat());
        } else if (!node.isInterior() && !sameValue(node, result)) {
            differences.add(uri + " has another value");
        }
        node.children().forEach(child -> compare(child, NodeResult.child(uri, child.name())));
    }

    /** In XML a binary value can only go as b64. */
    private static boolean sameFormat(Format given, String result) {
        Optional<Format> format = Format.of(result);
        return format.filter(f -> f == given || (isBinary(f) && isBinary(given)))
                .isPresent();
    }

    private static boolean isBinary(Format format) {
        return format == Format.BIN || format == Format.B64;
    }

    private static boolean sameValue(MgmtNode node, NodeResult result) {
        ByteString given = node.value().orElse(NodeValue.text("")).octets();
        ByteString returned = result.value().orElse(NodeValue.text("")).octets();
        return given.equals(returned)
                || (isBinary(node.effectiveFormat()) && (decodesTo(given, returned) || decodesTo(returned, given)));
    }

    private static boolean decodesTo(ByteString base64, ByteString octets) {
        try {
            return Arrays.equals(Base64.getMimeDecoder().decode(base64.toByteArray()), octets.toByteArray());
        } catch (IllegalArgumentException e) { // not Base64: then it is not the same
            return false;
        }
    }
}
