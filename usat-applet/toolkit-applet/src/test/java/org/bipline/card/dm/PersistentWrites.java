// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import javacard.framework.JCSystem;
import javacard.framework.Util;

/**
 * What instrumented card code calls in the place of array stores and of {@link Util} and {@link JCSystem}: it tells
 * persistent from transient arrays, counts the writes to the former, and cuts the power at one of them. As on a card, a write
 * that is not atomic may be cut in its middle.
 */
public final class PersistentWrites {
    /** The power is gone. */
    static final class PowerCut extends Error {
        private static final long serialVersionUID = 1;
    }

    private static final Set<Object> TRANSIENT = Collections.newSetFromMap(new IdentityHashMap<>());
    private static int count;
    private static int cutAt;
    private static boolean torn;

    private PersistentWrites() {}

    /** A new card. */
    static void install() {
        TRANSIENT.clear();
        neverCut();
    }

    static void neverCut() {
        cutAt(0, false);
    }

    /** Cuts the power at the write of this number, the first being 1: before it, or, where it can be torn, in its middle. */
    static void cutAt(int write, boolean inTheMiddle) {
        count = 0;
        cutAt = write;
        torn = inTheMiddle;
    }

    static int count() {
        return count;
    }

    /** Power off and on: RAM is lost, and so is the cut. */
    static void reset() {
        for (Object array : TRANSIENT) {
            switch (array) {
                case byte[] bytes -> Arrays.fill(bytes, (byte) 0);
                case short[] shorts -> Arrays.fill(shorts, (short) 0);
                default -> Arrays.fill((Object[]) array, null);
            }
        }
        neverCut();
    }

    /** Tells whether the write is the one to be cut; then nothing or its first half may still happen. */
    private static boolean isCut(Object array) {
        if (TRANSIENT.contains(array)) {
            return false;
        }
        count++;
        return count == cutAt;
    }

    public static void store(byte[] array, int index, int value) {
        if (isCut(array)) {
            throw new PowerCut();
        }
        array[index] = (byte) value;
    }

    public static void store(short[] array, int index, int value) {
        if (isCut(array)) {
            throw new PowerCut();
        }
        array[index] = (short) value;
    }

    public static short arrayCopy(byte[] from, short fromOff, byte[] to, short toOff, short length) {
        if (isCut(to)) {
            throw new PowerCut();
        }
        return Util.arrayCopy(from, fromOff, to, toOff, length);
    }

    public static short arrayCopyNonAtomic(byte[] from, short fromOff, byte[] to, short toOff, short length) {
        if (isCut(to)) {
            if (torn) {
                Util.arrayCopyNonAtomic(from, fromOff, to, toOff, (short) (length / 2));
            }
            throw new PowerCut();
        }
        return Util.arrayCopyNonAtomic(from, fromOff, to, toOff, length);
    }

    public static short arrayFillNonAtomic(byte[] array, short off, short length, byte value) {
        if (isCut(array)) {
            if (torn) {
                Util.arrayFillNonAtomic(array, off, (short) (length / 2), value);
            }
            throw new PowerCut();
        }
        return Util.arrayFillNonAtomic(array, off, length, value);
    }

    public static short setShort(byte[] array, short off, short value) {
        if (isCut(array)) {
            if (torn) {
                array[off] = (byte) (value >> 8);
            }
            throw new PowerCut();
        }
        return Util.setShort(array, off, value);
    }

    private static <T> T ram(T array) {
        TRANSIENT.add(array);
        return array;
    }

    public static byte[] makeTransientByteArray(short length, byte event) {
        return ram(JCSystem.makeTransientByteArray(length, event));
    }

    public static short[] makeTransientShortArray(short length, byte event) {
        return ram(JCSystem.makeTransientShortArray(length, event));
    }

    public static Object[] makeTransientObjectArray(short length, byte event) {
        return ram(JCSystem.makeTransientObjectArray(length, event));
    }
}
