// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

/** The management tree in persistent memory. */
public final class MoStore {
    /** Allocates a store of {@code nodes} nodes and {@code bytes} bytes for names and values: once, at installation. */
    public MoStore(short nodes, short bytes) {}
}
