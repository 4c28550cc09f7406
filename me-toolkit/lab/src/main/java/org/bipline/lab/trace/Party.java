// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.trace;

/** The four lifelines of a trace, in the order of the path. */
public enum Party {
    CARD("card", 0),
    ME("ME", 1),
    GATEWAY("gateway", 2),
    SERVER("server", 3);

    private final String label;
    private final int lane;

    Party(String label, int lane) {
        this.label = label;
        this.lane = lane;
    }

    /** Its lifeline in a diagram, 0 for the leftmost. */
    public int lane() {
        return lane;
    }

    /** The name as it is shown and written. */
    @Override
    public String toString() {
        return label;
    }
}
