// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.text;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.bipline.cat.tlv.ByteSink;
import org.bipline.cat.tlv.ByteString;

/** Text with a data coding scheme in front: packed default alphabet, eight bits, UCS2. 3GPP TS 23.038 clause 4. */
public final class SmsText {
    private static final int EIGHT_BIT = 0x04;
    private static final int UCS2 = 0x08;
    private static final int ALPHABET_MASK = 0x0C;

    private SmsText() {}

    /** Data coding scheme and text: the default alphabet in eight bits where that has every character, else UCS2. */
    public static ByteString encode(String text) {
        Optional<ByteString> unpacked = GsmAlphabet.encode(text);
        ByteString bytes = unpacked.orElseGet(() -> ByteString.wrap(text.getBytes(StandardCharsets.UTF_16BE)));
        int scheme = unpacked.isPresent() ? EIGHT_BIT : UCS2;
        return new ByteSink(1 + bytes.length()).u8(scheme).bytes(bytes).toByteString();
    }

    /** The text; what is not of the coding becomes the replacement character. */
    public static String decode(int dataCodingScheme, ByteString bytes) {
        // F0 to FF: no UCS2 there, bit 3 alone tells eight bits from seven
        int mask = dataCodingScheme >= 0xF0 ? EIGHT_BIT : ALPHABET_MASK;
        return switch (dataCodingScheme & mask) {
            case 0 -> GsmAlphabet.decode(GsmAlphabet.unpack(bytes));
            case UCS2 -> AlphaText.ucs2(bytes);
            default -> GsmAlphabet.decode(bytes);
        };
    }
}
