// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.wbxml;

import java.util.Optional;
import java.util.stream.Stream;

/** Public identifiers with which a WBXML document of DM 1.2 may begin, in both forms. */
public enum WbxmlDocumentType {
    SYNCML_1_2(0x1201, "-//SYNCML//DTD SyncML 1.2//EN"),
    SYNCML_1_1(0x0FD3, "-//SYNCML//DTD SyncML 1.1//EN"),
    SYNCML_1_0(0x0FD1, "-//SYNCML//DTD SyncML 1.0//EN"),
    /** Device descriptions and serialised trees. No number is assigned, so that 1, "unknown", stands in its place. */
    DDF_1_2(0x01, "-//OMA//DTD-DM-DDF 1.2//EN");

    private final int number;
    private final String text;

    WbxmlDocumentType(int number, String text) {
        this.number = number;
        this.text = text;
    }

    int number() {
        return number;
    }

    String text() {
        return text;
    }

    static Optional<WbxmlDocumentType> of(int number) {
        return Stream.of(values()).filter(type -> type.number == number).findFirst();
    }

    /** Device descriptions are found with a blank before the identifier. */
    static Optional<WbxmlDocumentType> of(String text) {
        return Stream.of(values())
                .filter(type -> type.text.equalsIgnoreCase(text.strip()))
                .findFirst();
    }
}
