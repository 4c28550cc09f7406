// SPDX-License-Identifier: Apache-2.0
/** Channels of the Bearer Independent Protocol for toolkit applets. ETSI TS 102 223 clauses 6.4.27 to 6.4.31. */
package org.bipline.card.bip;
