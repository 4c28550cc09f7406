// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.object;

import java.util.Map;
import org.bipline.cat.text.SmsText;
import org.bipline.cat.tlv.ByteString;

/** Default text of an input with its data coding scheme; a null text has neither. ETSI TS 102 223 clause 8.23. */
public record DefaultText(ByteString value) implements BytesObject {
    /** The text in the 8-bit coding where its alphabet has every character, else in UCS2. */
    public static DefaultText of(String text) {
        return new DefaultText(SmsText.encode(text));
    }

    public String text() {
        return new TextString(value).text();
    }

    @Override
    public DataObjectType type() {
        return DataObjectType.DEFAULT_TEXT;
    }

    @Override
    public Map<String, Object> fields() {
        return new TextString(value).fields();
    }
}
