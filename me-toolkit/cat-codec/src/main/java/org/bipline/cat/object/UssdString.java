// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.object;

import java.util.Map;
import org.bipline.cat.text.CellBroadcastText;
import org.bipline.cat.tlv.ByteString;

/** USSD string with its data coding scheme of 3GPP TS 23.038 clause 5. 3GPP TS 31.111 clause 8.17. */
public record UssdString(ByteString value) implements BytesObject {
    /** The string as text. */
    public String text() {
        return CellBroadcastText.decode(value.u8(0), value.slice(1));
    }

    @Override
    public DataObjectType type() {
        return DataObjectType.USSD_STRING;
    }

    @Override
    public Map<String, Object> fields() {
        return Fields.of()
                .put("dataCodingScheme", value.u8(0))
                .put("text", text())
                .toMap();
    }
}
