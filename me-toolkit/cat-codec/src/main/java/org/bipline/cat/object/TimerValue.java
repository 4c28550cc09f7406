// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.object;

import java.util.Map;
import org.bipline.cat.tlv.ByteString;

/** Timer value: hours, minutes and seconds in semi-octets. ETSI TS 102 223 clause 8.38. */
public record TimerValue(ByteString value) implements BytesObject {
    private static final int MAX_SECONDS = 99 * 3600 + 59 * 60 + 59;

    public TimerValue {
        for (int i = 0; i < 3; i++) {
            SemiOctets.number(value.u8(i));
        }
    }

    /** A value of so many seconds, at most 99 hours, 59 minutes and 59 seconds. */
    public static TimerValue ofSeconds(long seconds) {
        if (seconds < 0 || seconds > MAX_SECONDS) {
            throw new IllegalArgumentException("timer value of " + seconds + " s");
        }
        int s = (int) seconds;
        return new TimerValue(
                ByteString.of(SemiOctets.octet(s / 3600), SemiOctets.octet(s / 60 % 60), SemiOctets.octet(s % 60)));
    }

    public int seconds() {
        return part(0) * 3600 + part(1) * 60 + part(2);
    }

    private int part(int index) {
        return SemiOctets.number(value.u8(index));
    }

    @Override
    public DataObjectType type() {
        return DataObjectType.TIMER_VALUE;
    }

    @Override
    public Map<String, Object> fields() {
        return Fields.of()
                .put("hours", part(0))
                .put("minutes", part(1))
                .put("seconds", part(2))
                .toMap();
    }
}
