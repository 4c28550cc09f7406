// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.object;

import java.util.Map;
import org.bipline.cat.tlv.ByteSink;

/** Size of a channel's buffer in bytes, 0 to 65535. ETSI TS 102 223 clause 8.55. */
public record BufferSize(int bytes) implements TypedObject {
    public BufferSize {
        Bits.u16("buffer size", bytes);
    }

    @Override
    public DataObjectType type() {
        return DataObjectType.BUFFER_SIZE;
    }

    @Override
    public int length() {
        return 2;
    }

    @Override
    public void writeTo(ByteSink sink) {
        sink.u16(bytes);
    }

    @Override
    public Map<String, Object> fields() {
        return Fields.of().put("bufferSize", bytes).toMap();
    }
}
