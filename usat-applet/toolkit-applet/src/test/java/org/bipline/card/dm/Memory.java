// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** What stands in the memory of the card's classes, whoever may read it: their objects and arrays. */
final class Memory {
    private static final int WINDOW = 6; // bytes of a secret that are no accident

    private Memory() {}

    /** Objects of the card packages, and arrays, that hang on one. */
    static Set<Object> reachable(Object root) {
        Set<Object> found = Collections.newSetFromMap(new IdentityHashMap<>());
        collect(root, found);
        return found;
    }

    private static void collect(Object object, Set<Object> found) {
        if (object == null || !isOurs(object.getClass()) || !found.add(object)) {
            return;
        }
        if (object.getClass().isArray()) {
            if (!object.getClass().getComponentType().isPrimitive()) {
                for (Object element : (Object[]) object) {
                    collect(element, found);
                }
            }
            return;
        }
        for (Class<?> type = object.getClass(); isOurs(type); type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (!field.getType().isPrimitive() && !Modifier.isStatic(field.getModifiers())) {
                    collect(get(object, field), found);
                }
            }
        }
    }

    static boolean isOurs(Class<?> type) {
        return type.isArray() || type.getName().startsWith("org.bipline.card.");
    }

    static Object get(Object object, String field) {
        for (Class<?> type = object.getClass(); type != null; type = type.getSuperclass()) {
            for (Field candidate : type.getDeclaredFields()) {
                if (candidate.getName().equals(field)) {
                    return get(object, candidate);
                }
            }
        }
        throw new IllegalStateException("no field " + field + " in " + object.getClass());
    }

    static Object get(Object object, Field field) {
        try {
            field.setAccessible(true);
            return field.get(object);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The persistent arrays of a store, each as text. */
    private static List<String> image(MoStore store) {
        Set<Object> arrays = reachable(store);
        arrays.remove(store.draft);
        arrays.remove(get(store.heap(), "stage"));
        return arrays.stream()
                .filter(array -> array instanceof byte[])
                .map(Memory::text)
                .toList();
    }

    static String text(Object bytes) {
        return new String((byte[]) bytes, StandardCharsets.ISO_8859_1);
    }

    /** No part of a text stands anywhere in the store. */
    static void assertNowhere(MoStore store, String secret) {
        for (int at = 0; at + WINDOW <= secret.length(); at++) {
            String part = secret.substring(at, at + WINDOW);
            assertThat(image(store)).as(part).noneMatch(array -> array.contains(part));
        }
    }

    static void assertHas(MoStore store, byte[] bytes) {
        assertThat(image(store)).anyMatch(array -> array.contains(text(bytes)));
    }

    static void assertHasNot(MoStore store, byte[] bytes) {
        assertThat(image(store)).noneMatch(array -> array.contains(text(bytes)));
    }

    /** The first block of a value as it is stored, behind the nonce. */
    static byte[] value(MoStore store, short leaf) {
        int head = store.get(leaf, NodeTable.FIRST);
        int block = ((short[]) get(store.heap(), "links"))[head] & 0x3FFF;
        return java.util.Arrays.copyOfRange((byte[]) get(store.heap(), "data"), block * 16, block * 16 + 16);
    }

    /** Blocks that are marked as secret. */
    static int marks(MoStore store) {
        int marks = 0;
        for (short link : (short[]) get(store.heap(), "links")) {
            marks += (link & 0x4000) != 0 ? 1 : 0;
        }
        return marks;
    }

    /** Blocks that a secret of so many bytes takes. */
    static int blocks(int length) {
        return 1 + (length + 15) / 16;
    }

    /** Blocks that are free. */
    static int free(MoStore store) {
        int free = 0;
        PlaceMap taken = (PlaceMap) get(store.heap(), "taken");
        for (short block = 0; block < Array.getLength(get(store.heap(), "links")); block++) {
            free += taken.isTaken(block) ? 0 : 1;
        }
        return free;
    }
}
