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

    private static final Layout CSD =
            Layout.of(Layout.u8("dataRate"), Layout.u8("bearerService"), Layout.u8("connectionElement"));
    private static final Layout PACKET_SERVICE = Layout.of(
            Layout.u8("precedenceClass"),
            Layout.u8("delayClass"),
            Layout.u8("reliabilityClass"),
            Layout.u8("peakThroughputClass"),
            Layout.u8("meanThroughputClass"),
            Layout.u8("packetDataProtocolType"));
    private static final Layout EXTENDED = Layout.of(
            Layout.u8("trafficClass"),
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
            Layout.u8("packetDataProtocolType"));
    private static final Layout EUTRAN = Layout.of(
            Layout.u8("qualityOfServiceClassIdentifier"),
            Layout.u8("maximumBitrateUplink"),
            Layout.u8("maximumBitrateDownlink"),
            Layout.u8("guaranteedBitrateUplink"),
            Layout.u8("guaranteedBitrateDownlink"),
            Layout.u8("maximumBitrateUplinkExtended"),
            Layout.u8("maximumBitrateDownlinkExtended"),
            Layout.u8("guaranteedBitrateUplinkExtended"),
            Layout.u8("guaranteedBitrateDownlinkExtended"),
            Layout.u8("packetDataProtocolType"));
    private static final Layout NG_RAN = Layout.of(Layout.u8("pduSessionType"));

    public BearerDescription {
        Bits.u8("bearer type", bearerType);
    }

    static BearerDescription decode(ByteString value) {
        return new BearerDescription(value.u8(0), value.slice(1));
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
        Optional<Layout> layout = bearer().map(BearerDescription::layout);
        if (layout.isPresent() && layout.get().min() == parameters.length()) {
            return fields.putAll(layout.get().fields(parameters)).toMap();
        }
        return fields.put("bearerParameters", parameters).toMap();
    }

    /** The parameters of a bearer of the network; null for the others, whose parameters are not told apart. */
    private static Layout layout(BearerType bearer) {
        return switch (bearer) {
            case CSD -> CSD;
            case PACKET_SERVICE -> PACKET_SERVICE;
            case PACKET_SERVICE_EXTENDED -> EXTENDED;
            case EUTRAN_PACKET_SERVICE -> EUTRAN;
            case NG_RAN_PACKET_SERVICE -> NG_RAN;
            default -> null;
        };
    }
}
