// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.text;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.bipline.cat.tlv.ByteSink;
import org.bipline.cat.tlv.ByteString;

/**
 * An alphabet of seven bits with its extension table: the default one, or with the tables of national languages in the
 * place of one or both. 3GPP TS 23.038 clause 6.2.1.
 */
final class GsmAlphabet {
    /** Stands in tables for a code without a character, and in texts for a code that no table has. */
    static final char HOLE = '\uFFFD';

    private static final int SIZE = 0x80;
    private static final int ESCAPE = 0x1B;
    private static final String BASIC = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\uFFFDÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
            + "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
    private static final String EXTENSION = extension();

    /** The default alphabet with its extension table. */
    static final GsmAlphabet DEFAULT = new GsmAlphabet(BASIC, EXTENSION);

    private final String basic;
    private final String extension;
    private final Map<Character, Integer> basicCodes;
    private final Map<Character, Integer> extensionCodes;

    private GsmAlphabet(String basic, String extension) {
        this.basic = basic;
        this.extension = extension;
        this.basicCodes = codes(basic);
        this.extensionCodes = codes(extension);
    }

    /** The alphabet with these tables, each the default one where no language is given. */
    static GsmAlphabet of(Optional<NationalLanguage> lockingShift, Optional<NationalLanguage> singleShift) {
        return lockingShift.isEmpty() && singleShift.isEmpty()
                ? DEFAULT
                : new GsmAlphabet(
                        lockingShift.flatMap(NationalLanguage::lockingShift).orElse(BASIC),
                        singleShift.map(NationalLanguage::singleShift).orElse(EXTENSION));
    }

    private static String extension() {
        char[] table = new char[SIZE];
        Arrays.fill(table, HOLE);
        table[0x0A] = '\f';
        table[0x14] = '^';
        table[0x28] = '{';
        table[0x29] = '}';
        table[0x2F] = '\\';
        table[0x3C] = '[';
        table[0x3D] = '~';
        table[0x3E] = ']';
        table[0x40] = '|';
        table[0x65] = '€';
        return new String(table);
    }

    private static Map<Character, Integer> codes(String table) {
        if (table.length() != SIZE) {
            throw new IllegalStateException("table of " + table.length());
        }
        Map<Character, Integer> codes = new HashMap<>();
        for (int code = 0; code < SIZE; code++) {
            if (table.charAt(code) != HOLE) {
                codes.putIfAbsent(table.charAt(code), code);
            }
        }
        return codes;
    }

    /** One code a byte, if the alphabet has every character. */
    Optional<ByteString> encode(String text) {
        byte[] codes = new byte[2 * text.length()];
        int length = 0;
        for (int i = 0; i < text.length(); i++) {
            Integer code = basicCodes.get(text.charAt(i));
            if (code == null) {
                code = extensionCodes.get(text.charAt(i));
                if (code == null) {
                    return Optional.empty();
                }
                codes[length++] = ESCAPE;
            }
            codes[length++] = code.byteValue();
        }
        return Optional.of(ByteString.wrap(Arrays.copyOf(codes, length)));
    }

    /** The characters of one code a byte. */
    String decode(ByteString codes) {
        StringBuilder text = new StringBuilder(codes.length());
        for (int i = 0; i < codes.length(); i++) {
            int code = codes.u8(i);
            if (code == ESCAPE && i + 1 < codes.length()) {
                int extended = codes.u8(++i);
                char character = extended < SIZE ? extension.charAt(extended) : HOLE;
                // A code that the extension table lacks shows as that of the alphabet
                text.append(character == HOLE ? basic(extended) : character);
            } else {
                text.append(basic(code));
            }
        }
        return text.toString();
    }

    private char basic(int code) {
        return code < SIZE ? basic.charAt(code) : HOLE;
    }

    /**
     * Codes of seven bits packed from the low bit of each byte on, behind so many bits of filling. The seven bits that a
     * text of 8n - 1 characters leaves over are a carriage return, so that they are not taken for a character. 3GPP TS
     * 23.038 clause 6.1.2.
     */
    static ByteString pack(ByteString codes, int fillBits) {
        int bits = fillBits + 7 * codes.length();
        byte[] packed = new byte[(bits + 7) / 8];
        boolean left = fillBits == 0 && codes.length() % 8 == 7;
        for (int i = 0; i < codes.length() + (left ? 1 : 0); i++) {
            int bit = fillBits + 7 * i;
            int code = i < codes.length() ? codes.u8(i) : '\r';
            packed[bit / 8] |= (byte) (code << (bit % 8));
            if (bit % 8 > 1 && bit / 8 + 1 < packed.length) {
                packed[bit / 8 + 1] |= (byte) (code >> (8 - bit % 8));
            }
        }
        return ByteString.wrap(packed);
    }

    /** As many codes of seven bits as the bytes hold, padding at the end left out. */
    static ByteString unpack(ByteString packed) {
        int count = packed.length() * 8 / 7;
        if (count > 0 && count % 8 == 0) {
            // Seven bytes hold seven codes or eight: zero bits or a carriage return at the end are padding
            int last = packed.u8(packed.length() - 1) >> 1;
            count -= last == 0 || last == '\r' ? 1 : 0;
        }
        return unpack(packed, 0, count);
    }

    /** So many codes of seven bits behind so many bits of filling, or as many of them as there are. */
    static ByteString unpack(ByteString packed, int fillBits, int count) {
        int held = Math.max(0, Math.min(count, (packed.length() * 8 - fillBits) / 7));
        ByteSink sink = new ByteSink(held);
        for (int i = 0; i < held; i++) {
            int bit = fillBits + 7 * i;
            int at = bit / 8;
            int window = packed.u8(at) | (at + 1 < packed.length() ? packed.u8(at + 1) << 8 : 0);
            sink.u8((window >> (bit % 8)) & 0x7F);
        }
        return sink.toByteString();
    }
}
