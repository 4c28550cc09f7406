// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.object;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.bipline.cat.tlv.ByteString;

/** URL; an empty one stands for the default URL of the terminal. ETSI TS 102 223 clause 8.48. */
public record Url(ByteString value) implements BytesObject {
    public static Url of(String text) {
        return new Url(ByteString.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    public String text() {
        return new String(value.toBytes(), StandardCharsets.UTF_8);
    }

    @Override
    public DataObjectType type() {
        return DataObjectType.URL;
    }

    @Override
    public Map<String, Object> fields() {
        return Fields.of().put("url", text()).toMap();
    }
}
