// SPDX-License-Identifier: Apache-2.0
/** Secured packets as the server makes and reads them: ETSI TS 102 225, in short messages 3GPP TS 31.115. */
package org.bipline.cat.ota;
