// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.object;

import java.util.Map;

/** Battery state: 0 very low, 1 low, 2 average, 3 good, 4 full. ETSI TS 102 223 clause 8.76. */
public record BatteryState(int code) implements ByteObject {
    public BatteryState {
        Bits.u8("batteryState", code);
    }

    @Override
    public DataObjectType type() {
        return DataObjectType.BATTERY_STATE;
    }

    @Override
    public Map<String, Object> fields() {
        return Fields.of().put("batteryState", code).toMap();
    }
}
