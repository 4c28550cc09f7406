// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.text;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.bipline.cat.tlv.ByteSink;
import org.bipline.cat.tlv.ByteString;

/** Text with a data coding scheme: packed default alphabet, eight bits, UCS2. 3GPP TS 23.038 clause 4. */
public final class SmsText {
    private static final int PACKED = 0x00;
    private static final int EIGHT_BIT = 0x04;
    private static final int UCS2 = 0x08;
    private static final int ALPHABET_MASK = 0x0C;
    /** Groups 00xx and 01xx: bit 6 says that the text is compressed. */
    private static final int COMPRESSED = 0x20;

    private SmsText() {}

    /** Data coding scheme and text: the default alphabet in eight bits where that has every character, else UCS2. */
    public static ByteString encode(String text) {
        return GsmAlphabet.DEFAULT
                .encode(text)
                .map(codes -> withScheme(EIGHT_BIT, codes))
                .orElseGet(() -> ucs2(text));
    }

    /** Data coding scheme and text: the default alphabet packed where that has every character, else UCS2. */
    public static ByteString encodePacked(String text) {
        return GsmAlphabet.DEFAULT
                .encode(text)
                .map(codes -> withScheme(PACKED, GsmAlphabet.pack(codes, 0)))
                .orElseGet(() -> ucs2(text));
    }

    private static ByteString ucs2(String text) {
        return withScheme(UCS2, ByteString.wrap(text.getBytes(StandardCharsets.UTF_16BE)));
    }

    private static ByteString withScheme(int scheme, ByteString bytes) {
        return new ByteSink(1 + bytes.length()).u8(scheme).bytes(bytes).toByteString();
    }

    /** The text; what is not of the coding becomes the replacement character. */
    public static String decode(int dataCodingScheme, ByteString bytes) {
        return switch (alphabet(dataCodingScheme)) {
            case PACKED -> GsmAlphabet.DEFAULT.decode(GsmAlphabet.unpack(bytes));
            case UCS2 -> AlphaText.ucs2(bytes);
            default -> GsmAlphabet.DEFAULT.decode(bytes);
        };
    }

    /** Whether the text stands in codes of seven bits, packed, so that lengths count these. */
    public static boolean isPacked(int dataCodingScheme) {
        return alphabet(dataCodingScheme) == PACKED && !isCompressed(dataCodingScheme);
    }

    /** Whether the text is compressed, which this codec does not undo. */
    public static boolean isCompressed(int dataCodingScheme) {
        return dataCodingScheme < 0x80 && (dataCodingScheme & COMPRESSED) != 0;
    }

    /**
     * Text in packed codes behind a user data header, with the tables of national languages.
     *
     * @param fillBits bits between the header and the first code, which starts on a boundary of seven bits
     * @param count codes of the text
     */
    public static String decodePacked(
            ByteString bytes,
            int fillBits,
            int count,
            Optional<NationalLanguage> lockingShift,
            Optional<NationalLanguage> singleShift) {
        return GsmAlphabet.of(lockingShift, singleShift).decode(GsmAlphabet.unpack(bytes, fillBits, count));
    }

    /**
     * The packed codes of a text in the tables of national languages, the inverse of {@link #decodePacked}; empty when the
     * tables lack a character.
     */
    public static Optional<ByteString> encodePacked(
            String text,
            int fillBits,
            Optional<NationalLanguage> lockingShift,
            Optional<NationalLanguage> singleShift) {
        return GsmAlphabet.of(lockingShift, singleShift).encode(text).map(codes -> GsmAlphabet.pack(codes, fillBits));
    }

    /** The codes of a text in the default alphabet with its extension table, one a byte; empty when it lacks a character. */
    public static Optional<ByteString> codes(String text) {
        return GsmAlphabet.DEFAULT.encode(text);
    }

    /** Codes of {@link #codes} packed behind so many bits of filling. */
    public static ByteString pack(ByteString codes, int fillBits) {
        return GsmAlphabet.pack(codes, fillBits);
    }

    private static int alphabet(int dataCodingScheme) {
        int group = dataCodingScheme >> 4;
        if (group < 8 || group == 0xF) {
            // F0 to FF: no UCS2 there, bit 3 alone tells eight bits from seven
            return dataCodingScheme & (group == 0xF ? EIGHT_BIT : ALPHABET_MASK);
        }
        return group == 0xE ? UCS2 : PACKED; // C and D: message waiting in the default alphabet, E: in UCS2
    }
}
