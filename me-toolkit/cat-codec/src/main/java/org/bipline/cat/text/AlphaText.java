// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.text;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.bipline.cat.tlv.ByteSink;
import org.bipline.cat.tlv.ByteString;

/**
 * Text of alpha identifiers and items: the default alphabet in eight bits, or UCS2 in one of three forms told by the first
 * byte. ETSI TS 102 221 annex A.
 */
public final class AlphaText {
    private static final int UCS2 = 0x80;
    private static final int UCS2_ONE_BASE = 0x81;
    private static final int UCS2_FULL_BASE = 0x82;
    private static final int UNUSED = 0xFF;
    /** Characters that a base of eight bits reaches: it stands for bits 15 to 8, bit 16 is zero. */
    private static final int HALF_PAGES_END = 0x8000;

    private AlphaText() {}

    /** The text in the default alphabet where that has every character, else in the shortest form of UCS2. */
    public static ByteString encode(String text) {
        return GsmAlphabet.DEFAULT.encode(text).orElseGet(() -> encodeUcs2(text));
    }

    private static ByteString encodeUcs2(String text) {
        ByteString ucs2 = ByteString.wrap(text.getBytes(StandardCharsets.UTF_16BE));
        ByteString plain = new ByteSink(1 + ucs2.length()).u8(UCS2).bytes(ucs2).toByteString();
        return based(text).filter(shorter -> shorter.length() < plain.length()).orElse(plain);
    }

    /**
     * The form with a base: one byte for each character of the default alphabet and for each of the 128 characters from the
     * base on. The base has eight bits where the characters lie within a half page, else sixteen.
     */
    private static Optional<ByteString> based(String text) {
        int lowest = Character.MAX_VALUE;
        int highest = 0;
        for (int i = 0; i < text.length(); i++) {
            if (GsmAlphabet.DEFAULT.encode(text.substring(i, i + 1)).isEmpty()) {
                lowest = Math.min(lowest, text.charAt(i));
                highest = Math.max(highest, text.charAt(i));
            }
        }
        boolean halfPage = lowest >> 7 == highest >> 7 && highest < HALF_PAGES_END;
        int base = halfPage ? lowest & ~0x7F : lowest;
        if (highest - base > 0x7F) {
            return Optional.empty();
        }
        byte[] coded = new byte[2 * text.length()];
        int length = 0;
        for (int i = 0; i < text.length(); i++) {
            Optional<ByteString> codes = GsmAlphabet.DEFAULT.encode(text.substring(i, i + 1));
            if (codes.isPresent()) {
                codes.get().copyTo(coded, length);
                length += codes.get().length();
            } else {
                coded[length++] = (byte) (0x80 | (text.charAt(i) - base));
            }
        }
        if (length > 0xFF) { // one byte counts them
            return Optional.empty();
        }
        ByteString bytes = ByteString.wrap(coded, 0, length);
        return Optional.of(
                halfPage
                        ? new ByteSink(3 + length)
                                .u8(UCS2_ONE_BASE)
                                .u8(length)
                                .u8(base >> 7)
                                .bytes(bytes)
                                .toByteString()
                        : new ByteSink(4 + length)
                                .u8(UCS2_FULL_BASE)
                                .u8(length)
                                .u16(base)
                                .bytes(bytes)
                                .toByteString());
    }

    /** The text; what is not of the coding becomes the replacement character, bytes {@code FF} at the end are unused. */
    public static String decode(ByteString bytes) {
        if (bytes.isEmpty()) {
            return "";
        }
        return switch (bytes.u8(0)) {
            case UCS2 -> ucs2(bytes.slice(1));
            case UCS2_ONE_BASE -> bytes.length() < 3 ? "" : based(bytes, 3, bytes.u8(2) << 7);
            case UCS2_FULL_BASE -> bytes.length() < 4 ? "" : based(bytes, 4, bytes.u16(2));
            default -> GsmAlphabet.DEFAULT.decode(trim(bytes));
        };
    }

    static String ucs2(ByteString bytes) {
        int end = bytes.length() & ~1;
        while (end > 0 && bytes.u16(end - 2) == 0xFFFF) {
            end -= 2;
        }
        return new String(bytes.slice(0, end).toBytes(), StandardCharsets.UTF_16BE);
    }

    /** Characters of the default alphabet below 80, others relative to a base. */
    private static String based(ByteString bytes, int start, int base) {
        int end = Math.min(bytes.length(), start + bytes.u8(1));
        StringBuilder text = new StringBuilder();
        int at = start;
        while (at < end) {
            if (bytes.u8(at) >= 0x80) {
                text.append((char) (base + (bytes.u8(at++) & 0x7F)));
                continue;
            }
            int from = at;
            while (at < end && bytes.u8(at) < 0x80) {
                at++;
            }
            text.append(GsmAlphabet.DEFAULT.decode(bytes.slice(from, at)));
        }
        return text.toString();
    }

    private static ByteString trim(ByteString bytes) {
        int end = bytes.length();
        while (end > 0 && bytes.u8(end - 1) == UNUSED) {
            end--;
        }
        return bytes.slice(0, end);
    }
}
