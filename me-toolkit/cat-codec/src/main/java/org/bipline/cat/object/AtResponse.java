// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.object;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.bipline.cat.tlv.ByteString;

/** AT response. ETSI TS 102 223 clause 8.41. */
public record AtResponse(ByteString value) implements BytesObject {
    public static AtResponse of(String text) {
        return new AtResponse(ByteString.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    public String text() {
        return new String(value.toBytes(), StandardCharsets.UTF_8);
    }

    @Override
    public DataObjectType type() {
        return DataObjectType.AT_RESPONSE;
    }

    @Override
    public Map<String, Object> fields() {
        return Fields.of().put("atResponse", text()).toMap();
    }
}
