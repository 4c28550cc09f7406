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

    private AlphaText() {}

    /** The text in the default alphabet where that has every character, else in UCS2. */
    public static ByteString encode(String text) {
        Optional<ByteString> unpacked = GsmAlphabet.encode(text);
        if (unpacked.isPresent()) {
            return unpacked.get();
        }
        ByteString ucs2 = ByteString.wrap(text.getBytes(StandardCharsets.UTF_16BE));
        return new ByteSink(1 + ucs2.length()).u8(UCS2).bytes(ucs2).toByteString();
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
            default -> GsmAlphabet.decode(trim(bytes));
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
            text.append(GsmAlphabet.decode(bytes.slice(from, at)));
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
