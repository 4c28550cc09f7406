// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime.file;

import java.security.MessageDigest;

/** A PIN or key that VERIFY checks, with its counters. ETSI TS 102 221 clause 9. */
final class Pin {
    static final int LENGTH = 8;
    private static final int UNBLOCK_TRIES = 10;

    private final int reference;
    private final int maxTries;
    private final byte[] unblockCode;
    private byte[] value;
    private boolean enabled;
    private boolean verified;
    private int tries;
    private int unblockTries = UNBLOCK_TRIES;

    Pin(int reference, byte[] value, byte[] unblockCode, int maxTries, boolean enabled) {
        this.reference = reference;
        this.value = value;
        this.unblockCode = unblockCode;
        this.maxTries = maxTries;
        this.tries = maxTries;
        this.enabled = enabled;
    }

    int reference() {
        return reference;
    }

    boolean isEnabled() {
        return enabled;
    }

    boolean isSatisfied() {
        return verified || !enabled;
    }

    void reset() {
        verified = false;
    }

    /** Status word that tells the tries left, or 9000 in {@code verified} state. */
    int status() {
        return verified ? 0x9000 : left(tries);
    }

    /** VERIFY. The tries are counted down before the comparison, so that a cut of power is no free try. */
    int verify(byte[] command, int offset) {
        if (!enabled) {
            return 0x6984;
        }
        return compare(command, offset);
    }

    int change(byte[] command, int offset) {
        if (!enabled) {
            return 0x6984;
        }
        int sw = compare(command, offset);
        if (sw == 0x9000) {
            value = copy(command, offset + LENGTH);
        }
        return sw;
    }

    int setEnabled(boolean enabled, byte[] command, int offset) {
        if (this.enabled == enabled) {
            return 0x6984;
        }
        int sw = compare(command, offset);
        if (sw == 0x9000) {
            this.enabled = enabled;
        }
        return sw;
    }

    int unblockStatus() {
        return left(unblockTries);
    }

    int unblock(byte[] command, int offset) {
        if (unblockTries == 0 || unblockCode.length == 0) {
            return 0x6983;
        }
        unblockTries--;
        if (!MessageDigest.isEqual(unblockCode, copy(command, offset))) {
            return left(unblockTries);
        }
        unblockTries = UNBLOCK_TRIES;
        tries = maxTries;
        value = copy(command, offset + LENGTH);
        enabled = true;
        verified = true;
        return 0x9000;
    }

    private int compare(byte[] command, int offset) {
        if (tries == 0) {
            return 0x6983;
        }
        tries--;
        verified = MessageDigest.isEqual(value, copy(command, offset));
        if (!verified) {
            return left(tries);
        }
        tries = maxTries;
        return 0x9000;
    }

    private static int left(int tries) {
        return tries == 0 ? 0x6983 : (0x63C0 | tries);
    }

    private static byte[] copy(byte[] command, int offset) {
        byte[] code = new byte[LENGTH];
        System.arraycopy(command, offset, code, 0, LENGTH);
        return code;
    }
}
