// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.object;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bipline.cat.tlv.ByteString;

/** Event list: codes of {@link Event}. ETSI TS 102 223 clause 8.25. */
public record EventList(ByteString value) implements BytesObject {
    public static EventList of(Event... events) {
        int[] codes = new int[events.length];
        for (int i = 0; i < codes.length; i++) {
            codes[i] = events[i].code();
        }
        return new EventList(ByteString.of(codes));
    }

    public boolean contains(Event event) {
        for (int i = 0; i < value.length(); i++) {
            if (value.u8(i) == event.code()) {
                return true;
            }
        }
        return false;
    }

    @Override
    public DataObjectType type() {
        return DataObjectType.EVENT_LIST;
    }

    @Override
    public Map<String, Object> fields() {
        List<Map<String, Object>> events = new ArrayList<>();
        for (int i = 0; i < value.length(); i++) {
            events.add(Fields.code(value.u8(i), Event.of(value.u8(i))));
        }
        return Fields.of().put("events", events).toMap();
    }
}
