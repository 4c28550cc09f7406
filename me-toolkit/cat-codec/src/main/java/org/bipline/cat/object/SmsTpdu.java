// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.object;

import java.util.Map;
import org.bipline.cat.text.SmsText;
import org.bipline.cat.tlv.ByteString;

/**
 * SMS TPDU: a message of the short message service as it goes between ME and service centre. ETSI TS 102 223 clause 8.13,
 * 3GPP TS 23.040 clause 9.2.2. The object does not say which way the message goes, so that type 2 stays open.
 */
public record SmsTpdu(ByteString value, boolean toServiceCentre) implements BytesObject {
    /** A TPDU from the service centre. */
    public SmsTpdu(ByteString value) {
        this(value, false);
    }

    static SmsTpdu toNetwork(ByteString value) {
        return new SmsTpdu(value, true);
    }

    private static final int DELIVER = 0;
    private static final int SUBMIT = 1;
    private static final int USER_DATA_HEADER = 0x40;
    private static final String[] TYPES = {"SMS-DELIVER", "SMS-SUBMIT", "SMS-STATUS-REPORT or SMS-COMMAND", "reserved"};

    /** Message type indicator: 0 DELIVER, 1 SUBMIT, 2 STATUS REPORT from the network, COMMAND to it. */
    public int messageType() {
        return value.u8(0) & 3;
    }

    @Override
    public DataObjectType type() {
        return toServiceCentre ? DataObjectType.SMS_TPDU_TO_NETWORK : DataObjectType.SMS_TPDU;
    }

    @Override
    public Map<String, Object> fields() {
        Fields fields = Fields.of().put("messageType", Fields.code(messageType(), TYPES));
        try {
            if (messageType() == DELIVER) {
                address(fields, 1, "originatingAddress");
            } else if (messageType() == SUBMIT) {
                fields.put("messageReference", value.u8(1));
                address(fields, 2, "destinationAddress");
            }
        } catch (IndexOutOfBoundsException e) { // a TPDU that is cut shows as far as it goes
            fields.put("fault", "cut");
        }
        return fields.put("tpdu", value).toMap();
    }

    private void address(Fields fields, int at, String name) {
        int digits = value.u8(at);
        int end = at + 2 + (digits + 1) / 2;
        ByteString address = value.slice(at + 1, end);
        boolean alphanumeric = ((address.u8(0) >> 4) & 7) == 5;
        fields.put(
                name,
                alphanumeric
                        ? SmsText.decode(0, address.slice(1))
                        : DialledNumber.number(address).orElse(""));
        fields.put("protocolIdentifier", value.u8(end));
        int scheme = value.u8(end + 1);
        fields.put("dataCodingScheme", scheme);
        int at2 = end + 2;
        if (messageType() == DELIVER) {
            fields.put("serviceCentreTimeStamp", SemiOctets.digits(value.slice(at2, at2 + 7)));
            at2 += 7;
        } else {
            int format = (value.u8(0) >> 3) & 3;
            int validity = format == 0 ? 0 : format == 2 ? 1 : 7;
            if (validity > 0) {
                fields.put("validityPeriod", value.slice(at2, at2 + validity));
            }
            at2 += validity;
        }
        fields.put("userDataLength", value.u8(at2));
        ByteString userData = value.slice(at2 + 1);
        fields.put("userData", userData);
        if ((value.u8(0) & USER_DATA_HEADER) == 0) {
            String text = SmsText.decode(scheme, userData);
            fields.put("text", text.substring(0, Math.min(text.length(), value.u8(at2))));
        }
    }
}
