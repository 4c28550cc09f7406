// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.Set;
import org.bipline.cat.tlv.ByteString;

/** Bytes that an object of the codec and all that it refers to take on the heap, but for a PDU that was there before. */
final class Weigher {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int HEADER = 12; // of an object; an array has its length besides
    private static final int LENGTH = 4;
    private static final int REFERENCE = referenceSize();

    private final Set<Object> notCounted = Collections.newSetFromMap(new IdentityHashMap<>());

    Weigher(ByteString pdu) throws IllegalAccessException {
        notCounted.add(ByteString.EMPTY); // these two exist once and for all
        notCounted.add(Optional.empty());
        of(pdu);
    }

    /** Bytes that this thread has allocated so far. */
    static long allocated() {
        return THREADS.getCurrentThreadAllocatedBytes();
    }

    private static int referenceSize() {
        long before = allocated();
        Object[] many = new Object[1_000_000];
        return Math.round((float) (allocated() - before) / many.length);
    }

    long of(Object object) throws IllegalAccessException {
        if (object == null || object instanceof Enum || !notCounted.add(object)) {
            return 0;
        }
        if (object instanceof byte[] bytes) {
            return aligned(HEADER + LENGTH + bytes.length);
        }
        if (object instanceof Optional<?> optional) {
            return aligned(HEADER + REFERENCE) + of(optional.orElseThrow());
        }
        long size = HEADER;
        long more = 0;
        if (object.getClass().isArray()) {
            size += LENGTH + (long) REFERENCE * Array.getLength(object);
            for (int i = 0; i < Array.getLength(object); i++) {
                more += of(Array.get(object, i));
            }
        }
        for (Class<?> type = object.getClass(); type != Object.class; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers())) {
                    size += size(field.getType());
                    if (!field.getType().isPrimitive()) {
                        field.setAccessible(true);
                        more += of(field.get(object));
                    }
                }
            }
        }
        return aligned(size) + more;
    }

    private static int size(Class<?> field) {
        if (!field.isPrimitive()) {
            return REFERENCE;
        }
        return field == boolean.class ? 1 : Integer.BYTES; // the codec has no other fields
    }

    private static long aligned(long size) {
        return (size + 7) / 8 * 8;
    }
}
