// SPDX-License-Identifier: Apache-2.0
/** Data objects in COMPREHENSION-TLV form. ETSI TS 102 223 clause 8, 3GPP TS 31.111 clause 8. */
package org.bipline.cat.object;
