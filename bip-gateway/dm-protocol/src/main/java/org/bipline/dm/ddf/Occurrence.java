// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.ddf;

/**
 * How many instances of a described node there may be below one parent. DDF element Occurrence.
 *
 * @param min 0 or 1
 * @param max 1 to 65536, or {@link #UNLIMITED}
 */
public record Occurrence(int min, int max) {
    public static final int UNLIMITED = Integer.MAX_VALUE;

    public static final Occurrence ONE = new Occurrence(1, 1);
    public static final Occurrence ZERO_OR_ONE = new Occurrence(0, 1);
    public static final Occurrence ZERO_OR_MORE = new Occurrence(0, UNLIMITED);
    public static final Occurrence ONE_OR_MORE = new Occurrence(1, UNLIMITED);

    public Occurrence {
        if (min < 0 || min > 1 || max < 1) {
            throw new IllegalArgumentException("occurrence " + min + " to " + max);
        }
    }

    boolean allows(int count) {
        return count >= min && count <= max;
    }

    @Override
    public String toString() {
        return min == max ? "exactly " + min : max == UNLIMITED ? min + " or more" : min + " to " + max;
    }
}
