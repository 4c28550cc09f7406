// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.object;

import java.util.Map;
import org.bipline.cat.tlv.ByteString;

/** Command APDU for a card in an additional reader: header, and what the case of the command adds. ETSI TS 102 223 clause 8.35. */
public record CApdu(ByteString value) implements BytesObject {
    /** The data field, empty when there is none. */
    public ByteString data() {
        return value.length() > 5 ? value.slice(5, Math.min(value.length(), 5 + value.u8(4))) : ByteString.EMPTY;
    }

    @Override
    public DataObjectType type() {
        return DataObjectType.C_APDU;
    }

    @Override
    public Map<String, Object> fields() {
        return Fields.of()
                .put("cla", value.u8(0))
                .put("ins", value.u8(1))
                .put("p1", value.u8(2))
                .put("p2", value.u8(3))
                .put("data", data())
                .put("apdu", value)
                .toMap();
    }
}
