// SPDX-License-Identifier: Apache-2.0
package org.bipline.me.dm;

/** Is told what the commands of one server do with the tree. The URIs are full and name nodes. */
interface TreeWatcher {
    TreeWatcher NONE = new TreeWatcher() {};

    /** A node was added, or an interior node exchanged with all below it. */
    default void placed(String uri) {}

    /** A leaf has another value. */
    default void changed(String uri) {}

    default void deleted(String uri) {}

    /** The server has asked for the VerNo of a node, which need not exist. */
    default void askedForVersion(String uri) {}
}
