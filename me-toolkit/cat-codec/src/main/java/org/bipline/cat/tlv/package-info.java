// SPDX-License-Identifier: Apache-2.0
/** Bytes and tag-length-value structures. ETSI TS 101 220 clause 7. */
package org.bipline.cat.tlv;
