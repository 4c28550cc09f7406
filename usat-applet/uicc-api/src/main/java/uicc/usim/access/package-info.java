// SPDX-License-Identifier: Apache-2.0
/** Identifiers of the files of SIM and USIM. 3GPP TS 31.130. */
package uicc.usim.access;
