// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime.vm;

import com.licel.jcardsim.base.TransientMemory;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import javacard.framework.AID;
import javacard.framework.JCSystem;
import javacard.framework.SystemException;

/** The memory of a card that does not outlive a loss of power: transient arrays, and the global arrays of the API. */
final class VolatileMemory extends TransientMemory {
    private static final String CRYPTOGRAPHY = "com.licel.jcardsim.crypto.";

    private final List<Object> global = new ArrayList<>(3);
    private int capacity = CardRuntime.DEFAULT_TRANSIENT_CAPACITY;

    /** Transient arrays with the applets that made them. */
    private final List<Owned> owned = new ArrayList<>(4);

    private record Owned(Object array, AID applet) {}

    void setCapacity(int bytes) {
        capacity = bytes;
    }

    /** Transient arrays of an applet that was deleted are no more. */
    void release(AID applet) {
        forget(arrays(each -> applet.equals(each.applet())));
    }

    /** Transient arrays of some applets are no more unless they are among the objects that something refers to. */
    void retain(Predicate<AID> applets, Set<Object> reachable) {
        forget(arrays(each -> applets.test(each.applet()) && !reachable.contains(each.array())));
    }

    /** The applets of a context are no longer selected. */
    void clearOnDeselect(Predicate<AID> context) {
        Set<Object> ofContext = arrays(each -> context.test(each.applet()));
        zero(clearOnDeselect.stream().filter(ofContext::contains).toList());
    }

    private Set<Object> arrays(Predicate<Owned> which) {
        Set<Object> arrays = Collections.newSetFromMap(new IdentityHashMap<>());
        owned.stream().filter(which).forEach(each -> arrays.add(each.array()));
        return arrays;
    }

    void addGlobal(Object array) {
        global.add(array);
    }

    @SuppressWarnings("ReferenceEquality") // arrays
    void removeGlobal(Object array) {
        global.removeIf(known -> known == array);
    }

    boolean isGlobal(Object array) {
        return isIn(global, array);
    }

    @Override
    protected void clearOnReset() {
        super.clearOnReset();
        zero(global);
    }

    /** Bytes that applets can still have. */
    short available() {
        return (short) (capacity - size(clearOnReset) - size(clearOnDeselect));
    }

    private static int size(List<Object> arrays) {
        int size = 0;
        for (Object array : arrays) {
            size += size(array);
        }
        return size;
    }

    /** Bytes on a card, where a reference has two. */
    private static int size(Object array) {
        return Array.getLength(array) * (array instanceof byte[] || array instanceof boolean[] ? 1 : 2);
    }

    @Override
    protected void storeArray(Object array, byte event) {
        if (isOfJCardSim()) {
            return;
        }
        CardRuntime card = CardRuntime.current();
        if (event == JCSystem.CLEAR_ON_DESELECT && !card.isSelectedRunning()) {
            SystemException.throwIt(SystemException.ILLEGAL_TRANSIENT);
        }
        if (size(array) > available()) {
            SystemException.throwIt(SystemException.NO_TRANSIENT_SPACE);
        }
        super.storeArray(array, event);
        owned.add(new Owned(array, card.getAID()));
    }

    /**
     * Whether jCardSim makes the array for itself: it takes one each time that a cipher or a key is used, and drops it. Only the
     * memory of a key lasts.
     */
    private static boolean isOfJCardSim() {
        return StackWalker.getInstance()
                .walk(frames -> frames.dropWhile(frame -> !frame.getClassName().equals(JCSystem.class.getName()))
                        .dropWhile(frame -> frame.getClassName().equals(JCSystem.class.getName()))
                        .findFirst()
                        .filter(frame -> frame.getClassName().startsWith(CRYPTOGRAPHY)
                                && !frame.getMethodName().equals("setBytes"))
                        .isPresent());
    }

    boolean contains(Object object) {
        return object.getClass().isArray()
                && (isIn(global, object) || isIn(clearOnReset, object) || isIn(clearOnDeselect, object));
    }

    @SuppressWarnings("ReferenceEquality") // arrays
    private static boolean isIn(List<Object> arrays, Object object) {
        for (int i = 0; i < arrays.size(); i++) {
            if (arrays.get(i) == object) {
                return true;
            }
        }
        return false;
    }

    /** Takes references to these objects out of transient arrays; transient arrays among them are no more. */
    void forget(Set<Object> objects) {
        forget(clearOnReset, objects);
        forget(clearOnDeselect, objects);
        owned.removeIf(each -> objects.contains(each.array()));
    }

    private static void forget(List<Object> arrays, Set<Object> objects) {
        arrays.removeIf(objects::contains);
        for (Object array : arrays) {
            if (array instanceof Object[] references) {
                for (int i = 0; i < references.length; i++) {
                    references[i] = objects.contains(references[i]) ? null : references[i];
                }
            }
        }
    }
}
