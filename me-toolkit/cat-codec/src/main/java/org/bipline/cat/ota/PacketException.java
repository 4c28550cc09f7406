// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.ota;

import java.util.Objects;

/** A secured packet is malformed, or its check is wrong. Says where and against which clause, and never tells of a key. */
public final class PacketException extends Exception {
    private static final long serialVersionUID = 1;

    private final int offset;
    private final String clause;

    /**
     * @param offset index in the packet of the first byte that is wrong, or its length when something is missing
     * @param clause document and clause that the packet breaks
     */
    public PacketException(String fault, int offset, String clause) {
        super(fault + " (offset " + offset + ", " + clause + ")");
        this.offset = offset;
        this.clause = Objects.requireNonNull(clause);
    }

    public int offset() {
        return offset;
    }

    public String clause() {
        return clause;
    }
}
