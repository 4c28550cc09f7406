// SPDX-License-Identifier: Apache-2.0
/** The Java Card machine of one card: jCardSim bound to threads, contexts, transactions (Java Card 3.0.4 runtime environment). */
package org.bipline.uicc.runtime.vm;
