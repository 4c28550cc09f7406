// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime.file;

import org.bipline.uicc.runtime.vm.Transactions;

/** A file of the card. ETSI TS 102 221 clause 8. */
public abstract sealed class CardFile permits Df, Ef {
    private final Df parent;
    private final int identifier;
    private final SecurityAttributes security;
    private LifeCycle lifeCycle = LifeCycle.ACTIVATED;

    CardFile(Df parent, int identifier, SecurityAttributes security) {
        this.parent = parent;
        this.identifier = identifier;
        this.security = security;
    }

    /** The DF that holds this file; null for the MF. The MF holds the ADFs. */
    public final Df parent() {
        return parent;
    }

    public final int identifier() {
        return identifier;
    }

    /** File identifiers from the MF, {@code 3F00/7FFF/6F07}. */
    public final String path() {
        String own = "%04X".formatted(identifier);
        return parent == null ? own : parent.path() + "/" + own;
    }

    final SecurityAttributes security() {
        return security;
    }

    final LifeCycle lifeCycle() {
        return lifeCycle;
    }

    final boolean isTerminated() {
        return lifeCycle == LifeCycle.TERMINATED;
    }

    final void setLifeCycle(LifeCycle next, Transactions transactions) {
        LifeCycle before = lifeCycle;
        transactions.log(() -> lifeCycle = before);
        lifeCycle = next;
    }

    /** What the security attributes ask for an access to this file. */
    final AccessCondition condition(Access access) {
        return security.condition(access, this);
    }

    /** Whether the file is still there: neither it nor a DF above it was deleted. */
    final boolean exists() {
        return parent == null || (parent.holds(this) && parent.exists());
    }
}
