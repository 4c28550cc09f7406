// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.object;

import java.util.Map;
import org.bipline.cat.tlv.ByteString;

/** A data object whose fields are laid out one behind the other, with no record of its own. */
public record PlainObject(DataObjectType type, ByteString value) implements BytesObject {
    public PlainObject {
        String fault = type.fault(value.length());
        if (fault != null) {
            throw new IllegalArgumentException(type.title() + ": " + fault);
        }
    }

    @Override
    public Map<String, Object> fields() {
        return type.layout().fields(value);
    }
}
