// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.object;

import java.util.Map;
import org.bipline.cat.text.SmsText;
import org.bipline.cat.tlv.ByteString;

/** Text string with its data coding scheme; a null text string has neither. ETSI TS 102 223 clause 8.15. */
public record TextString(ByteString value) implements BytesObject {
    /** The text in the 8-bit coding where its alphabet has every character, else in UCS2. */
    public static TextString of(String text) {
        return new TextString(SmsText.encode(text));
    }

    /** The text in the packed 7-bit coding where its alphabet has every character, else in UCS2. */
    public static TextString packed(String text) {
        return new TextString(SmsText.encodePacked(text));
    }

    /** Whether this is a null text string. */
    public boolean isNull() {
        return value.isEmpty();
    }

    public String text() {
        return isNull() ? "" : SmsText.decode(value.u8(0), value.slice(1));
    }

    @Override
    public DataObjectType type() {
        return DataObjectType.TEXT_STRING;
    }

    @Override
    public Map<String, Object> fields() {
        Fields fields = Fields.of();
        if (!isNull()) {
            fields.put("dataCodingScheme", value.u8(0));
        }
        return fields.put("text", text()).toMap();
    }
}
