// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.text;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.bipline.cat.tlv.ByteSink;
import org.bipline.cat.tlv.ByteString;

/** The default alphabet and its extension table. 3GPP TS 23.038 clause 6.2.1. */
final class GsmAlphabet {
    private static final char REPLACEMENT = '\uFFFD';
    private static final int ESCAPE = 0x1B;
    /** The alphabet by code; the escape to the extension table stands as the replacement character. */
    private static final String BASIC = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\uFFFDÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
            + "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

    private static final Map<Integer, Character> EXTENSION = Map.of(
            0x0A, '\f', 0x14, '^', 0x28, '{', 0x29, '}', 0x2F, '\\', 0x3C, '[', 0x3D, '~', 0x3E, ']', 0x40, '|', 0x65,
            '€');
    private static final Map<Character, Integer> EXTENSION_CODES = new HashMap<>();

    static {
        if (BASIC.length() != 0x80) {
            throw new IllegalStateException("alphabet of " + BASIC.length());
        }
        EXTENSION.forEach((code, character) -> EXTENSION_CODES.put(character, code));
    }

    private GsmAlphabet() {}

    /** One code a byte, if the alphabet has every character. */
    static Optional<ByteString> encode(String text) {
        byte[] codes = new byte[2 * text.length()];
        int length = 0;
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            int code = character == REPLACEMENT ? -1 : BASIC.indexOf(character);
            if (code < 0) {
                Integer extended = EXTENSION_CODES.get(character);
                if (extended == null) {
                    return Optional.empty();
                }
                codes[length++] = ESCAPE;
                code = extended;
            }
            codes[length++] = (byte) code;
        }
        return Optional.of(ByteString.wrap(Arrays.copyOf(codes, length)));
    }

    /** The characters of one code a byte. */
    static String decode(ByteString codes) {
        StringBuilder text = new StringBuilder(codes.length());
        for (int i = 0; i < codes.length(); i++) {
            int code = codes.u8(i);
            if (code == ESCAPE && i + 1 < codes.length()) {
                int extended = codes.u8(++i);
                // A code that the extension table lacks shows as that of the alphabet
                text.append(EXTENSION.getOrDefault(extended, basic(extended)));
            } else {
                text.append(basic(code));
            }
        }
        return text.toString();
    }

    private static char basic(int code) {
        return code < BASIC.length() ? BASIC.charAt(code) : REPLACEMENT;
    }

    /** Codes of seven bits, packed from the low bit of each byte on. 3GPP TS 23.038 clause 6.1.2. */
    static ByteString unpack(ByteString packed) {
        int count = packed.length() * 8 / 7;
        if (count > 0 && count % 8 == 0) {
            // Seven bytes hold seven codes or eight: zero bits or a carriage return at the end are padding
            int last = packed.u8(packed.length() - 1) >> 1;
            count -= last == 0 || last == '\r' ? 1 : 0;
        }
        ByteSink sink = new ByteSink(count);
        for (int i = 0; i < count; i++) {
            int bit = 7 * i;
            int at = bit / 8;
            int window = packed.u8(at) | (at + 1 < packed.length() ? packed.u8(at + 1) << 8 : 0);
            sink.u8((window >> (bit % 8)) & 0x7F);
        }
        return sink.toByteString();
    }
}
