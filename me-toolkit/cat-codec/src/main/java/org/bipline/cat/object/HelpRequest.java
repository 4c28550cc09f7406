// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.object;

import java.util.Map;
import org.bipline.cat.tlv.ByteSink;

/** The user asks for help. ETSI TS 102 223 clause 8.21. */
public record HelpRequest() implements TypedObject {
    @Override
    public DataObjectType type() {
        return DataObjectType.HELP_REQUEST;
    }

    @Override
    public int length() {
        return 0;
    }

    @Override
    public void writeTo(ByteSink sink) {
        // the object is its tag
    }

    @Override
    public Map<String, Object> fields() {
        return Map.of();
    }
}
