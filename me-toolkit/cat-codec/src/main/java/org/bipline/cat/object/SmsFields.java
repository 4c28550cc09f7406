// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.object;

import java.util.Map;
import org.bipline.cat.text.SmsText;
import org.bipline.cat.tlv.ByteString;

/** Reads the fields of an SMS TPDU one after the other. 3GPP TS 23.040 clause 9.2. */
final class SmsFields {
    private static final int TIME_STAMP = 7;
    /** Bit 7 of the first octet of all messages. */
    private static final int USER_DATA_HEADER = 0x40;

    private static final int PROTOCOL_IDENTIFIER_PRESENT = 1;
    private static final int DATA_CODING_SCHEME_PRESENT = 2;
    private static final int USER_DATA_PRESENT = 4;
    private static final int ALPHANUMERIC = 5;
    private static final String[] COMMANDS = {
        "enquiry",
        "cancel status report request",
        "delete previously submitted short message",
        "enable status report request"
    };

    private final ByteString tpdu;
    private final Fields fields = Fields.of();
    private int at;

    private SmsFields(ByteString tpdu) {
        this.tpdu = tpdu;
    }

    static Map<String, Object> of(SmsType type, ByteString tpdu) {
        SmsFields read = new SmsFields(tpdu);
        read.fields.put("messageType", Fields.code(type.code(), names(type)));
        try {
            read.read(type);
        } catch (IndexOutOfBoundsException e) { // a TPDU that is cut shows as far as it goes
            read.fields.put("fault", "cut");
        }
        return read.fields.put("tpdu", tpdu).toMap();
    }

    private static String[] names(SmsType type) {
        String[] names = {"", "", "", ""};
        names[type.code()] = type.text();
        return names;
    }

    private void read(SmsType type) {
        int first = u8();
        switch (type) {
            case DELIVER -> {
                fields.put("moreMessagesToSend", (first & 4) == 0).put("statusReportIndication", (first & 0x20) != 0);
                replyPath(first);
                address("originatingAddress");
                protocolIdentifier();
                int scheme = scheme();
                timeStamp("serviceCentreTimeStamp");
                userData(first, scheme);
            }
            case SUBMIT -> {
                fields.put("rejectDuplicates", (first & 4) != 0).put("statusReportRequest", (first & 0x20) != 0);
                replyPath(first);
                fields.put("messageReference", u8());
                address("destinationAddress");
                protocolIdentifier();
                int scheme = scheme();
                validityPeriod((first >> 3) & 3);
                userData(first, scheme);
            }
            case STATUS_REPORT -> {
                fields.put("moreMessagesToSend", (first & 4) == 0)
                        .put("resultOfCommand", (first & 0x20) != 0)
                        .put("messageReference", u8());
                address("recipientAddress");
                timeStamp("serviceCentreTimeStamp");
                timeStamp("dischargeTime");
                fields.put("status", u8());
                if (at < tpdu.length()) {
                    parameters(first);
                }
            }
            case COMMAND -> {
                fields.put("statusReportRequest", (first & 0x20) != 0).put("messageReference", u8());
                protocolIdentifier();
                fields.put("commandType", Fields.code(u8(), COMMANDS)).put("messageNumber", u8());
                address("destinationAddress");
                int length = u8();
                fields.put("commandData", slice(length));
            }
            case DELIVER_REPORT, SUBMIT_REPORT -> {
                // In a negative report the cause stands first: 80 to FF, which no parameter indicator has, as its bit 8
                // would announce a second one
                if (tpdu.u8(at) >= 0x80) {
                    fields.put("failureCause", u8());
                }
                if (type == SmsType.SUBMIT_REPORT) {
                    int indicator = u8();
                    timeStamp("serviceCentreTimeStamp");
                    parameters(first, indicator);
                } else {
                    parameters(first);
                }
            }
            case RESERVED -> {
                // nothing is known of it
            }
        }
    }

    private int u8() {
        return tpdu.u8(at++);
    }

    private ByteString slice(int length) {
        ByteString slice = tpdu.slice(at, at + length);
        at += length;
        return slice;
    }

    private void replyPath(int first) {
        fields.put("replyPath", first >> 7 != 0);
    }

    private void address(String name) {
        int digits = u8();
        ByteString address = slice(1 + (digits + 1) / 2);
        boolean alphanumeric = ((address.u8(0) >> 4) & 7) == ALPHANUMERIC;
        fields.put(
                name,
                alphanumeric
                        ? SmsText.decode(0, address.slice(1))
                        : DialledNumber.number(address).orElse(""));
    }

    private void protocolIdentifier() {
        fields.put("protocolIdentifier", u8());
    }

    private int scheme() {
        int scheme = u8();
        fields.put("dataCodingScheme", scheme);
        return scheme;
    }

    private void timeStamp(String name) {
        fields.put(name, SemiOctets.digits(slice(TIME_STAMP)));
    }

    /** Clause 9.2.3.12: none, relative, enhanced or absolute, by the format in the first octet. */
    private void validityPeriod(int format) {
        switch (format) {
            case 0 -> {
                // there is none
            }
            case 2 -> {
                int period = u8();
                fields.put("validityPeriod", period).put("validityMinutes", minutes(period));
            }
            case 3 -> timeStamp("validityPeriod");
            default -> fields.put("validityPeriod", slice(TIME_STAMP));
        }
    }

    private static int minutes(int period) {
        int hour = 60;
        int day = 24 * hour;
        if (period < 144) {
            return 5 * (period + 1);
        }
        if (period < 168) {
            return 12 * hour + 30 * (period - 143);
        }
        return period < 197 ? day * (period - 166) : 7 * day * (period - 192);
    }

    private void parameters(int first) {
        parameters(first, u8());
    }

    /** What the parameter indicator announces. Clause 9.2.3.27. */
    private void parameters(int first, int indicator) {
        fields.put("parameterIndicator", indicator);
        if ((indicator & PROTOCOL_IDENTIFIER_PRESENT) != 0) {
            protocolIdentifier();
        }
        int scheme = (indicator & DATA_CODING_SCHEME_PRESENT) != 0 ? scheme() : 0;
        if ((indicator & USER_DATA_PRESENT) != 0) {
            userData(first, scheme);
        }
    }

    private void userData(int first, int scheme) {
        int length = u8();
        ByteString data = tpdu.slice(at);
        fields.put("userDataLength", length).put("userData", data);
        boolean hasHeader = (first & USER_DATA_HEADER) != 0;
        SmsUserData.show(fields, scheme, length, data, hasHeader);
    }
}
