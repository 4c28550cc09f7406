// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime.vm;

import java.util.ArrayList;
import java.util.List;

/**
 * Counts what happens to the memory of a card, and cuts the power at a persistent write.
 *
 * <p>A persistent write is a store of an applet into a field, a static field or an element of an array that is not transient, or
 * one call of {@code Util} that writes such an array, or one change of a file or of the toolkit registry. What other classes of
 * the Java Card API write into an applet's array is not counted.
 */
public final class MemoryWatch implements AutoCloseable {
    private final Transactions transactions;
    private final List<String> allocations = new ArrayList<>();
    private long writes;
    private long cutAt;
    private boolean torn;
    private boolean cut;

    MemoryWatch(Transactions transactions) {
        this.transactions = transactions;
    }

    /** Persistent writes since the watch or {@link #restart()}; the one at which the power was cut is one of them. */
    public long persistentWrites() {
        return writes;
    }

    /** What applets allocated since the watch or {@link #restart()}: type, class and method, in their order. */
    public List<String> allocations() {
        return List.copyOf(allocations);
    }

    /** Counts from the beginning. */
    public void restart() {
        writes = 0;
        cutAt = 0;
        allocations.clear();
    }

    /**
     * Cuts the power once, at a persistent write to come: the command in which that is ends in a {@code PowerCutException}.
     *
     * @param write counted as {@link #persistentWrites()} does, the first being 1
     * @param inTheMiddle whether the first half of a write that is not atomic is still done: {@code arrayCopyNonAtomic},
     *     {@code arrayFillNonAtomic} and {@code setShort} outside of a transaction; any other write is done or not done
     */
    public void cutPowerAt(long write, boolean inTheMiddle) {
        if (write <= writes) {
            throw new IllegalArgumentException("write " + write + " was before");
        }
        cutAt = write;
        torn = inTheMiddle;
    }

    /** Ends the counting. */
    @Override
    public void close() {
        transactions.unwatch(this);
    }

    void allocated(String what) {
        allocations.add(what);
    }

    /** A write is about to be made. */
    void write() {
        if (cut) {
            throw new PowerCut();
        }
        writes++;
        if (writes == cutAt) {
            cut = true;
            throw new PowerCut();
        }
    }

    /** Whether the next write stops in its middle. */
    boolean tearsNext() {
        return torn && !cut && writes + 1 == cutAt;
    }

    boolean isPowerCut() {
        return cut;
    }

    void powerUp() {
        cut = false;
    }
}
