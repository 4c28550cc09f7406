// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.object;

import java.util.Map;
import org.bipline.cat.tlv.ByteString;

/** IMEISV: 16 digits as a mobile identity of 3GPP TS 24.008. ETSI TS 102 223 clause 8.74. */
public record Imeisv(ByteString value) implements BytesObject {
    private static final String EVEN_IMEISV = "3"; // type of identity 3, even number of digits
    private static final String FILLER = "F";

    public static Imeisv of(String digits) {
        if (!digits.matches("[0-9]{16}")) {
            throw new IllegalArgumentException("IMEISV of " + digits.length() + " characters");
        }
        return new Imeisv(SemiOctets.bytes(EVEN_IMEISV + digits + FILLER));
    }

    public String digits() {
        return SemiOctets.digits(value).substring(1, 17);
    }

    @Override
    public DataObjectType type() {
        return DataObjectType.IMEISV;
    }

    @Override
    public Map<String, Object> fields() {
        return Fields.of().put("imeisv", digits()).toMap();
    }
}
