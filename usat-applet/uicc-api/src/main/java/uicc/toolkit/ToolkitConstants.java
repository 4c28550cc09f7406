// SPDX-License-Identifier: Apache-2.0
package uicc.toolkit;

/**
 * Events, tags, types of command, devices and results of the card application toolkit. Implement it to use the names
 * without a prefix. The values are those of ETSI TS 102 223 clauses 8.7 (devices), 8.12 (results) and 9 (tags, types of
 * command); the events are those of ETSI TS 102 241.
 */
public interface ToolkitConstants {
    /** The ME sent its terminal profile. */
    short EVENT_PROFILE_DOWNLOAD = 1;

    /** The user chose a menu entry of the applet; set by {@link ToolkitRegistry#initMenuEntry}. */
    short EVENT_MENU_SELECTION = 7;

    /** The user asked for help on a menu entry of the applet; set by {@link ToolkitRegistry#initMenuEntry}. */
    short EVENT_MENU_SELECTION_HELP_REQUEST = 8;

    /**
     * The ME asks leave for a call, supplementary service or context; one applet only. Answer by {@link
     * EnvelopeResponseHandler#postAsBERTLV}.
     */
    short EVENT_CALL_CONTROL_BY_NAA = 9;

    /** A timer of the applet has run out; set by {@link ToolkitRegistry#allocateTimer}. */
    short EVENT_TIMER_EXPIRATION = 11;

    /** A call comes in. */
    short EVENT_EVENT_DOWNLOAD_MT_CALL = 12;

    /** A call is answered. */
    short EVENT_EVENT_DOWNLOAD_CALL_CONNECTED = 13;

    /** A call has ended. */
    short EVENT_EVENT_DOWNLOAD_CALL_DISCONNECTED = 14;

    /** The location or the service state has changed. */
    short EVENT_EVENT_DOWNLOAD_LOCATION_STATUS = 15;

    /** The user touched the ME; reported once per registration by the ME. */
    short EVENT_EVENT_DOWNLOAD_USER_ACTIVITY = 16;

    /** The screen is idle; reported once per registration by the ME. */
    short EVENT_EVENT_DOWNLOAD_IDLE_SCREEN_AVAILABLE = 17;

    /** A card was put into or taken out of an additional reader. */
    short EVENT_EVENT_DOWNLOAD_CARD_READER_STATUS = 18;

    /** The ME sent STATUS; set by {@link ToolkitRegistry#requestPollInterval}. */
    short EVENT_STATUS_COMMAND = 19;

    /** The user chose another language. */
    short EVENT_EVENT_DOWNLOAD_LANGUAGE_SELECTION = 20;

    /** The browser was closed. */
    short EVENT_EVENT_DOWNLOAD_BROWSER_TERMINATION = 21;

    /** Data has arrived on a channel of the applet; fetch it with RECEIVE DATA. */
    short EVENT_EVENT_DOWNLOAD_DATA_AVAILABLE = 22;

    /** A channel of the applet has changed, for instance its link was dropped. */
    short EVENT_EVENT_DOWNLOAD_CHANNEL_STATUS = 23;

    /** The access technology has changed. */
    short EVENT_EVENT_DOWNLOAD_ACCESS_TECHNOLOGY_CHANGE = 25;

    /** The display parameters have changed. */
    short EVENT_EVENT_DOWNLOAD_DISPLAY_PARAMETER_CHANGED = 26;

    /** A connection to a service of the applet comes in; set by {@link ToolkitRegistry#allocateServiceIdentifier}. */
    short EVENT_EVENT_DOWNLOAD_LOCAL_CONNECTION = 27;

    /** The network search mode has changed. */
    short EVENT_EVENT_DOWNLOAD_NETWORK_SEARCH_MODE_CHANGE = 28;

    /** The browser reports an error. */
    short EVENT_EVENT_BROWSING_STATUS = 29;

    /** A host of the contactless front end asks for the UICC. From a later release of the package. */
    short EVENT_EVENT_DOWNLOAD_HCI_CONNECTIVITY = 32;

    /** The frames of the screen have changed. From a later release of the package. */
    short EVENT_EVENT_DOWNLOAD_FRAMES_INFORMATION_CHANGED = 34;

    /** The proactive handler is free; the registration ends when the event comes. */
    short EVENT_PROACTIVE_HANDLER_AVAILABLE = 123;

    /**
     * A file was updated from outside; set by {@link ToolkitRegistry#registerFileEvent(short, uicc.access.FileView)}.
     */
    short EVENT_EXTERNAL_FILE_UPDATE = 124;

    /** An application is no longer active; its AID is in the envelope handler. */
    short EVENT_APPLICATION_DESELECT = 126;

    /** The first command after the answer to reset, before all other events. */
    short EVENT_FIRST_COMMAND_AFTER_ATR = 127;

    /** An envelope that the framework does not know. */
    short EVENT_UNRECOGNIZED_ENVELOPE = -1;

    /** Proactive command. */
    byte BTAG_PROACTIVE_UICC_COMMAND = (byte) 0xD0;

    /** Menu selection. */
    byte BTAG_MENU_SELECTION = (byte) 0xD3;

    /** Call control. */
    byte BTAG_CALL_CONTROL = (byte) 0xD4;

    /** Event download. */
    byte BTAG_EVENT_DOWNLOAD = (byte) 0xD6;

    /** Timer expiration. */
    byte BTAG_TIMER_EXPIRATION = (byte) 0xD7;

    /** Command details. */
    byte TAG_COMMAND_DETAILS = 0x01;

    /** Device identities. */
    byte TAG_DEVICE_IDENTITIES = 0x02;

    /** Result. */
    byte TAG_RESULT = 0x03;

    /** Duration. */
    byte TAG_DURATION = 0x04;

    /** Alpha identifier. */
    byte TAG_ALPHA_IDENTIFIER = 0x05;

    /** Address. */
    byte TAG_ADDRESS = 0x06;

    /** Capability configuration parameters. */
    byte TAG_CAPABILITY_CONFIGURATION_PARAMETERS = 0x07;

    /** Called party subaddress. */
    byte TAG_CALLED_PARTY_SUBADDRESS = 0x08;

    /** Text string. */
    byte TAG_TEXT_STRING = 0x0D;

    /** Tone. */
    byte TAG_TONE = 0x0E;

    /** Item. */
    byte TAG_ITEM = 0x0F;

    /** Item identifier. */
    byte TAG_ITEM_IDENTIFIER = 0x10;

    /** Response length. */
    byte TAG_RESPONSE_LENGTH = 0x11;

    /** File list. */
    byte TAG_FILE_LIST = 0x12;

    /** Location information. */
    byte TAG_LOCATION_INFORMATION = 0x13;

    /** IMEI. */
    byte TAG_IMEI = 0x14;

    /** Help request. */
    byte TAG_HELP_REQUEST = 0x15;

    /** Network measurement results. */
    byte TAG_NETWORK_MEASUREMENT_RESULTS = 0x16;

    /** Default text. */
    byte TAG_DEFAULT_TEXT = 0x17;

    /** Items next action indicator. */
    byte TAG_ITEMS_NEXT_ACTION_INDICATOR = 0x18;

    /** Event list. */
    byte TAG_EVENT_LIST = 0x19;

    /** Location status. */
    byte TAG_LOCATION_STATUS = 0x1B;

    /** Icon identifier. */
    byte TAG_ICON_IDENTIFIER = 0x1E;

    /** Item icon identifier list. */
    byte TAG_ITEM_ICON_IDENTIFIER_LIST = 0x1F;

    /** Card reader status. */
    byte TAG_CARD_READER_STATUS = 0x20;

    /** Card ATR. */
    byte TAG_CARD_ATR = 0x21;

    /** C-APDU. */
    byte TAG_C_APDU = 0x22;

    /** R-APDU. */
    byte TAG_R_APDU = 0x23;

    /** Timer identifier. */
    byte TAG_TIMER_IDENTIFIER = 0x24;

    /** Timer value. */
    byte TAG_TIMER_VALUE = 0x25;

    /** Date time and time zone. */
    byte TAG_DATE_TIME_AND_TIME_ZONE = 0x26;

    /** Call control requested action. */
    byte TAG_CALL_CONTROL_REQUESTED_ACTION = 0x27;

    /** AT command. */
    byte TAG_AT_COMMAND = 0x28;

    /** AT response. */
    byte TAG_AT_RESPONSE = 0x29;

    /** Immediate response. */
    byte TAG_IMMEDIATE_RESPONSE = 0x2B;

    /** DTMF string. */
    byte TAG_DTMF_STRING = 0x2C;

    /** Language. */
    byte TAG_LANGUAGE = 0x2D;

    /** AID. */
    byte TAG_AID = 0x2F;

    /** Browser identity. */
    byte TAG_BROWSER_IDENTITY = 0x30;

    /** URL. */
    byte TAG_URL = 0x31;

    /** Bearer. */
    byte TAG_BEARER = 0x32;

    /** Provisioning reference file. */
    byte TAG_PROVISION_REFERENCE_FILE = 0x33;

    /** Browser termination cause. */
    byte TAG_BROWSER_TERMINATION = 0x34;

    /** Bearer description. */
    byte TAG_BEARER_DESCRIPTION = 0x35;

    /** Channel data. */
    byte TAG_CHANNEL_DATA = 0x36;

    /** Channel data length. */
    byte TAG_CHANNEL_DATA_LENGTH = 0x37;

    /** Channel status. */
    byte TAG_CHANNEL_DATA_STATUS = 0x38;

    /** Buffer size. */
    byte TAG_BUFFER_SIZE = 0x39;

    /** Card reader identifier. */
    byte TAG_CARD_READER_ID = 0x3A;

    /** UICC/terminal interface transport level: protocol and port. */
    byte TAG_UICC_TERMINAL_TRANSPORT_LEVEL = 0x3C;

    /** Other address: local address or data destination address. */
    byte TAG_OTHER_DATA_DESTINATION_ADDRESS = 0x3E;

    /** Access technology. */
    byte TAG_ACCESS_TECHNOLOGY = 0x3F;

    /** Display parameters. */
    byte TAG_DISPLAY_PARAMETERS = 0x40;

    /** Service record. */
    byte TAG_SERVICE_RECORD = 0x41;

    /** Device filter. */
    byte TAG_DEVICE_FILTER = 0x42;

    /** Service search. */
    byte TAG_SERVICE_SEARCH = 0x43;

    /** Attribute information. */
    byte TAG_ATTRIBUTE_INFORMATION = 0x44;

    /** Service availability. */
    byte TAG_SERVICE_AVAILABILITY = 0x45;

    /** Electronic serial number. */
    byte TAG_ESN = 0x46;

    /** Network access name. */
    byte TAG_NETWORK_ACCESS_NAME = 0x47;

    /** Remote entity address. */
    byte TAG_REMOTE_ENTITY_ADDRESS = 0x49;

    /** Text attribute. */
    byte TAG_TEXT_ATTRIBUTE_TAG = 0x50;

    /** Item text attribute list. */
    byte TAG_ITEM_TEXT_ATTRIBUTE_LIST = 0x51;

    /** IMEISV. */
    byte TAG_IMEISV = 0x62;

    /** Battery state. */
    byte TAG_BATTERY_STATE = 0x63;

    /** Browsing status. */
    byte TAG_BROWSING_STATUS = 0x64;

    /** Network search mode. */
    byte TAG_NETWORK_SEARCH_MODE = 0x65;

    /** Sets the comprehension-required flag: {@code (byte) (TAG_RESULT | TAG_SET_CR)}. */
    byte TAG_SET_CR = (byte) 0x80;

    /** Clears the comprehension-required flag: {@code (byte) (tag & TAG_SET_NO_CR)}. */
    byte TAG_SET_NO_CR = 0x7F;

    /** First byte of a length above 127; the length follows in one byte. */
    byte TLV_LENGTH_CODED_2BYTES = (byte) 0x81;

    /** There is no such data object. */
    byte TLV_NOT_FOUND = 0;

    /** The data object is there, its comprehension-required flag set. */
    byte TLV_FOUND_CR_SET = 1;

    /** The data object is there, its comprehension-required flag not set. */
    byte TLV_FOUND_CR_NOT_SET = 2;

    /** REFRESH. */
    byte PRO_CMD_REFRESH = 0x01;

    /** MORE TIME. */
    byte PRO_CMD_MORE_TIME = 0x02;

    /** SET UP CALL. */
    byte PRO_CMD_SET_UP_CALL = 0x10;

    /** SEND DTMF. */
    byte PRO_CMD_SEND_DTMF = 0x14;

    /** LAUNCH BROWSER. */
    byte PRO_CMD_LAUNCH_BROWSER = 0x15;

    /** PLAY TONE. */
    byte PRO_CMD_PLAY_TONE = 0x20;

    /** DISPLAY TEXT. */
    byte PRO_CMD_DISPLAY_TEXT = 0x21;

    /** GET INKEY. */
    byte PRO_CMD_GET_INKEY = 0x22;

    /** GET INPUT. */
    byte PRO_CMD_GET_INPUT = 0x23;

    /** SELECT ITEM. */
    byte PRO_CMD_SELECT_ITEM = 0x24;

    /** PROVIDE LOCAL INFORMATION. */
    byte PRO_CMD_PROVIDE_LOCAL_INFORMATION = 0x26;

    /** TIMER MANAGEMENT. */
    byte PRO_CMD_TIMER_MANAGEMENT = 0x27;

    /** SET UP IDLE MODE TEXT. */
    byte PRO_CMD_SET_UP_IDLE_MODE_TEXT = 0x28;

    /** PERFORM CARD APDU. */
    byte PRO_CMD_PERFORM_CARD_APDU = 0x30;

    /** POWER ON CARD. */
    byte PRO_CMD_POWER_ON_CARD = 0x31;

    /** POWER OFF CARD. */
    byte PRO_CMD_POWER_OFF_CARD = 0x32;

    /** GET READER STATUS. */
    byte PRO_CMD_GET_READER_STATUS = 0x33;

    /** RUN AT COMMAND. */
    byte PRO_CMD_RUN_AT_COMMAND = 0x34;

    /** LANGUAGE NOTIFICATION. */
    byte PRO_CMD_LANGUAGE_NOTIFICATION = 0x35;

    /** OPEN CHANNEL. */
    byte PRO_CMD_OPEN_CHANNEL = 0x40;

    /** CLOSE CHANNEL. */
    byte PRO_CMD_CLOSE_CHANNEL = 0x41;

    /** RECEIVE DATA. */
    byte PRO_CMD_RECEIVE_DATA = 0x42;

    /** SEND DATA. */
    byte PRO_CMD_SEND_DATA = 0x43;

    /** GET CHANNEL STATUS. */
    byte PRO_CMD_GET_CHANNEL_STATUS = 0x44;

    /** SERVICE SEARCH. */
    byte PRO_CMD_SERVICE_SEARCH = 0x45;

    /** GET SERVICE INFORMATION. */
    byte PRO_CMD_GET_SERVICE_INFORMATION = 0x46;

    /** DECLARE SERVICE. */
    byte PRO_CMD_DECLARE_SERVICE = 0x47;

    /** Keypad. */
    byte DEV_ID_KEYPAD = 0x01;

    /** Display. */
    byte DEV_ID_DISPLAY = 0x02;

    /** Earpiece. */
    byte DEV_ID_EARPIECE = 0x03;

    /** Additional card reader 0. */
    byte DEV_ID_ADDITIONAL_CARD_READER_0 = 0x10;

    /** Additional card reader 1. */
    byte DEV_ID_ADDITIONAL_CARD_READER_1 = 0x11;

    /** Additional card reader 2. */
    byte DEV_ID_ADDITIONAL_CARD_READER_2 = 0x12;

    /** Additional card reader 3. */
    byte DEV_ID_ADDITIONAL_CARD_READER_3 = 0x13;

    /** Additional card reader 4. */
    byte DEV_ID_ADDITIONAL_CARD_READER_4 = 0x14;

    /** Additional card reader 5. */
    byte DEV_ID_ADDITIONAL_CARD_READER_5 = 0x15;

    /** Additional card reader 6. */
    byte DEV_ID_ADDITIONAL_CARD_READER_6 = 0x16;

    /** Additional card reader 7. */
    byte DEV_ID_ADDITIONAL_CARD_READER_7 = 0x17;

    /** Add a channel identifier, 1 to 7, to get the channel's device identity. */
    byte DEV_ID_CHANNEL_BASE = 0x20;

    /** Channel 1. */
    byte DEV_ID_CHANNEL_1 = 0x21;

    /** Channel 2. */
    byte DEV_ID_CHANNEL_2 = 0x22;

    /** Channel 3. */
    byte DEV_ID_CHANNEL_3 = 0x23;

    /** Channel 4. */
    byte DEV_ID_CHANNEL_4 = 0x24;

    /** Channel 5. */
    byte DEV_ID_CHANNEL_5 = 0x25;

    /** Channel 6. */
    byte DEV_ID_CHANNEL_6 = 0x26;

    /** Channel 7. */
    byte DEV_ID_CHANNEL_7 = 0x27;

    /** UICC. */
    byte DEV_ID_UICC = (byte) 0x81;

    /** Terminal. */
    byte DEV_ID_TERMINAL = (byte) 0x82;

    /** Network. */
    byte DEV_ID_NETWORK = (byte) 0x83;

    /** No polling, for {@link ToolkitRegistry#requestPollInterval}. */
    byte POLL_NO_DURATION = 0;

    /** An interval of the framework's choice, for {@link ToolkitRegistry#requestPollInterval}. */
    byte POLL_SYSTEM_DURATION = -1;

    /** Performed. */
    byte RES_CMD_PERF = 0x00;

    /** Performed, with partial comprehension. */
    byte RES_CMD_PERF_PARTIAL_COMPR = 0x01;

    /** Performed, with missing information. */
    byte RES_CMD_PERF_MISSING_INFO = 0x02;

    /** REFRESH performed, additional EFs read. */
    byte RES_CMD_PERF_REFRESH_ADD_EF_READ = 0x03;

    /** Performed, but the icon could not be shown. */
    byte RES_CMD_PERF_REQ_ICON_NOT_DISP = 0x04;

    /** Performed, but modified by call control. */
    byte RES_CMD_PERF_MODIF_CC_NAA = 0x05;

    /** Performed, limited service. */
    byte RES_CMD_PERF_LIMITED_SERVICE = 0x06;

    /** Performed with modification, for instance with a smaller buffer than asked for. */
    byte RES_CMD_PERF_WITH_MODIFICATION = 0x07;

    /** REFRESH performed, but the NAA indicated was not active. */
    byte RES_REFRESH_PERF_NO_NAA_ACTIVE = 0x08;

    /** The user ended the proactive session. */
    byte RES_CMD_PERF_SESSION_TERM_USER = 0x10;

    /** The user wants to go back. */
    byte RES_CMD_PERF_BACKWARD_MOVE_REQ = 0x11;

    /** The user did not answer in time. */
    byte RES_CMD_PERF_NO_RESP_FROM_USER = 0x12;

    /** The user wants help. */
    byte RES_CMD_PERF_HELP_INFO_REQ = 0x13;

    /** The ME cannot do it now; the second byte of the result says why. */
    byte RES_TEMP_PB_TERMINAL_UNABLE_PROC = 0x20;

    /** The network cannot do it now (as published; the name is that of another result). */
    byte RES_TEMP_PB_SESSION_TERM_USER = 0x21;

    /** The user refused to set up the call. */
    byte RES_TEMP_PB_USER_REJECT_CALL_REQ = 0x22;

    /** The user cleared down the call before it was connected. */
    byte RES_TEMP_PB_USER_CLEAR_CALL = 0x23;

    /** The action contradicts the state of the timer. */
    byte RES_TEMP_PB_IN_CONTR_TIMER_STATE = 0x24;

    /** Temporary problem with call control by NAA. */
    byte RES_TEMP_PB_INTERACT_CC_BY_NAA = 0x25;

    /** The browser could not be launched; the second byte of the result says why. */
    byte RES_ERROR_LAUNCH_BROWSE_GENERIC_CODE = 0x26;

    /** The command is beyond the ME's capabilities. */
    byte RES_ERROR_CMD_BEYOND_TERMINAL_CAPAB = 0x30;

    /** The ME does not understand the type of command. */
    byte RES_ERROR_CMD_TYP_NOT_UNDERSTOOD = 0x31;

    /** The ME does not understand the data of the command. */
    byte RES_ERROR_CMD_DATA_NOT_UNDERSTOOD = 0x32;

    /** The ME does not know the command number. */
    byte RES_ERROR_CMD_NUMBER_NOT_KNOWN = 0x33;

    /** Required values are missing. */
    byte RES_ERROR_REQ_VALUES_MISS = 0x36;

    /** Error of an additional card reader; the second byte of the result says which. */
    byte RES_ERROR_MULTIPLE_CARD_ERROR = 0x38;

    /** Call control or MO short message control by NAA refused it. */
    byte RES_ERROR_INTERACT_CC_SMSMO_BY_NAA = 0x39;

    /** Error of the bearer independent protocol; the second byte of the result says which. */
    byte RES_ERROR_BEARER_INDEPENDENT_PROTOCOL_ERROR = 0x3A;

    /** The access technology cannot process the command. */
    byte RES_ERROR_ACCESS_TECH_ERROR = 0x3B;
}
