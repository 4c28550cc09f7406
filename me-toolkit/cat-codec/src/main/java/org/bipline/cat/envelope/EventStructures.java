// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.envelope;

import static org.bipline.cat.command.Row.conditional;
import static org.bipline.cat.command.Row.optional;
import static org.bipline.cat.command.Row.required;
import static org.bipline.cat.object.DataObjectType.*;

import java.util.List;
import org.bipline.cat.command.Row;
import org.bipline.cat.command.Structure;
import org.bipline.cat.object.DataObjectType;
import org.bipline.cat.object.Event;
import org.bipline.cat.object.LocationStatus;
import org.bipline.cat.object.Pdu;

/** The structures of event downloads, by event. ETSI TS 102 223 clause 7.5, 3GPP TS 31.111 clause 7.5. */
final class EventStructures {
    private static final List<Row> HEAD = List.of(required(EVENT_LIST), required(DEVICE_IDENTITIES));
    private static final Structure[] BY_CODE = new Structure[0x100];
    private static final Structure NO_KNOWN_EVENT = Structure.of("EVENT DOWNLOAD", "ETSI TS 102 223 clause 7.5", HEAD);

    static {
        for (Event event : Event.values()) {
            BY_CODE[event.code()] =
                    Structure.of("EVENT DOWNLOAD " + event.name().replace('_', ' '), clause(event), HEAD, rows(event));
        }
    }

    private EventStructures() {}

    /** The structure of an event, that of any event when its code is not known. */
    static Structure of(int code) {
        return BY_CODE[code] == null ? NO_KNOWN_EVENT : BY_CODE[code];
    }

    static Structure ofNone() {
        return NO_KNOWN_EVENT;
    }

    private static String clause(Event event) {
        return switch (event) {
            case WLAN_ACCESS_STATUS,
                    NETWORK_REJECTION,
                    CSG_CELL_SELECTION,
                    INCOMING_IMS_DATA,
                    IMS_REGISTRATION,
                    DATA_CONNECTION_STATUS_CHANGE,
                    CAG_CELL_SELECTION,
                    SLICES_STATUS_CHANGE -> "3GPP TS 31.111 clause 7.5";
            default -> "ETSI TS 102 223 clause 7.5";
        };
    }

    private static Row[] rows(Row... rows) {
        return rows;
    }

    private static Row[] rows(Event event) {
        return switch (event) {
            case MT_CALL ->
                rows(
                        required(TRANSACTION_IDENTIFIER),
                        optional(ADDRESS),
                        optional(SUBADDRESS),
                        optional(IMS_URI),
                        optional(MEDIA_TYPE),
                        optional(URI_TRUNCATED));
            case CALL_CONNECTED -> rows(required(TRANSACTION_IDENTIFIER), optional(MEDIA_TYPE));
            case CALL_DISCONNECTED ->
                rows(
                        required(TRANSACTION_IDENTIFIER),
                        optional(CAUSE),
                        optional(MEDIA_TYPE),
                        optional(IMS_CALL_DISCONNECTION_CAUSE));
            // with the location in normal service
            case LOCATION_STATUS ->
                rows(
                        required(DataObjectType.LOCATION_STATUS),
                        conditional(LOCATION_INFORMATION, EventStructures::isInNormalService));
            case USER_ACTIVITY, IDLE_SCREEN_AVAILABLE, HCI_CONNECTIVITY -> rows();
            case CARD_READER_STATUS -> rows(required(DataObjectType.CARD_READER_STATUS));
            case LANGUAGE_SELECTION -> rows(required(LANGUAGE));
            case BROWSER_TERMINATION -> rows(required(BROWSER_TERMINATION_CAUSE));
            case DATA_AVAILABLE -> rows(required(CHANNEL_STATUS), required(CHANNEL_DATA_LENGTH));
            case CHANNEL_STATUS ->
                rows(required(DataObjectType.CHANNEL_STATUS), optional(BEARER_DESCRIPTION), optional(OTHER_ADDRESS));
            case ACCESS_TECHNOLOGY_CHANGE, ACCESS_TECHNOLOGY_CHANGE_MULTIPLE -> rows(required(ACCESS_TECHNOLOGY));
            case DISPLAY_PARAMETERS_CHANGED -> rows(required(DISPLAY_PARAMETERS));
            case LOCAL_CONNECTION ->
                rows(
                        required(SERVICE_RECORD),
                        optional(REMOTE_ENTITY_ADDRESS),
                        optional(TRANSPORT_LEVEL),
                        optional(OTHER_ADDRESS));
            case NETWORK_SEARCH_MODE_CHANGE -> rows(required(NETWORK_SEARCH_MODE));
            case BROWSING_STATUS -> rows(required(DataObjectType.BROWSING_STATUS));
            case FRAMES_INFORMATION_CHANGE -> rows(required(FRAMES_INFORMATION));
            case WLAN_ACCESS_STATUS -> rows(required(DataObjectType.WLAN_ACCESS_STATUS));
            case NETWORK_REJECTION ->
                rows(
                        conditional(LOCATION_INFORMATION, EventStructures::tellsNoArea),
                        optional(ROUTING_AREA_INFORMATION),
                        optional(TRACKING_AREA_IDENTIFICATION),
                        required(ACCESS_TECHNOLOGY),
                        required(UPDATE_ATTACH_REGISTRATION_TYPE),
                        required(REJECTION_CAUSE_CODE),
                        optional(EXTENDED_REJECTION_CAUSE_CODE),
                        optional(EXTENDED_INFORMATION));
            case CSG_CELL_SELECTION ->
                rows(
                        required(ACCESS_TECHNOLOGY),
                        required(CSG_CELL_SELECTION_STATUS),
                        optional(CSG_ID),
                        optional(HNB_NAME),
                        optional(PLMN_ID));
            case CONTACTLESS_STATE_REQUEST -> rows(required(DataObjectType.CONTACTLESS_STATE_REQUEST));
            case IMS_REGISTRATION -> rows(optional(IMPU_LIST), conditional(IMS_STATUS_CODE, EventStructures::isNoList));
            case INCOMING_IMS_DATA -> rows(required(IARI));
            case PROFILE_CONTAINER ->
                rows(
                        optional(ECAT_CLIENT_PROFILE),
                        optional(ECAT_CLIENT_IDENTITY),
                        optional(CAT_SERVICE_LIST),
                        optional(ECAT_SEQUENCE_NUMBER));
            case SECURED_PROFILE_CONTAINER ->
                rows(
                        optional(ECAT_SEQUENCE_NUMBER),
                        optional(MAC),
                        optional(ENCRYPTED_TLV_LIST),
                        optional(SA_TEMPLATE));
            case POLL_INTERVAL_NEGOTIATION -> rows(required(DURATION));
            case DATA_CONNECTION_STATUS_CHANGE ->
                rows(
                        required(DATA_CONNECTION_STATUS),
                        required(DATA_CONNECTION_TYPE),
                        optional(SM_CAUSE),
                        required(TRANSACTION_IDENTIFIER),
                        optional(DATE_TIME_AND_TIME_ZONE),
                        optional(LOCATION_INFORMATION),
                        optional(ACCESS_TECHNOLOGY),
                        optional(DataObjectType.LOCATION_STATUS),
                        optional(NETWORK_ACCESS_NAME),
                        optional(PDP_PDN_PDU_TYPE));
            case CAG_CELL_SELECTION ->
                rows(
                        optional(ACCESS_TECHNOLOGY),
                        required(CAG_CELL_SELECTION_STATUS),
                        optional(CAG_INFORMATION_LIST),
                        optional(CAG_NAME_LIST),
                        optional(PLMN_ID));
            case SLICES_STATUS_CHANGE ->
                rows(
                        optional(ACCESS_TECHNOLOGY),
                        required(SLICES_STATUS),
                        optional(SLICES_INFORMATION),
                        optional(ALLOWED_SLICES_INFORMATION),
                        optional(ALLOWED_SLICES_WITH_MAPPING),
                        optional(REJECTED_SLICES_INFORMATION),
                        optional(REJECTED_SLICES_WITH_MAPPING),
                        optional(PARTIAL_NSSAI),
                        optional(LAST_ENVELOPE));
        };
    }

    private static boolean isInNormalService(Pdu pdu) {
        return pdu.first(LocationStatus.class)
                .filter(status -> status.code() == 0)
                .isPresent();
    }

    private static boolean tellsNoArea(Pdu pdu) {
        return pdu.first(ROUTING_AREA_INFORMATION).isEmpty()
                && pdu.first(TRACKING_AREA_IDENTIFICATION).isEmpty();
    }

    private static boolean isNoList(Pdu pdu) {
        return pdu.first(IMPU_LIST).isEmpty();
    }
}
