// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime.vm;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import javacard.framework.TransactionException;

/**
 * The transaction of a card: a log of how to undo each change, newest last. Whoever changes persistent state first logs the way
 * back. Java Card 3.0.4 runtime environment, chapter 7.
 */
public final class Transactions {
    /** Bytes of the log unless the card was built with another number. */
    public static final int DEFAULT_CAPACITY = 4096;

    /** What an entry takes beside the old value: where it belongs. */
    private static final int ENTRY_SIZE = 4;

    private final List<Runnable> undo = new ArrayList<>(0);
    private final Set<Object> created = Collections.newSetFromMap(new IdentityHashMap<>(0));
    private final Consumer<Set<Object>> forget;
    private int capacity = DEFAULT_CAPACITY;
    private int used;
    private boolean open;
    private MemoryWatch watch;

    /** Transactions of nobody's memory. */
    public Transactions() {
        this(objects -> {});
    }

    /** The consumer takes the objects that no longer exist out of transient memory. */
    Transactions(Consumer<Set<Object>> forget) {
        this.forget = forget;
    }

    public boolean isOpen() {
        return open;
    }

    /** Logs how to undo a change that is about to be made; outside a transaction nothing is logged. */
    public void log(Runnable wayBack) {
        log(0, wayBack);
    }

    /**
     * Logs how to undo a change that is about to be made to so many bytes. {@code TransactionException} where the log has no
     * room; the transaction stays open then, and the change must not be made.
     */
    public void log(int bytes, Runnable wayBack) {
        writing();
        if (open) {
            if (bytes + ENTRY_SIZE > capacity - used) {
                TransactionException.throwIt(TransactionException.BUFFER_FULL);
            }
            used += bytes + ENTRY_SIZE;
            undo.add(wayBack);
        }
    }

    /** Persistent memory is about to be written in a way that no transaction undoes, as the tries of a PIN are. */
    public void writing() {
        if (watch != null) {
            watch.write();
        }
    }

    void begin() {
        if (open) {
            TransactionException.throwIt(TransactionException.IN_PROGRESS);
        }
        open = true;
        MemoryAccess.attend(1);
    }

    void commit() {
        if (!open) {
            TransactionException.throwIt(TransactionException.NOT_IN_PROGRESS);
        }
        end();
    }

    /** Undoes what was changed since the transaction began. */
    public void abort() {
        if (!open) {
            TransactionException.throwIt(TransactionException.NOT_IN_PROGRESS);
        }
        for (int i = undo.size() - 1; i >= 0; i--) {
            undo.get(i).run();
        }
        if (!created.isEmpty()) {
            forget.accept(created);
        }
        end();
    }

    private void end() {
        open = false;
        used = 0;
        undo.clear();
        created.clear();
        MemoryAccess.attend(-1);
    }

    /** An object came to be in this transaction: it goes with it, and what is written to it meanwhile needs no way back. */
    void created(Object object) {
        if (open) {
            created.add(object);
        }
    }

    boolean isNew(Object object) {
        return open && created.contains(object);
    }

    void setCapacity(int bytes) {
        capacity = bytes;
    }

    short capacity() {
        return (short) capacity;
    }

    short unused() {
        return (short) (capacity - used);
    }

    MemoryWatch watch() {
        if (watch != null) {
            throw new IllegalStateException("the memory of this card is being watched");
        }
        watch = new MemoryWatch(this);
        MemoryAccess.attend(1);
        return watch;
    }

    void unwatch(MemoryWatch ended) {
        if (watch == ended) {
            watch = null;
            MemoryAccess.attend(-1);
        }
    }

    /** The watch, or null. */
    MemoryWatch watching() {
        return watch;
    }
}
