// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.object;

import java.util.Map;
import org.bipline.cat.tlv.ByteString;

/** DTMF string: digits in semi-octets. ETSI TS 102 223 clause 8.44. */
public record DtmfString(ByteString value) implements BytesObject {
    /**
     * The string of these digits.
     *
     * @throws IllegalArgumentException when a character is no digit
     */
    public static DtmfString of(String digits) {
        return new DtmfString(DialledNumber.bytes(digits));
    }

    /** The digits; {@code p} is a pause. */
    public String digits() {
        return DialledNumber.digits(value);
    }

    @Override
    public DataObjectType type() {
        return DataObjectType.DTMF_STRING;
    }

    @Override
    public Map<String, Object> fields() {
        return Fields.of().put("dtmf", digits()).toMap();
    }
}
