// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm;

import static java.util.stream.Collectors.toUnmodifiableMap;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Values of the property Format. OMA DM Tree and Description, property Format. */
public enum Format {
    B64("b64"),
    BIN("bin"),
    BOOL("bool"),
    CHR("chr"),
    DATE("date"),
    FLOAT("float"),
    INT("int"),
    NODE("node"),
    NULL("null"),
    TIME("time"),
    XML("xml");

    private static final Map<String, Format> BY_NAME =
            Stream.of(values()).collect(toUnmodifiableMap(Format::text, format -> format));

    private final String text;

    Format(String text) {
        this.text = text;
    }

    /** The name as it stands in Meta and in TNDS. */
    public String text() {
        return text;
    }

    public static Optional<Format> of(String text) {
        return Optional.ofNullable(BY_NAME.get(text));
    }

    @Override
    public String toString() {
        return text;
    }
}
