// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.object;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** One code table of the standard, by code. A hole in the table is empty, never null. */
final class CodeTable<E extends Enum<E> & Coded> {
    /** Made once: a lookup costs nothing. */
    private final List<Optional<E>> byCode = new ArrayList<>(Collections.nCopies(0x100, Optional.empty()));

    CodeTable(Class<E> type) {
        for (E row : type.getEnumConstants()) {
            byCode.set(row.code(), Optional.of(row)).ifPresent(other -> {
                throw new IllegalStateException("code of " + row + " is that of " + other);
            });
        }
    }

    Optional<E> of(int code) {
        return code < 0 || code >= byCode.size() ? Optional.empty() : byCode.get(code);
    }
}
