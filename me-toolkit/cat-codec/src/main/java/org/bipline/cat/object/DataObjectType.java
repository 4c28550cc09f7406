// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.object;

import java.util.function.Function;
import org.bipline.cat.tlv.ByteString;

/**
 * The data objects that this codec knows, with the bounds of their values' lengths. Clauses are given where the sources
 * agree on them. ETSI TS 102 223 clause 9.3, ETSI TS 101 220 clause 7.2.
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
            0x07, "Capability configuration parameters", "8.4", EtsiLayouts.CAPABILITY_CONFIGURATION_PARAMETERS),
    SUBADDRESS(0x08, "Subaddress", "8.3", EtsiLayouts.SUBADDRESS),
    SS_STRING(0x09, "SS string", "3GPP TS 31.111 clause 8.14", 1, Bounds.ANY, SsString::new),
    USSD_STRING(0x0A, "USSD string", "3GPP TS 31.111 clause 8.17", 1, Bounds.ANY, UssdString::new),
    SMS_TPDU(0x0B, "SMS TPDU", "8.13", 1, Bounds.ANY, SmsTpdu::new),
    CELL_BROADCAST_PAGE(0x0C, "Cell Broadcast page", "3GPP TS 31.111 clause 8.5", UsatLayouts.CELL_BROADCAST_PAGE),
    TEXT_STRING(0x0D, "Text string", "8.15", 0, Bounds.ANY, TextString::new),
    TONE(0x0E, "Tone", "8.16", 1, 1, (pdu, from, to) -> new Tone(pdu.u8(from))),
    ITEM(0x0F, "Item", "8.9", 0, Bounds.ANY, Item::new),
    ITEM_IDENTIFIER(0x10, "Item identifier", "8.10", 1, 1, (pdu, from, to) -> new ItemIdentifier(pdu.u8(from))),
    RESPONSE_LENGTH(0x11, "Response length", "8.11", 2, 2, ResponseLength::decode),
    FILE_LIST(0x12, "File list", "8.18", 1, Bounds.ANY, FileList::new),
    LOCATION_INFORMATION(0x13, "Location information", "8.19", 0, 11, LocationInformation::new),
    IMEI(0x14, "IMEI", "8.20", 8, 8, Imei::new),
    HELP_REQUEST(0x15, "Help request", "8.21", 0, 0, v -> new HelpRequest()),
    NETWORK_MEASUREMENT_RESULTS(0x16, "Network Measurement Results", "8.22", UsatLayouts.NETWORK_MEASUREMENT_RESULTS),
    DEFAULT_TEXT(0x17, "Default Text", "8.23", 0, Bounds.ANY, DefaultText::new),
    ITEMS_NEXT_ACTION_INDICATOR(
            0x18, "Items next action indicator", "8.24", 0, Bounds.ANY, ItemsNextActionIndicator::new),
    EVENT_LIST(0x19, "Event list", "8.25", 0, Bounds.ANY, EventList::new),
    CAUSE(0x1A, "Cause", "8.26", EtsiLayouts.CAUSE),
    LOCATION_STATUS(0x1B, "Location status", "8.27", 1, 1, (pdu, from, to) -> new LocationStatus(pdu.u8(from))),
    TRANSACTION_IDENTIFIER(0x1C, "Transaction identifier", "8.28", EtsiLayouts.TRANSACTION_IDENTIFIER),
    BCCH_CHANNEL_LIST(0x1D, "BCCH channel list", "3GPP TS 31.111 clause 8.29", UsatLayouts.BCCH_CHANNEL_LIST),
    ICON_IDENTIFIER(
            0x1E,
            "Icon identifier",
            "8.31",
            2,
            2,
            (pdu, from, to) -> new IconIdentifier(pdu.u8(from), pdu.u8(from + 1))),
    ITEM_ICON_IDENTIFIER_LIST(0x1F, "Item icon identifier list", "8.32", 1, Bounds.ANY, ItemIconIdentifierList::decode),
    CARD_READER_STATUS(0x20, "Card reader status", "8.33", 1, 1, (pdu, from, to) -> new CardReaderStatus(pdu.u8(from))),
    CARD_ATR(0x21, "Card ATR", "8.34", EtsiLayouts.CARD_ATR),
    C_APDU(0x22, "C-APDU", "8.35", 4, Bounds.ANY, CApdu::new),
    R_APDU(0x23, "R-APDU", "8.36", 2, Bounds.ANY, RApdu::new),
    TIMER_IDENTIFIER(0x24, "Timer identifier", "8.37", 1, 1, (pdu, from, to) -> new TimerIdentifier(pdu.u8(from))),
    TIMER_VALUE(0x25, "Timer value", "8.38", 3, 3, TimerValue::new),
    DATE_TIME_AND_TIME_ZONE(0x26, "Date-time and time zone", "8.39", 7, 7, DateTimeAndTimeZone::new),
    CALL_CONTROL_REQUESTED_ACTION(
            0x27,
            "Call control requested action",
            "3GPP TS 31.111 clause 8.30",
            UsatLayouts.CALL_CONTROL_REQUESTED_ACTION),
    AT_COMMAND(0x28, "AT Command", "8.40", 0, Bounds.ANY, AtCommand::new),
    AT_RESPONSE(0x29, "AT Response", "8.41", 0, Bounds.ANY, AtResponse::new),
    BC_REPEAT_INDICATOR(0x2A, "BC Repeat Indicator", "8.42", UsatLayouts.BC_REPEAT_INDICATOR),
    IMMEDIATE_RESPONSE(0x2B, "Immediate response", "8.43", 0, 0, v -> new ImmediateResponse()),
    DTMF_STRING(0x2C, "DTMF string", "8.44", 0, Bounds.ANY, DtmfString::new),
    LANGUAGE(0x2D, "Language", "8.45", 2, 2, Language::new),
    TIMING_ADVANCE(0x2E, "Timing Advance", "3GPP TS 31.111 clause 8.46", UsatLayouts.TIMING_ADVANCE),
    AID(0x2F, "AID", "8.60", 1, 16, Aid::new),
    BROWSER_IDENTITY(0x30, "Browser Identity", "8.47", EtsiLayouts.BROWSER_IDENTITY),
    URL(0x31, "URL", "8.48", 0, Bounds.ANY, Url::new),
    BEARER(0x32, "Bearer", "8.49", EtsiLayouts.BEARER),
    PROVISIONING_FILE_REFERENCE(0x33, "Provisioning File Reference", "8.50", EtsiLayouts.PROVISIONING_FILE_REFERENCE),
    BROWSER_TERMINATION_CAUSE(0x34, "Browser Termination Cause", "8.51", EtsiLayouts.BROWSER_TERMINATION_CAUSE),
    BEARER_DESCRIPTION(0x35, "Bearer description", "8.52", 1, Bounds.ANY, BearerDescription::decode),
    CHANNEL_DATA(0x36, "Channel data", "8.53", 0, Bounds.ANY, ChannelData::new),
    CHANNEL_DATA_LENGTH(
            0x37, "Channel data length", "8.54", 1, 1, (pdu, from, to) -> new ChannelDataLength(pdu.u8(from))),
    CHANNEL_STATUS(
            0x38, "Channel status", "8.56", 2, 2, (pdu, from, to) -> new ChannelStatus(pdu.u8(from), pdu.u8(from + 1))),
    BUFFER_SIZE(0x39, "Buffer size", "8.55", 2, 2, (pdu, from, to) -> new BufferSize(pdu.u16(from))),
    CARD_READER_IDENTIFIER(0x3A, "Card reader identifier", "8.57", Layout.of(Layout.rest("identifier"))),
    FILE_UPDATE_INFORMATION(0x3B, "File Update Information", "", Layout.of(Layout.rest("information"))),
    TRANSPORT_LEVEL(
            0x3C,
            "UICC/terminal interface transport level",
            "8.59",
            3,
            3,
            (pdu, from, to) -> new TransportLevel(pdu.u8(from), pdu.u16(from + 1))),
    OTHER_ADDRESS(0x3E, "Other address (data destination address)", "8.58", 0, Bounds.ANY, OtherAddress::new),
    ACCESS_TECHNOLOGY(0x3F, "Access technology", "8.61", 1, Bounds.ANY, AccessTechnology::new),
    DISPLAY_PARAMETERS(0x40, "Display parameters", "8.62", EtsiLayouts.DISPLAY_PARAMETERS),
    SERVICE_RECORD(0x41, "Service Record", "8.63", EtsiLayouts.SERVICE_RECORD),
    DEVICE_FILTER(0x42, "Device Filter", "8.64", EtsiLayouts.DEVICE_FILTER),
    SERVICE_SEARCH(0x43, "Service Search", "8.65", EtsiLayouts.SERVICE_SEARCH),
    ATTRIBUTE_INFORMATION(0x44, "Attribute information", "8.66", EtsiLayouts.ATTRIBUTE_INFORMATION),
    SERVICE_AVAILABILITY(0x45, "Service Availability", "8.67", EtsiLayouts.SERVICE_AVAILABILITY),
    ESN(0x46, "ESN", "8.69", EtsiLayouts.ESN),
    NETWORK_ACCESS_NAME(0x47, "Network access name", "8.70", 0, Bounds.ANY, NetworkAccessName::new),
    CDMA_SMS_TPDU(0x48, "CDMA-SMS-TPDU", "8.71", Layout.of(Layout.rest("tpdu"))),
    REMOTE_ENTITY_ADDRESS(0x49, "Remote Entity Address", "8.68", EtsiLayouts.REMOTE_ENTITY_ADDRESS),
    WLAN_IDENTIFIER(0x4A, "I-WLAN Identifier", "3GPP TS 31.111 clause 8.83", UsatLayouts.SSID),
    WLAN_ACCESS_STATUS(0x4B, "(I-)WLAN Access Status", "3GPP TS 31.111 clause 8.84", UsatLayouts.WLAN_ACCESS_STATUS),
    TEXT_ATTRIBUTE(0x50, "Text attribute", "8.72", 0, Bounds.ANY, TextAttribute::new),
    ITEM_TEXT_ATTRIBUTE_LIST(0x51, "Item text attribute list", "8.73", 0, Bounds.ANY, ItemTextAttributeList::new),
    PDP_CONTEXT_ACTIVATION_PARAMETERS(
            0x52,
            "PDP context Activation parameters",
            "3GPP TS 31.111 clause 8.72",
            UsatLayouts.CONTEXT_ACTIVATION_PARAMETERS),
    CONTACTLESS_STATE_REQUEST(0x53, "Contactless state request", "8.91", EtsiLayouts.CONTACTLESS_STATE_REQUEST),
    CONTACTLESS_FUNCTIONALITY_STATE(
            0x54, "Contactless functionality state", "8.92", EtsiLayouts.CONTACTLESS_FUNCTIONALITY_STATE),
    CSG_CELL_SELECTION_STATUS(
            0x55, "CSG cell selection status", "3GPP TS 31.111 clause 8.101", UsatLayouts.CSG_CELL_SELECTION_STATUS),
    CSG_ID(0x56, "CSG ID", "3GPP TS 31.111 clause 8.102", UsatLayouts.CSG_ID),
    HNB_NAME(0x57, "HNB name", "3GPP TS 31.111 clause 8.103", UsatLayouts.HNB_NAME),
    MAC(0x60, "MAC", "8.100", EtsiLayouts.MAC),
    EMERGENCY_CALL_OBJECT(0x61, "Emergency Call Object", "", Layout.of(Layout.rest("value"))),
    IMEISV(0x62, "IMEISV", "8.74", 9, 9, Imeisv::new),
    BATTERY_STATE(0x63, "Battery state", "8.76", 1, 1, (pdu, from, to) -> new BatteryState(pdu.u8(from))),
    BROWSING_STATUS(0x64, "Browsing status", "8.77", Layout.of(Layout.rest("status"))),
    NETWORK_SEARCH_MODE(0x65, "Network Search Mode", "8.75", EtsiLayouts.NETWORK_SEARCH_MODE),
    FRAME_LAYOUT(0x66, "Frame Layout", "8.78", EtsiLayouts.FRAME_LAYOUT),
    FRAMES_INFORMATION(0x67, "Frames Information", "8.79", EtsiLayouts.FRAMES_INFORMATION),
    FRAME_IDENTIFIER(0x68, "Frame identifier", "8.80", EtsiLayouts.FRAME_IDENTIFIER),
    MEASUREMENT_QUALIFIER(
            0x69,
            "UTRAN/E-UTRAN/NG-RAN Measurement Qualifier",
            "3GPP TS 31.111 clause 8.73",
            UsatLayouts.MEASUREMENT_QUALIFIER),
    MULTIMEDIA_MESSAGE_REFERENCE(0x6A, "Multimedia Message Reference", "8.82", Layout.of(Layout.rest("reference"))),
    MULTIMEDIA_MESSAGE_IDENTIFIER(
            0x6B, "Multimedia Message Identifier", "8.83", EtsiLayouts.MULTIMEDIA_MESSAGE_IDENTIFIER),
    MULTIMEDIA_MESSAGE_TRANSFER_STATUS(
            0x6C, "Multimedia Message Transfer Status", "8.84", Layout.of(Layout.rest("status"))),
    MEID(0x6D, "MEID", "8.81", EtsiLayouts.MEID),
    MULTIMEDIA_MESSAGE_CONTENT_IDENTIFIER(
            0x6E, "Multimedia Message Content Identifier", "8.85", EtsiLayouts.MULTIMEDIA_MESSAGE_IDENTIFIER),
    MULTIMEDIA_MESSAGE_NOTIFICATION(
            0x6F, "Multimedia Message Notification", "8.86", Layout.of(Layout.rest("notification"))),
    LAST_ENVELOPE(0x70, "Last Envelope", "8.87", Layout.of(Layout.rest("value"))),
    REGISTRY_APPLICATION_DATA(0x71, "Registry application data", "8.88", EtsiLayouts.REGISTRY_APPLICATION_DATA),
    PLMN_WITH_ACCESS_TECHNOLOGY_LIST(
            0x72, "PLMNwAcT List", "3GPP TS 31.111 clause 8.90", UsatLayouts.PLMN_WITH_ACCESS_TECHNOLOGY_LIST),
    ROUTING_AREA_INFORMATION(
            0x73, "Routing Area Information", "3GPP TS 31.111 clause 8.91", UsatLayouts.ROUTING_AREA_INFORMATION),
    UPDATE_ATTACH_REGISTRATION_TYPE(
            0x74,
            "Update/Attach/Registration Type",
            "3GPP TS 31.111 clause 8.92",
            UsatLayouts.UPDATE_ATTACH_REGISTRATION_TYPE),
    REJECTION_CAUSE_CODE(0x75, "Rejection Cause Code", "3GPP TS 31.111 clause 8.93", UsatLayouts.CAUSE_CODE),
    GEOGRAPHICAL_LOCATION_PARAMETERS(
            0x76,
            "Geographical Location Parameters",
            "3GPP TS 31.111 clause 8.94",
            UsatLayouts.GEOGRAPHICAL_LOCATION_PARAMETERS),
    GAD_SHAPES(0x77, "GAD Shapes", "3GPP TS 31.111 clause 8.95", UsatLayouts.GAD_SHAPES),
    NMEA_SENTENCE(0x78, "NMEA sentence", "3GPP TS 31.111 clause 8.96", UsatLayouts.NMEA_SENTENCE),
    PLMN_LIST(0x79, "PLMN List", "3GPP TS 31.111 clause 8.97", UsatLayouts.PLMN_LIST),
    BROADCAST_NETWORK_INFORMATION(
            0x7A, "Broadcast Network Information", "8.90", EtsiLayouts.BROADCAST_NETWORK_INFORMATION),
    ACTIVATE_DESCRIPTOR(0x7B, "ACTIVATE descriptor", "8.89", EtsiLayouts.ACTIVATE_DESCRIPTOR),
    EPS_PDN_CONNECTION_ACTIVATION_PARAMETERS(
            0x7C,
            "EPS PDN connection activation parameters",
            "3GPP TS 31.111 clause 8.98",
            UsatLayouts.CONTEXT_ACTIVATION_PARAMETERS),
    TRACKING_AREA_IDENTIFICATION(
            0x7D,
            "Tracking Area Identification",
            "3GPP TS 31.111 clause 8.99",
            UsatLayouts.TRACKING_AREA_IDENTIFICATION),
    CSG_ID_LIST(0x7E, "CSG ID list", "3GPP TS 31.111 clause 8.100", UsatLayouts.CSG_ID_LIST),
    // Later meanings of tags: a structure says where they hold, ETSI TS 101 220 clause 7.2
    PLMN_ID(0x09, "PLMN ID", "3GPP TS 31.111 clause 8.118", UsatLayouts.PLMN_ID),
    BSSID(0x09, "BSSID", "3GPP TS 31.111 clause 8.130", UsatLayouts.BSSID),
    EUTRAN_TIMING_ADVANCE(
            0x09, "E-UTRAN Timing Advance", "3GPP TS 31.111 clause 8.134", UsatLayouts.EUTRAN_TIMING_ADVANCE),
    HESSID(0x0A, "HESSID", "3GPP TS 31.111 clause 8.131", UsatLayouts.HESSID),
    SMS_TPDU_TO_NETWORK(0x0B, "SMS TPDU", "8.13", 1, Bounds.ANY, SmsTpdu::toNetwork),
    PDP_PDN_PDU_TYPE(0x0B, "PDP/PDN/PDU type", "3GPP TS 31.111 clause 8.142", UsatLayouts.PDP_PDN_PDU_TYPE),
    PDU_SESSION_ESTABLISHMENT_PARAMETERS(
            0x0C,
            "PDU session establishment parameters",
            "3GPP TS 31.111 clause 8.143",
            UsatLayouts.PDU_SESSION_ESTABLISHMENT_PARAMETERS),
    ECAT_CLIENT_PROFILE(0x0E, "eCAT client profile", "", EtsiLayouts.ECAT_CLIENT_PROFILE),
    ECAT_CLIENT_IDENTITY(0x0F, "eCAT client identity", "", EtsiLayouts.ECAT_CLIENT_IDENTITY),
    ENCAPSULATED_ENVELOPE_TYPE(0x10, "Encapsulated envelope type", "", EtsiLayouts.ENCAPSULATED_ENVELOPE_TYPE),
    CALL_CONTROL_RESULT(0x11, "Call control result", "", EtsiLayouts.CALL_CONTROL_RESULT),
    CAT_SERVICE_LIST(0x12, "CAT service list", "", EtsiLayouts.CAT_SERVICE_LIST),
    LSI_NUMBERS(0x12, "LSI numbers", "8.108", EtsiLayouts.LSI_NUMBERS),
    DATA_CONNECTION_STATUS(
            0x1D, "Data connection status", "3GPP TS 31.111 clause 8.137", UsatLayouts.DATA_CONNECTION_STATUS),
    ECAT_SEQUENCE_NUMBER(0x21, "eCAT sequence number", "8.98", EtsiLayouts.ECAT_SEQUENCE_NUMBER),
    ENCRYPTED_TLV_LIST(0x22, "Encrypted TLV list", "8.99", EtsiLayouts.ENCRYPTED_TLV_LIST),
    SA_TEMPLATE(0x23, "SA template", "8.101", EtsiLayouts.SA_TEMPLATE),
    DATA_CONNECTION_TYPE(0x2A, "Data connection type", "3GPP TS 31.111 clause 8.138", UsatLayouts.DATA_CONNECTION_TYPE),
    SM_CAUSE(0x2E, "(E/5G)SM cause", "3GPP TS 31.111 clause 8.139", UsatLayouts.CAUSE_CODE),
    IMS_URI(0x31, "IMS URI", "3GPP TS 31.111 clause 8.108", UsatLayouts.TEXT_URI),
    NG_RAN_TIMING_ADVANCE(
            0x31,
            "NG-RAN Primary Timing Advance Information",
            "3GPP TS 31.111 clause 8.144",
            UsatLayouts.NG_RAN_TIMING_ADVANCE),
    REJECTED_SLICES_INFORMATION(
            0x31, "Rejected slices information", "3GPP TS 31.111 clause 8.153", UsatLayouts.REJECTED_SLICES),
    SUPPORTED_RADIO_ACCESS_TECHNOLOGIES(
            0x34, "Supported Radio Access Technologies", "8.105", EtsiLayouts.SUPPORTED_RADIO_ACCESS_TECHNOLOGIES),
    REFRESH_ENFORCEMENT_POLICY(0x3A, "REFRESH Enforcement Policy", "8.103", EtsiLayouts.REFRESH_ENFORCEMENT_POLICY),
    APPLICATION_SPECIFIC_REFRESH_DATA(
            0x3B, "Application specific refresh data", "8.107", EtsiLayouts.APPLICATION_SPECIFIC_REFRESH_DATA),
    DNS_SERVER_ADDRESS(0x40, "DNS server address", "8.104", EtsiLayouts.DNS_SERVER_ADDRESS),
    SSID(0x4A, "SSID", "3GPP TS 31.111 clause 8.129", UsatLayouts.SSID),
    SURROUNDING_MACROCELLS(
            0x52, "Surrounding macrocells", "3GPP TS 31.111 clause 8.141", UsatLayouts.SURROUNDING_MACROCELLS),
    IMS_CALL_DISCONNECTION_CAUSE(
            0x55,
            "IMS call disconnection cause",
            "3GPP TS 31.111 clause 8.133",
            UsatLayouts.IMS_CALL_DISCONNECTION_CAUSE),
    CAG_CELL_SELECTION_STATUS(
            0x55, "CAG cell selection status", "3GPP TS 31.111", UsatLayouts.CAG_CELL_SELECTION_STATUS),
    SLICES_STATUS(0x55, "Slices status", "3GPP TS 31.111 clause 8.150", UsatLayouts.SLICES_STATUS),
    CAG_INFORMATION_LIST(0x56, "CAG information list", "3GPP TS 31.111", UsatLayouts.CAG_INFORMATION_LIST),
    SLICES_INFORMATION(0x56, "Slices information", "3GPP TS 31.111 clause 8.145", UsatLayouts.SLICES_INFORMATION),
    EXTENDED_REJECTION_CAUSE_CODE(
            0x57, "Extended Rejection Cause Code", "3GPP TS 31.111 clause 8.136", UsatLayouts.CAUSE_CODE),
    CAG_NAME_LIST(0x57, "CAG Human-readable network name list", "3GPP TS 31.111", UsatLayouts.CAG_NAME_LIST),
    REJECTED_SLICES_WITH_MAPPING(
            0x57,
            "Rejected slices information with S-NSSAI mapping",
            "3GPP TS 31.111 clause 8.151",
            UsatLayouts.REJECTED_SLICES),
    IP_ADDRESS_LIST(0x69, "IP address list", "3GPP TS 31.111 clause 8.140", UsatLayouts.IP_ADDRESS_LIST),
    EXTENDED_INFORMATION(0x72, "Extended information", "3GPP TS 31.111", UsatLayouts.EXTENDED_INFORMATION),
    URI_TRUNCATED(0x73, "URI truncated", "3GPP TS 31.111 clause 8.135", UsatLayouts.URI_TRUNCATED),
    PROSE_REPORT_DATA(0x74, "ProSe Report Data", "3GPP TS 31.111 clause 8.128", UsatLayouts.PROSE_REPORT_DATA),
    IARI(0x76, "IARI", "3GPP TS 31.111 clause 8.110", UsatLayouts.IARI),
    IMPU_LIST(0x77, "IMPU list", "3GPP TS 31.111 clause 8.111", UsatLayouts.IMPU_LIST),
    ALLOWED_SLICES_WITH_MAPPING(
            0x77, "Allowed slices information with S-NSSAI mapping", "3GPP TS 31.111 clause 8.152", UsatLayouts.SLICES),
    IMS_STATUS_CODE(0x78, "IMS Status-Code", "3GPP TS 31.111 clause 8.112", UsatLayouts.IMS_STATUS_CODE),
    ALLOWED_SLICES_INFORMATION(0x78, "Allowed slices information", "3GPP TS 31.111 clause 8.156", UsatLayouts.SLICES),
    EUTRAN_INTER_FREQUENCY_MEASUREMENT_RESULTS(
            0x79,
            "E-UTRAN Inter-frequency Network Measurement Results",
            "3GPP TS 31.111 clause 8.119",
            UsatLayouts.EUTRAN_INTER_FREQUENCY_MEASUREMENT_RESULTS),
    PARTIAL_NSSAI(0x79, "Partial NSSAI", "3GPP TS 31.111 clause 8.154", UsatLayouts.SLICES),
    MEDIA_TYPE(0x7E, "Media Type", "3GPP TS 31.111 clause 8.132", UsatLayouts.MEDIA_TYPE);

    private static final class Bounds {
        static final int ANY = Integer.MAX_VALUE;
    }

    private static final DataObjectType[] BY_TAG = new DataObjectType[ComprehensionTlv.MAX_SHORT_TAG + 1];

    static {
        for (DataObjectType type : values()) {
            if (BY_TAG[type.tag] == null) { // the first one of a tag is its usual meaning
                BY_TAG[type.tag] = type;
            }
        }
    }

    private final int tag;
    private final String title;
    private final String clause;
    private final int min;
    private final int max;
    private final Reader reader;
    /** The fields of a {@link PlainObject}; null where the object has a record of its own. */
    private final Layout layout;

    /** Reads the value that stands in these bytes of a PDU: what keeps no bytes makes no slice of them. */
    @FunctionalInterface
    private interface Reader {
        DataObject read(ByteString pdu, int from, int to);
    }

    DataObjectType(int tag, String title, String clause, int min, int max, Reader reader) {
        this.tag = tag;
        this.title = title;
        this.clause = clause;
        this.min = min;
        this.max = max;
        this.reader = reader;
        this.layout = null;
    }

    DataObjectType(int tag, String title, String clause, int min, int max, Function<ByteString, DataObject> ofValue) {
        this(tag, title, clause, min, max, (pdu, from, to) -> ofValue.apply(pdu.slice(from, to)));
    }

    DataObjectType(int tag, String title, String clause, Layout layout) {
        this.tag = tag;
        this.title = title;
        this.clause = clause;
        this.min = layout.min();
        this.max = layout.max();
        this.reader = (pdu, from, to) -> new PlainObject(this, pdu.slice(from, to));
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

    /** What is wrong with a value of so many bytes, or null. */
    String fault(int length) {
        return length < min || length > max ? "length " + length : null;
    }

    /** Whether the tag stands for this object wherever no structure says otherwise. */
    public boolean isUsual() {
        return BY_TAG[tag] == this;
    }

    /** Reads the value of an object in these bytes of a PDU; an unknown tag and a malformed value are values too. */
    static DataObject decode(int tag, ByteString pdu, int from, int to, TagMeaning meaning) {
        DataObjectType usual = tag < BY_TAG.length ? BY_TAG[tag] : null;
        return usual == null
                ? new UnknownObject(tag, pdu.slice(from, to))
                : meaning.of(tag, usual).decode(pdu, from, to);
    }

    /** Reads the value of an object of this type; a malformed value is a value too. */
    DataObject decode(ByteString pdu, int from, int to) {
        if (this == COMMAND_DETAILS && to - from == CommandDetails.LENGTH) {
            return CommandDetails.decode(pdu, from, to); // in every command and response: called directly
        }
        String fault = fault(to - from);
        if (fault != null) {
            return new MalformedObject(this, pdu.slice(from, to), fault);
        }
        try {
            return reader.read(pdu, from, to);
        } catch (IllegalArgumentException e) { // the constructors' own checks are the checks of the wire as well
            return new MalformedObject(this, pdu.slice(from, to), e.getMessage());
        }
    }

    /** The same of a value that stands alone. */
    DataObject decode(ByteString value) {
        return decode(value, 0, value.length());
    }
}
