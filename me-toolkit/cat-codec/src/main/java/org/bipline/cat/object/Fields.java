// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.object;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bipline.cat.tlv.ByteString;

/**
 * The fields of a data object by name, in the order of the standard, for programs that show them. A value is an
 * {@code Integer} or {@code Long}, {@code Boolean}, {@code String} (text, or bytes in hexadecimal), a list of such, or for a code a map of
 * {@code code} and, where the table has it, {@code name}.
 */
public final class Fields {
    private final Map<String, Object> fields = new LinkedHashMap<>();

    public static Fields of() {
        return new Fields();
    }

    /** A number, truth value, text or list. */
    public Fields put(String name, Object value) {
        fields.put(name, value);
        return this;
    }

    public Fields put(String name, ByteString bytes) {
        return put(name, (Object) bytes.toString());
    }

    public Fields put(String name, int code, Optional<? extends Coded> row) {
        return put(name, (Object) code(code, row));
    }

    public Fields putIfPresent(String name, Optional<?> value) {
        value.ifPresent(v -> put(name, v));
        return this;
    }

    Fields putAll(Map<String, Object> more) {
        fields.putAll(more);
        return this;
    }

    /** The value of a code: its number, and its name where the table has one. */
    public static Map<String, Object> code(int code, Optional<? extends Coded> row) {
        Map<String, Object> value = new LinkedHashMap<>();
        value.put("code", code);
        row.ifPresent(r -> value.put("name", r.text()));
        return Collections.unmodifiableMap(value);
    }

    /** The value of a code of a table whose rows are 0, 1 and so on; an empty name is a hole. */
    public static Map<String, Object> code(int code, String... names) {
        Map<String, Object> value = new LinkedHashMap<>();
        value.put("code", code);
        if (code < names.length && !names[code].isEmpty()) {
            value.put("name", names[code]);
        }
        return Collections.unmodifiableMap(value);
    }

    /** The names of the bits that are set, from bit 1 on; an empty name is a reserved bit, which is not told. */
    public static List<Object> flags(int bits, String... names) {
        List<Object> set = new ArrayList<>();
        for (int bit = 0; bit < names.length; bit++) {
            if ((bits >> bit & 1) != 0 && !names[bit].isEmpty()) {
                set.add(names[bit]);
            }
        }
        return set;
    }

    public Map<String, Object> toMap() {
        return Collections.unmodifiableMap(fields);
    }
}
