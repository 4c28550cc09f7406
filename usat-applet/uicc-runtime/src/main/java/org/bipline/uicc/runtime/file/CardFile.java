// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime.file;

/** A file of the card. ETSI TS 102 221 clause 8. */
public sealed interface CardFile permits Df, Ef {
    /** The DF that holds this file; null for the MF. */
    Df parent();

    int identifier();

    /** File identifiers from the MF, {@code 3F00/7FFF/6F07}. */
    default String path() {
        String own = "%04X".formatted(identifier());
        return parent() == null ? own : parent().path() + "/" + own;
    }
}
