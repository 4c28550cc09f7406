// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime.vm;

import com.licel.jcardsim.base.SimulatorSystem;
import java.lang.reflect.Field;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import javacard.framework.APDU;
import javacard.framework.JCSystem;
import javacard.framework.OwnerPIN;
import javacard.framework.Util;

/**
 * What the code of an applet calls, once {@link AppletRewriter} went over it, wherever it changes memory. As long as no card has
 * an open transaction or is watched, that costs the look at one counter.
 */
public final class MemoryAccess {
    /** Cards with an open transaction, plus cards that are watched. */
    private static final AtomicInteger ATTENTIVE = new AtomicInteger();

    private static final ClassValue<Map<String, Field>> FIELDS = new ClassValue<>() {
        @Override
        protected Map<String, Field> computeValue(Class<?> type) {
            return new ConcurrentHashMap<>();
        }
    };

    private MemoryAccess() {}

    static void attend(int change) {
        ATTENTIVE.addAndGet(change);
    }

    /** The card whose code this is, if it wants to hear of writes, else null. */
    private static CardRuntime card() {
        return ATTENTIVE.getPlain() == 0 ? null : attentive();
    }

    private static CardRuntime attentive() {
        return SimulatorSystem.instance() instanceof CardRuntime card && card.isAttentive() ? card : null;
    }

    // Elements of arrays; byte and boolean arrays share one instruction

    public static void store(Object array, int index, int value) {
        CardRuntime card = card();
        if (array instanceof byte[] bytes) {
            if (card != null && card.isLogged(bytes) && index >= 0 && index < bytes.length) {
                byte old = bytes[index];
                card.transactions().log(1, () -> bytes[index] = old);
            }
            bytes[index] = (byte) value;
        } else {
            boolean[] booleans = (boolean[]) array;
            if (card != null && card.isLogged(booleans) && index >= 0 && index < booleans.length) {
                boolean old = booleans[index];
                card.transactions().log(1, () -> booleans[index] = old);
            }
            booleans[index] = (value & 1) != 0;
        }
    }

    public static void store(short[] array, int index, int value) {
        CardRuntime card = card();
        if (card != null && card.isLogged(array) && index >= 0 && index < array.length) {
            short old = array[index];
            card.transactions().log(2, () -> array[index] = old);
        }
        array[index] = (short) value;
    }

    public static void store(int[] array, int index, int value) {
        CardRuntime card = card();
        if (card != null && card.isLogged(array) && index >= 0 && index < array.length) {
            int old = array[index];
            card.transactions().log(4, () -> array[index] = old);
        }
        array[index] = value;
    }

    public static void store(Object[] array, int index, Object value) {
        storing(value);
        CardRuntime card = card();
        if (card != null && card.isLogged(array) && index >= 0 && index < array.length) {
            Object old = array[index];
            card.transactions().log(2, () -> array[index] = old);
        }
        array[index] = value;
    }

    // References

    /**
     * A reference is about to be stored in a field or an array. Handlers, the APDU object and global arrays can only be held in
     * local variables.
     */
    public static void storing(Object value) {
        if (value instanceof TemporaryEntryPoint
                || value instanceof APDU
                || (value instanceof byte[]
                        && SimulatorSystem.instance() instanceof CardRuntime card
                        && card.isGlobal(value))) {
            throw new SecurityException("a temporary entry point object or a global array is not to be stored");
        }
    }

    // Fields

    /** An instance field is about to be set; {@code size} in bytes. */
    public static void beforePut(Object target, String owner, String name, int size) {
        CardRuntime card = card();
        if (card != null && target != null && card.isLogged(target)) {
            log(card, field(target.getClass(), owner, name), target, size);
        }
    }

    /** A static field is about to be set. */
    public static void beforePutStatic(Class<?> owner, String name, int size) {
        CardRuntime card = card();
        if (card != null) {
            log(card, field(owner, owner.getName(), name), null, size);
        }
    }

    private static void log(CardRuntime card, Field field, Object target, int size) {
        try {
            Object old = field.get(target);
            card.transactions().log(size, () -> set(field, target, old));
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void set(Field field, Object target, Object value) {
        try {
            field.set(target, value);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Field field(Class<?> type, String owner, String name) {
        return FIELDS.get(type).computeIfAbsent(owner + '.' + name, key -> find(type, owner, name));
    }

    /** The field that the instruction means: the reference names {@code owner} or one of its subclasses. */
    private static Field find(Class<?> type, String owner, String name) {
        Class<?> from = type;
        while (!from.getName().equals(owner)) {
            from = from.getSuperclass();
        }
        for (Class<?> declaring = from; declaring != null; declaring = declaring.getSuperclass()) {
            for (Field field : declaring.getDeclaredFields()) {
                if (field.getName().equals(name)) {
                    field.setAccessible(true);
                    return field;
                }
            }
        }
        throw new IllegalStateException(owner + '.' + name);
    }

    // New objects

    /** Something is about to be allocated. */
    public static void allocating(String what) {
        CardRuntime card = card();
        if (card != null && card.transactions().watching() != null) {
            card.transactions().watching().allocated(what);
        }
    }

    /** An object or array of an applet came to be. */
    public static void created(Object object) {
        CardRuntime card = card();
        if (card != null) {
            card.transactions().created(object);
        }
    }

    private static <T> T made(T array) {
        created(array);
        return array;
    }

    public static boolean[] makeTransientBooleanArray(short length, byte event) {
        allocating("transient boolean[" + length + "]");
        return made(JCSystem.makeTransientBooleanArray(length, event));
    }

    public static byte[] makeTransientByteArray(short length, byte event) {
        allocating("transient byte[" + length + "]");
        return made(JCSystem.makeTransientByteArray(length, event));
    }

    public static short[] makeTransientShortArray(short length, byte event) {
        allocating("transient short[" + length + "]");
        return made(JCSystem.makeTransientShortArray(length, event));
    }

    public static Object[] makeTransientObjectArray(short length, byte event) {
        allocating("transient Object[" + length + "]");
        return made(JCSystem.makeTransientObjectArray(length, event));
    }

    // Methods of the API that write arrays

    public static short arrayCopy(byte[] from, short fromOff, byte[] to, short toOff, short length) {
        CardRuntime card = card();
        if (card != null && fits(from, fromOff, length) && fits(to, toOff, length) && card.isLogged(to)) {
            logBlock(card, to, toOff, length);
        }
        return Util.arrayCopy(from, fromOff, to, toOff, length);
    }

    /** Not part of a transaction: what abort brings back is only what was written otherwise. */
    public static short arrayCopyNonAtomic(byte[] from, short fromOff, byte[] to, short toOff, short length) {
        CardRuntime card = card();
        if (card != null && fits(from, fromOff, length) && fits(to, toOff, length) && card.isPersistent(to)) {
            unlogged(card, half -> Util.arrayCopyNonAtomic(from, fromOff, to, toOff, half), length);
        }
        return Util.arrayCopyNonAtomic(from, fromOff, to, toOff, length);
    }

    /** As {@link #arrayCopyNonAtomic}. */
    public static short arrayFillNonAtomic(byte[] array, short off, short length, byte value) {
        CardRuntime card = card();
        if (card != null && fits(array, off, length) && card.isPersistent(array)) {
            unlogged(card, half -> Util.arrayFillNonAtomic(array, off, half, value), length);
        }
        return Util.arrayFillNonAtomic(array, off, length, value);
    }

    public static short setShort(byte[] array, short off, short value) {
        CardRuntime card = card();
        if (card != null && fits(array, off, (short) 2) && card.isPersistent(array)) {
            if (card.isLogged(array) && card.transactions().isOpen()) {
                logBlock(card, array, off, (short) 2);
            } else {
                unlogged(card, half -> array[off] = (byte) (value >> 8), (short) 2);
            }
        }
        return Util.setShort(array, off, value);
    }

    /** The new PIN is part of a transaction; the tries that are left otherwise never are. */
    public static void update(OwnerPIN pin, byte[] value, short off, byte length) {
        CardRuntime card = card();
        if (card != null) {
            Field bytes = field(OwnerPIN.class, OwnerPIN.class.getName(), "pinValue");
            Field size = field(OwnerPIN.class, OwnerPIN.class.getName(), "pinSize");
            Field tries = field(OwnerPIN.class, OwnerPIN.class.getName(), "triesLeft");
            try {
                byte[] oldBytes = (byte[]) bytes.get(pin);
                byte[] before = oldBytes.clone();
                Object oldSize = size.get(pin);
                byte[] left = (byte[]) tries.get(pin);
                byte oldTries = left[0];
                card.transactions().log(before.length + 2, () -> {
                    System.arraycopy(before, 0, oldBytes, 0, before.length);
                    set(size, pin, oldSize);
                    left[0] = oldTries;
                });
            } catch (IllegalAccessException e) {
                throw new IllegalStateException(e);
            }
        }
        pin.update(value, off, length);
    }

    private static boolean fits(byte[] array, short off, short length) {
        return array != null && off >= 0 && length >= 0 && length <= array.length - off;
    }

    private static void logBlock(CardRuntime card, byte[] array, short off, short length) {
        byte[] old = new byte[length];
        System.arraycopy(array, off, old, 0, length);
        card.transactions().log(length, () -> System.arraycopy(old, 0, array, off, old.length));
    }

    private interface PartialWrite {
        void write(short length);
    }

    private static void unlogged(CardRuntime card, PartialWrite write, short length) {
        MemoryWatch watch = card.transactions().watching();
        if (watch != null) {
            if (watch.tearsNext()) {
                write.write((short) (length / 2));
            }
            watch.write();
        }
    }

    /** Called at the begin of every handler that would catch a {@link PowerCut}: the power is gone, and nothing more runs. */
    public static void caught(Throwable exception) {
        if (exception instanceof PowerCut cut) {
            throw cut;
        }
    }
}
