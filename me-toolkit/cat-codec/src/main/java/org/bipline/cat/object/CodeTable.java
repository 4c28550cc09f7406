// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.object;

import java.util.Optional;

/** One code table of the standard, by code. A hole in the table is empty, never null. */
final class CodeTable<E extends Enum<E> & Coded> {
    private final Coded[] byCode = new Coded[0x100];
    private final Class<E> type;

    CodeTable(Class<E> type) {
        this.type = type;
        for (E row : type.getEnumConstants()) {
            if (byCode[row.code()] != null) {
                throw new IllegalStateException("code of " + row + " is that of " + byCode[row.code()]);
            }
            byCode[row.code()] = row;
        }
    }

    Optional<E> of(int code) {
        return code < 0 || code >= byCode.length ? Optional.empty() : Optional.ofNullable(type.cast(byCode[code]));
    }
}
