// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.object;

import java.util.Map;
import org.bipline.cat.tlv.ByteString;

/**
 * SMS TPDU: a message of the short message service as it goes between ME and service centre. ETSI TS 102 223 clause 8.13,
 * 3GPP TS 23.040 clause 9.2.2.
 *
 * @param toServiceCentre whether it goes there, as that of SEND SHORT MESSAGE; the types of both ways have the same codes
 */
public record SmsTpdu(ByteString value, boolean toServiceCentre) implements BytesObject {
    /** A TPDU from the service centre. */
    public SmsTpdu(ByteString value) {
        this(value, false);
    }

    static SmsTpdu toNetwork(ByteString value) {
        return new SmsTpdu(value, true);
    }

    /** Message type indicator: 0 DELIVER, 1 SUBMIT, 2 STATUS REPORT from the network, COMMAND to it. */
    public int messageType() {
        return value.u8(0) & 3;
    }

    /** What the message is. */
    public SmsType messageKind() {
        return SmsType.of(messageType(), toServiceCentre);
    }

    @Override
    public DataObjectType type() {
        return toServiceCentre ? DataObjectType.SMS_TPDU_TO_NETWORK : DataObjectType.SMS_TPDU;
    }

    @Override
    public Map<String, Object> fields() {
        return messageKind().fields(value);
    }
}
