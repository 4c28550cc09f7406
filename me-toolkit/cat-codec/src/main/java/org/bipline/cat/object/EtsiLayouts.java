// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.object;

import static org.bipline.cat.object.Layout.bytes;
import static org.bipline.cat.object.Layout.code;
import static org.bipline.cat.object.Layout.codes;
import static org.bipline.cat.object.Layout.computed;
import static org.bipline.cat.object.Layout.flags;
import static org.bipline.cat.object.Layout.list;
import static org.bipline.cat.object.Layout.rest;
import static org.bipline.cat.object.Layout.u8;

import org.bipline.cat.text.SmsText;
import org.bipline.cat.tlv.ByteString;

/** The fields of the plain objects of ETSI TS 102 223 clause 8, in the order of its clauses. */
final class EtsiLayouts {
    private static final String[] LOCAL_BEARERS = {"technology independent", "Bluetooth", "IrDA", "RS232", "USB"};
    private static final int BLUETOOTH = 1;

    /** Clause 8.3: octets of 3GPP TS 24.008 clause 10.5.4.8 from octet 3 on. */
    static final Layout SUBADDRESS = computed(
            1,
            Integer.MAX_VALUE,
            v -> Fields.of()
                    .put("typeOfSubaddress", Fields.code(v.u8(0) >> 4 & 7, "NSAP", "", "user specified"))
                    .put("odd", (v.u8(0) >> 3 & 1) != 0)
                    .put("subaddress", v.slice(1)));
    /** Clause 8.4: bearer capability of 3GPP TS 24.008 clause 10.5.4.5 with its length. */
    static final Layout CAPABILITY_CONFIGURATION_PARAMETERS = computed(1, Integer.MAX_VALUE, v -> {
        Fields fields = Fields.of().put("lengthOfBearerCapability", v.u8(0));
        if (v.length() > 1) {
            int octet3 = v.u8(1);
            fields.put(
                            "informationTransferCapability",
                            Fields.code(
                                    octet3 & 7,
                                    "speech",
                                    "unrestricted digital information",
                                    "3.1 kHz audio, ex PLMN",
                                    "facsimile group 3",
                                    "",
                                    "other",
                                    "",
                                    "reserved"))
                    .put("transferMode", Fields.code(octet3 >> 3 & 1, "circuit mode", "packet mode"))
                    .put("codingStandard", Fields.code(octet3 >> 4 & 1, "GSM", "reserved"))
                    .put("radioChannelRequirement", octet3 >> 5 & 3);
        }
        return fields.put("bearerCapability", v.slice(1));
    });
    /** Clause 8.26: octets of 3GPP TS 24.008 clause 10.5.4.11 from octet 3 on; none when the radio link timed out. */
    static final Layout CAUSE = computed(0, Integer.MAX_VALUE, v -> {
        if (v.isEmpty()) {
            return Fields.of().put("cause", "radio link timeout");
        }
        // Octet 3a stands between when octet 3 is extended, but the test specifications leave that bit out
        int value = (v.u8(0) & 0x80) != 0 || v.length() == 2 ? 1 : 2;
        return Fields.of()
                .put("codingStandard", v.u8(0) >> 5 & 3)
                .put("location", v.u8(0) & 0xF)
                .put("causeValue", v.u8(value) & 0x7F)
                .put("diagnostics", v.slice(value + 1));
    });

    static final Layout TRANSACTION_IDENTIFIER = Layout.of(list(
            "transactions",
            1,
            v -> Fields.of()
                    .put("identifier", (v.u8(0) >> 4) & 7)
                    .put("flag", v.u8(0) >> 7)
                    .toMap()));
    /** Clause 8.34: initial character, format character and historical bytes of ISO/IEC 7816-3. */
    static final Layout CARD_ATR = computed(1, Integer.MAX_VALUE, v -> {
        Fields fields = Fields.of().put("atr", v);
        if (v.length() < 2) {
            return fields;
        }
        int historical = v.u8(1) & 0xF;
        int at = 2;
        int present = v.u8(1) >> 4;
        int protocol = 0;
        while (present != 0) {
            at += Integer.bitCount(present);
            if ((present & 8) == 0) {
                break;
            }
            protocol = v.u8(at - 1) & 0xF;
            present = v.u8(at - 1) >> 4;
        }
        return fields.put("convention", v.u8(0) == 0x3B ? "direct" : v.u8(0) == 0x3F ? "inverse" : "unknown")
                .put("lastProtocol", "T=" + protocol)
                .put("historicalBytes", v.slice(at, at + historical));
    });

    static final Layout BROWSER_IDENTITY =
            Layout.of(code("browserIdentity", "default browser", "WML", "HTML", "XHTML", "CHTML"));
    static final Layout BEARER = Layout.of(codes("bearers", "SMS", "CSD", "USSD", "packet service"));
    /** Clause 8.50: path of two bytes a file. */
    static final Layout PROVISIONING_FILE_REFERENCE = Layout.of(list("path", 2, ByteString::toString));

    static final Layout BROWSER_TERMINATION_CAUSE = Layout.of(code("cause", "user termination", "error termination"));
    /** Clause 8.62: as bytes 14 to 16 of the terminal profile, clause 5.2. */
    static final Layout DISPLAY_PARAMETERS = computed(
            3,
            3,
            v -> Fields.of()
                    .put("charactersDown", v.u8(0) & 0x1F)
                    .put("screenSizingSupported", v.u8(0) >> 7 != 0)
                    .put("charactersAcross", v.u8(1) & 0x7F)
                    .put("variableSizeFonts", v.u8(1) >> 7 != 0)
                    .put(
                            "screenEffects",
                            Fields.flags(v.u8(2) & 7, "display can be resized", "text wrapping", "text scrolling"))
                    .put("widthReductionInMenu", v.u8(2) >> 5));

    static final Layout SERVICE_RECORD = computed(
            2,
            Integer.MAX_VALUE,
            v -> localBearer(v).put("serviceIdentifier", v.u8(1)).put("serviceRecord", described(v, 2)));
    static final Layout DEVICE_FILTER = Layout.of(code("localBearerTechnology", LOCAL_BEARERS), rest("deviceFilter"));
    static final Layout SERVICE_SEARCH =
            computed(1, Integer.MAX_VALUE, v -> localBearer(v).put("serviceSearch", described(v, 1)));
    static final Layout ATTRIBUTE_INFORMATION =
            computed(1, Integer.MAX_VALUE, v -> localBearer(v).put("attributeInformation", described(v, 1)));
    static final Layout SERVICE_AVAILABILITY = Layout.of(rest("services"));
    static final Layout REMOTE_ENTITY_ADDRESS =
            Layout.of(code("codingType", "IEEE 802-2001 address", "IrDA device address"), rest("address"));
    static final Layout NETWORK_SEARCH_MODE = Layout.of(code("mode", "manual", "automatic"));
    static final Layout FRAME_LAYOUT =
            Layout.of(code("layout", "", "horizontal", "vertical"), list("relativeSizes", 1, v -> v.u8(0)));
    /** Clause 8.79: height and width of each frame in characters, in the order of their identifiers. */
    static final Layout FRAMES_INFORMATION = Layout.of(
            u8("defaultFrameIdentifier"),
            list(
                    "frames",
                    2,
                    v -> Fields.of()
                            .put("height", v.u8(0) & 0x1F)
                            .put("width", v.u8(1) & 0x7F)
                            .toMap()));

    static final Layout FRAME_IDENTIFIER = Layout.of(u8("frameIdentifier"));
    static final Layout MULTIMEDIA_MESSAGE_IDENTIFIER = Layout.of(rest("identifier"));
    /** Clause 8.88: port, coding of the name, type of address, name of the application. */
    static final Layout REGISTRY_APPLICATION_DATA = computed(
            4,
            Integer.MAX_VALUE,
            v -> Fields.of()
                    .put("port", v.u16(0))
                    .put("dataCodingScheme", v.u8(2))
                    .put("addressType", v.u8(3))
                    .put("name", SmsText.decode(v.u8(2), v.slice(4))));

    static final Layout ACTIVATE_DESCRIPTOR = Layout.of(code("target", "", "UICC-CLF interface"));
    static final Layout BROADCAST_NETWORK_INFORMATION = Layout.of(
            code("technology", "DVB-H", "DVB-T", "DVB-SH", "T-DMB", "FLO", "WiMAX", "DVB-NGH", "DVB-T2"),
            rest("location"));
    static final Layout CONTACTLESS_STATE_REQUEST = Layout.of(code("request", "enable", "disable"));
    static final Layout CONTACTLESS_FUNCTIONALITY_STATE = Layout.of(code("state", "enabled", "disabled"));
    /** Clause 8.98: two bits that say what the number counts, and a counter of 22 bits. */
    static final Layout ECAT_SEQUENCE_NUMBER = computed(
            3,
            3,
            v -> Fields.of()
                    .put(
                            "commandTypeIndicator",
                            Fields.code(
                                    v.u8(0) >> 6,
                                    "COMMAND CONTAINER",
                                    "TERMINAL RESPONSE",
                                    "envelope or Profile Container event",
                                    "response to an envelope or Profile Container event"))
                    .put("counter", (v.u8(0) & 0x3F) << 16 | v.u16(1)));

    static final Layout ENCRYPTED_TLV_LIST = Layout.of(rest("encryptedTlvs"));
    static final Layout MAC = Layout.of(rest("mac"));
    static final Layout SA_TEMPLATE = Layout.of(rest("securityAssociation"));
    static final Layout ECAT_CLIENT_PROFILE = Layout.of(rest("profile"));
    static final Layout ECAT_CLIENT_IDENTITY = Layout.of(rest("identity"));
    static final Layout ENCAPSULATED_ENVELOPE_TYPE = Layout.of(u8("envelopeTag"));
    static final Layout CAT_SERVICE_LIST = Layout.of(rest("services"));
    static final Layout CALL_CONTROL_RESULT = Layout.of(
            code("result", "allowed, no modification", "not allowed", "allowed with modifications"), rest("data"));
    static final Layout REFRESH_ENFORCEMENT_POLICY = Layout.of(
            flags("forced", "even if the user navigates menus", "even in a data call", "even in a voice call"));
    /** Clause 8.104: coded as an Other address. */
    static final Layout DNS_SERVER_ADDRESS = computed(1, 17, v -> new OtherAddress(v).shown());

    static final Layout SUPPORTED_RADIO_ACCESS_TECHNOLOGIES = Layout.of(list(
            "technologies",
            2,
            v -> Fields.of()
                    .put("technology", v.u8(0), AccessTechnology.Technology.of(v.u8(0)))
                    .put("state", Fields.code(v.u8(1) & 1, "disabled", "enabled"))
                    .toMap()));
    static final Layout APPLICATION_SPECIFIC_REFRESH_DATA = Layout.of(rest("data"));
    static final Layout LSI_NUMBERS = Layout.of(list("logicalSeInterfaces", 1, v -> v.u8(0)));
    static final Layout ESN = Layout.of(bytes("esn", 4));
    /** Clause 8.81: 56 bits, then a byte for future use. */
    static final Layout MEID = Layout.of(bytes("meid", 7), u8("reserved"));

    private EtsiLayouts() {}

    private static Fields localBearer(ByteString v) {
        return Fields.of().put("localBearerTechnology", Fields.code(v.u8(0), LOCAL_BEARERS));
    }

    /** What describes a service: elements where the bearer is Bluetooth and they are such, else bytes. */
    private static Object described(ByteString v, int from) {
        ByteString description = v.slice(from);
        Object bytes = description.toString();
        return v.u8(0) == BLUETOOTH
                ? SdpElements.read(description).map(e -> (Object) e).orElse(bytes)
                : bytes;
    }
}
