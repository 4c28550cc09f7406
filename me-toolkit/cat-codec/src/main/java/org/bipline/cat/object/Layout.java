// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.object;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.bipline.cat.tlv.ByteString;
import org.bipline.cat.tlv.Length;

/** How the fields of a value are shown for which nothing else is computed, and the bounds of its length. */
final class Layout {
    private static final int REST = -1;

    private final int min;
    private final int max;
    private final Function<ByteString, Map<String, Object>> fields;

    /**
     * One field.
     *
     * @param length bytes, or {@link #REST}
     */
    record Field(String name, int length, Function<ByteString, Object> show) {}

    private Layout(int min, int max, Function<ByteString, Map<String, Object>> fields) {
        this.min = min;
        this.max = max;
        this.fields = fields;
    }

    /** Fields in their order, where each but the last has a fixed length. */
    static Layout of(Field... fields) {
        int fixed = Arrays.stream(fields).mapToInt(f -> Math.max(0, f.length)).sum();
        boolean open = Arrays.stream(fields).anyMatch(f -> f.length == REST);
        return new Layout(fixed, open ? Integer.MAX_VALUE : fixed, value -> shown(fields, value));
    }

    /** Fields that depend on each other. The function sees values of this length only and may read beyond their end. */
    static Layout computed(int min, int max, Function<ByteString, Fields> fields) {
        return new Layout(min, max, value -> {
            try {
                return fields.apply(value).toMap();
            } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
                // lengths within the value are not those of the object: no fault of the PDU's structure
                return Fields.of()
                        .put("value", value)
                        .put("fault", "not of the coding")
                        .toMap();
            }
        });
    }

    private static Map<String, Object> shown(Field[] fields, ByteString value) {
        Fields shown = Fields.of();
        int at = 0;
        for (Field field : fields) {
            int end = field.length == REST ? value.length() : at + field.length;
            shown.put(field.name, field.show.apply(value.slice(at, end)));
            at = end;
        }
        return shown.toMap();
    }

    /** A number of one byte. */
    static Field u8(String name) {
        return new Field(name, 1, v -> v.u8(0));
    }

    /** A number of two bytes. */
    static Field u16(String name) {
        return new Field(name, 2, v -> v.u16(0));
    }

    /** A number of three bytes. */
    static Field u24(String name) {
        return new Field(name, 3, v -> v.u8(0) << 16 | v.u16(1));
    }

    /** A code of one byte with the names of the codes 0, 1 and so on; an empty name is a hole. */
    static Field code(String name, String... names) {
        return new Field(name, 1, v -> Fields.code(v.u8(0), names));
    }

    /** The names of the bits that are set in one byte, from bit 1 on; an empty name is a reserved bit. */
    static Field flags(String name, String... names) {
        return new Field(name, 1, v -> Fields.flags(v.u8(0), names));
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
        return rest(name, ByteString::toString);
    }

    /** What is shown of all bytes that are left. */
    static Field rest(String name, Function<ByteString, Object> show) {
        return new Field(name, REST, show);
    }

    /** Text in UTF-8 in all bytes that are left. */
    static Field text(String name) {
        return rest(name, v -> new String(v.toBytes(), StandardCharsets.UTF_8));
    }

    /** Elements of so many bytes in all bytes that are left; a shorter one at the end is shown as it is. */
    static Field list(String name, int size, Function<ByteString, Object> element) {
        return rest(name, v -> {
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

    /**
     * Elements with a byte of length before each in all bytes that are left; all of them in hexadecimal when the lengths do
     * not add up.
     */
    static Field counted(String name, Function<ByteString, Object> element) {
        return rest(name, v -> {
            List<Object> elements = new ArrayList<>();
            for (int at = 0; at < v.length(); at += 1 + v.u8(at)) {
                if (v.u8(at) > v.length() - at - 1) {
                    return v.toString();
                }
                elements.add(element.apply(v.slice(at + 1, at + 1 + v.u8(at))));
            }
            return elements;
        });
    }

    /**
     * Objects with a tag of one byte and a length before each in all bytes that are left; all of them in hexadecimal when
     * the lengths do not add up.
     */
    static Field tagged(String name, BiFunction<Integer, ByteString, Object> element) {
        return rest(name, v -> {
            List<Object> elements = new ArrayList<>();
            int at = 0;
            while (at < v.length()) {
                int octets = Length.octetsAt(v, at + 1);
                int start = at + 1 + octets;
                int length = octets == 0 ? -1 : Length.read(v, at + 1, octets);
                if (length < 0 || length > v.length() - start) {
                    return v.toString();
                }
                elements.add(element.apply(v.u8(at), v.slice(start, start + length)));
                at = start + length;
            }
            return elements;
        });
    }

    /** Bytes of the shortest value. */
    int min() {
        return min;
    }

    /** Bytes of the longest value. */
    int max() {
        return max;
    }

    Map<String, Object> fields(ByteString value) {
        return fields.apply(value);
    }
}
