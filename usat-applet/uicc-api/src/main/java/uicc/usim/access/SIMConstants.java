// SPDX-License-Identifier: Apache-2.0
package uicc.usim.access;

public interface SIMConstants {
    short FID_MF = 0x3F00;

    short FID_DF_TELECOM = 0x7F10;

    short FID_DF_GSM = 0x7F20;

    short FID_DF_DCS_1800 = 0x7F21;

    short FID_DF_IS_41 = 0x7F22;

    short FID_DF_FP_CTS = 0x7F23;

    short FID_DF_PDC = 0x7F80;

    short FID_DF_TETRA = 0x7F90;

    short FID_DF_TIA_EIA_136 = 0x7F24;

    short FID_DF_TIA_EIA_95 = 0x7F25;

    short FID_DF_GRAPHICS = 0x5F50;

    short FID_DF_IRIDIUM = 0x5F30;

    short FID_DF_GLOBALSTAR = 0x5F31;

    short FID_DF_ICO = 0x5F32;

    short FID_DF_ACES = 0x5F33;

    short FID_DF_PCS_1900 = 0x5F40;

    short FID_DF_CTS = 0x5F60;

    short FID_DF_SOLSA = 0x5F70;

    short FID_DF_TIA_EIA_553 = 0x5F40;

    short FID_DF_MEXE = 0x5F3C;

    short FID_EF_ICCID = 0x2FE2;

    short FID_EF_ELP = 0x2F05;

    short FID_EF_ADN = 0x6F3A;

    short FID_EF_FDN = 0x6F3B;

    short FID_EF_SMS = 0x6F3C;

    short FID_EF_CCP = 0x6F3D;

    short FID_EF_MSISDN = 0x6F40;

    short FID_EF_SMSP = 0x6F42;

    short FID_EF_SMSS = 0x6F43;

    short FID_EF_LND = 0x6F44;

    short FID_EF_SDN = 0x6F49;

    short FID_EF_EXT1 = 0x6F4A;

    short FID_EF_EXT2 = 0x6F4B;

    short FID_EF_EXT3 = 0x6F4C;

    short FID_EF_BDN = 0x6F4D;

    short FID_EF_EXT4 = 0x6F4E;

    short FID_EF_SMSR = 0x6F47;

    short FID_EF_ECCP = 0x6F4F;

    short FID_EF_CMI = 0x6F58;

    short FID_EF_IMG = 0x4F20;

    short FID_EF_LP = 0x6F05;

    short FID_EF_IMSI = 0x6F07;

    short FID_EF_KC = 0x6F20;

    short FID_EF_PLMNSEL = 0x6F30;

    short FID_EF_HPLMN = 0x6F31;

    short FID_EF_ACMMAX = 0x6F37;

    short FID_EF_SST = 0x6F38;

    short FID_EF_ACM = 0x6F39;

    short FID_EF_GID1 = 0x6F3E;

    short FID_EF_GID2 = 0x6F3F;

    short FID_EF_SPN = 0x6F46;

    short FID_EF_PUCT = 0x6F41;

    short FID_EF_CBMI = 0x6F45;

    short FID_EF_BCCH = 0x6F74;

    short FID_EF_ACC = 0x6F78;

    short FID_EF_FPLMN = 0x6F7B;

    short FID_EF_LOCI = 0x6F7E;

    short FID_EF_AD = 0x6FAD;

    short FID_EF_PHASE = 0x6FAE;

    short FID_EF_VGCS = 0x6FB1;

    short FID_EF_VGCSS = 0x6FB2;

    short FID_EF_VBS = 0x6FB3;

    short FID_EF_VBSS = 0x6FB4;

    short FID_EF_EMLPP = 0x6FB5;

    short FID_EF_AAEM = 0x6FB6;

    short FID_EF_CBMID = 0x6F48;

    short FID_EF_ECC = 0x6FB7;

    short FID_EF_CBMIR = 0x6F50;

    short FID_EF_DCK = 0x6F2C;

    short FID_EF_CNL = 0x6F32;

    short FID_EF_NIA = 0x6F51;

    short FID_EF_KCGPRS = 0x6F52;

    short FID_EF_LOCIGPRS = 0x6F53;

    short FID_EF_SUME = 0x6F54;

    short FID_EF_PLMNWACT = 0x6F60;

    short FID_EF_OPLMNWACT = 0x6F61;

    short FID_EF_HPLMNWACT = 0x6F62;

    short FID_EF_CPBCCH = 0x6F63;

    short FID_EF_INVSCAN = 0x6F64;

    short FID_EF_SAI = 0x4F30;

    short FID_EF_SLL = 0x4F31;

    short FID_EF_SID = 0x4F80;

    short FID_EF_GPI = 0x4F81;

    short FID_EF_IPC = 0x4F82;

    short FID_EF_COUNT = 0x4F83;

    short FID_EF_NSID = 0x4F84;

    short FID_EF_PSID = 0x4F85;

    short FID_EF_NETSEL = 0x4F86;

    short FID_EF_SPL = 0x4F87;

    short FID_EF_MIN = 0x4F88;

    short FID_EF_ACCOLC = 0x4F89;

    short FID_EF_FC1 = 0x4F8A;

    short FID_EF_S_ESN = 0x4F8B;

    short FID_EF_CSID = 0x4F8C;

    short FID_EF_REG_THRESH = 0x4F8D;

    short FID_EF_CCCH = 0x4F8E;

    short FID_EF_LDCC = 0x4F8F;

    short FID_EF_GSM_RECON = 0x4F90;

    short FID_EF_AMPS_2_GSM = 0x4F91;

    short FID_EF_AMPS_UI = 0x4F93;

    short FID_EF_MEXE_ST = 0x4F40;

    short FID_EF_ORPK = 0x4F41;

    short FID_EF_ARPK = 0x4F42;

    short FID_EF_TPRPK = 0x4F43;
}
