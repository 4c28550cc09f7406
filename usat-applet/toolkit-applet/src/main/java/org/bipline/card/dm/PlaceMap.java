// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

import javacard.framework.JCSystem;
import javacard.framework.Util;

/**
 * Which places of a persistent array of equal places are taken, one bit each, in RAM. It is built anew from what can be
 * reached in the tree, so that taking and freeing a place writes no persistent memory and nothing can leak.
 */
final class PlaceMap {
    private final short places;
    private final byte[] bits;
    private final short[] cursor;

    PlaceMap(short places) {
        this.places = places;
        bits = JCSystem.makeTransientByteArray((short) ((short) (places + 7) >> 3), JCSystem.CLEAR_ON_RESET);
        cursor = JCSystem.makeTransientShortArray((short) 1, JCSystem.CLEAR_ON_RESET);
    }

    /** All places become free. */
    void clear() {
        short length = (short) bits.length;
        Util.arrayFillNonAtomic(bits, (short) 0, length, (byte) 0);
        for (short place = places; (short) (place >> 3) < length; place++) {
            take(place); // bits of the last byte that stand for no place
        }
        cursor[0] = 0;
    }

    void take(short place) {
        bits[(short) (place >> 3)] |= (byte) (1 << (place & 7));
    }

    boolean isTaken(short place) {
        return (bits[(short) (place >> 3)] & (byte) (1 << (place & 7))) != 0;
    }

    void giveBack(short place) {
        bits[(short) (place >> 3)] &= (byte) ~(1 << (place & 7));
    }

    /** Takes a free place, the next behind the last one taken where possible; {@link MoStore#NONE} if there is none. */
    short allocate() {
        short length = (short) bits.length;
        short at = cursor[0];
        for (short n = 0; n < length; n++) {
            byte taken = bits[at];
            if (taken != (byte) 0xFF) {
                short bit = 0;
                while ((taken & (short) (1 << bit)) != 0) {
                    bit++;
                }
                short place = (short) ((short) (at << 3) + bit);
                take(place);
                cursor[0] = at;
                return place;
            }
            at++;
            if (at == length) {
                at = 0;
            }
        }
        return MoStore.NONE;
    }
}
