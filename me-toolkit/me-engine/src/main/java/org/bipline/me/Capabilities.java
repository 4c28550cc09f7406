// SPDX-License-Identifier: Apache-2.0
package org.bipline.me;

import static org.bipline.cat.profile.Facility.*;

import java.util.List;
import java.util.Optional;
import org.bipline.cat.command.*;
import org.bipline.cat.object.Event;
import org.bipline.cat.object.LocalInformation;
import org.bipline.cat.profile.Facility;

/** Which facility of the terminal profile a command or an event belongs to. ETSI TS 102 223 clause 5.2. */
final class Capabilities {
    private Capabilities() {}

    /** Why the command is beyond the ME, or empty when it is not. Asks for nothing but the command details. */
    static Optional<String> missing(ProactiveCommand command, MeProfile profile) {
        return of(command)
                .filter(facility -> !profile.supports(facility))
                .map(facility -> facility.text().equals(command.name().toLowerCase(java.util.Locale.ROOT))
                        ? command.name() + " is not in the terminal profile"
                        : command.name() + ": " + facility.text() + " is not in the terminal profile");
    }

    /** The facility that the command needs; empty when only its content tells, or when nobody knows. */
    private static Optional<Facility> of(ProactiveCommand command) {
        return switch (command) {
            case Activate c -> Optional.of(ACTIVATE);
            case CloseChannel c -> Optional.of(CLOSE_CHANNEL);
            case CommandContainer c -> Optional.of(COMMAND_CONTAINER);
            case ContactlessStateChanged c -> Optional.of(CONTACTLESS_STATE_CHANGED);
            case DeclareService c -> Optional.of(DECLARE_SERVICE);
            case DisplayMultimediaMessage c -> Optional.of(DISPLAY_MULTIMEDIA_MESSAGE);
            case DisplayText c -> Optional.of(DISPLAY_TEXT);
            case EncapsulatedSessionControl c -> Optional.of(COMMAND_CONTAINER);
            case GeographicalLocationRequest c -> Optional.of(GEOGRAPHICAL_LOCATION_REQUEST);
            case GetChannelStatus c -> Optional.of(GET_CHANNEL_STATUS);
            case GetFramesStatus c -> Optional.of(GET_FRAMES_STATUS);
            case GetInkey c -> Optional.of(c.yesNo() ? GET_INKEY_BINARY_CHOICE : GET_INKEY);
            case GetInput c -> Optional.of(GET_INPUT);
            case GetReaderStatus c ->
                Optional.of(c.identifierWanted() ? GET_READER_STATUS_IDENTIFIER : GET_READER_STATUS);
            case GetServiceInformation c -> Optional.of(GET_SERVICE_INFORMATION);
            case LanguageNotification c -> Optional.of(LANGUAGE_NOTIFICATION);
            case LaunchBrowser c -> Optional.of(LAUNCH_BROWSER);
            case LsiCommand c ->
                Optional.of(
                        c.details().commandQualifier() == LsiCommand.UICC_PLATFORM_RESET
                                ? LSI_COMMAND_UICC_PLATFORM_RESET
                                : LSI_COMMAND_PROACTIVE_SESSION_REQUEST);
            case MoreTime c -> Optional.of(MORE_TIME);
            case OpenChannel c -> Optional.of(OPEN_CHANNEL);
            case PerformCardApdu c -> Optional.of(PERFORM_CARD_APDU);
            case PlayTone c -> Optional.of(PLAY_TONE);
            case PollInterval c -> Optional.of(POLL_INTERVAL);
            case PollingOff c -> Optional.of(POLLING_OFF);
            case PowerOffCard c -> Optional.of(POWER_OFF_CARD);
            case PowerOnCard c -> Optional.of(POWER_ON_CARD);
            case ProvideLocalInformation c ->
                Optional.of(c.information().map(Capabilities::of).orElse(PROVIDE_LOCAL_INFORMATION));
            case ReceiveData c -> Optional.of(RECEIVE_DATA);
            case Refresh c -> Optional.of(refresh(c.details().commandQualifier()));
            case RetrieveMultimediaMessage c -> Optional.of(RETRIEVE_MULTIMEDIA_MESSAGE);
            case RunAtCommand c -> Optional.of(RUN_AT_COMMAND);
            case SelectItem c -> Optional.of(SELECT_ITEM);
            case SendData c -> Optional.of(SEND_DATA);
            case SendDtmf c -> Optional.of(SEND_DTMF);
            case SendShortMessage c -> Optional.of(SEND_SHORT_MESSAGE);
            case SendSs c -> Optional.of(SEND_SS);
            case SendUssd c -> Optional.of(SEND_USSD);
            case ServiceSearch c -> Optional.of(SERVICE_SEARCH);
            case SetFrames c -> Optional.of(SET_FRAMES);
            case SetUpCall c -> Optional.of(SET_UP_CALL);
            case SetUpEventList c -> Optional.of(SET_UP_EVENT_LIST);
            case SetUpIdleModeText c -> Optional.of(SET_UP_IDLE_MODE_TEXT);
            case SetUpMenu c -> Optional.of(SET_UP_MENU);
            case SubmitMultimediaMessage c -> Optional.of(SUBMIT_MULTIMEDIA_MESSAGE);
            case TimerManagement c ->
                Optional.of(
                        c.action() == TimerManagement.GET_CURRENT_VALUE
                                ? TIMER_MANAGEMENT_GET_CURRENT_VALUE
                                : TIMER_MANAGEMENT_START_STOP);
            case UnknownCommand c -> Optional.empty();
        };
    }

    private static Facility refresh(int mode) {
        return switch (mode) {
            case Refreshing.STEERING_OF_ROAMING -> STEERING_OF_ROAMING_REFRESH;
            case Refreshing.STEERING_OF_ROAMING_WLAN -> STEERING_OF_ROAMING_WLAN_REFRESH;
            case Refreshing.EUICC_PROFILE_STATE_CHANGE -> REFRESH_EUICC_PROFILE_STATE_CHANGE;
            case Refreshing.APPLICATION_UPDATE -> REFRESH_APPLICATION_UPDATE;
            default -> REFRESH;
        };
    }

    private static Facility of(LocalInformation information) {
        return switch (information) {
            case LOCATION_INFORMATION, IMEI -> PROVIDE_LOCAL_INFORMATION;
            case NETWORK_MEASUREMENT_RESULTS -> PROVIDE_LOCAL_INFORMATION_NMR;
            case DATE_TIME_AND_TIME_ZONE -> PROVIDE_LOCAL_INFORMATION_DATE_TIME_ZONE;
            case LANGUAGE_SETTING -> PROVIDE_LOCAL_INFORMATION_LANGUAGE;
            case TIMING_ADVANCE -> PROVIDE_LOCAL_INFORMATION_TIMING_ADVANCE;
            case ACCESS_TECHNOLOGY -> PROVIDE_LOCAL_INFORMATION_ACCESS_TECHNOLOGY;
            case ESN -> PROVIDE_LOCAL_INFORMATION_ESN;
            case IMEISV -> PROVIDE_LOCAL_INFORMATION_IMEISV;
            case SEARCH_MODE -> PROVIDE_LOCAL_INFORMATION_SEARCH_MODE;
            case BATTERY_CHARGE_STATE -> PROVIDE_LOCAL_INFORMATION_BATTERY_STATE;
            case MEID -> PROVIDE_LOCAL_INFORMATION_MEID;
            case CURRENT_WSID -> PROVIDE_LOCAL_INFORMATION_WSID;
            case BROADCAST_NETWORK_INFORMATION -> PROVIDE_LOCAL_INFORMATION_BROADCAST_NETWORK;
            case MULTIPLE_ACCESS_TECHNOLOGIES,
                    LOCATION_INFORMATION_FOR_MULTIPLE_ACCESS_TECHNOLOGIES,
                    NETWORK_MEASUREMENT_RESULTS_FOR_MULTIPLE_ACCESS_TECHNOLOGIES -> MULTIPLE_ACCESS_TECHNOLOGIES;
            case CSG_ID_LIST -> CSG_CELL_DISCOVERY;
            case H_E_NB_IP_ADDRESS -> PROVIDE_LOCAL_INFORMATION_HENB_IP_ADDRESS;
            case H_E_NB_SURROUNDING_MACROCELLS -> PROVIDE_LOCAL_INFORMATION_HENB_MACROCELLS;
            case CURRENT_WLAN_IDENTIFIER -> PROVIDE_LOCAL_INFORMATION_WLAN_IDENTIFIER;
            case SLICES_INFORMATION -> PROVIDE_LOCAL_INFORMATION_SLICES;
            case CAG_INFORMATION_LIST -> CAG_FEATURE;
            case REJECTED_SLICES_INFORMATION -> PROVIDE_LOCAL_INFORMATION_REJECTED_SLICES;
            case SUPPORTED_RADIO_ACCESS_TECHNOLOGIES -> PROVIDE_LOCAL_INFORMATION_RADIO_ACCESS_TECHNOLOGIES;
        };
    }

    /** The facilities of which one is enough for an ME that reports the event. */
    static List<Facility> of(Event event) {
        return switch (event) {
            case MT_CALL -> List.of(EVENT_MT_CALL);
            case CALL_CONNECTED -> List.of(EVENT_CALL_CONNECTED);
            case CALL_DISCONNECTED -> List.of(EVENT_CALL_DISCONNECTED);
            case LOCATION_STATUS -> List.of(EVENT_LOCATION_STATUS);
            case USER_ACTIVITY -> List.of(EVENT_USER_ACTIVITY);
            case IDLE_SCREEN_AVAILABLE -> List.of(EVENT_IDLE_SCREEN_AVAILABLE);
            case CARD_READER_STATUS -> List.of(EVENT_CARD_READER_STATUS);
            case LANGUAGE_SELECTION -> List.of(EVENT_LANGUAGE_SELECTION);
            case BROWSER_TERMINATION -> List.of(EVENT_BROWSER_TERMINATION);
            case DATA_AVAILABLE -> List.of(EVENT_DATA_AVAILABLE);
            case CHANNEL_STATUS -> List.of(EVENT_CHANNEL_STATUS);
            case ACCESS_TECHNOLOGY_CHANGE -> List.of(EVENT_ACCESS_TECHNOLOGY_CHANGE);
            case DISPLAY_PARAMETERS_CHANGED -> List.of(EVENT_DISPLAY_PARAMETERS_CHANGED);
            case LOCAL_CONNECTION -> List.of(EVENT_LOCAL_CONNECTION);
            case NETWORK_SEARCH_MODE_CHANGE -> List.of(EVENT_NETWORK_SEARCH_MODE_CHANGE);
            case BROWSING_STATUS -> List.of(EVENT_BROWSING_STATUS);
            case FRAMES_INFORMATION_CHANGE -> List.of(EVENT_FRAMES_INFORMATION_CHANGE);
            case WLAN_ACCESS_STATUS -> List.of(EVENT_WLAN_ACCESS_STATUS, EVENT_WLAN_ACCESS_STATUS_TRUSTED);
            case NETWORK_REJECTION ->
                List.of(
                        EVENT_NETWORK_REJECTION,
                        EVENT_NETWORK_REJECTION_EUTRAN,
                        EVENT_NETWORK_REJECTION_NG_RAN,
                        EVENT_NETWORK_REJECTION_SATELLITE_NG_RAN);
            case HCI_CONNECTIVITY -> List.of(EVENT_HCI_CONNECTIVITY);
            case ACCESS_TECHNOLOGY_CHANGE_MULTIPLE -> List.of(MULTIPLE_ACCESS_TECHNOLOGIES);
            case CSG_CELL_SELECTION -> List.of(EVENT_CSG_CELL_SELECTION);
            case CONTACTLESS_STATE_REQUEST -> List.of(EVENT_CONTACTLESS_STATE_REQUEST);
            case IMS_REGISTRATION -> List.of(EVENT_IMS_REGISTRATION);
            case INCOMING_IMS_DATA -> List.of(EVENT_INCOMING_IMS_DATA);
            case PROFILE_CONTAINER -> List.of(COMMAND_CONTAINER);
            case SECURED_PROFILE_CONTAINER -> List.of(COMMAND_CONTAINER_SECURITY);
            case POLL_INTERVAL_NEGOTIATION -> List.of(EVENT_POLL_INTERVAL_NEGOTIATION);
            case DATA_CONNECTION_STATUS_CHANGE ->
                List.of(
                        EVENT_DATA_CONNECTION_STATUS_CHANGE_PDP,
                        EVENT_DATA_CONNECTION_STATUS_CHANGE_PDN,
                        EVENT_DATA_CONNECTION_STATUS_CHANGE_PDU);
            case CAG_CELL_SELECTION -> List.of(CAG_FEATURE);
            case SLICES_STATUS_CHANGE -> List.of(EVENT_SLICES_STATUS_CHANGE);
        };
    }
}
