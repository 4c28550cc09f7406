// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime.vm;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Set;
import javacard.framework.AID;

/** Goes along the references that applets hold, through their objects and arrays but not through those of the card. */
final class References {
    private final Set<Object> known = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Deque<Object> pending = new ArrayDeque<>();

    void addObject(Object object) {
        if (object != null && known.add(object)) {
            pending.add(object);
        }
    }

    void addStatics(Class<?> type) {
        addFields(type, null);
    }

    /** Whether one of these, or what they refer to, is an applet or an object that it shares with others. */
    @SuppressWarnings("ReferenceEquality") // the very applet
    boolean reach(Object applet, AID aid) {
        while (!pending.isEmpty()) {
            Object object = pending.pop();
            if (object == applet || aid.equals(SharedObject.owner(object))) {
                return true;
            }
            if (object instanceof Object[] array) {
                for (Object element : array) {
                    addObject(element);
                }
            }
            for (Class<?> type = object.getClass(); isOfApplet(type); type = type.getSuperclass()) {
                addFields(type, object);
            }
        }
        return false;
    }

    private static boolean isOfApplet(Class<?> type) {
        return type.getClassLoader() instanceof AppletLoader;
    }

    private void addFields(Class<?> type, Object object) {
        for (Field field : type.getDeclaredFields()) {
            if (Modifier.isStatic(field.getModifiers()) == (object == null)
                    && !field.getType().isPrimitive()) {
                field.setAccessible(true);
                try {
                    addObject(field.get(object));
                } catch (IllegalAccessException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
    }
}
