// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.object;

import java.util.function.Function;
import org.bipline.cat.tlv.ByteString;

/**
 * The data objects that this codec knows, with the bounds of their values' lengths. ETSI TS 102 223 clause 9.3, ETSI TS 101
 * 220 clause 7.2.
 */
@SuppressWarnings("ImmutableEnumChecker") // the decoders are constructors and lambdas without state
public enum DataObjectType {
    COMMAND_DETAILS(0x01, "Command details", "8.6", 3, 3, CommandDetails::decode),
    DEVICE_IDENTITIES(0x02, "Device identities", "8.7", 2, 2, DeviceIdentities::decode),
    RESULT(0x03, "Result", "8.12", 1, Bounds.ANY, Result::decode),
    DURATION(0x04, "Duration", "8.8", 2, 2, Duration::decode),
    ALPHA_IDENTIFIER(0x05, "Alpha identifier", "8.2", 0, Bounds.ANY, AlphaIdentifier::new),
    ADDRESS(0x06, "Address", "8.1", 0, Bounds.ANY, Address::new),
    CAPABILITY_CONFIGURATION_PARAMETERS(
            0x07,
            "Capability configuration parameters",
            "8.4",
            Layout.of(Layout.u8("lengthOfBearerCapability"), Layout.rest("bearerCapability"))),
    SUBADDRESS(0x08, "Subaddress", "8.3", Layout.of(Layout.u8("typeOfSubaddress"), Layout.rest("subaddress"))),
    SS_STRING(0x09, "SS string", "3GPP TS 31.111 clause 8.14", 1, Bounds.ANY, SsString::new),
    USSD_STRING(0x0A, "USSD string", "3GPP TS 31.111 clause 8.17", 1, Bounds.ANY, UssdString::new),
    SMS_TPDU(0x0B, "SMS TPDU", "8.13", 1, Bounds.ANY, SmsTpdu::new),
    CELL_BROADCAST_PAGE(
            0x0C,
            "Cell Broadcast page",
            "3GPP TS 31.111 clause 8.5",
            Layout.of(
                    Layout.u16("serialNumber"),
                    Layout.u16("messageIdentifier"),
                    Layout.u8("dataCodingScheme"),
                    Layout.u8("pageParameter"),
                    Layout.rest("content"))),
    TEXT_STRING(0x0D, "Text string", "8.15", 0, Bounds.ANY, TextString::new),
    TONE(0x0E, "Tone", "8.16", 1, 1, v -> new Tone(v.u8(0))),
    ITEM(0x0F, "Item", "8.9", 0, Bounds.ANY, Item::new),
    ITEM_IDENTIFIER(0x10, "Item identifier", "8.10", 1, 1, v -> new ItemIdentifier(v.u8(0))),
    RESPONSE_LENGTH(0x11, "Response length", "8.11", 2, 2, ResponseLength::decode),
    FILE_LIST(0x12, "File list", "8.18", 1, Bounds.ANY, FileList::new),
    LOCATION_INFORMATION(0x13, "Location information", "8.19", 5, Bounds.ANY, LocationInformation::new),
    IMEI(0x14, "IMEI", "8.20", 8, 8, Imei::new),
    HELP_REQUEST(0x15, "Help request", "8.21", 0, 0, v -> new HelpRequest()),
    NETWORK_MEASUREMENT_RESULTS(
            0x16, "Network Measurement Results", "8.22", Layout.of(Layout.rest("networkMeasurementResults"))),
    DEFAULT_TEXT(0x17, "Default Text", "8.23", 0, Bounds.ANY, DefaultText::new),
    ITEMS_NEXT_ACTION_INDICATOR(
            0x18, "Items next action indicator", "8.24", 0, Bounds.ANY, ItemsNextActionIndicator::new),
    EVENT_LIST(0x19, "Event list", "8.25", 0, Bounds.ANY, EventList::new),
    CAUSE(0x1A, "Cause", "8.26", Layout.of(Layout.rest("cause"))),
    LOCATION_STATUS(0x1B, "Location status", "8.27", 1, 1, v -> new LocationStatus(v.u8(0))),
    TRANSACTION_IDENTIFIER(
            0x1C,
            "Transaction identifier",
            "8.28",
            Layout.of(Layout.list(
                    "transactions",
                    1,
                    v -> Fields.of()
                            .put("identifier", (v.u8(0) >> 4) & 7)
                            .put("flag", v.u8(0) >> 7)
                            .toMap()))),
    BCCH_CHANNEL_LIST(0x1D, "BCCH channel list", "3GPP TS 31.111 clause 8.29", Layout.of(Layout.rest("channels"))),
    ICON_IDENTIFIER(0x1E, "Icon identifier", "8.31", 2, 2, v -> new IconIdentifier(v.u8(0), v.u8(1))),
    ITEM_ICON_IDENTIFIER_LIST(0x1F, "Item icon identifier list", "8.32", 1, Bounds.ANY, ItemIconIdentifierList::decode),
    CARD_READER_STATUS(0x20, "Card reader status", "8.33", 1, 1, v -> new CardReaderStatus(v.u8(0))),
    CARD_ATR(0x21, "Card ATR", "8.34", Layout.of(Layout.rest("atr"))),
    C_APDU(0x22, "C-APDU", "8.35", 4, Bounds.ANY, CApdu::new),
    R_APDU(0x23, "R-APDU", "8.36", 2, Bounds.ANY, RApdu::new),
    TIMER_IDENTIFIER(0x24, "Timer identifier", "8.37", 1, 1, v -> new TimerIdentifier(v.u8(0))),
    TIMER_VALUE(0x25, "Timer value", "8.38", 3, 3, TimerValue::new),
    DATE_TIME_AND_TIME_ZONE(0x26, "Date-time and time zone", "8.39", 7, 7, DateTimeAndTimeZone::new),
    CALL_CONTROL_REQUESTED_ACTION(
            0x27,
            "Call control requested action",
            "3GPP TS 31.111 clause 8.30",
            Layout.of(Layout.rest("requestedAction"))),
    AT_COMMAND(0x28, "AT Command", "8.40", 0, Bounds.ANY, AtCommand::new),
    AT_RESPONSE(0x29, "AT Response", "8.41", 0, Bounds.ANY, AtResponse::new),
    BC_REPEAT_INDICATOR(0x2A, "BC Repeat Indicator", "8.42", Layout.of(Layout.u8("repeatIndicator"))),
    IMMEDIATE_RESPONSE(0x2B, "Immediate response", "8.43", 0, 0, v -> new ImmediateResponse()),
    DTMF_STRING(0x2C, "DTMF string", "8.44", 0, Bounds.ANY, DtmfString::new),
    LANGUAGE(0x2D, "Language", "8.45", 2, 2, Language::new),
    TIMING_ADVANCE(
            0x2E,
            "Timing Advance",
            "3GPP TS 31.111 clause 8.46",
            Layout.of(Layout.code("meStatus", "idle", "not idle"), Layout.u8("timingAdvance"))),
    AID(0x2F, "AID", "8.60", 1, 16, Aid::new),
    BROWSER_IDENTITY(
            0x30,
            "Browser Identity",
            "8.47",
            Layout.of(Layout.code("browserIdentity", "default browser", "WML", "HTML", "XHTML", "CHTML"))),
    URL(0x31, "URL", "8.48", 0, Bounds.ANY, Url::new),
    BEARER(0x32, "Bearer", "8.49", Layout.of(Layout.codes("bearers", "SMS", "CSD", "USSD", "packet service"))),
    PROVISIONING_FILE_REFERENCE(0x33, "Provisioning File Reference", "8.50", Layout.of(Layout.rest("path"))),
    BROWSER_TERMINATION_CAUSE(
            0x34,
            "Browser Termination Cause",
            "8.51",
            Layout.of(Layout.code("cause", "user termination", "error termination"))),
    BEARER_DESCRIPTION(0x35, "Bearer description", "8.52", 1, Bounds.ANY, BearerDescription::decode),
    CHANNEL_DATA(0x36, "Channel data", "8.53", 0, Bounds.ANY, ChannelData::new),
    CHANNEL_DATA_LENGTH(0x37, "Channel data length", "8.54", 1, 1, v -> new ChannelDataLength(v.u8(0))),
    CHANNEL_STATUS(0x38, "Channel status", "8.56", 2, 2, v -> new ChannelStatus(v.u8(0), v.u8(1))),
    BUFFER_SIZE(0x39, "Buffer size", "8.55", 2, 2, v -> new BufferSize(v.u16(0))),
    CARD_READER_IDENTIFIER(0x3A, "Card reader identifier", "8.57", Layout.of(Layout.rest("identifier"))),
    FILE_UPDATE_INFORMATION(0x3B, "File Update Information", "", Layout.of(Layout.rest("information"))),
    TRANSPORT_LEVEL(
            0x3C, "UICC/terminal interface transport level", "8.59", 3, 3, v -> new TransportLevel(v.u8(0), v.u16(1))),
    OTHER_ADDRESS(0x3E, "Other address (data destination address)", "8.58", 0, Bounds.ANY, OtherAddress::new),
    ACCESS_TECHNOLOGY(0x3F, "Access technology", "8.61", 1, Bounds.ANY, AccessTechnology::new),
    DISPLAY_PARAMETERS(
            0x40,
            "Display parameters",
            "8.62",
            Layout.of(Layout.u8("screenHeight"), Layout.u8("screenWidth"), Layout.u8("screenEffects"))),
    SERVICE_RECORD(
            0x41,
            "Service Record",
            "8.63",
            Layout.of(
                    Layout.code("localBearerTechnology", "technology independent", "Bluetooth", "IrDA", "RS232", "USB"),
                    Layout.u8("serviceIdentifier"),
                    Layout.rest("serviceRecord"))),
    DEVICE_FILTER(
            0x42,
            "Device Filter",
            "8.64",
            Layout.of(
                    Layout.code("localBearerTechnology", "technology independent", "Bluetooth", "IrDA", "RS232", "USB"),
                    Layout.rest("deviceFilter"))),
    SERVICE_SEARCH(
            0x43,
            "Service Search",
            "8.65",
            Layout.of(
                    Layout.code("localBearerTechnology", "technology independent", "Bluetooth", "IrDA", "RS232", "USB"),
                    Layout.rest("serviceSearch"))),
    ATTRIBUTE_INFORMATION(
            0x44,
            "Attribute information",
            "8.66",
            Layout.of(
                    Layout.code("localBearerTechnology", "technology independent", "Bluetooth", "IrDA", "RS232", "USB"),
                    Layout.rest("attributeInformation"))),
    SERVICE_AVAILABILITY(0x45, "Service Availability", "8.67", Layout.of(Layout.rest("services"))),
    ESN(0x46, "ESN", "8.69", Layout.of(Layout.rest("esn"))),
    NETWORK_ACCESS_NAME(0x47, "Network access name", "8.70", 0, Bounds.ANY, NetworkAccessName::new),
    CDMA_SMS_TPDU(0x48, "CDMA-SMS-TPDU", "8.71", Layout.of(Layout.rest("tpdu"))),
    REMOTE_ENTITY_ADDRESS(
            0x49,
            "Remote Entity Address",
            "8.68",
            Layout.of(
                    Layout.code("codingType", "IEEE 802-2001 address", "IrDA device address"), Layout.rest("address"))),
    WLAN_IDENTIFIER(0x4A, "I-WLAN Identifier", "3GPP TS 31.111", Layout.of(Layout.rest("identifier"))),
    WLAN_ACCESS_STATUS(0x4B, "(I-)WLAN Access Status", "3GPP TS 31.111", Layout.of(Layout.u8("accessStatus"))),
    TEXT_ATTRIBUTE(0x50, "Text attribute", "8.72", 0, Bounds.ANY, TextAttribute::new),
    ITEM_TEXT_ATTRIBUTE_LIST(0x51, "Item text attribute list", "8.73", 0, Bounds.ANY, ItemTextAttributeList::new),
    PDP_CONTEXT_ACTIVATION_PARAMETERS(
            0x52,
            "PDP context Activation parameters",
            "3GPP TS 31.111 clause 8.72",
            Layout.of(Layout.rest("parameters"))),
    CONTACTLESS_STATE_REQUEST(
            0x53, "Contactless state request", "8.91", Layout.of(Layout.code("request", "enable", "disable"))),
    CONTACTLESS_FUNCTIONALITY_STATE(
            0x54, "Contactless functionality state", "8.92", Layout.of(Layout.code("state", "enabled", "disabled"))),
    CSG_CELL_SELECTION_STATUS(0x55, "CSG cell selection status", "3GPP TS 31.111", Layout.of(Layout.rest("status"))),
    CSG_ID(0x56, "CSG ID", "3GPP TS 31.111", Layout.of(Layout.rest("csgId"))),
    HNB_NAME(0x57, "HNB name", "3GPP TS 31.111", Layout.of(Layout.rest("name"))),
    MAC(0x60, "MAC", "8.100", Layout.of(Layout.rest("mac"))),
    EMERGENCY_CALL_OBJECT(0x61, "Emergency Call Object", "", Layout.of(Layout.rest("value"))),
    IMEISV(0x62, "IMEISV", "8.74", 9, 9, Imeisv::new),
    BATTERY_STATE(0x63, "Battery state", "8.76", 1, 1, v -> new BatteryState(v.u8(0))),
    BROWSING_STATUS(0x64, "Browsing status", "8.77", Layout.of(Layout.rest("status"))),
    NETWORK_SEARCH_MODE(0x65, "Network Search Mode", "8.75", Layout.of(Layout.code("mode", "manual", "automatic"))),
    FRAME_LAYOUT(
            0x66,
            "Frame Layout",
            "8.78",
            Layout.of(
                    Layout.code("layout", "", "horizontal", "vertical"),
                    Layout.list("relativeSizes", 1, v -> v.u8(0)))),
    FRAMES_INFORMATION(
            0x67, "Frames Information", "8.79", Layout.of(Layout.u8("defaultFrameIdentifier"), Layout.rest("frames"))),
    FRAME_IDENTIFIER(0x68, "Frame identifier", "8.80", Layout.of(Layout.u8("frameIdentifier"))),
    MEASUREMENT_QUALIFIER(
            0x69,
            "UTRAN/E-UTRAN Measurement Qualifier",
            "3GPP TS 31.111 clause 8.73",
            Layout.of(Layout.code(
                    "qualifier",
                    "",
                    "UTRAN intra-frequency",
                    "UTRAN inter-frequency",
                    "UTRAN inter-RAT (GERAN)",
                    "UTRAN inter-RAT (E-UTRAN)",
                    "E-UTRAN intra-frequency",
                    "E-UTRAN inter-frequency",
                    "E-UTRAN inter-RAT (GERAN)",
                    "E-UTRAN inter-RAT (UTRAN)",
                    "E-UTRAN inter-RAT (NR)"))),
    MULTIMEDIA_MESSAGE_REFERENCE(0x6A, "Multimedia Message Reference", "8.82", Layout.of(Layout.rest("reference"))),
    MULTIMEDIA_MESSAGE_IDENTIFIER(0x6B, "Multimedia Message Identifier", "8.83", Layout.of(Layout.rest("identifier"))),
    MULTIMEDIA_MESSAGE_TRANSFER_STATUS(
            0x6C, "Multimedia Message Transfer Status", "8.84", Layout.of(Layout.rest("status"))),
    MEID(0x6D, "MEID", "8.81", Layout.of(Layout.rest("meid"))),
    MULTIMEDIA_MESSAGE_CONTENT_IDENTIFIER(
            0x6E, "Multimedia Message Content Identifier", "8.85", Layout.of(Layout.rest("identifier"))),
    MULTIMEDIA_MESSAGE_NOTIFICATION(
            0x6F, "Multimedia Message Notification", "8.86", Layout.of(Layout.rest("notification"))),
    LAST_ENVELOPE(0x70, "Last Envelope", "8.87", Layout.of(Layout.rest("value"))),
    REGISTRY_APPLICATION_DATA(0x71, "Registry application data", "8.88", Layout.of(Layout.rest("data"))),
    PLMN_WITH_ACCESS_TECHNOLOGY_LIST(
            0x72,
            "PLMNwAcT List",
            "3GPP TS 31.111 clause 8.90",
            Layout.of(Layout.list(
                    "plmns",
                    5,
                    v -> Fields.of()
                            .put("plmn", SemiOctets.plmn(v.slice(0, 3)))
                            .put("accessTechnology", v.slice(3))
                            .toMap()))),
    ROUTING_AREA_INFORMATION(
            0x73,
            "Routing Area Information",
            "3GPP TS 31.111 clause 8.91",
            Layout.of(Layout.plmn("plmn"), Layout.u16("locationAreaCode"), Layout.u8("routingAreaCode"))),
    UPDATE_ATTACH_REGISTRATION_TYPE(
            0x74,
            "Update/Attach/Registration Type",
            "3GPP TS 31.111 clause 8.92",
            Layout.of(Layout.code(
                    "type",
                    "normal location updating",
                    "periodic updating",
                    "IMSI attach",
                    "GPRS attach",
                    "combined GPRS/IMSI attach",
                    "RA updating",
                    "combined RA/LA updating",
                    "combined RA/LA updating with IMSI attach",
                    "periodic RA updating",
                    "EPS attach",
                    "combined EPS/IMSI attach",
                    "TA updating",
                    "combined TA/LA updating",
                    "combined TA/LA updating with IMSI attach",
                    "periodic TA updating",
                    "initial registration",
                    "mobility registration updating",
                    "periodic registration updating"))),
    REJECTION_CAUSE_CODE(0x75, "Rejection Cause Code", "3GPP TS 31.111 clause 8.93", Layout.of(Layout.u8("cause"))),
    GEOGRAPHICAL_LOCATION_PARAMETERS(
            0x76,
            "Geographical Location Parameters",
            "3GPP TS 31.111 clause 8.94",
            Layout.of(
                    Layout.u8("horizontalAccuracy"),
                    Layout.u8("verticalCoordinate"),
                    Layout.u8("velocity"),
                    Layout.u8("preferredGadShapes"),
                    Layout.u8("preferredNmeaSentences"),
                    Layout.u8("preferredMaximumResponseTime"))),
    GAD_SHAPES(0x77, "GAD Shapes", "3GPP TS 31.111", Layout.of(Layout.rest("shape"))),
    NMEA_SENTENCE(0x78, "NMEA sentence", "3GPP TS 31.111", Layout.of(Layout.text("sentence"))),
    PLMN_LIST(0x79, "PLMN List", "3GPP TS 31.111 clause 8.97", Layout.of(Layout.list("plmns", 3, SemiOctets::plmn))),
    BROADCAST_NETWORK_INFORMATION(
            0x7A,
            "Broadcast Network Information",
            "8.90",
            Layout.of(
                    Layout.code("technology", "DVB-H", "DVB-T", "DVB-SH", "T-DMB", "FLO", "WiMAX", "DVB-NGH", "DVB-T2"),
                    Layout.rest("location"))),
    ACTIVATE_DESCRIPTOR(
            0x7B, "ACTIVATE descriptor", "8.89", Layout.of(Layout.code("target", "", "UICC-CLF interface"))),
    EPS_PDN_CONNECTION_ACTIVATION_PARAMETERS(
            0x7C, "EPS PDN connection activation parameters", "3GPP TS 31.111", Layout.of(Layout.rest("parameters"))),
    TRACKING_AREA_IDENTIFICATION(
            0x7D,
            "Tracking Area Identification",
            "3GPP TS 31.111",
            Layout.of(Layout.plmn("plmn"), Layout.rest("trackingAreaCode"))),
    CSG_ID_LIST(0x7E, "CSG ID list", "3GPP TS 31.111", Layout.of(Layout.rest("list")));

    private static final class Bounds {
        static final int ANY = Integer.MAX_VALUE;
    }

    private static final DataObjectType[] BY_TAG = new DataObjectType[ComprehensionTlv.MAX_SHORT_TAG + 1];

    static {
        for (DataObjectType type : values()) {
            if (BY_TAG[type.tag] != null) {
                throw new IllegalStateException("tag of " + type + " is that of " + BY_TAG[type.tag]);
            }
            BY_TAG[type.tag] = type;
        }
    }

    private final int tag;
    private final String title;
    private final String clause;
    private final int min;
    private final int max;
    private final Function<ByteString, DataObject> decoder;
    /** The fields of a {@link PlainObject}; null where the object has a record of its own. */
    private final Layout layout;

    DataObjectType(int tag, String title, String clause, int min, int max, Function<ByteString, DataObject> decoder) {
        this.tag = tag;
        this.title = title;
        this.clause = clause;
        this.min = min;
        this.max = max;
        this.decoder = decoder;
        this.layout = null;
    }

    DataObjectType(int tag, String title, String clause, Layout layout) {
        this.tag = tag;
        this.title = title;
        this.clause = clause;
        this.min = layout.min();
        this.max = layout.max();
        this.decoder = value -> new PlainObject(this, value);
        this.layout = layout;
    }

    /** Tag without the comprehension-required flag. */
    public int tag() {
        return tag;
    }

    public String title() {
        return title;
    }

    /** Document of the object's coding, with the clause where it is one of a single object. */
    public String clause() {
        if (clause.isEmpty()) {
            return "ETSI TS 102 223";
        }
        return clause.startsWith("3GPP") ? clause : "ETSI TS 102 223 clause " + clause;
    }

    Layout layout() {
        return layout;
    }

    /** What is wrong with the length of a value, or null. */
    String fault(ByteString value) {
        return value.length() < min || value.length() > max ? "length " + value.length() : null;
    }

    /** Reads the value of an object; an unknown tag and a malformed value are values too. */
    static DataObject decode(int tag, ByteString value) {
        DataObjectType type = tag < BY_TAG.length ? BY_TAG[tag] : null;
        if (type == null) {
            return new UnknownObject(tag, value);
        }
        String fault = type.fault(value);
        if (fault != null) {
            return new MalformedObject(type, value, fault);
        }
        try {
            return type.decoder.apply(value);
        } catch (IllegalArgumentException e) { // the constructors' own checks are the checks of the wire as well
            return new MalformedObject(type, value, e.getMessage());
        }
    }
}
