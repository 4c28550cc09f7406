// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.object;

import java.util.Map;

/** Location status: 0 normal service, 1 limited service, 2 no service. ETSI TS 102 223 clause 8.27. */
public record LocationStatus(int code) implements ByteObject {
    public LocationStatus {
        Bits.u8("locationStatus", code);
    }

    @Override
    public DataObjectType type() {
        return DataObjectType.LOCATION_STATUS;
    }

    @Override
    public Map<String, Object> fields() {
        return Fields.of().put("locationStatus", code).toMap();
    }
}
