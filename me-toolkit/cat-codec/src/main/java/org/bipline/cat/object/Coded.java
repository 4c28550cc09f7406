// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.object;

import java.util.Locale;

/** A row of a code table: the number on the wire and the name that the standard gives it. */
public interface Coded {
    int code();

    /** The constant's name; enums implement it as they are. */
    String name();

    /** The name in words. */
    default String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
