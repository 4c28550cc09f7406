// SPDX-License-Identifier: Apache-2.0
package org.bipline.me;

import static org.bipline.cat.profile.Facility.*;

import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;
import org.bipline.cat.profile.Facility;

/** What the MEs of the presets can do. */
final class FacilitySets {
    /** The least for a card that speaks over a channel. */
    static final Set<Facility> BIP_MODEM = Set.of(
            PROFILE_DOWNLOAD,
            COMMAND_RESULT,
            SMS_PP_DATA_DOWNLOAD,
            MORE_TIME,
            POLL_INTERVAL,
            POLLING_OFF,
            PROVIDE_LOCAL_INFORMATION,
            SET_UP_EVENT_LIST,
            EVENT_DATA_AVAILABLE,
            EVENT_CHANNEL_STATUS,
            TIMER_EXPIRATION,
            TIMER_MANAGEMENT_START_STOP,
            TIMER_MANAGEMENT_GET_CURRENT_VALUE,
            OPEN_CHANNEL,
            CLOSE_CHANNEL,
            RECEIVE_DATA,
            SEND_DATA,
            GET_CHANNEL_STATUS,
            BEARER_GPRS,
            BEARER_EUTRAN,
            UTRAN_PS_EXTENDED_PARAMETERS,
            TCP_CLIENT_REMOTE);

    /** What an ME needs neither display nor keypad for. */
    private static final Set<Facility> WITHOUT_USER = union(
            BIP_MODEM,
            Set.of(
                    UDP_CLIENT_REMOTE,
                    TCP_SERVER,
                    TCP_CLIENT_LOCAL,
                    UDP_CLIENT_LOCAL,
                    CELL_BROADCAST_DATA_DOWNLOAD,
                    REFRESH,
                    SEND_SHORT_MESSAGE,
                    MO_SHORT_MESSAGE_CONTROL,
                    PROVIDE_LOCAL_INFORMATION_NMR,
                    PROVIDE_LOCAL_INFORMATION_DATE_TIME_ZONE,
                    PROVIDE_LOCAL_INFORMATION_ACCESS_TECHNOLOGY,
                    PROVIDE_LOCAL_INFORMATION_TIMING_ADVANCE,
                    PROVIDE_LOCAL_INFORMATION_IMEISV,
                    PROVIDE_LOCAL_INFORMATION_SEARCH_MODE,
                    PROVIDE_LOCAL_INFORMATION_BATTERY_STATE,
                    EVENT_LOCATION_STATUS,
                    EVENT_ACCESS_TECHNOLOGY_CHANGE,
                    EVENT_NETWORK_SEARCH_MODE_CHANGE,
                    EVENT_NETWORK_REJECTION,
                    EVENT_NETWORK_REJECTION_EUTRAN,
                    EVENT_DATA_CONNECTION_STATUS_CHANGE_PDN,
                    STEERING_OF_ROAMING_REFRESH));

    static final Set<Facility> IOT_MODULE = union(WITHOUT_USER, Set.of(NO_DISPLAY, NO_KEYPAD));

    static final Set<Facility> HANDSET = union(
            WITHOUT_USER,
            Set.of(
                    MENU_SELECTION,
                    CALL_CONTROL_USSD_OBJECT,
                    CALL_CONTROL,
                    CALL_CONTROL_CELL_IDENTITY,
                    CALL_CONTROL_ALPHA_IDENTIFIER,
                    UCS2_ENTRY,
                    UCS2_DISPLAY,
                    DISPLAY_OF_EXTENSION_TEXT,
                    DISPLAY_TEXT,
                    GET_INKEY,
                    GET_INPUT,
                    PLAY_TONE,
                    SELECT_ITEM,
                    SEND_SS,
                    SEND_USSD,
                    SET_UP_CALL,
                    SET_UP_MENU,
                    EVENT_MT_CALL,
                    EVENT_CALL_CONNECTED,
                    EVENT_CALL_DISCONNECTED,
                    EVENT_USER_ACTIVITY,
                    EVENT_IDLE_SCREEN_AVAILABLE,
                    EVENT_LANGUAGE_SELECTION,
                    EVENT_BROWSER_TERMINATION,
                    EVENT_DISPLAY_PARAMETERS_CHANGED,
                    EVENT_BROWSING_STATUS,
                    EVENT_WLAN_ACCESS_STATUS,
                    EVENT_HCI_CONNECTIVITY,
                    EVENT_CSG_CELL_SELECTION,
                    EVENT_CONTACTLESS_STATE_REQUEST,
                    EVENT_IMS_REGISTRATION,
                    EVENT_INCOMING_IMS_DATA,
                    GET_INKEY_BINARY_CHOICE,
                    GET_INKEY_HELP,
                    GET_INKEY_VARIABLE_TIME_OUT,
                    GET_INPUT_VARIABLE_TIME_OUT,
                    DISPLAY_TEXT_SUSTAINED,
                    DISPLAY_TEXT_VARIABLE_TIME_OUT,
                    SET_UP_IDLE_MODE_TEXT,
                    RUN_AT_COMMAND,
                    SET_UP_CALL_SECOND_ALPHA_IDENTIFIER,
                    SECOND_CAPABILITY_CONFIGURATION,
                    SEND_DTMF,
                    PROVIDE_LOCAL_INFORMATION_LANGUAGE,
                    LANGUAGE_NOTIFICATION,
                    LAUNCH_BROWSER,
                    BROWSER_HTML,
                    BROWSER_XHTML,
                    PLAY_TONE_MELODY,
                    RETRIEVE_MULTIMEDIA_MESSAGE,
                    SUBMIT_MULTIMEDIA_MESSAGE,
                    DISPLAY_MULTIMEDIA_MESSAGE,
                    EVENT_MMS_TRANSFER_STATUS,
                    MMS_NOTIFICATION_DOWNLOAD,
                    ALPHA_IDENTIFIER_IN_REFRESH,
                    GEOGRAPHICAL_LOCATION_REQUEST,
                    GEOGRAPHICAL_LOCATION_REPORTING,
                    USSD_DATA_DOWNLOAD,
                    ACTIVATE,
                    CONTACTLESS_STATE_CHANGED));

    private FacilitySets() {}

    private static Set<Facility> union(Collection<Facility> some, Collection<Facility> more) {
        EnumSet<Facility> all = EnumSet.copyOf(some);
        all.addAll(more);
        return all;
    }
}
