// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.object;

import java.util.Map;
import org.bipline.cat.tlv.ByteString;

/** Next action for each item of a menu, as types of command. ETSI TS 102 223 clause 8.24. */
public record ItemsNextActionIndicator(ByteString value) implements BytesObject {

    @Override
    public DataObjectType type() {
        return DataObjectType.ITEMS_NEXT_ACTION_INDICATOR;
    }

    @Override
    public Map<String, Object> fields() {
        return Fields.of().put("nextActions", value).toMap();
    }
}
