// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.object;

import java.util.Map;
import org.bipline.cat.tlv.ByteString;

/** Address: a dialled number; an empty one stands for none. ETSI TS 102 223 clause 8.1. */
public record Address(ByteString value) implements BytesObject {
    /**
     * The number of these digits, which may have a plus sign before them.
     *
     * @throws IllegalArgumentException when a character is no digit
     */
    public static Address of(String digits) {
        return new Address(DialledNumber.value(digits));
    }

    /** The digits with a plus sign before them when they are international; empty when there are none. */
    public String number() {
        return DialledNumber.number(value).orElse("");
    }

    @Override
    public DataObjectType type() {
        return DataObjectType.ADDRESS;
    }

    @Override
    public Map<String, Object> fields() {
        return DialledNumber.fields(value, "dialledNumber").toMap();
    }
}
