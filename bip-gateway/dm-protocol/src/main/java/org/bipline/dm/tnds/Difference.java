// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.tnds;

import java.util.List;

/** A node in which a tree that was found is not the one that was given, in words by {@code toString}. Values are not shown. */
public sealed interface Difference {
    /** URI of the node, from where the comparison began. */
    String uri();

    /** A node that was given, with all below it, was not found. */
    record Missing(String uri, MgmtNode given) implements Difference {
        @Override
        public String toString() {
            return uri + ": missing";
        }
    }

    /** A node was found that was not given. */
    record Unexpected(String uri) implements Difference {
        @Override
        public String toString() {
            return uri + ": not in what was given";
        }
    }

    /**
     * A leaf has another value, format or type.
     *
     * @param how each of these, in words
     */
    record OtherLeaf(String uri, MgmtNode given, List<String> how) implements Difference {
        public OtherLeaf {
            how = List.copyOf(how);
        }

        @Override
        public String toString() {
            return uri + ": " + String.join(", ", how);
        }
    }

    /** A leaf where an interior node was given, the contrary, or an interior node of another type: to mend by Delete and Add only. */
    record OtherKind(String uri, String how) implements Difference {
        @Override
        public String toString() {
            return uri + ": " + how;
        }
    }
}
