// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.object;

import java.util.Optional;
import org.bipline.cat.tlv.ByteSink;
import org.bipline.cat.tlv.ByteString;

/**
 * Type of number, numbering plan and digits in semi-octets, as addresses and service strings have them. ETSI TS 102 223
 * clause 8.1, coded as in EF ADN of 3GPP TS 31.102 clause 4.4.2.3.
 */
final class DialledNumber {
    private static final String DIGITS = "0123456789*#pwe";
    private static final int FILLER = 0xF;
    private static final String[] TYPES = {
        "unknown", "international number", "national number", "network specific number", "dedicated access, short code"
    };
    private static final String[] PLANS = {
        "unknown", "ISDN/telephony", "", "data", "telex", "", "", "", "national", "private", "ERMES"
    };

    private DialledNumber() {}

    /** The digits; {@code p} is a pause, {@code w} a wild digit, {@code e} begins an extension. */
    static String digits(ByteString bytes) {
        StringBuilder digits = new StringBuilder(2 * bytes.length());
        for (int i = 0; i < bytes.length(); i++) {
            for (int digit : new int[] {bytes.u8(i) & 0xF, bytes.u8(i) >> 4}) {
                if (digit != FILLER) {
                    digits.append(DIGITS.charAt(digit));
                }
            }
        }
        return digits.toString();
    }

    /** The digits in semi-octets, a filler behind an odd number of them. */
    static ByteString bytes(String digits) {
        ByteSink sink = new ByteSink((digits.length() + 1) / 2);
        for (int i = 0; i < digits.length(); i += 2) {
            sink.u8((i + 1 < digits.length() ? code(digits.charAt(i + 1)) : FILLER) << 4 | code(digits.charAt(i)));
        }
        return sink.toByteString();
    }

    private static int code(char digit) {
        int code = DIGITS.indexOf(digit);
        if (code < 0) {
            throw new IllegalArgumentException("digit " + digit);
        }
        return code;
    }

    /** The fields of one byte of type and plan with the digits behind it; none where there is no byte. */
    static Fields fields(ByteString value, String name) {
        if (value.isEmpty()) {
            return Fields.of().put(name, "");
        }
        int typeAndPlan = value.u8(0);
        return Fields.of()
                .put("typeOfNumber", Fields.code((typeAndPlan >> 4) & 7, TYPES))
                .put("numberingPlan", Fields.code(typeAndPlan & 0xF, PLANS))
                .put(name, digits(value.slice(1)));
    }

    /** International when it begins with a plus sign, else of unknown type, in the ISDN and telephony plan. */
    static ByteString value(String number) {
        boolean international = number.startsWith("+");
        ByteString digits = bytes(international ? number.substring(1) : number);
        return new ByteSink(1 + digits.length())
                .u8(international ? 0x91 : 0x81)
                .bytes(digits)
                .toByteString();
    }

    /** The number as it is dialled, with a plus sign when it is international. */
    static Optional<String> number(ByteString value) {
        if (value.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(((value.u8(0) >> 4) & 7) == 1 ? "+" + digits(value.slice(1)) : digits(value.slice(1)));
    }
}
