// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.object;

import java.util.Map;
import org.bipline.cat.tlv.ByteString;

/** Response APDU of a card in an additional reader: data and status word. ETSI TS 102 223 clause 8.36. */
public record RApdu(ByteString value) implements BytesObject {
    public ByteString data() {
        return value.slice(0, value.length() - 2);
    }

    /** The status word, 0 to 65535. */
    public int statusWord() {
        return value.u16(value.length() - 2);
    }

    @Override
    public DataObjectType type() {
        return DataObjectType.R_APDU;
    }

    @Override
    public Map<String, Object> fields() {
        return Fields.of()
                .put("data", data())
                .put("statusWord", value.slice(value.length() - 2))
                .toMap();
    }
}
