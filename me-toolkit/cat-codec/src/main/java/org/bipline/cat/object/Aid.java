// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.object;

import java.util.Map;
import org.bipline.cat.tlv.ByteString;

/** Application identifier, 1 to 16 bytes. ETSI TS 102 223 clause 8.60. */
public record Aid(ByteString value) implements BytesObject {

    @Override
    public DataObjectType type() {
        return DataObjectType.AID;
    }

    @Override
    public Map<String, Object> fields() {
        return Fields.of().put("aid", value).toMap();
    }
}
