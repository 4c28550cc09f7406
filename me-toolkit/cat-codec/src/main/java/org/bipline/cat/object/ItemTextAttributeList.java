// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.object;

import java.util.Map;
import org.bipline.cat.tlv.ByteString;

/** Formatting of the items of a menu, four bytes each. ETSI TS 102 223 clause 8.73. */
public record ItemTextAttributeList(ByteString value) implements BytesObject {

    @Override
    public DataObjectType type() {
        return DataObjectType.ITEM_TEXT_ATTRIBUTE_LIST;
    }

    @Override
    public Map<String, Object> fields() {
        return Fields.of().put("textFormatting", TextAttribute.formats(value)).toMap();
    }
}
