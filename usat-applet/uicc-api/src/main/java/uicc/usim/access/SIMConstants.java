// SPDX-License-Identifier: Apache-2.0
package uicc.usim.access;

/** Identifiers of the files of a SIM, as in 3GPP TS 51.011. */
public interface SIMConstants {
    /** MF, master file. */
    short FID_MF = 0x3F00;

    /** DF TELECOM, telecommunication services. */
    short FID_DF_TELECOM = 0x7F10;

    /** DF GSM, GSM. */
    short FID_DF_GSM = 0x7F20;

    /** DF DCS 1800, DCS 1800. */
    short FID_DF_DCS_1800 = 0x7F21;

    /** DF IS 41, IS-41. */
    short FID_DF_IS_41 = 0x7F22;

    /** DF FP CTS, CTS fixed part. */
    short FID_DF_FP_CTS = 0x7F23;

    /** DF PDC, PDC. */
    short FID_DF_PDC = 0x7F80;

    /** DF TETRA, TETRA. */
    short FID_DF_TETRA = 0x7F90;

    /** DF TIA EIA 136, TIA/EIA-136. */
    short FID_DF_TIA_EIA_136 = 0x7F24;

    /** DF TIA EIA 95, TIA/EIA-95. */
    short FID_DF_TIA_EIA_95 = 0x7F25;

    /** DF GRAPHICS, images. */
    short FID_DF_GRAPHICS = 0x5F50;

    /** DF IRIDIUM, Iridium. */
    short FID_DF_IRIDIUM = 0x5F30;

    /** DF GLOBALSTAR, Globalstar. */
    short FID_DF_GLOBALSTAR = 0x5F31;

    /** DF ICO, ICO. */
    short FID_DF_ICO = 0x5F32;

    /** DF ACES, ACeS. */
    short FID_DF_ACES = 0x5F33;

    /** DF PCS 1900, PCS 1900. */
    short FID_DF_PCS_1900 = 0x5F40;

    /** DF CTS, cordless telephony. */
    short FID_DF_CTS = 0x5F60;

    /** DF SOLSA, support of localised service areas. */
    short FID_DF_SOLSA = 0x5F70;

    /** DF TIA EIA 553, TIA/EIA-553. */
    short FID_DF_TIA_EIA_553 = 0x5F40;

    /** DF MEXE, mobile execution environment. */
    short FID_DF_MEXE = 0x5F3C;

    /** EF ICCID, identification number of the card. */
    short FID_EF_ICCID = 0x2FE2;

    /** EF ELP, preferred languages. */
    short FID_EF_ELP = 0x2F05;

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

    /** EF ECCP, extended capability configuration parameters. */
    short FID_EF_ECCP = 0x6F4F;

    /** EF CMI, comparison method information. */
    short FID_EF_CMI = 0x6F58;

    /** EF IMG, image instances. */
    short FID_EF_IMG = 0x4F20;

    /** EF LP, language preference. */
    short FID_EF_LP = 0x6F05;

    /** EF IMSI, international mobile subscriber identity. */
    short FID_EF_IMSI = 0x6F07;

    /** EF KC, ciphering key Kc. */
    short FID_EF_KC = 0x6F20;

    /** EF PLMNSEL, PLMN selector. */
    short FID_EF_PLMNSEL = 0x6F30;

    /** EF HPLMN, search period of the higher priority PLMN. */
    short FID_EF_HPLMN = 0x6F31;

    /** EF ACMMAX, maximum of the accumulated call meter. */
    short FID_EF_ACMMAX = 0x6F37;

    /** EF SST, SIM service table. */
    short FID_EF_SST = 0x6F38;

    /** EF ACM, accumulated call meter. */
    short FID_EF_ACM = 0x6F39;

    /** EF GID1, group identifier level 1. */
    short FID_EF_GID1 = 0x6F3E;

    /** EF GID2, group identifier level 2. */
    short FID_EF_GID2 = 0x6F3F;

    /** EF SPN, service provider name. */
    short FID_EF_SPN = 0x6F46;

    /** EF PUCT, price per unit and currency. */
    short FID_EF_PUCT = 0x6F41;

    /** EF CBMI, cell broadcast message identifiers. */
    short FID_EF_CBMI = 0x6F45;

    /** EF BCCH, broadcast control channels. */
    short FID_EF_BCCH = 0x6F74;

    /** EF ACC, access control class. */
    short FID_EF_ACC = 0x6F78;

    /** EF FPLMN, forbidden PLMNs. */
    short FID_EF_FPLMN = 0x6F7B;

    /** EF LOCI, location information. */
    short FID_EF_LOCI = 0x6F7E;

    /** EF AD, administrative data. */
    short FID_EF_AD = 0x6FAD;

    /** EF PHASE, phase of the SIM. */
    short FID_EF_PHASE = 0x6FAE;

    /** EF VGCS, voice group call service. */
    short FID_EF_VGCS = 0x6FB1;

    /** EF VGCSS, voice group call service status. */
    short FID_EF_VGCSS = 0x6FB2;

    /** EF VBS, voice broadcast service. */
    short FID_EF_VBS = 0x6FB3;

    /** EF VBSS, voice broadcast service status. */
    short FID_EF_VBSS = 0x6FB4;

    /** EF EMLPP, enhanced multi-level precedence and pre-emption. */
    short FID_EF_EMLPP = 0x6FB5;

    /** EF AAEM, automatic answer for eMLPP. */
    short FID_EF_AAEM = 0x6FB6;

    /** EF CBMID, cell broadcast message identifiers for data download. */
    short FID_EF_CBMID = 0x6F48;

    /** EF ECC, emergency call codes. */
    short FID_EF_ECC = 0x6FB7;

    /** EF CBMIR, range of cell broadcast message identifiers. */
    short FID_EF_CBMIR = 0x6F50;

    /** EF DCK, de-personalisation control keys. */
    short FID_EF_DCK = 0x6F2C;

    /** EF CNL, cooperative network list. */
    short FID_EF_CNL = 0x6F32;

    /** EF NIA, network's indication of alerting. */
    short FID_EF_NIA = 0x6F51;

    /** EF KCGPRS, GPRS ciphering key. */
    short FID_EF_KCGPRS = 0x6F52;

    /** EF LOCIGPRS, GPRS location information. */
    short FID_EF_LOCIGPRS = 0x6F53;

    /** EF SUME, title of the set-up menu. */
    short FID_EF_SUME = 0x6F54;

    /** EF PLMNWACT, user-controlled PLMN selector with access technology. */
    short FID_EF_PLMNWACT = 0x6F60;

    /** EF OPLMNWACT, operator-controlled PLMN selector with access technology. */
    short FID_EF_OPLMNWACT = 0x6F61;

    /** EF HPLMNWACT, home PLMN selector with access technology. */
    short FID_EF_HPLMNWACT = 0x6F62;

    /** EF CPBCCH, CPBCCH information. */
    short FID_EF_CPBCCH = 0x6F63;

    /** EF INVSCAN, investigation scan. */
    short FID_EF_INVSCAN = 0x6F64;

    /** EF SAI, service area indicator. */
    short FID_EF_SAI = 0x4F30;

    /** EF SLL, service lists. */
    short FID_EF_SLL = 0x4F31;

    /** EF SID, system identifier, of a DF for another network. */
    short FID_EF_SID = 0x4F80;

    /** EF GPI, GPI, of a DF for another network. */
    short FID_EF_GPI = 0x4F81;

    /** EF IPC, IPC, of a DF for another network. */
    short FID_EF_IPC = 0x4F82;

    /** EF COUNT, call count, of a DF for another network. */
    short FID_EF_COUNT = 0x4F83;

    /** EF NSID, negative system identifiers, of a DF for another network. */
    short FID_EF_NSID = 0x4F84;

    /** EF PSID, positive system identifiers, of a DF for another network. */
    short FID_EF_PSID = 0x4F85;

    /** EF NETSEL, network selection, of a DF for another network. */
    short FID_EF_NETSEL = 0x4F86;

    /** EF SPL, SPL, of a DF for another network. */
    short FID_EF_SPL = 0x4F87;

    /** EF MIN, mobile identification number, of a DF for another network. */
    short FID_EF_MIN = 0x4F88;

    /** EF ACCOLC, access overload class, of a DF for another network. */
    short FID_EF_ACCOLC = 0x4F89;

    /** EF FC1, FC1, of a DF for another network. */
    short FID_EF_FC1 = 0x4F8A;

    /** EF S ESN, electronic serial number, of a DF for another network. */
    short FID_EF_S_ESN = 0x4F8B;

    /** EF CSID, CSID, of a DF for another network. */
    short FID_EF_CSID = 0x4F8C;

    /** EF REG THRESH, registration threshold, of a DF for another network. */
    short FID_EF_REG_THRESH = 0x4F8D;

    /** EF CCCH, common control channels, of a DF for another network. */
    short FID_EF_CCCH = 0x4F8E;

    /** EF LDCC, LDCC, of a DF for another network. */
    short FID_EF_LDCC = 0x4F8F;

    /** EF GSM RECON, GSM reconnection, of a DF for another network. */
    short FID_EF_GSM_RECON = 0x4F90;

    /** EF AMPS 2 GSM, AMPS to GSM, of a DF for another network. */
    short FID_EF_AMPS_2_GSM = 0x4F91;

    /** EF AMPS UI, AMPS user interface, of a DF for another network. */
    short FID_EF_AMPS_UI = 0x4F93;

    /** EF MEXE ST, MExE service table. */
    short FID_EF_MEXE_ST = 0x4F40;

    /** EF ORPK, operator root public key. */
    short FID_EF_ORPK = 0x4F41;

    /** EF ARPK, administrator root public key. */
    short FID_EF_ARPK = 0x4F42;

    /** EF TPRPK, third party root public key. */
    short FID_EF_TPRPK = 0x4F43;
}
