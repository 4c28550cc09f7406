// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.object;

import java.util.Map;
import org.bipline.cat.tlv.ByteString;

/** The messages of the short message service. 3GPP TS 23.040 clauses 9.2.2 and 9.2.3.1. */
public enum SmsType {
    DELIVER(0),
    DELIVER_REPORT(0),
    SUBMIT(1),
    SUBMIT_REPORT(1),
    STATUS_REPORT(2),
    COMMAND(2),
    RESERVED(3);

    private final int code;

    SmsType(int code) {
        this.code = code;
    }

    /** Message type indicator. */
    public int code() {
        return code;
    }

    public String text() {
        return this == RESERVED ? "reserved" : "SMS-" + name().replace('_', '-');
    }

    /** The message of this indicator in a data object of the toolkit, where there are no reports of delivery and submission. */
    static SmsType of(int indicator, boolean toServiceCentre) {
        return switch (indicator) {
            case 0 -> DELIVER;
            case 1 -> SUBMIT;
            case 2 -> toServiceCentre ? COMMAND : STATUS_REPORT;
            default -> RESERVED;
        };
    }

    /** The fields of a message of this type by name, in their order; one that is cut shows as far as it goes. */
    public Map<String, Object> fields(ByteString tpdu) {
        return SmsFields.of(this, tpdu);
    }
}
