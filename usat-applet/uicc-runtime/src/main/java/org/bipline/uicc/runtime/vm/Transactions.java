// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime.vm;

import java.util.ArrayList;
import java.util.List;
import javacard.framework.TransactionException;

/**
 * The transaction of a card: a log of how to undo each change, newest last. Whoever changes persistent state while a
 * transaction is open first logs the way back.
 */
public final class Transactions {
    private final List<Runnable> undo = new ArrayList<>(0);
    private boolean open;

    public boolean isOpen() {
        return open;
    }

    /** Logs how to undo a change that is about to be made; outside a transaction nothing is logged. */
    public void log(Runnable wayBack) {
        if (open) {
            undo.add(wayBack);
        }
    }

    void begin() {
        if (open) {
            TransactionException.throwIt(TransactionException.IN_PROGRESS);
        }
        open = true;
    }

    void commit() {
        if (!open) {
            TransactionException.throwIt(TransactionException.NOT_IN_PROGRESS);
        }
        open = false;
        undo.clear();
    }

    /** Undoes what was changed since the transaction began. */
    public void abort() {
        if (!open) {
            TransactionException.throwIt(TransactionException.NOT_IN_PROGRESS);
        }
        open = false;
        for (int i = undo.size() - 1; i >= 0; i--) {
            undo.get(i).run();
        }
        undo.clear();
    }
}
