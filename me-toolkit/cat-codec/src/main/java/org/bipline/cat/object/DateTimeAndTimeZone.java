// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.object;

import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Map;
import org.bipline.cat.tlv.ByteString;

/** Date, time and time zone in the semi-octets of an SMS time stamp. ETSI TS 102 223 clause 8.39. */
public record DateTimeAndTimeZone(ByteString value) implements BytesObject {
    private static final int NEGATIVE = 0x08;

    /** The time to the second; the offset is told in quarters of an hour. */
    public static DateTimeAndTimeZone of(OffsetDateTime time) {
        int quarters = time.getOffset().getTotalSeconds() / 900;
        return new DateTimeAndTimeZone(ByteString.of(
                SemiOctets.octet(time.getYear() % 100),
                SemiOctets.octet(time.getMonthValue()),
                SemiOctets.octet(time.getDayOfMonth()),
                SemiOctets.octet(time.getHour()),
                SemiOctets.octet(time.getMinute()),
                SemiOctets.octet(time.getSecond()),
                SemiOctets.octet(Math.abs(quarters)) | (quarters < 0 ? NEGATIVE : 0)));
    }

    @Override
    public DataObjectType type() {
        return DataObjectType.DATE_TIME_AND_TIME_ZONE;
    }

    @Override
    public Map<String, Object> fields() {
        String digits = SemiOctets.digits(value);
        Fields fields = Fields.of();
        String[] names = {"year", "month", "day", "hour", "minute", "second"};
        for (int i = 0; i < names.length; i++) {
            fields.put(names[i], digits.substring(2 * i, 2 * i + 2));
        }
        return fields.put("timeZone", timeZone(value.u8(6))).toMap();
    }

    private static String timeZone(int zone) {
        int units = zone >> 4;
        if (units > 9) { // FF says unknown, the rest nothing
            return "unknown";
        }
        int minutes = 15 * (10 * (zone & 0x7) + units);
        return String.format(
                Locale.ROOT, "%s%02d:%02d", (zone & NEGATIVE) != 0 ? "-" : "+", minutes / 60, minutes % 60);
    }
}
