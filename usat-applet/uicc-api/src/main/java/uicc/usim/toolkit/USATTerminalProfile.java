// SPDX-License-Identifier: Apache-2.0
package uicc.usim.toolkit;

/**
 * Facilities of the ME that 3GPP TS 31.111 defines, for the methods of {@link uicc.toolkit.TerminalProfile}. Names and
 * numbers are as published, where a name that ends in {@code _COR} or {@code _N} came later with another number than
 * the name without; compare with clause 5.2 of TS 31.111 before relying on an index above 160.
 */
public interface USATTerminalProfile {
    /** SMS-PP data download. Byte 1, bit 2. */
    short IDX_SMS_PP_DATA_DOWNLOAD = 1;

    /** Cell broadcast data download. Byte 1, bit 3. */
    short IDX_CELL_BROADCAST_DATA_DOWNLOAD = 2;

    /** Status word 9EXX for the SMS-PP data download error. Byte 1, bit 5. */
    short IDX_9EXX_RESPONSE = 4;

    /** USSD support in call control. Byte 1, bit 7. */
    short IDX_USSD_SUPPORT_IN_CALL_CONTROL = 6;

    /** Call control automatic redial mode. Byte 1, bit 8. */
    short IDX_CALL_CONTROLL_AUTOMATIC_REDIAL_MODE = 7;

    /** Call control by USIM. Byte 2, bit 2. */
    short IDX_CALL_CONTROL_BY_SIM = 9;

    /** Cell identity in call control by SIM. Byte 2, bit 3. */
    short IDX_CELL_IDENTITY_IN_CALL_CONTROL_BY_SIM = 10;

    /** MO short message control by USIM. Byte 2, bit 4. */
    short IDX_MO_SM_CONTROL_BY_SIM = 11;

    /** Handling of alpha identifier. Byte 2, bit 5. */
    short IDX_HANDLING_OF_ALPHA_IDENTIFIER = 12;

    /** SEND SHORT MESSAGE. Byte 4, bit 2. */
    short IDX_PROACTIVE_SIM_SEND_SHORT_MESSAGE = 25;

    /** SEND SS. Byte 4, bit 3. */
    short IDX_PROACTIVE_SIM_SEND_SS = 26;

    /** SEND USSD. Byte 4, bit 4. */
    short IDX_PROACTIVE_SIM_SEND_USSD = 27;

    /** PROVIDE LOCAL INFORMATION: NMR. Byte 4, bit 8. */
    short IDX_PROACTIVE_UICC_PROVIDE_LOCAL_INFORMATION_NMR = 31;

    /** Binary choice in GET INKEY. Byte 8, bit 4. */
    short IDX_BINARY_CHOICE_IN_GET_INKEY = 59;

    /** Second alpha identifier in SET UP CALL. Byte 8, bit 7. */
    short IDX_2ND_ALPHA_IDENTIFIER_SET_UP_CALL = 62;

    /** Second capability configuration parameter. Byte 8, bit 8. */
    short IDX_2ND_CAPABILITY_PARAMETER = 63;

    /** PROVIDE LOCAL INFORMATION: BCCH. Byte 9, bit 3. */
    short IDX_PROACTIVE_SIM_PROVIDE_LOCAL_INFORMATION_BCCH = 66;

    /** PROVIDE LOCAL INFORMATION: timing advance. Byte 9, bit 5. */
    short IDX_PROACTIVE_SIM_TIMING_ADVANCE = 68;

    /** Call control on GPRS. Byte 18, bit 6. */
    short IDX_CALL_CONTROL_ON_GPRS = 141;

    /** UTRAN packet service with extended parameters. Byte 22, bit 1. */
    short IDX_EXTENDED_PARAMETERS_IN_UTRAN_PS_ = 168;

    /** Geographical location reporting. Byte 23, bit 6. */
    short IDX_GEOGRAPHICAL_LOCATION_REPORTING = 181;

    /** PROVIDE LOCAL INFORMATION: NMR of UTRAN, corrected number. Byte 23, bit 7. */
    short IDX_PROACTIVE_UICC_PROVIDE_LOCAL_INFORMATION_NMR_UTRAN_COR = 182;

    /** USSD data download and application mode, corrected number. Byte 23, bit 8. */
    short IDX_USSD_DATA_DOWNLOAD_AND_APPLICATION_MODE_COR = 183;

    /** PROVIDE LOCAL INFORMATION: NMR of UTRAN. Byte 22, bit 6. */
    short IDX_PROACTIVE_UICC_PROVIDE_LOCAL_INFORMATION_NMR_UTRAN = 173;

    /** USSD data download and application mode. Byte 22, bit 7. */
    short IDX_USSD_DATA_DOWNLOAD_AND_APPLICATION_MODE = 174;

    /** Event: I-WLAN access status. Byte 25, bit 4. */
    short IDX_EVENT_I_WLAN_ACCESS_STATUS = 195;

    /** Event: network rejection GERAN UTRAN. Byte 25, bit 5. */
    short IDX_EVENT_NETWORK_REJECTION_GERAN_UTRAN = 196;

    /** Event: network rejection E-UTRAN. Byte 25, bit 7. */
    short IDX_EVENT_NETWORK_REJECTION_E_UTRAN = 198;

    /** Event: CSG cell selection. Byte 25, bit 8. */
    short IDX_EVENT_CSG_CELL_SELECTION = 199;

    /** Event: CSG cell selection, later number. Byte 26, bit 1. */
    short IDX_EVENT_CSG_CELL_SELECTION_N = 200;

    /** I-WLAN bearer support. Byte 30, bit 1. */
    short IDX_I_WLAN_BEARER_SUPPORT = 232;

    /** PROVIDE LOCAL INFORMATION: WSID I-WLAN. Byte 30, bit 2. */
    short IDX_PROACTIVE_UICC_PROVIDE_LOCAL_INFORMATION_WSID_I_WLAN = 233;

    /** Steering of roaming refresh. Byte 30, bit 4. */
    short IDX_STEERING_OF_ROAMING_REFRESH = 235;

    /** GEOGRAPHICAL LOCATION REQUEST. Byte 30, bit 6. */
    short IDX_PROACTIVE_UICC_GEOGRAPHICAL_LOCATION_REQUEST = 237;

    /** Steering of roaming for I-WLAN refresh. Byte 30, bit 8. */
    short IDX_STEERING_OF_ROAMING_FOR_I_WLAN_REFRESH = 239;

    /** CSG cell discovery. Byte 31, bit 2. */
    short IDX_CSG_CELL_DISCOVERY = 241;

    /** Communication control for IMS. Byte 31, bit 4. */
    short IDX_COMMUNICATION_CONTROL_FOR_IMS = 243;

    /** Incoming IMS data event. Byte 31, bit 6. */
    short IDX_INCOMING_IMS_DATA_EVENT = 245;

    /** IMS registration event. Byte 31, bit 7. */
    short IDX_IMS_REGISTRATION_EVENT = 246;

    /** IMS support; the name is spelt as published. Byte 32, bit 1. */
    short IXD_IMS_SUPPORT = 248;
}
