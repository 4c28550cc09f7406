// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

/** The nodes that the card brings along: ./DevInfo, ./DevDetail and ./MO. */
public final class ManagementTree {
    private ManagementTree() {}

    /**
     * Puts the permanent nodes into an empty store. Allocates nothing, so that it may also run at the first event.
     *
     * @param devId value of ./DevInfo/DevId (a URN such as {@code ICCID:8949...}) in {@code devId[off .. off + len)}
     */
    public static void seed(MoStore store, byte[] devId, short off, short len) {}
}
