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
    TEXT_STRING(0x0D, "Text string", "8.15", 0, Bounds.ANY, TextString::new),
    ITEM(0x0F, "Item", "8.9", 0, Bounds.ANY, Item::new),
    ITEM_IDENTIFIER(0x10, "Item identifier", "8.10", 1, 1, v -> new ItemIdentifier(v.u8(0))),
    FILE_LIST(0x12, "File list", "8.18", 1, Bounds.ANY, FileList::new),
    LOCATION_INFORMATION(0x13, "Location information", "8.19", 5, Bounds.ANY, LocationInformation::new),
    IMEI(0x14, "IMEI", "8.20", 8, 8, Imei::new),
    HELP_REQUEST(0x15, "Help request", "8.21", 0, 0, v -> new HelpRequest()),
    ITEMS_NEXT_ACTION_INDICATOR(
            0x18, "Items next action indicator", "8.24", 0, Bounds.ANY, ItemsNextActionIndicator::new),
    EVENT_LIST(0x19, "Event list", "8.25", 0, Bounds.ANY, EventList::new),
    LOCATION_STATUS(0x1B, "Location status", "8.27", 1, 1, v -> new LocationStatus(v.u8(0))),
    ICON_IDENTIFIER(0x1E, "Icon identifier", "8.31", 2, 2, v -> new IconIdentifier(v.u8(0), v.u8(1))),
    ITEM_ICON_IDENTIFIER_LIST(0x1F, "Item icon identifier list", "8.32", 1, Bounds.ANY, ItemIconIdentifierList::decode),
    TIMER_IDENTIFIER(0x24, "Timer identifier", "8.37", 1, 1, v -> new TimerIdentifier(v.u8(0))),
    TIMER_VALUE(0x25, "Timer value", "8.38", 3, 3, TimerValue::new),
    DATE_TIME_AND_TIME_ZONE(0x26, "Date-time and time zone", "8.39", 7, 7, DateTimeAndTimeZone::new),
    IMMEDIATE_RESPONSE(0x2B, "Immediate response", "8.43", 0, 0, v -> new ImmediateResponse()),
    LANGUAGE(0x2D, "Language", "8.45", 2, 2, Language::new),
    AID(0x2F, "AID", "8.60", 1, 16, Aid::new),
    BEARER_DESCRIPTION(0x35, "Bearer description", "8.52", 1, Bounds.ANY, BearerDescription::decode),
    CHANNEL_DATA(0x36, "Channel data", "8.53", 0, Bounds.ANY, ChannelData::new),
    CHANNEL_DATA_LENGTH(0x37, "Channel data length", "8.54", 1, 1, v -> new ChannelDataLength(v.u8(0))),
    CHANNEL_STATUS(0x38, "Channel status", "8.56", 2, 2, v -> new ChannelStatus(v.u8(0), v.u8(1))),
    BUFFER_SIZE(0x39, "Buffer size", "8.55", 2, 2, v -> new BufferSize(v.u16(0))),
    TRANSPORT_LEVEL(
            0x3C, "UICC/terminal interface transport level", "8.59", 3, 3, v -> new TransportLevel(v.u8(0), v.u16(1))),
    OTHER_ADDRESS(0x3E, "Other address (data destination address)", "8.58", 0, Bounds.ANY, OtherAddress::new),
    ACCESS_TECHNOLOGY(0x3F, "Access technology", "8.61", 1, Bounds.ANY, AccessTechnology::new),
    NETWORK_ACCESS_NAME(0x47, "Network access name", "8.70", 0, Bounds.ANY, NetworkAccessName::new),
    TEXT_ATTRIBUTE(0x50, "Text attribute", "8.72", 0, Bounds.ANY, TextAttribute::new),
    ITEM_TEXT_ATTRIBUTE_LIST(0x51, "Item text attribute list", "8.73", 0, Bounds.ANY, ItemTextAttributeList::new),
    IMEISV(0x62, "IMEISV", "8.74", 9, 9, Imeisv::new),
    BATTERY_STATE(0x63, "Battery state", "8.76", 1, 1, v -> new BatteryState(v.u8(0)));

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

    DataObjectType(int tag, String title, String clause, int min, int max, Function<ByteString, DataObject> decoder) {
        this.tag = tag;
        this.title = title;
        this.clause = clause;
        this.min = min;
        this.max = max;
        this.decoder = decoder;
    }

    /** Tag without the comprehension-required flag. */
    public int tag() {
        return tag;
    }

    public String title() {
        return title;
    }

    /** Document and clause of the object's coding. */
    public String clause() {
        return "ETSI TS 102 223 clause " + clause;
    }

    /** Reads the value of an object; an unknown tag and a malformed value are values too. */
    static DataObject decode(int tag, ByteString value) {
        DataObjectType type = tag < BY_TAG.length ? BY_TAG[tag] : null;
        if (type == null) {
            return new UnknownObject(tag, value);
        }
        if (value.length() < type.min || value.length() > type.max) {
            return new MalformedObject(type, value, "length " + value.length());
        }
        try {
            return type.decoder.apply(value);
        } catch (IllegalArgumentException e) { // the constructors' own checks are the checks of the wire as well
            return new MalformedObject(type, value, e.getMessage());
        }
    }
}
