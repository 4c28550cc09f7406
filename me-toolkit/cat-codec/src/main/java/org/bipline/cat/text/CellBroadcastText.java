// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.text;

import org.bipline.cat.tlv.ByteString;

/** Text of cell broadcast and USSD with the data coding scheme of those. 3GPP TS 23.038 clause 5. */
public final class CellBroadcastText {
    private static final int DEFAULT_WITH_LANGUAGE = 0x10;
    private static final int UCS2_WITH_LANGUAGE = 0x11;
    private static final int LANGUAGE_LENGTH = 3;
    private static final int SMS_LIKE = 0x08;

    private CellBroadcastText() {}

    /** The text; what is not of the coding becomes the replacement character. */
    public static String decode(int dataCodingScheme, ByteString bytes) {
        int group = dataCodingScheme >> 4;
        if (dataCodingScheme == UCS2_WITH_LANGUAGE) {
            // The language stands before the text as two characters packed in two bytes
            return SmsText.decode(SMS_LIKE, bytes.slice(Math.min(2, bytes.length())));
        }
        if (dataCodingScheme == DEFAULT_WITH_LANGUAGE) {
            String text = SmsText.decode(0, bytes); // the language as two letters and a carriage return in front
            return text.substring(Math.min(LANGUAGE_LENGTH, text.length()));
        }
        // 4 to 7 and 9: the alphabet in bits 4 and 3 as in SMS; F: bit 3; the others are languages in the default
        // alphabet
        boolean alphabet = (group >= 4 && group <= 7) || group == 9;
        return SmsText.decode(alphabet ? dataCodingScheme & 0xC : group == 0xF ? dataCodingScheme : 0, bytes);
    }
}
