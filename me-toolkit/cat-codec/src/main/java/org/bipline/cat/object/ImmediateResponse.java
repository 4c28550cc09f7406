// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.object;

import java.util.Map;
import org.bipline.cat.tlv.ByteSink;

/** The response to DISPLAY TEXT is wanted at once. ETSI TS 102 223 clause 8.43. */
public record ImmediateResponse() implements TypedObject {
    @Override
    public DataObjectType type() {
        return DataObjectType.IMMEDIATE_RESPONSE;
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
