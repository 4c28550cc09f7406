// SPDX-License-Identifier: Apache-2.0
package org.bipline.me.dm;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bipline.dm.syncml.StatusCode;

/**
 * URI of a node, of one of its properties, or of a list. OMA DM Tree and Description, addressing.
 *
 * @param path names of the nodes from the root on; none for the root
 * @param part what of the node is meant
 */
record NodeUri(List<String> path, Part part) {
    /** Limits of this client, which DevDetail tells. */
    static final int MAX_DEPTH = 32;

    static final int MAX_TOTAL_LENGTH = 1024;
    static final int MAX_SEGMENT_LENGTH = 128;

    private static final String PROPERTY = "prop=";
    private static final String LIST = "list=";

    /** What of a node a URI means. */
    sealed interface Part {}

    /** Its value, or the names of its children. */
    record Value() implements Part {}

    record Property(String name) implements Part {}

    /** It and all below it, in one of the forms of {@code ?list=}. */
    record Tree(String form) implements Part {}

    NodeUri {
        path = List.copyOf(path);
    }

    static NodeUri parse(String uri) throws Refusal {
        int query = uri.indexOf('?');
        List<String> path = new ArrayList<>();
        if (uri.length() > MAX_TOTAL_LENGTH) {
            throw new Refusal(StatusCode.URI_TOO_LONG);
        }
        String nodes = query < 0 ? uri : uri.substring(0, query);
        String relative = nodes.equals(".") ? "" : nodes.startsWith("./") ? nodes.substring(2) : nodes;
        relative = relative.endsWith("/") ? relative.substring(0, relative.length() - 1) : relative;
        for (String name : relative.isEmpty() ? new String[0] : relative.split("/", -1)) {
            if (name.length() > MAX_SEGMENT_LENGTH) {
                throw new Refusal(StatusCode.URI_TOO_LONG);
            }
            if (name.isEmpty() || name.equals(".") || name.equals("..")) { // no name that a node can have
                throw new Refusal(StatusCode.NOT_FOUND);
            }
            path.add(name);
        }
        if (path.size() > MAX_DEPTH) {
            throw new Refusal(StatusCode.URI_TOO_LONG);
        }
        return new NodeUri(path, query < 0 ? new Value() : part(uri.substring(query + 1)));
    }

    private static Part part(String query) throws Refusal {
        if (query.startsWith(PROPERTY)) {
            return new Property(query.substring(PROPERTY.length()));
        }
        if (query.startsWith(LIST)) {
            return new Tree(query.substring(LIST.length()));
        }
        throw new Refusal(StatusCode.OPTIONAL_FEATURE_NOT_SUPPORTED);
    }

    /** The full URI of the node whose VerNo this URI means, if it means one. */
    static Optional<String> version(String uri) {
        String property = "?" + PROPERTY + "VerNo";
        if (!uri.endsWith(property)) {
            return Optional.empty();
        }
        try {
            return Optional.of(text(parse(uri).path()));
        } catch (Refusal noNode) {
            return Optional.empty();
        }
    }

    boolean isRoot() {
        return path.isEmpty();
    }

    String name() {
        return path.getLast();
    }

    List<String> parent() {
        return path.subList(0, path.size() - 1);
    }

    /** The full URI of a node, without what stands behind a question mark. */
    static String text(List<String> path) {
        return path.isEmpty() ? "." : "./" + String.join("/", path);
    }
}
