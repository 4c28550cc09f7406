// SPDX-License-Identifier: Apache-2.0
package org.bipline.me.dm;

import java.io.IOException;

/** Where a tree outlives the process. */
@FunctionalInterface
public interface TreeStore {
    /** A tree that ends with the process. */
    TreeStore NONE = tree -> {};

    /**
     * Keeps the tree as it is now, and what the ME knows of cards; all or nothing.
     *
     * @throws IOException if that cannot be; what was kept before is still there
     */
    void save(ManagementTree tree) throws IOException;
}
