// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.object;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.bipline.cat.tlv.ByteString;

/** AT command. ETSI TS 102 223 clause 8.40. */
public record AtCommand(ByteString value) implements BytesObject {
    public static AtCommand of(String text) {
        return new AtCommand(ByteString.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    public String text() {
        return new String(value.toBytes(), StandardCharsets.UTF_8);
    }

    @Override
    public DataObjectType type() {
        return DataObjectType.AT_COMMAND;
    }

    @Override
    public Map<String, Object> fields() {
        return Fields.of().put("atCommand", text()).toMap();
    }
}
