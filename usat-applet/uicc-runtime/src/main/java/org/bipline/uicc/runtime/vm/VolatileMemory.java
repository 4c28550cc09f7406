// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime.vm;

import com.licel.jcardsim.base.TransientMemory;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The memory of a card that does not outlive a loss of power: transient arrays, and the global arrays of the API. */
final class VolatileMemory extends TransientMemory {
    private final List<Object> global = new ArrayList<>(3);

    void addGlobal(Object array) {
        global.add(array);
    }

    @SuppressWarnings("ReferenceEquality") // arrays
    void removeGlobal(Object array) {
        global.removeIf(known -> known == array);
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
