// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime.vm;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Set;

/** Goes along the references that applets hold, through their objects and arrays and those that the API gave them. */
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

    /** These objects and all that they refer to. */
    Set<Object> closure() {
        while (!pending.isEmpty()) {
            Object object = pending.pop();
            if (object instanceof Object[] array) {
                for (Object element : array) {
                    addObject(element);
                }
            }
            for (Class<?> type = object.getClass(); isOfCard(type); type = type.getSuperclass()) {
                addFields(type, object);
            }
        }
        return known;
    }

    /** Of an applet, or of the API, whose keys and file views hold transient arrays of their applet. */
    private static boolean isOfCard(Class<?> type) {
        return type != null
                && (type.getClassLoader() instanceof AppletLoader
                        || type.getName().startsWith("com.licel.")
                        || type.getName().startsWith("javacard")
                        || TransientHolder.class.isAssignableFrom(type));
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
