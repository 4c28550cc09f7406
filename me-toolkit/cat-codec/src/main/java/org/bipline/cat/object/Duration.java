// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.object;

import java.util.Map;
import org.bipline.cat.tlv.ByteSink;
import org.bipline.cat.tlv.ByteString;

/**
 * Duration. ETSI TS 102 223 clause 8.8.
 *
 * @param timeUnit 0 minutes, 1 seconds, 2 tenths of seconds, others reserved
 * @param timeInterval number of units, 1 to 255; 0 is reserved
 */
public record Duration(int timeUnit, int timeInterval) implements TypedObject {
    private static final int MAX_INTERVAL = 0xFF;

    public Duration {
        Bits.u8("time unit", timeUnit);
        Bits.u8("time interval", timeInterval);
    }

    /** The shortest coding of so many seconds, in minutes when they are too many; at most 255 minutes. */
    public static Duration ofSeconds(int seconds) {
        return seconds <= MAX_INTERVAL
                ? new Duration(1, Math.max(1, seconds))
                : new Duration(0, Math.min(MAX_INTERVAL, (seconds + 59) / 60));
    }

    static Duration decode(ByteString pdu, int from, int to) {
        return new Duration(pdu.u8(from), pdu.u8(from + 1));
    }

    /**
     * The duration as time.
     *
     * @throws IllegalStateException when the unit is reserved
     */
    public java.time.Duration toTime() {
        return switch (timeUnit) {
            case 0 -> java.time.Duration.ofMinutes(timeInterval);
            case 1 -> java.time.Duration.ofSeconds(timeInterval);
            case 2 -> java.time.Duration.ofMillis(100L * timeInterval);
            default -> throw new IllegalStateException("time unit " + timeUnit);
        };
    }

    @Override
    public DataObjectType type() {
        return DataObjectType.DURATION;
    }

    @Override
    public int length() {
        return 2;
    }

    @Override
    public void writeTo(ByteSink sink) {
        sink.u8(timeUnit).u8(timeInterval);
    }

    @Override
    public Map<String, Object> fields() {
        String[] units = {"minutes", "seconds", "tenths of seconds"};
        return Fields.of()
                .put("timeUnit", timeUnit < units.length ? units[timeUnit] : "reserved " + timeUnit)
                .put("timeInterval", timeInterval)
                .toMap();
    }
}
