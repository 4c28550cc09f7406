// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.object;

import java.util.Map;

/** Identifier of a timer, 1 to 8. ETSI TS 102 223 clause 8.37. */
public record TimerIdentifier(int code) implements ByteObject {
    public TimerIdentifier {
        Bits.u8("timerIdentifier", code);
    }

    @Override
    public DataObjectType type() {
        return DataObjectType.TIMER_IDENTIFIER;
    }

    @Override
    public Map<String, Object> fields() {
        return Fields.of().put("timerIdentifier", code).toMap();
    }
}
