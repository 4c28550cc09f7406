// SPDX-License-Identifier: Apache-2.0
/** The simulated mobile equipment: the terminal of ETSI TS 102 223 and 3GPP TS 31.111. */
package org.bipline.me;
