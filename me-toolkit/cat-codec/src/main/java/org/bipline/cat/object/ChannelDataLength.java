// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.object;

import java.util.Map;

/** Channel data length: number of bytes that are available in a buffer or asked for; {@code FF} says 255 or more when it tells what is available. ETSI TS 102 223 clause 8.54. */
public record ChannelDataLength(int code) implements ByteObject {
    public ChannelDataLength {
        Bits.u8("channelDataLength", code);
    }

    /** So many bytes available, which may be more than one byte can tell. */
    public static ChannelDataLength available(int bytes) {
        return new ChannelDataLength(Math.min(bytes, 0xFF));
    }

    @Override
    public DataObjectType type() {
        return DataObjectType.CHANNEL_DATA_LENGTH;
    }

    @Override
    public Map<String, Object> fields() {
        return Fields.of().put("channelDataLength", code).toMap();
    }
}
