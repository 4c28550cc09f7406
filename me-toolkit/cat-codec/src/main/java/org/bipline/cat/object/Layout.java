// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.object;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.bipline.cat.tlv.ByteString;

/**
 * The fields of a value in their order, where each but the last has a fixed length: what is needed to show objects for
 * which nothing else is computed.
 */
final class Layout {
    private static final int REST = -1;

    /**
     * One field.
     *
     * @param length bytes, or {@link #REST}
     */
    record Field(String name, int length, Function<ByteString, Object> show) {}

    private final List<Field> fields;

    private Layout(List<Field> fields) {
        this.fields = fields;
    }

    static Layout of(Field... fields) {
        return new Layout(List.of(fields));
    }

    /** A number of one byte. */
    static Field u8(String name) {
        return new Field(name, 1, v -> v.u8(0));
    }

    /** A number of two bytes. */
    static Field u16(String name) {
        return new Field(name, 2, v -> v.u16(0));
    }

    /** A code of one byte with the names of the codes 0, 1 and so on; an empty name is a hole. */
    static Field code(String name, String... names) {
        return new Field(name, 1, v -> Fields.code(v.u8(0), names));
    }

    static Field bytes(String name, int length) {
        return new Field(name, length, ByteString::toString);
    }

    /** Mobile country and network code of three bytes. */
    static Field plmn(String name) {
        return new Field(name, 3, SemiOctets::plmn);
    }

    /** All bytes that are left. */
    static Field rest(String name) {
        return new Field(name, REST, ByteString::toString);
    }

    /** Text of one byte a character in all bytes that are left. */
    static Field text(String name) {
        return new Field(name, REST, v -> new String(v.toBytes(), StandardCharsets.UTF_8));
    }

    /** Elements of so many bytes in all bytes that are left; a shorter one at the end is shown as it is. */
    static Field list(String name, int size, Function<ByteString, Object> element) {
        return new Field(name, REST, v -> {
            List<Object> elements = new ArrayList<>();
            for (int at = 0; at < v.length(); at += size) {
                ByteString one = v.slice(at, Math.min(v.length(), at + size));
                elements.add(one.length() == size ? element.apply(one) : one.toString());
            }
            return elements;
        });
    }

    /** Codes of one byte in all bytes that are left. */
    static Field codes(String name, String... names) {
        return list(name, 1, v -> Fields.code(v.u8(0), names));
    }

    /** Bytes of the fields of fixed length. */
    int min() {
        return fields.stream().mapToInt(f -> Math.max(0, f.length)).sum();
    }

    /** Bytes of the longest value. */
    int max() {
        return fields.stream().anyMatch(f -> f.length == REST) ? Integer.MAX_VALUE : min();
    }

    Map<String, Object> fields(ByteString value) {
        Fields shown = Fields.of();
        int at = 0;
        for (Field field : fields) {
            int end = field.length == REST ? value.length() : at + field.length;
            shown.put(field.name, field.show.apply(value.slice(at, end)));
            at = end;
        }
        return shown.toMap();
    }
}
