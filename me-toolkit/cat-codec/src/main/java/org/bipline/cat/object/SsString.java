// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.object;

import java.util.Map;
import org.bipline.cat.tlv.ByteString;

/** Supplementary service control string, coded as an address. 3GPP TS 31.111 clause 8.14. */
public record SsString(ByteString value) implements BytesObject {
    /**
     * The string of these digits, which may have a plus sign before them.
     *
     * @throws IllegalArgumentException when a character is no digit
     */
    public static SsString of(String digits) {
        return new SsString(DialledNumber.value(digits));
    }

    /** The digits with a plus sign before them when they are international; empty when there are none. */
    public String string() {
        return DialledNumber.number(value).orElse("");
    }

    @Override
    public DataObjectType type() {
        return DataObjectType.SS_STRING;
    }

    @Override
    public Map<String, Object> fields() {
        return DialledNumber.fields(value, "ssString").toMap();
    }
}
