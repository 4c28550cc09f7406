// SPDX-License-Identifier: Apache-2.0
package uicc.access;

/**
 * Identifiers of files below the MF and DF TELECOM, modes of the record methods of {@link FileView}, and tags of the
 * file control parameters (FCP). File identifiers and tags are those of ETSI TS 102 221, the files of DF TELECOM those
 * of 3GPP TS 31.102.
 */
public interface UICCConstants {
    /** EF DIR, application templates. */
    short FID_EF_DIR = 0x2F00;

    /** EF ICCID, identification number of the card. */
    short FID_EF_ICCID = 0x2FE2;

    /** EF ARR, access rules. */
    short FID_EF_ARR = 0x2F06;

    /** EF PL, preferred languages. */
    short FID_EF_PL = 0x2F05;

    /** DF TELECOM, telecommunication services. */
    short FID_DF_TELECOM = 0x7F10;

    /** DF GRAPHICS, images. */
    short FID_DF_GRAPHICS = 0x5F50;

    /** EF ADN, abbreviated dialling numbers. */
    short FID_EF_ADN = 0x6F3A;

    /** EF FDN, fixed dialling numbers. */
    short FID_EF_FDN = 0x6F3B;

    /** EF SMS, short messages. */
    short FID_EF_SMS = 0x6F3C;

    /** EF CCP, capability configuration parameters. */
    short FID_EF_CCP = 0x6F3D;

    /** EF MSISDN, own numbers. */
    short FID_EF_MSISDN = 0x6F40;

    /** EF SMSP, short message service parameters. */
    short FID_EF_SMSP = 0x6F42;

    /** EF SMSS, short message service status. */
    short FID_EF_SMSS = 0x6F43;

    /** EF LND, last numbers dialled. */
    short FID_EF_LND = 0x6F44;

    /** EF SDN, service dialling numbers. */
    short FID_EF_SDN = 0x6F49;

    /** EF EXT1, extension of ADN, MSISDN and others. */
    short FID_EF_EXT1 = 0x6F4A;

    /** EF EXT2, extension of FDN. */
    short FID_EF_EXT2 = 0x6F4B;

    /** EF EXT3, extension of SDN. */
    short FID_EF_EXT3 = 0x6F4C;

    /** EF BDN, barred dialling numbers. */
    short FID_EF_BDN = 0x6F4D;

    /** EF EXT4, extension of BDN. */
    short FID_EF_EXT4 = 0x6F4E;

    /** EF SMSR, short message status reports. */
    short FID_EF_SMSR = 0x6F47;

    /** EF IMG, image instances. */
    short FID_EF_IMG = 0x4F20;

    /** Simple search, from the record given towards the last. */
    byte SIMPLE_SEARCH_START_FORWARD = 4;

    /** Simple search, from the record given towards the first. */
    byte SIMPLE_SEARCH_START_BACKWARD = 5;

    /** Enhanced search, refined by a search indication. */
    byte ENHANCED_SEARCH = 6;

    /** Enhanced search towards the last record, from the record after the one given. */
    short SEARCH_INDICATION_START_FORWARD_FROM_NEXT_GR = 0x0400;

    /** Enhanced search towards the first record, from the record before the one given. */
    short SEARCH_INDICATION_START_BACKWARD_FROM_PREVIOUS_GR = 0x0500;

    /** Enhanced search towards the last record, from the one after the current record. */
    short SEARCH_INDICATION_START_FORWARD_FROM_NEXT = 0x0600;

    /** Enhanced search towards the first record, from the one before the current record. */
    short SEARCH_INDICATION_START_BACKWARD_FROM_PREVIOUS = 0x0700;

    /** The current record: absolute mode with record number 0. */
    byte REC_ACC_MODE_CURRENT = 4;

    /** The record with the number given. */
    byte REC_ACC_MODE_ABSOLUTE = 4;

    /** The record after the current one, which it becomes. */
    byte REC_ACC_MODE_NEXT = 2;

    /** The record before the current one, which it becomes. */
    byte REC_ACC_MODE_PREVIOUS = 3;

    /** File descriptor: kind of file, size and number of records. */
    byte TAG_FCP_FILE_DESCRIPTOR = (byte) 0x82;

    /** File identifier. */
    byte TAG_FCP_FILE_IDENTIFIER = (byte) 0x83;

    /** DF name, the AID of an ADF. */
    byte TAG_FCP_FILE_AID = (byte) 0x84;

    /** Proprietary information. */
    byte TAG_FCP_FILE_PROPRIETARY_INFO = (byte) 0xA5;

    /** Life cycle status. */
    byte TAG_FCP_LCS_INTEGER = (byte) 0x8A;

    /** PIN status template, for a DF. */
    byte TAG_FCP_PIN_STATUS_TEMPLATE_DO = (byte) 0xC6;

    /** Size of the data of an EF. */
    byte TAG_FCP_FILE_SIZE = (byte) 0x80;

    /** Size of the file with its structure. */
    byte TAG_FCP_TOTAL_FILE_SIZE = (byte) 0x81;

    /** Short file identifier. */
    byte TAG_FCP_SHORT_FILE_IDENTIFIER = (byte) 0x88;

    /** Security attributes in compact form. */
    byte TAG_FCP_SECURITY_ATTRIBUTE_CF = (byte) 0x8C;

    /** Security attributes in expanded form. */
    byte TAG_FCP_SECURITY_ATTRIBUTE_EF = (byte) 0xAB;

    /** Security attributes by reference to EF ARR; as published, not the 8B of ETSI TS 102 221. */
    byte TAG_FCP_SECURITY_ATTRIBUTE_REF_EF = (byte) 0xAB;
}
