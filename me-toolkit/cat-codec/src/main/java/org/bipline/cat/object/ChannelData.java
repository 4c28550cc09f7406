// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.object;

import java.util.Map;
import org.bipline.cat.tlv.ByteString;

/** Application data sent or received on a channel. ETSI TS 102 223 clause 8.53. */
public record ChannelData(ByteString value) implements BytesObject {

    @Override
    public DataObjectType type() {
        return DataObjectType.CHANNEL_DATA;
    }

    @Override
    public Map<String, Object> fields() {
        return Fields.of().put("channelData", value).toMap();
    }
}
