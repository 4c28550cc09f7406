// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.object;

import org.bipline.cat.tlv.ByteString;

/**
 * The message by which an ME asks for a packet data context, as call control shows it to the UICC: ACTIVATE PDP CONTEXT
 * REQUEST (3GPP TS 24.008 clause 9.5.1), PDN CONNECTIVITY REQUEST (TS 24.301 clause 8.3.20), PDU SESSION ESTABLISHMENT
 * REQUEST (TS 24.501 clause 8.3.1).
 */
final class NasMessage {
    private static final int SESSION_MANAGEMENT = 0x0A;
    private static final int EPS_SESSION_MANAGEMENT = 0x02;
    private static final int FIVE_GS_SESSION_MANAGEMENT = 0x2E;
    private static final int ACTIVATE_PDP_CONTEXT_REQUEST = 0x41;
    private static final int PDN_CONNECTIVITY_REQUEST = 0xD0;
    private static final int PDU_SESSION_ESTABLISHMENT_REQUEST = 0xC1;
    private static final int ACCESS_POINT_NAME = 0x28;
    private static final int DATA_NETWORK_NAME = 0x25;

    private NasMessage() {}

    static Fields fields(ByteString v) {
        Fields fields = Fields.of().put("message", v);
        if (v.length() < 2) {
            return fields;
        }
        if (v.u8(0) == FIVE_GS_SESSION_MANAGEMENT) {
            pduSession(fields, v);
        } else if ((v.u8(0) & 0xF) == EPS_SESSION_MANAGEMENT) {
            pdnConnectivity(fields, v);
        } else if ((v.u8(0) & 0xF) == SESSION_MANAGEMENT) {
            pdpContext(fields, v);
        }
        return fields;
    }

    /** The name of a data network (3GPP TS 24.501 clause 9.11.2.1B, with identifier or from its length on), then the message. */
    static Fields withDataNetworkName(ByteString v) {
        if (v.isEmpty() || v.u8(0) == FIVE_GS_SESSION_MANAGEMENT) {
            return fields(v);
        }
        int length = v.u8(0) == DATA_NETWORK_NAME ? 1 : 0;
        int end = length + 1 + v.u8(length);
        return Fields.of()
                .put("dataNetworkName", new NetworkAccessName(v.slice(length + 1, end)).name())
                .putAll(fields(v.slice(end)).toMap());
    }

    private static void pdpContext(Fields fields, ByteString v) {
        fields.put("transactionIdentifier", v.u8(0) >> 4).put("messageType", v.u8(1));
        if (v.u8(1) != ACTIVATE_PDP_CONTEXT_REQUEST) {
            return;
        }
        int qos = 4;
        int address = qos + 1 + v.u8(qos);
        int optional = address + 1 + v.u8(address);
        fields.put("messageName", "ACTIVATE PDP CONTEXT REQUEST")
                .put("requestedNsapi", v.u8(2) & 0xF)
                .put("requestedLlcSapi", v.u8(3) & 0xF)
                .put("requestedQos", v.slice(qos + 1, address))
                .put("requestedPdpAddress", v.slice(address + 1, optional));
        accessPointName(fields, v, optional);
    }

    private static void pdnConnectivity(Fields fields, ByteString v) {
        fields.put("epsBearerIdentity", v.u8(0) >> 4)
                .put("procedureTransactionIdentity", v.u8(1))
                .put("messageType", v.u8(2));
        if (v.u8(2) != PDN_CONNECTIVITY_REQUEST) {
            return;
        }
        fields.put("messageName", "PDN CONNECTIVITY REQUEST")
                .put("pdnType", Fields.code(v.u8(3) >> 4 & 7, "", "IPv4", "IPv6", "IPv4v6", "", "non IP", "Ethernet"))
                .put("requestType", Fields.code(v.u8(3) & 7, "", "initial request", "handover", "", "emergency"));
        accessPointName(fields, v, 4);
    }

    private static void pduSession(Fields fields, ByteString v) {
        fields.put("pduSessionIdentity", v.u8(1))
                .put("procedureTransactionIdentity", v.u8(2))
                .put("messageType", v.u8(3));
        if (v.u8(3) != PDU_SESSION_ESTABLISHMENT_REQUEST) {
            return;
        }
        fields.put("messageName", "PDU SESSION ESTABLISHMENT REQUEST").put("integrityMaximumDataRate", v.slice(4, 6));
        if (v.length() > 6 && v.u8(6) >> 4 == 9) {
            fields.put(
                    "pduSessionType",
                    Fields.code(v.u8(6) & 7, "", "IPv4", "IPv6", "IPv4v6", "unstructured", "Ethernet"));
        }
    }

    /** Optional elements of one byte have bit 8 set, those with it clear have a length. TS 24.007 clause 11.2.4. */
    private static void accessPointName(Fields fields, ByteString v, int from) {
        int at = from;
        while (at < v.length()) {
            if (v.u8(at) >= 0x80) {
                at++;
                continue;
            }
            int end = at + 2 + v.u8(at + 1);
            if (v.u8(at) == ACCESS_POINT_NAME) {
                fields.put("accessPointName", new NetworkAccessName(v.slice(at + 2, end)).name());
            }
            at = end;
        }
    }
}
