// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.command;

import static org.bipline.cat.command.Row.conditional;
import static org.bipline.cat.command.Row.optional;
import static org.bipline.cat.command.Row.required;
import static org.bipline.cat.object.DataObjectType.*;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.bipline.cat.object.CommandDetails;
import org.bipline.cat.object.DataObjectType;
import org.bipline.cat.object.GeneralResult;
import org.bipline.cat.object.LocalInformation;
import org.bipline.cat.object.Pdu;
import org.bipline.cat.object.Result;
import org.bipline.cat.object.TagMeaning;
import org.bipline.cat.object.TypeOfCommand;
import org.bipline.cat.tlv.ByteString;

/**
 * The structures of terminal responses, by the command that they answer. ETSI TS 102 223 clause 6.8, 3GPP TS 31.111 clause
 * 6.8. The response tells the command in its Command details, so that each can be read alone.
 */
final class ResponseStructures {
    private static final String CLAUSE = "ETSI TS 102 223 clause 6.8";
    private static final List<Row> HEAD = List.of(
            required(COMMAND_DETAILS),
            required(DEVICE_IDENTITIES),
            required(RESULT).times(2)); // the second is that of call control
    private static final Structure[] BY_TYPE = new Structure[0x100];
    private static final Structure[] LOCAL_INFORMATION = new Structure[0x100];
    private static final Structure NO_KNOWN_COMMAND = of("a terminal response");

    static {
        for (TypeOfCommand type : TypeOfCommand.values()) {
            BY_TYPE[type.code()] = of("TERMINAL RESPONSE to " + type.text(), rows(type));
        }
        for (LocalInformation information : LocalInformation.values()) {
            LOCAL_INFORMATION[information.code()] = of(
                    "TERMINAL RESPONSE to PROVIDE LOCAL INFORMATION (" + information.text() + ")", rows(information));
        }
    }

    private ResponseStructures() {}

    /** What the tags mean in a response with these details. */
    static TagMeaning meaning(int berTag, ByteString pdu, int details, int end) {
        return end - details == CommandDetails.LENGTH ? of(pdu.u8(details + 1), pdu.u8(details + 2)) : NO_KNOWN_COMMAND;
    }

    static Structure of(Pdu pdu) {
        Optional<CommandDetails> details = pdu.first(CommandDetails.class);
        return details.isEmpty()
                ? NO_KNOWN_COMMAND
                : of(details.get().typeOfCommand(), details.get().commandQualifier());
    }

    private static Structure of(int type, int qualifier) {
        Structure structure =
                type == TypeOfCommand.PROVIDE_LOCAL_INFORMATION.code() ? LOCAL_INFORMATION[qualifier] : BY_TYPE[type];
        return structure == null ? NO_KNOWN_COMMAND : structure;
    }

    private static Structure of(String name, Row... rows) {
        return Structure.of(name, CLAUSE, HEAD, rows);
    }

    private static Row[] rows(Row... rows) {
        return rows;
    }

    private static Row[] rows(TypeOfCommand type) {
        return switch (type) {
            case REFRESH,
                    MORE_TIME,
                    POLLING_OFF,
                    SET_UP_EVENT_LIST,
                    SET_UP_MENU,
                    SET_UP_IDLE_MODE_TEXT,
                    LANGUAGE_NOTIFICATION,
                    CLOSE_CHANNEL,
                    DECLARE_SERVICE,
                    RETRIEVE_MULTIMEDIA_MESSAGE,
                    DISPLAY_MULTIMEDIA_MESSAGE,
                    CONTACTLESS_STATE_CHANGED,
                    ACTIVATE,
                    LSI_COMMAND,
                    LAUNCH_BROWSER,
                    SEND_DTMF,
                    POWER_OFF_CARD,
                    GEOGRAPHICAL_LOCATION_REQUEST,
                    END_OF_PROACTIVE_SESSION,
                    PROVIDE_LOCAL_INFORMATION -> rows();
            case POLL_INTERVAL -> rows(onSuccess(DURATION));
            case DISPLAY_TEXT, PLAY_TONE -> rows(optional(DURATION)); // total display duration
            case GET_INKEY -> rows(onSuccess(TEXT_STRING), optional(DURATION));
            case GET_INPUT -> rows(onSuccess(TEXT_STRING).secretIf(ResponseStructures::isUnseen), optional(DURATION));
            case SELECT_ITEM -> rows(onSuccess(ITEM_IDENTIFIER), optional(DURATION));
            case SEND_USSD -> rows(onSuccess(TEXT_STRING), optional(CALL_CONTROL_REQUESTED_ACTION));
            case SET_UP_CALL, SEND_SS, SEND_SHORT_MESSAGE -> rows(optional(CALL_CONTROL_REQUESTED_ACTION));
            case TIMER_MANAGEMENT ->
                rows(onSuccess(TIMER_IDENTIFIER), conditional(TIMER_VALUE, ResponseStructures::tellsTimerValue));
            case PERFORM_CARD_APDU -> rows(onSuccess(R_APDU));
            case POWER_ON_CARD -> rows(onSuccess(CARD_ATR));
            case GET_READER_STATUS ->
                rows(
                        conditional(CARD_READER_STATUS, pdu -> isPerformed(pdu) && qualifier(pdu) == 0)
                                .repeated(),
                        conditional(CARD_READER_IDENTIFIER, pdu -> isPerformed(pdu) && qualifier(pdu) == 1));
            case RUN_AT_COMMAND -> rows(onSuccess(AT_RESPONSE));
            case OPEN_CHANNEL ->
                rows(
                        onSuccess(CHANNEL_STATUS),
                        optional(BEARER_DESCRIPTION), // not of a channel in server mode or to the terminal
                        onSuccess(BUFFER_SIZE),
                        optional(OTHER_ADDRESS),
                        optional(DNS_SERVER_ADDRESS).repeated(),
                        optional(CALL_CONTROL_REQUESTED_ACTION));
            case RECEIVE_DATA -> rows(onSuccess(CHANNEL_DATA), onSuccess(CHANNEL_DATA_LENGTH));
            case SEND_DATA -> rows(onSuccess(CHANNEL_DATA_LENGTH));
            case GET_CHANNEL_STATUS -> rows(onSuccess(CHANNEL_STATUS).repeated());
            case SERVICE_SEARCH -> rows(onSuccess(SERVICE_AVAILABILITY));
            case GET_SERVICE_INFORMATION -> rows(onSuccess(SERVICE_RECORD));
            case SET_FRAMES, GET_FRAMES_STATUS -> rows(onSuccess(FRAMES_INFORMATION));
            case SUBMIT_MULTIMEDIA_MESSAGE -> rows(optional(MULTIMEDIA_MESSAGE_IDENTIFIER));
            case COMMAND_CONTAINER -> rows(optional(ECAT_SEQUENCE_NUMBER), optional(MAC), optional(ENCRYPTED_TLV_LIST));
            case ENCAPSULATED_SESSION_CONTROL -> rows(optional(SA_TEMPLATE));
        };
    }

    private static Row[] rows(LocalInformation information) {
        return switch (information) {
            case LOCATION_INFORMATION -> rows(onSuccess(DataObjectType.LOCATION_INFORMATION));
            case IMEI -> rows(onSuccess(DataObjectType.IMEI));
            case NETWORK_MEASUREMENT_RESULTS ->
                rows(
                        conditional(
                                DataObjectType.NETWORK_MEASUREMENT_RESULTS,
                                pdu -> isPerformed(pdu)
                                        && pdu.first(EUTRAN_INTER_FREQUENCY_MEASUREMENT_RESULTS)
                                                .isEmpty()),
                        optional(BCCH_CHANNEL_LIST),
                        optional(EUTRAN_INTER_FREQUENCY_MEASUREMENT_RESULTS).repeated(),
                        optional(MEASUREMENT_QUALIFIER));
            case DATE_TIME_AND_TIME_ZONE -> rows(onSuccess(DataObjectType.DATE_TIME_AND_TIME_ZONE));
            case LANGUAGE_SETTING -> rows(onSuccess(LANGUAGE));
            case TIMING_ADVANCE -> // of the access technology, if that has one
                rows(
                        optional(DataObjectType.TIMING_ADVANCE),
                        optional(EUTRAN_TIMING_ADVANCE),
                        optional(NG_RAN_TIMING_ADVANCE));
            case ACCESS_TECHNOLOGY, MULTIPLE_ACCESS_TECHNOLOGIES -> rows(onSuccess(DataObjectType.ACCESS_TECHNOLOGY));
            case ESN -> rows(onSuccess(DataObjectType.ESN));
            case IMEISV -> rows(onSuccess(DataObjectType.IMEISV));
            case SEARCH_MODE -> rows(onSuccess(NETWORK_SEARCH_MODE));
            case BATTERY_CHARGE_STATE -> rows(onSuccess(BATTERY_STATE));
            case MEID -> rows(onSuccess(DataObjectType.MEID));
            case CURRENT_WSID -> rows(onSuccess(WLAN_IDENTIFIER));
            case BROADCAST_NETWORK_INFORMATION -> rows(onSuccess(DataObjectType.BROADCAST_NETWORK_INFORMATION));
            case LOCATION_INFORMATION_FOR_MULTIPLE_ACCESS_TECHNOLOGIES ->
                rows(
                        onSuccess(DataObjectType.ACCESS_TECHNOLOGY).repeated(),
                        onSuccess(DataObjectType.LOCATION_INFORMATION).repeated());
            case NETWORK_MEASUREMENT_RESULTS_FOR_MULTIPLE_ACCESS_TECHNOLOGIES ->
                rows(
                        onSuccess(DataObjectType.ACCESS_TECHNOLOGY).repeated(),
                        onSuccess(DataObjectType.NETWORK_MEASUREMENT_RESULTS).repeated(),
                        optional(BCCH_CHANNEL_LIST).repeated(),
                        optional(MEASUREMENT_QUALIFIER).repeated());
            case CSG_ID_LIST -> rows(onSuccess(DataObjectType.CSG_ID_LIST).repeated());
            // Clause 6.8.7 has the addresses and cells as objects of their own, clauses 8.140 and 8.141 within another
            case H_E_NB_IP_ADDRESS ->
                rows(
                        conditional(
                                IP_ADDRESS_LIST,
                                pdu -> isPerformed(pdu)
                                        && pdu.first(OTHER_ADDRESS).isEmpty()),
                        optional(OTHER_ADDRESS).repeated());
            case H_E_NB_SURROUNDING_MACROCELLS ->
                rows(
                        conditional(
                                        SURROUNDING_MACROCELLS,
                                        pdu -> isPerformed(pdu)
                                                && pdu.first(DataObjectType.LOCATION_INFORMATION)
                                                        .isEmpty())
                                .repeated(),
                        optional(DataObjectType.ACCESS_TECHNOLOGY).repeated(),
                        optional(DataObjectType.LOCATION_INFORMATION).repeated());
            case CURRENT_WLAN_IDENTIFIER -> rows(onSuccess(SSID), optional(BSSID), optional(HESSID));
            case SLICES_INFORMATION ->
                rows(
                        onSuccess(DataObjectType.SLICES_INFORMATION),
                        optional(ALLOWED_SLICES_INFORMATION),
                        optional(ALLOWED_SLICES_WITH_MAPPING),
                        optional(PARTIAL_NSSAI));
            case CAG_INFORMATION_LIST -> rows(onSuccess(DataObjectType.CAG_INFORMATION_LIST), optional(CAG_NAME_LIST));
            case REJECTED_SLICES_INFORMATION ->
                rows(optional(DataObjectType.REJECTED_SLICES_INFORMATION), optional(REJECTED_SLICES_WITH_MAPPING));
            case SUPPORTED_RADIO_ACCESS_TECHNOLOGIES ->
                rows(onSuccess(DataObjectType.SUPPORTED_RADIO_ACCESS_TECHNOLOGIES));
        };
    }

    /** An object that a response must have when the command was performed and no information is missing. */
    private static Row onSuccess(DataObjectType type) {
        return conditional(type, ResponseStructures::isPerformed);
    }

    private static boolean isPerformed(Pdu pdu) {
        Optional<Result> result = pdu.first(Result.class);
        return result.isPresent()
                && result.get().performed()
                && result.get().generalResult() != GeneralResult.PERFORMED_WITH_MISSING_INFORMATION.code();
    }

    private static int qualifier(Pdu pdu) {
        return pdu.first(CommandDetails.class)
                .map(CommandDetails::commandQualifier)
                .orElse(0);
    }

    /** Deactivation and query tell the value, the start of a timer does not. */
    private static boolean tellsTimerValue(Pdu pdu) {
        return isPerformed(pdu) && qualifier(pdu) != TimerManagement.START;
    }

    /** Bit 3 of the qualifier: the user's input was not shown while it was entered. */
    private static boolean isUnseen(Pdu pdu) {
        Predicate<CommandDetails> hidden = details -> details.qualifierBit(3);
        return pdu.first(CommandDetails.class).filter(hidden).isPresent();
    }
}
