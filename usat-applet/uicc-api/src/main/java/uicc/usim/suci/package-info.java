// SPDX-License-Identifier: Apache-2.0
/** Computing the subscription concealed identifier in an applet. 3GPP TS 31.130. */
package uicc.usim.suci;
