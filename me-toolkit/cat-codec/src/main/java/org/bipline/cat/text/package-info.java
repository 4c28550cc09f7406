// SPDX-License-Identifier: Apache-2.0
/** Text as the toolkit codes it. ETSI TS 102 221 annex A, 3GPP TS 23.038. */
package org.bipline.cat.text;
