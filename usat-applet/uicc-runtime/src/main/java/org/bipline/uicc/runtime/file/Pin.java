// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime.file;

import java.security.MessageDigest;
import org.bipline.uicc.runtime.vm.Transactions;

/** A PIN or key that VERIFY checks, with its counters. ETSI TS 102 221 clause 9.4. */
final class Pin {
    static final int LENGTH = 8;
    static final int UNIVERSAL = 0x11;
    private static final int UNBLOCK_TRIES = 10;
    private static final int OK = 0x9000;
    private static final int BLOCKED = 0x6983;
    private static final int INVALIDATED = 0x6984;

    /**
     * What the personalisation says of a PIN.
     *
     * @param unblockCode empty: it cannot be unblocked
     */
    @SuppressWarnings("ArrayRecordComponent") // written to by nobody
    record Description(int reference, byte[] value, byte[] unblockCode, int tries, boolean enabled) {}

    private final Description description;
    private final Transactions transactions;
    private byte[] value;
    private boolean enabled;
    private boolean verified;
    private int tries;
    private int unblockTries = UNBLOCK_TRIES;

    /** The universal PIN, where this one is disabled and replaced by it. */
    private Pin replacement;

    Pin(Description description, Transactions transactions) {
        this.description = description;
        this.transactions = transactions;
        this.value = description.value();
        this.tries = description.tries();
        this.enabled = description.enabled();
    }

    int reference() {
        return description.reference();
    }

    /** 01 to 08 and the universal PIN. Local PINs and administrative keys are always asked for. */
    boolean canBeDisabled() {
        return reference() <= 0x08 || reference() == UNIVERSAL;
    }

    boolean isEnabled() {
        return enabled;
    }

    boolean isReplaced() {
        return !enabled && replacement != null;
    }

    boolean isSatisfied() {
        if (enabled) {
            return verified && tries > 0;
        }
        return replacement == null || replacement.isSatisfied();
    }

    void reset() {
        verified = false;
    }

    /** VERIFY without data: 9000 where the PIN need not be verified any more, else the tries left. */
    int status() {
        return verified ? OK : left(tries);
    }

    /** VERIFY. The tries are counted down before the comparison, so that a cut of power is no free try. */
    int verify(byte[] command, int offset) {
        return enabled ? compare(command, offset) : INVALIDATED;
    }

    int change(byte[] command, int offset) {
        if (!enabled) {
            return INVALIDATED;
        }
        int sw = compare(command, offset);
        if (sw == OK) {
            transactions.writing();
            value = copy(command, offset + LENGTH);
        }
        return sw;
    }

    int enable(byte[] command, int offset) {
        if (enabled) {
            return INVALIDATED;
        }
        int sw = compare(command, offset);
        if (sw == OK) {
            transactions.writing();
            enabled = true;
            replacement = null;
        }
        return sw;
    }

    /** {@code universal} null: nothing takes the place of this PIN. */
    int disable(byte[] command, int offset, Pin universal) {
        if (!enabled) {
            return INVALIDATED;
        }
        int sw = compare(command, offset);
        if (sw == OK) {
            transactions.writing();
            enabled = false;
            replacement = universal;
        }
        return sw;
    }

    int unblockStatus() {
        return left(unblockTries);
    }

    int unblock(byte[] command, int offset) {
        if (unblockTries == 0 || description.unblockCode().length == 0) {
            return BLOCKED;
        }
        transactions.writing();
        unblockTries--;
        if (!MessageDigest.isEqual(description.unblockCode(), copy(command, offset))) {
            return left(unblockTries);
        }
        transactions.writing();
        unblockTries = UNBLOCK_TRIES;
        tries = description.tries();
        value = copy(command, offset + LENGTH);
        enabled = true;
        replacement = null;
        verified = true;
        return OK;
    }

    private int compare(byte[] command, int offset) {
        if (tries == 0) {
            return BLOCKED;
        }
        transactions.writing();
        tries--;
        verified = MessageDigest.isEqual(value, copy(command, offset));
        if (!verified) {
            return left(tries);
        }
        transactions.writing();
        tries = description.tries();
        return OK;
    }

    private static int left(int tries) {
        return tries == 0 ? BLOCKED : (0x63C0 | tries);
    }

    private static byte[] copy(byte[] command, int offset) {
        byte[] code = new byte[LENGTH];
        System.arraycopy(command, offset, code, 0, LENGTH);
        return code;
    }
}
