// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime.file;

import java.util.BitSet;

/**
 * What an applet may do in one file system (that of the UICC, or that of an ADF), from the access domain parameter of its
 * installation: ETSI TS 102 226 clause 8.2.1.3.2.5.
 */
public final class AccessRights implements SecurityStatus {
    /** Access domain FF: nothing, not even where the condition is ALWAYS. */
    public static final AccessRights NONE = new AccessRights(false, false);

    /** What is open to everyone. */
    public static final AccessRights ALWAYS = new AccessRights(true, false);

    /** Access domain 00: everything but where the condition is NEVER. */
    public static final AccessRights FULL = new AccessRights(true, true);

    private static final int KEYS = 256;

    private final boolean always;
    private final BitSet keys = new BitSet(KEYS);

    private AccessRights(boolean always, boolean allKeys) {
        this.always = always;
        keys.set(0, KEYS, allKeys);
    }

    /**
     * Access domain 02, the UICC access mechanism: the access conditions that count as fulfilled. First byte: PIN1 (lowest bit) to
     * PIN8; second: ADM1 to ADM8; third: ADM9, ADM10, ALWAYS (04), local PINs (08). The other bits of the third are reserved.
     */
    public static AccessRights of(int pins, int administrative, int others) {
        AccessRights rights = new AccessRights((others & 0x04) != 0, false);
        for (int i = 0; i < 8; i++) {
            rights.keys.set(0x01 + i, (pins & (1 << i)) != 0);
            rights.keys.set(0x81 + i, (others & 0x08) != 0);
        }
        for (int i = 0; i < 10; i++) {
            boolean set = ((i < 8 ? administrative >> i : others >> (i - 8)) & 1) != 0;
            rights.keys.set(i < 5 ? 0x0A + i : 0x8A + i - 5, set);
        }
        return rights;
    }

    @Override
    public boolean opensAlways() {
        return always;
    }

    @Override
    public boolean isVerified(int keyReference) {
        return keys.get(keyReference);
    }
}
