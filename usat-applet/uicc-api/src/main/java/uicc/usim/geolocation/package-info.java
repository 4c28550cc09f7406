// SPDX-License-Identifier: Apache-2.0
/** {@code uicc.usim.geolocation}. */
package uicc.usim.geolocation;
