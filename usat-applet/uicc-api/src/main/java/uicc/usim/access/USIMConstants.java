// SPDX-License-Identifier: Apache-2.0
package uicc.usim.access;

public interface USIMConstants {
    short FID_MF = 0x3F00;

    short FID_ADF = 0x7FFF;

    short FID_EF_LI = 0x6F05;

    short FID_EF_IMSI = 0x6F07;

    short FID_EF_KEYS = 0x6F08;

    short FID_EF_KEYSPS = 0x6F09;

    short FID_EF_PLMNWACT = 0x6F60;

    short FID_EF_HPPLMN = 0x6F31;

    short FID_EF_ACMMAX = 0x6F37;

    short FID_EF_UST = 0x6F38;

    short FID_EF_ACM = 0x6F39;

    short FID_EF_GID1 = 0x6F3E;

    short FID_EF_GID2 = 0x6F3F;

    short FID_EF_SPN = 0x6F46;

    short FID_EF_PUCT = 0x6F41;

    short FID_EF_CBMI = 0x6F45;

    short FID_EF_ACC = 0x6F78;

    short FID_EF_FPLMN = 0x6F7B;

    short FID_EF_LOCI = 0x6F7E;

    short FID_EF_AD = 0x6FAD;

    short FID_EF_CBMID = 0x6F48;

    short FID_EF_ECC = 0x6FB7;

    short FID_EF_CBMIR = 0x6F50;

    short FID_EF_PSLOCI = 0x6F73;

    short FID_EF_FDN = 0x6F3B;

    short FID_EF_SMS = 0x6F3C;

    short FID_EF_MSISDN = 0x6F40;

    short FID_EF_SMSP = 0x6F42;

    short FID_EF_SMSS = 0x6F43;

    short FID_EF_SDN = 0x6F49;

    short FID_EF_EXT2 = 0x6F4B;

    short FID_EF_EXT3 = 0x6F4C;

    short FID_EF_SMSR = 0x6F47;

    short FID_EF_ICI = 0x6F80;

    short FID_EF_OCI = 0x6F81;

    short FID_EF_ICT = 0x6F82;

    short FID_EF_OCT = 0x6F83;

    short FID_EF_EXT5 = 0x6F4E;

    short FID_EF_CCP2 = 0x6F4F;

    short FID_EF_EMLPP = 0x6FB5;

    short FID_EF_AAEM = 0x6FB6;

    short FID_EF_HIDDENKEY = 0x6FC3;

    short FID_EF_BDN = 0x6F4D;

    short FID_EF_EXT4 = 0x6F55;

    short FID_EF_CMI = 0x6F58;

    short FID_EF_EST = 0x6F56;

    short FID_EF_ACL = 0x6F57;

    short FID_EF_DCK = 0x6F2C;

    short FID_EF_CNL = 0x6F32;

    short FID_EF_START_HFN = 0x6F5B;

    short FID_EF_THRESHOLD = 0x6F5C;

    short FID_EF_OPLMNWACT = 0x6F61;

    short FID_EF_HPLMNWACT = 0x6F62;

    short FID_EF_ARR = 0x6F06;

    short FID_EF_NETPAR = 0x6FC4;

    short FID_EF_PNN = 0x6FC5;

    short FID_EF_OPL = 0x6FC6;

    short FID_EF_MBDN = 0x6FC7;

    short FID_EF_EXT6 = 0x6FC8;

    short FID_EF_MBI = 0x6FC9;

    short FID_EF_MWIS = 0x6FCA;

    short FID_EF_CFIS = 0x6FCB;

    short FID_EF_EXT7 = 0x6FCC;

    short FID_EF_SPDI = 0x6FCD;

    short FID_EF_MMSN = 0x6FCE;

    short FID_EF_EXT8 = 0x6FCF;

    short FID_EF_MMSICP = 0x6FD0;

    short FID_EF_MMSUP = 0x6FD1;

    short FID_EF_MMSUCP = 0x6FD2;

    short FID_EF_NIA = 0x6FD3;

    short FID_EF_VGCS = 0x6FB1;

    short FID_EF_VGCSS = 0x6FB2;

    short FID_EF_VBS = 0x6FB3;

    short FID_EF_VBSS = 0x6FB4;

    short FID_EF_VGCSCA = 0x6FD4;

    short FID_EF_VBSCA = 0x6FD5;

    short FID_EF_GBABP = 0x6FD6;

    short FID_EF_MSK = 0x6FD7;

    short FID_EF_MUK = 0x6FD8;

    short FID_DF_PHONEBOOK = 0x5F3A;

    short FID_DF_GSM_ACCESS = 0x5F3B;

    short FID_DF_MEXE = 0x5F3C;

    short FID_DF_WLAN = 0x5F40;

    short FID_DF_SOLSA = 0x5F70;

    short FID_EF_SAI = 0x4F30;

    short FID_EF_SLL = 0x4F31;

    short FID_EF_PBR = 0x4F30;

    short FID_EF_PSC = 0x4F22;

    short FID_EF_CC = 0x4F23;

    short FID_EF_PUID = 0x4F24;

    short FID_EF_KC = 0x4F20;

    short FID_EF_KCGPRS = 0x4F52;

    short FID_EF_CPBCCH = 0x4F63;

    short FID_EF_INVSCAN = 0x4F64;

    short FID_EF_MEXEST = 0x4F40;

    short FID_EF_ORPK = 0x4F41;

    short FID_EF_ARPK = 0x4F42;

    short FID_EF_TRPRK = 0x4F43;

    short FID_EF_PSEUDO = 0x4F41;

    short FID_EF_UPLMNWLAN = 0x4F42;

    short FID_EF_OPLMNWLAN = 0x4F43;

    short FID_EF_UWSIDL = 0x4F44;

    short FID_EF_OWSIDL = 0x4F45;

    short FID_EF_WRI = 0x4F46;

    short FID_EF_ICE_DN = 0x6FE0;

    short FID_EF_ICE_FF = 0x6FE1;

    short FID_EF_ADN = 0x6F3A;

    short FID_EF_EXT1 = 0x6F4A;

    short FID_EF_ECCP = 0x6F4F;

    short FID_EF_SUME = 0x6F54;

    short FID_DF_GRAPHICS = 0x5F50;

    short FID_DF_MULTIMEDIA = 0x5F3B;

    short FID_EF_IMG = 0x4F20;

    short FID_EF_MML = 0x4F47;

    short FID_EF_MMDF = 0x4F48;

    short FID_EF_GBANL = 0x6FDA;

    short FID_EF_EHPLMNPI = 0x6FDB;

    short FID_EF_LRPLMNSI = 0x6FDC;

    short FID_EF_NAFKCA = 0x6FDD;

    short FID_EF_SPNI = 0x6FDE;

    short FID_EF_PNNI = 0x6FDF;

    short FID_EF_NCP_IP = 0x6FE2;

    short FID_EF_EPSLOCI = 0x6FE3;

    short FID_EF_EPSNSC = 0x6FE4;

    short FID_EF_UFC = 0x6FE6;

    short FID_EF_UICCIARI = 0x6FE7;

    short FID_EF_NASCONFIG = 0x6FE8;

    short FID_EF_ACSGL = 0x4F81;

    short FID_EF_CSGI = 0x4F82;

    short FID_EF_CSGT = 0x4F82;

    short FID_EF_HNBN = 0x4F83;

    short FID_EF_OCSGL = 0x4F84;

    short FID_EF_OCSGT = 0x4F85;

    short FID_EF_OHNBN = 0x4F86;
}
