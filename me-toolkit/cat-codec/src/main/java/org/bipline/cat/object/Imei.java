// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.object;

import java.util.Map;
import org.bipline.cat.tlv.ByteString;

/** IMEI: 15 digits as a mobile identity of 3GPP TS 24.008. ETSI TS 102 223 clause 8.20. */
public record Imei(ByteString value) implements BytesObject {
    private static final String ODD_IMEI = "A"; // type of identity 2 with the bit for an odd number of digits

    public static Imei of(String digits) {
        if (!digits.matches("[0-9]{15}")) {
            throw new IllegalArgumentException("IMEI of " + digits.length() + " characters");
        }
        return new Imei(SemiOctets.bytes(ODD_IMEI + digits));
    }

    public String digits() {
        return SemiOctets.digits(value).substring(1);
    }

    @Override
    public DataObjectType type() {
        return DataObjectType.IMEI;
    }

    @Override
    public Map<String, Object> fields() {
        return Fields.of().put("imei", digits()).toMap();
    }
}
