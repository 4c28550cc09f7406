// SPDX-License-Identifier: Apache-2.0
/** Data of the ENVELOPE command. ETSI TS 102 223 clause 7, 3GPP TS 31.111 clause 7. */
package org.bipline.cat.envelope;
