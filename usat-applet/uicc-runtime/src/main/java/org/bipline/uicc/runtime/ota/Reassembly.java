// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime.ota;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Parts of messages that wait for the others. 3GPP TS 23.040 clause 9.2.3.24.1, TS 23.041 clause 9.4.1.2.4. */
public final class Reassembly<T> {
    /** Messages under way at once; the one that began first makes room. */
    private static final int MESSAGES = 4;

    private final Map<String, List<T>> waiting = new LinkedHashMap<>();

    /**
     * Adds a part; a part that comes again takes the place of the first.
     *
     * @param key what all parts of a message have in common
     * @param parts how many there are, at least 1
     * @param number which one it is, 1 to {@code parts}
     * @return all parts in their order where this was the last one missing, else an empty list
     */
    public List<T> add(String key, int parts, int number, T part) {
        List<T> known = waiting.computeIfAbsent(key, any -> new ArrayList<>(Collections.nCopies(parts, (T) null)));
        if (waiting.size() > MESSAGES) {
            waiting.remove(waiting.keySet().iterator().next());
        }
        known.set(number - 1, part);
        if (known.contains(null)) {
            return List.of();
        }
        waiting.remove(key);
        return known;
    }

    public void clear() {
        waiting.clear();
    }
}
