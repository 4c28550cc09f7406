// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.object;

import java.util.Map;

/** Identifier of an item of a menu, 1 to 255. ETSI TS 102 223 clause 8.10. */
public record ItemIdentifier(int code) implements ByteObject {
    public ItemIdentifier {
        Bits.u8("identifier", code);
    }

    @Override
    public DataObjectType type() {
        return DataObjectType.ITEM_IDENTIFIER;
    }

    @Override
    public Map<String, Object> fields() {
        return Fields.of().put("identifier", code).toMap();
    }
}
