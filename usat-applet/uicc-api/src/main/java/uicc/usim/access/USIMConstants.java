// SPDX-License-Identifier: Apache-2.0
package uicc.usim.access;

/** Identifiers of the files of a USIM, as in 3GPP TS 31.102. */
public interface USIMConstants {
    /** MF, master file. */
    short FID_MF = 0x3F00;

    /** ADF, the ADF of the view, whatever its AID. */
    short FID_ADF = 0x7FFF;

    /** EF LI, language indication. */
    short FID_EF_LI = 0x6F05;

    /** EF IMSI, international mobile subscriber identity. */
    short FID_EF_IMSI = 0x6F07;

    /** EF KEYS, ciphering and integrity keys. */
    short FID_EF_KEYS = 0x6F08;

    /** EF KEYSPS, ciphering and integrity keys of the packet domain. */
    short FID_EF_KEYSPS = 0x6F09;

    /** EF PLMNWACT, user-controlled PLMN selector with access technology. */
    short FID_EF_PLMNWACT = 0x6F60;

    /** EF HPPLMN, search period of the higher priority PLMN. */
    short FID_EF_HPPLMN = 0x6F31;

    /** EF ACMMAX, maximum of the accumulated call meter. */
    short FID_EF_ACMMAX = 0x6F37;

    /** EF UST, USIM service table. */
    short FID_EF_UST = 0x6F38;

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

    /** EF ACC, access control class. */
    short FID_EF_ACC = 0x6F78;

    /** EF FPLMN, forbidden PLMNs. */
    short FID_EF_FPLMN = 0x6F7B;

    /** EF LOCI, location information. */
    short FID_EF_LOCI = 0x6F7E;

    /** EF AD, administrative data. */
    short FID_EF_AD = 0x6FAD;

    /** EF CBMID, cell broadcast message identifiers for data download. */
    short FID_EF_CBMID = 0x6F48;

    /** EF ECC, emergency call codes. */
    short FID_EF_ECC = 0x6FB7;

    /** EF CBMIR, range of cell broadcast message identifiers. */
    short FID_EF_CBMIR = 0x6F50;

    /** EF PSLOCI, location information of the packet domain. */
    short FID_EF_PSLOCI = 0x6F73;

    /** EF FDN, fixed dialling numbers. */
    short FID_EF_FDN = 0x6F3B;

    /** EF SMS, short messages. */
    short FID_EF_SMS = 0x6F3C;

    /** EF MSISDN, own numbers. */
    short FID_EF_MSISDN = 0x6F40;

    /** EF SMSP, short message service parameters. */
    short FID_EF_SMSP = 0x6F42;

    /** EF SMSS, short message service status. */
    short FID_EF_SMSS = 0x6F43;

    /** EF SDN, service dialling numbers. */
    short FID_EF_SDN = 0x6F49;

    /** EF EXT2, extension of FDN. */
    short FID_EF_EXT2 = 0x6F4B;

    /** EF EXT3, extension of SDN. */
    short FID_EF_EXT3 = 0x6F4C;

    /** EF SMSR, short message status reports. */
    short FID_EF_SMSR = 0x6F47;

    /** EF ICI, incoming call information. */
    short FID_EF_ICI = 0x6F80;

    /** EF OCI, outgoing call information. */
    short FID_EF_OCI = 0x6F81;

    /** EF ICT, incoming call timer. */
    short FID_EF_ICT = 0x6F82;

    /** EF OCT, outgoing call timer. */
    short FID_EF_OCT = 0x6F83;

    /** EF EXT5, extension of ICI and OCI. */
    short FID_EF_EXT5 = 0x6F4E;

    /** EF CCP2, capability configuration parameters 2. */
    short FID_EF_CCP2 = 0x6F4F;

    /** EF EMLPP, enhanced multi-level precedence and pre-emption. */
    short FID_EF_EMLPP = 0x6FB5;

    /** EF AAEM, automatic answer for eMLPP. */
    short FID_EF_AAEM = 0x6FB6;

    /** EF HIDDENKEY, hidden key of the phone book. */
    short FID_EF_HIDDENKEY = 0x6FC3;

    /** EF BDN, barred dialling numbers. */
    short FID_EF_BDN = 0x6F4D;

    /** EF EXT4, extension of BDN. */
    short FID_EF_EXT4 = 0x6F55;

    /** EF CMI, comparison method information. */
    short FID_EF_CMI = 0x6F58;

    /** EF EST, enabled services table. */
    short FID_EF_EST = 0x6F56;

    /** EF ACL, access point name control list. */
    short FID_EF_ACL = 0x6F57;

    /** EF DCK, de-personalisation control keys. */
    short FID_EF_DCK = 0x6F2C;

    /** EF CNL, cooperative network list. */
    short FID_EF_CNL = 0x6F32;

    /** EF START HFN, initialisation values of the hyperframe number. */
    short FID_EF_START_HFN = 0x6F5B;

    /** EF THRESHOLD, maximum value of START. */
    short FID_EF_THRESHOLD = 0x6F5C;

    /** EF OPLMNWACT, operator-controlled PLMN selector with access technology. */
    short FID_EF_OPLMNWACT = 0x6F61;

    /** EF HPLMNWACT, home PLMN selector with access technology. */
    short FID_EF_HPLMNWACT = 0x6F62;

    /** EF ARR, access rules. */
    short FID_EF_ARR = 0x6F06;

    /** EF NETPAR, network parameters. */
    short FID_EF_NETPAR = 0x6FC4;

    /** EF PNN, PLMN network names. */
    short FID_EF_PNN = 0x6FC5;

    /** EF OPL, operator PLMN list. */
    short FID_EF_OPL = 0x6FC6;

    /** EF MBDN, mailbox dialling numbers. */
    short FID_EF_MBDN = 0x6FC7;

    /** EF EXT6, extension of MBDN. */
    short FID_EF_EXT6 = 0x6FC8;

    /** EF MBI, mailbox identifiers. */
    short FID_EF_MBI = 0x6FC9;

    /** EF MWIS, message waiting indication status. */
    short FID_EF_MWIS = 0x6FCA;

    /** EF CFIS, call forwarding indication status. */
    short FID_EF_CFIS = 0x6FCB;

    /** EF EXT7, extension of CFIS. */
    short FID_EF_EXT7 = 0x6FCC;

    /** EF SPDI, service provider display information. */
    short FID_EF_SPDI = 0x6FCD;

    /** EF MMSN, MMS notifications. */
    short FID_EF_MMSN = 0x6FCE;

    /** EF EXT8, extension of MMSUCP. */
    short FID_EF_EXT8 = 0x6FCF;

    /** EF MMSICP, MMS issuer connectivity parameters. */
    short FID_EF_MMSICP = 0x6FD0;

    /** EF MMSUP, MMS user preferences. */
    short FID_EF_MMSUP = 0x6FD1;

    /** EF MMSUCP, MMS user connectivity parameters. */
    short FID_EF_MMSUCP = 0x6FD2;

    /** EF NIA, network's indication of alerting. */
    short FID_EF_NIA = 0x6FD3;

    /** EF VGCS, voice group call service. */
    short FID_EF_VGCS = 0x6FB1;

    /** EF VGCSS, voice group call service status. */
    short FID_EF_VGCSS = 0x6FB2;

    /** EF VBS, voice broadcast service. */
    short FID_EF_VBS = 0x6FB3;

    /** EF VBSS, voice broadcast service status. */
    short FID_EF_VBSS = 0x6FB4;

    /** EF VGCSCA, ciphering algorithm of the voice group call service. */
    short FID_EF_VGCSCA = 0x6FD4;

    /** EF VBSCA, ciphering algorithm of the voice broadcast service. */
    short FID_EF_VBSCA = 0x6FD5;

    /** EF GBABP, GBA bootstrapping parameters. */
    short FID_EF_GBABP = 0x6FD6;

    /** EF MSK, MBMS service keys. */
    short FID_EF_MSK = 0x6FD7;

    /** EF MUK, MBMS user key. */
    short FID_EF_MUK = 0x6FD8;

    /** DF PHONEBOOK, phone book. */
    short FID_DF_PHONEBOOK = 0x5F3A;

    /** DF GSM ACCESS, access to GSM. */
    short FID_DF_GSM_ACCESS = 0x5F3B;

    /** DF MEXE, mobile execution environment. */
    short FID_DF_MEXE = 0x5F3C;

    /** DF WLAN, interworking with WLAN. */
    short FID_DF_WLAN = 0x5F40;

    /** DF SOLSA, support of localised service areas. */
    short FID_DF_SOLSA = 0x5F70;

    /** EF SAI, service area indicator. */
    short FID_EF_SAI = 0x4F30;

    /** EF SLL, service lists. */
    short FID_EF_SLL = 0x4F31;

    /** EF PBR, phone book reference. */
    short FID_EF_PBR = 0x4F30;

    /** EF PSC, phone book synchronisation counter. */
    short FID_EF_PSC = 0x4F22;

    /** EF CC, change counter. */
    short FID_EF_CC = 0x4F23;

    /** EF PUID, previous unique identifier. */
    short FID_EF_PUID = 0x4F24;

    /** EF KC, ciphering key Kc. */
    short FID_EF_KC = 0x4F20;

    /** EF KCGPRS, GPRS ciphering key. */
    short FID_EF_KCGPRS = 0x4F52;

    /** EF CPBCCH, CPBCCH information. */
    short FID_EF_CPBCCH = 0x4F63;

    /** EF INVSCAN, investigation scan. */
    short FID_EF_INVSCAN = 0x4F64;

    /** EF MEXEST, MExE service table. */
    short FID_EF_MEXEST = 0x4F40;

    /** EF ORPK, operator root public key. */
    short FID_EF_ORPK = 0x4F41;

    /** EF ARPK, administrator root public key. */
    short FID_EF_ARPK = 0x4F42;

    /** EF TRPRK, third party root public key. */
    short FID_EF_TRPRK = 0x4F43;

    /** EF PSEUDO, WLAN pseudonym. */
    short FID_EF_PSEUDO = 0x4F41;

    /** EF UPLMNWLAN, user-controlled PLMN selector for WLAN. */
    short FID_EF_UPLMNWLAN = 0x4F42;

    /** EF OPLMNWLAN, operator-controlled PLMN selector for WLAN. */
    short FID_EF_OPLMNWLAN = 0x4F43;

    /** EF UWSIDL, user-controlled WLAN identifiers. */
    short FID_EF_UWSIDL = 0x4F44;

    /** EF OWSIDL, operator-controlled WLAN identifiers. */
    short FID_EF_OWSIDL = 0x4F45;

    /** EF WRI, WLAN re-authentication identity. */
    short FID_EF_WRI = 0x4F46;

    /** EF ICE DN, in case of emergency, dialling number. */
    short FID_EF_ICE_DN = 0x6FE0;

    /** EF ICE FF, in case of emergency, free format. */
    short FID_EF_ICE_FF = 0x6FE1;

    /** EF ADN, abbreviated dialling numbers. */
    short FID_EF_ADN = 0x6F3A;

    /** EF EXT1, extension of ADN, MSISDN and others. */
    short FID_EF_EXT1 = 0x6F4A;

    /** EF ECCP, extended capability configuration parameters. */
    short FID_EF_ECCP = 0x6F4F;

    /** EF SUME, title of the set-up menu. */
    short FID_EF_SUME = 0x6F54;

    /** DF GRAPHICS, images. */
    short FID_DF_GRAPHICS = 0x5F50;

    /** DF MULTIMEDIA, multimedia. */
    short FID_DF_MULTIMEDIA = 0x5F3B;

    /** EF IMG, image instances. */
    short FID_EF_IMG = 0x4F20;

    /** EF MML, multimedia messages list. */
    short FID_EF_MML = 0x4F47;

    /** EF MMDF, multimedia messages data file. */
    short FID_EF_MMDF = 0x4F48;

    /** EF GBANL, GBA NAF list. */
    short FID_EF_GBANL = 0x6FDA;

    /** EF EHPLMNPI, presentation indication of equivalent home PLMNs. */
    short FID_EF_EHPLMNPI = 0x6FDB;

    /** EF LRPLMNSI, last RPLMN selection indication. */
    short FID_EF_LRPLMNSI = 0x6FDC;

    /** EF NAFKCA, NAF key centre address. */
    short FID_EF_NAFKCA = 0x6FDD;

    /** EF SPNI, service provider name icon. */
    short FID_EF_SPNI = 0x6FDE;

    /** EF PNNI, PLMN network name icon. */
    short FID_EF_PNNI = 0x6FDF;

    /** EF NCP IP, network connectivity parameters for IP connections of the USIM. */
    short FID_EF_NCP_IP = 0x6FE2;

    /** EF EPSLOCI, EPS location information. */
    short FID_EF_EPSLOCI = 0x6FE3;

    /** EF EPSNSC, EPS NAS security context. */
    short FID_EF_EPSNSC = 0x6FE4;

    /** EF UFC, USAT facility control. */
    short FID_EF_UFC = 0x6FE6;

    /** EF UICCIARI, IMS application reference identifiers of the UICC. */
    short FID_EF_UICCIARI = 0x6FE7;

    /** EF NASCONFIG, non access stratum configuration. */
    short FID_EF_NASCONFIG = 0x6FE8;

    /** EF ACSGL, allowed closed subscriber groups. */
    short FID_EF_ACSGL = 0x4F81;

    /** EF CSGI, closed subscriber group indication, by its name before EF CSGT. */
    short FID_EF_CSGI = 0x4F82;

    /** EF CSGT, closed subscriber group types. */
    short FID_EF_CSGT = 0x4F82;

    /** EF HNBN, home node B names. */
    short FID_EF_HNBN = 0x4F83;

    /** EF OCSGL, operator's closed subscriber groups. */
    short FID_EF_OCSGL = 0x4F84;

    /** EF OCSGT, operator's closed subscriber group types. */
    short FID_EF_OCSGT = 0x4F85;

    /** EF OHNBN, operator's home node B names. */
    short FID_EF_OHNBN = 0x4F86;
}
