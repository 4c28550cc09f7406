// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.object;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bipline.cat.tlv.ByteString;

/**
 * Data elements of the service discovery protocol of Bluetooth, in which its services are described, searched and asked
 * for. Bluetooth Core Specification, volume 3, part B, clause 3.
 */
final class SdpElements {
    private static final int MAX_DEPTH = 16; // no record is as deep; keeps the stack small whatever comes
    private static final int SIZED = 5; // index of the first size that stands in bytes of its own
    private static final int MAX_NUMBER = 8;

    private final ByteString bytes;
    private int at;

    private SdpElements(ByteString bytes) {
        this.bytes = bytes;
    }

    /** The elements that the bytes hold, one behind the other; empty when they are none. */
    static Optional<List<Object>> read(ByteString bytes) {
        try {
            SdpElements elements = new SdpElements(bytes);
            return Optional.of(elements.list(bytes.length(), 0));
        } catch (IndexOutOfBoundsException | IllegalArgumentException notOfTheCoding) {
            return Optional.empty();
        }
    }

    private List<Object> list(int end, int depth) {
        if (depth > MAX_DEPTH) {
            throw new IllegalArgumentException("more than " + MAX_DEPTH + " sequences within each other");
        }
        List<Object> elements = new ArrayList<>();
        while (at < end) {
            elements.add(element(end, depth));
        }
        return elements;
    }

    private Object element(int limit, int depth) {
        int descriptor = bytes.u8(at++);
        int type = descriptor >> 3;
        int length = length(descriptor & 7, type == 0);
        int end = at + length;
        if (length < 0 || end > limit) {
            throw new IllegalArgumentException("element of " + length + " bytes");
        }
        if (type == 6 || type == 7) { // sequence, alternative
            List<Object> elements = list(end, depth + 1);
            return type == 6 ? elements : Map.of("alternatives", elements);
        }
        ByteString value = bytes.slice(at, end);
        at = end;
        return switch (type) {
            case 0 -> "nil";
            case 1 -> length <= MAX_NUMBER ? (Object) unsigned(value) : value.toString();
            case 2 -> length <= MAX_NUMBER ? (Object) signed(value) : value.toString();
            case 3 -> "UUID " + value;
            case 4, 8 -> new String(value.toBytes(), StandardCharsets.UTF_8); // text, address on the web
            case 5 -> value.u8(0) != 0;
            default -> throw new IllegalArgumentException("type " + type);
        };
    }

    private int length(int index, boolean nil) {
        if (index < SIZED) {
            return nil ? 0 : 1 << index;
        }
        int octets = 1 << (index - SIZED);
        int length = 0;
        for (int i = 0; i < octets; i++) {
            length = length << 8 | bytes.u8(at++);
        }
        return length;
    }

    private static long unsigned(ByteString value) {
        long number = 0;
        for (int i = 0; i < value.length(); i++) {
            number = number << 8 | value.u8(i);
        }
        return number;
    }

    private static long signed(ByteString value) {
        int unused = Long.SIZE - 8 * value.length();
        return value.isEmpty() ? 0 : unsigned(value) << unused >> unused;
    }
}
