// SPDX-License-Identifier: Apache-2.0
/**
 * Secured packets over short messages, cell broadcast and USSD, as the card sees them. ETSI TS 102 225, 3GPP TS 31.115, 3GPP
 * TS 23.040.
 */
package org.bipline.uicc.runtime.ota;
