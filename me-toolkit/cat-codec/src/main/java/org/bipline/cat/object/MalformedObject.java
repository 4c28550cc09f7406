// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.object;

import java.util.Map;
import org.bipline.cat.tlv.ByteSink;
import org.bipline.cat.tlv.ByteString;

/** An object of a known tag whose value breaks the standard; {@code fault} says how. */
public record MalformedObject(DataObjectType type, ByteString value, String fault) implements DataObject {
    @Override
    public int tag() {
        return type.tag();
    }

    @Override
    public String title() {
        return type.title();
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
        return Fields.of().put("fault", fault).put("value", value).toMap();
    }
}
