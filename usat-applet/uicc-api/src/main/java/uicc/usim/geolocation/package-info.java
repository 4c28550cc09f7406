// SPDX-License-Identifier: Apache-2.0
/** Asking the ME where it is. 3GPP TS 31.130. */
package uicc.usim.geolocation;
