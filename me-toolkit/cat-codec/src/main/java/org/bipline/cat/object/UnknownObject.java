// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.object;

import java.util.Map;
import org.bipline.cat.tlv.ByteSink;
import org.bipline.cat.tlv.ByteString;

/** An object whose tag this codec does not know. */
public record UnknownObject(int tag, ByteString value) implements DataObject {
    public UnknownObject {
        if (tag < 1 || tag > 0x7FFF) {
            throw new IllegalArgumentException("tag " + tag);
        }
    }

    @Override
    public String title() {
        return "Unknown";
    }

    @Override
    public int length() {
        return value.length();
    }

    @Override
    public void writeTo(ByteSink sink) {
        sink.bytes(value);
    }

    @Override
    public Map<String, Object> fields() {
        return Fields.of().put("value", value).toMap();
    }
}
