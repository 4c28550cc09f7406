// SPDX-License-Identifier: Apache-2.0
/** The USIM application toolkit: short messages, cell broadcast, USSD, and what 3GPP TS 31.111 adds. 3GPP TS 31.130. */
package uicc.usim.toolkit;
