// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.object;

import java.util.Map;
import org.bipline.cat.tlv.ByteString;

/** Formatting of a text: groups of four bytes as in 3GPP TS 23.040. ETSI TS 102 223 clause 8.72. */
public record TextAttribute(ByteString value) implements BytesObject {

    @Override
    public DataObjectType type() {
        return DataObjectType.TEXT_ATTRIBUTE;
    }

    @Override
    public Map<String, Object> fields() {
        return Fields.of().put("textFormatting", value).toMap();
    }
}
