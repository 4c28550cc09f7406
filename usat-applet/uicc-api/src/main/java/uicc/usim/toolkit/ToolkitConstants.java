// SPDX-License-Identifier: Apache-2.0
package uicc.usim.toolkit;

/**
 * Events, tags, types of command and results of the USIM application toolkit beside those of the card application
 * toolkit. The values are those of 3GPP TS 31.111, the events those of 3GPP TS 31.130. Note that some events are bytes
 * here.
 */
public interface ToolkitConstants extends uicc.toolkit.ToolkitConstants {
    /** A short message for the applet's TAR came in an envelope, checked and deciphered. */
    short EVENT_FORMATTED_SMS_PP_ENV = 2;

    /** A short message for the applet's TAR was stored in EF SMS, checked and deciphered. */
    short EVENT_FORMATTED_SMS_PP_UPD = 3;

    /** A short message without command packet came in an envelope. */
    short EVENT_UNFORMATTED_SMS_PP_ENV = 4;

    /** A short message without command packet was stored in EF SMS. */
    short EVENT_UNFORMATTED_SMS_PP_UPD = 5;

    /** A cell broadcast page without command packet. */
    short EVENT_UNFORMATTED_SMS_CB = 6;

    /** The ME asks leave to send a short message; one applet only. */
    short EVENT_MO_SHORT_MESSAGE_CONTROL_BY_NAA = 10;

    /** Older name of {@link #EVENT_MO_SHORT_MESSAGE_CONTROL_BY_NAA}. */
    short EVENT_MO_SHORT_MESSAGE_CONTROL_BY_SIM = 10;

    /** A cell broadcast page for the applet's TAR, checked and deciphered. */
    short EVENT_FORMATTED_SMS_CB = 24;

    /** A USSD string for the applet's TAR, checked and deciphered. */
    byte EVENT_FORMATTED_USSD = 121;

    /** A USSD string without command packet. */
    byte EVENT_UNFORMATTED_USSD = 122;

    /** The network refused registration. */
    byte EVENT_EVENT_DOWNLOAD_NETWORK_REJECTION = 31;

    /** A cell of a closed subscriber group was chosen or left. */
    byte EVENT_EVENT_DOWNLOAD_CSG_CELL_SELECTION_EVENT = 33;

    /** The registration with the IMS has changed. */
    byte EVENT_EVENT_DOWNLOAD_IMS_REGISTRATION = 119;

    /** Data for the UICC came in over the IMS. */
    byte EVENT_EVENT_DOWNLOAD_INCOMING_IMS_DATA = 120;

    /** A data connection has changed. */
    byte EVENT_EVENT_DOWNLOAD_DATA_CONNECTION_STATUS_CHANGE = 37;

    /** Cell broadcast download; the name is spelt as published. */
    byte BTAG_CELL_BROADCATS_DOWNLOAD = (byte) 0xD2;

    /** Cell broadcast download. */
    byte BTAG_CELL_BROADCAST_DOWNLOAD = (byte) 0xD2;

    /** MO short message control. */
    byte BTAG_MO_SHORT_MESSAGE_CONTROL = (byte) 0xD5;

    /** SMS-PP download. */
    byte BTAG_SMS_PP_DOWNLOAD = (byte) 0xD1;

    /** USSD download. */
    byte BTAG_USSD_DOWNLOAD = (byte) 0xD9;

    /** Geographical location reporting. */
    byte BTAG_GEOGRAPHICAL_LOCATION_REPORTING = (byte) 0xDD;

    /** SEND SS. */
    byte PRO_CMD_SEND_SS = 0x11;

    /** SEND USSD. */
    byte PRO_CMD_SEND_USSD = 0x12;

    /** The user ended the USSD or supplementary service transaction. */
    byte RES_CMD_PERF_USSD_TRANSAC_TERM = 0x14;

    /** The supplementary service returned an error; the second byte of the result is its cause. */
    byte RES_ERROR_SS_RETURN_ERROR = 0x34;

    /** The short message was refused; the second byte of the result is the RP cause. */
    byte RES_ERROR_SMS_RP_ERROR = 0x35;

    /** The USSD operation returned an error; the second byte of the result is its cause. */
    byte RES_ERROR_USSD_RETURN_ERROR = 0x37;

    /** Call control or MO short message control by USIM refused it. */
    byte RES_CMD_CALL_MO_CONTROL_PROBLEM = 0x39;

    /** BC indicator. */
    byte TAG_BC_INDICATOR = 0x2A;

    /** BCCH channel list. */
    byte TAG_BCCH_CHANNEL_LIST = 0x1D;

    /** Cause of the disconnection of a call. */
    byte TAG_CAUSE = 0x1A;

    /** Cell broadcast page. */
    byte TAG_CELL_BROADCAST_PAGE = 0x0C;

    /** SMS TPDU. */
    byte TAG_SMS_TPDU = 0x0B;

    /** SS string. */
    byte TAG_SS_STRING = 0x09;

    /** Timing advance. */
    byte TAG_TIMING_ADVANCE = 0x2E;

    /** Transaction identifier; the name is spelt as published. */
    byte TAG_TRANSACTION_IDENTFIER = 0x1C;

    /** USSD string. */
    byte TAG_USSD_STRING = 0x0A;

    /** PDP context activation parameters. */
    byte TAG_PDP_CONTEXT_ACTIVATION_PARAMETERS = 0x52;

    /** UTRAN measurement qualifier. */
    byte TAG_UTRAN_MEASUREMENT_QUALIFIER = 0x69;

    /** CSG ID list. */
    byte TAG_CSG_ID_LIST = 0x7E;

    /** CSG cell selection status, by the number first published; see {@link #TAG_CSG_SELECTION_STATUS_N}. */
    byte TAG_CSG_SELECTION_STATUS = 0x37;

    /** CSG cell selection status. */
    byte TAG_CSG_SELECTION_STATUS_N = 0x55;

    /** CSG ID. */
    byte TAG_CSG_ID = 0x56;

    /** Home node B name. */
    byte TAG_HNB_NAME = 0x57;

    /** I-WLAN identifier. */
    byte TAG_I_WLAN_IDENTIFIER = 0x4A;

    /** I-WLAN access status. */
    byte TAG_I_WLAN_ACCESS_STATUS = 0x4B;

    /** List of PLMNs with access technology. */
    byte TAG_PLMN_WACT_LIST = 0x72;

    /** Routing area information. */
    byte TAG_ROUTING_AREA_INFORMATION = 0x73;

    /** Update attach. */
    byte TAG_UPDATE_ATTACH = 0x74;

    /** Rejection cause code. */
    byte TAG_REJECTION_CAUSE_CODE = 0x75;

    /** Geographical location parameters. */
    byte TAG_GEOGRAPHICAL_LOCATION_PARAMETERS = 0x76;

    /** GAD shapes. */
    byte TAG_GAD_SHAPES = 0x77;

    /** NMEA sentence. */
    byte TAG_NMEA_SENTENCE = 0x78;

    /** PLMN list. */
    byte TAG_PLMN_LIST = 0x79;

    /** EPS PDN connection activation parameters. */
    byte TAG_EPS_PDN_CONNECTION_ACTIVATION_PARAMETERS = 0x7C;

    /** Tracking area identification. */
    byte TAG_TRACKING_AREA_IDENTIFICATION = 0x7D;

    /** IMS request URI. */
    byte TAG_IMS_REQUEST_URI = 0x31;

    /** IARI. */
    byte TAG_IARI = 0x76;

    /** IMPU list. */
    byte TAG_IMPU_LIST = 0x77;

    /** IMS status code. */
    byte TAG_IMS_STATUS_CODE = 0x78;

    /** Data connection status. */
    byte TAG_DATA_CONNECTION_STATUS = 0x1D;

    /** Data connection type. */
    byte TAG_DATA_CONNECTION_TYPE = 0x2A;

    /** SM cause. */
    byte TAG_SM_CAUSE = 0x2E;
}
