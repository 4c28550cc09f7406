// SPDX-License-Identifier: Apache-2.0
/**
 * A simulated UICC that runs toolkit applets on jCardSim: ETSI TS 102 221 (commands and files) and TS 102 241 (CAT
 * runtime environment). {@link org.bipline.uicc.runtime.Uicc} is the card; the sub-packages are its inside.
 */
package org.bipline.uicc.runtime;
