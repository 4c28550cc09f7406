// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.object;

import java.util.Map;
import java.util.Optional;
import org.bipline.cat.tlv.ByteSink;
import org.bipline.cat.tlv.ByteString;

/** Bearer description: type of bearer and its parameters. ETSI TS 102 223 clause 8.52, 3GPP TS 31.111 clause 8.52. */
public record BearerDescription(int bearerType, ByteString parameters) implements TypedObject {
    public static final BearerDescription DEFAULT_BEARER =
            new BearerDescription(BearerType.DEFAULT_BEARER.code(), ByteString.EMPTY);

    private static final Layout.Field PACKET_DATA_PROTOCOL_TYPE =
            Layout.code("packetDataProtocolType", "", "", "IP", "", "", "", "", "non-IP");
    private static final Layout CSD = Layout.of(
            Layout.u8("dataRate"),
            Layout.u8("bearerService"),
            Layout.code(
                    "connectionElement",
                    "transparent",
                    "non-transparent",
                    "both, transparent preferred",
                    "both, non-transparent preferred"));
    private static final Layout PACKET_SERVICE = Layout.of(
            Layout.u8("precedenceClass"),
            Layout.u8("delayClass"),
            Layout.u8("reliabilityClass"),
            Layout.u8("peakThroughputClass"),
            Layout.u8("meanThroughputClass"),
            PACKET_DATA_PROTOCOL_TYPE);
    private static final Layout EXTENDED = Layout.of(
            Layout.code("trafficClass", "conversational", "streaming", "interactive", "background", "subscribed value"),
            Layout.u16("maximumBitrateUplink"),
            Layout.u16("maximumBitrateDownlink"),
            Layout.u16("guaranteedBitrateUplink"),
            Layout.u16("guaranteedBitrateDownlink"),
            Layout.u8("deliveryOrder"),
            Layout.u8("maximumSduSize"),
            Layout.u8("sduErrorRatio"),
            Layout.u8("residualBitErrorRatio"),
            Layout.u8("deliveryOfErroneousSdus"),
            Layout.u8("transferDelay"),
            Layout.u8("trafficHandlingPriority"),
            PACKET_DATA_PROTOCOL_TYPE);
    /** Rates of a guaranteed bit rate class, their extensions and second extensions follow as the class needs them. */
    private static final String[] EUTRAN_RATES = {
        "maximumBitrateUplink",
        "maximumBitrateDownlink",
        "guaranteedBitrateUplink",
        "guaranteedBitrateDownlink",
        "maximumBitrateUplinkExtended",
        "maximumBitrateDownlinkExtended",
        "guaranteedBitrateUplinkExtended",
        "guaranteedBitrateDownlinkExtended",
        "maximumBitrateUplinkExtended2",
        "maximumBitrateDownlinkExtended2",
        "guaranteedBitrateUplinkExtended2",
        "guaranteedBitrateDownlinkExtended2"
    };

    private static final Layout NG_RAN =
            Layout.of(Layout.code("pduSessionType", "", "IPv4", "IPv6", "IPv4v6", "unstructured", "Ethernet"));

    public BearerDescription {
        Bits.u8("bearer type", bearerType);
    }

    static BearerDescription decode(ByteString pdu, int from, int to) {
        return new BearerDescription(pdu.u8(from), pdu.slice(from + 1, to));
    }

    public Optional<BearerType> bearer() {
        return BearerType.of(bearerType);
    }

    @Override
    public DataObjectType type() {
        return DataObjectType.BEARER_DESCRIPTION;
    }

    @Override
    public int length() {
        return 1 + parameters.length();
    }

    @Override
    public void writeTo(ByteSink sink) {
        sink.u8(bearerType).bytes(parameters);
    }

    @Override
    public Map<String, Object> fields() {
        Fields fields = Fields.of().put("bearerType", bearerType, bearer());
        BearerType known = bearer().orElse(null);
        if (known == null) {
            return fields.put("bearerParameters", parameters).toMap();
        }
        return switch (known) {
            case CSD -> with(fields, CSD);
            case PACKET_SERVICE -> with(fields, PACKET_SERVICE);
            case PACKET_SERVICE_EXTENDED -> with(fields, EXTENDED);
            case EUTRAN_PACKET_SERVICE -> eutran(fields);
            case NG_RAN_PACKET_SERVICE -> with(fields, NG_RAN);
            // parameters of these belong to other standards, or there are none
            case DEFAULT_BEARER, LOCAL_LINK, BLUETOOTH, IRDA, RS232, CDMA2000_PACKET_DATA_SERVICE, WLAN, USB ->
                (parameters.isEmpty() ? fields : fields.put("bearerParameters", parameters)).toMap();
        };
    }

    private Map<String, Object> with(Fields fields, Layout layout) {
        return (layout.min() == parameters.length()
                        ? fields.putAll(layout.fields(parameters))
                        : fields.put("bearerParameters", parameters))
                .toMap();
    }

    /** Class, rates where the class guarantees one, type of packet data protocol. 3GPP TS 31.111 clause 8.52.5. */
    private Map<String, Object> eutran(Fields fields) {
        int rates = parameters.length() - 2;
        if (rates < 0 || rates > EUTRAN_RATES.length) {
            return fields.put("bearerParameters", parameters).toMap();
        }
        fields.put("qualityOfServiceClassIdentifier", parameters.u8(0));
        for (int i = 0; i < rates; i++) {
            fields.put(EUTRAN_RATES[i], parameters.u8(1 + i));
        }
        return fields.put(
                        "packetDataProtocolType",
                        Fields.code(parameters.u8(1 + rates), "", "", "IP", "", "", "", "", "non-IP"))
                .toMap();
    }
}
