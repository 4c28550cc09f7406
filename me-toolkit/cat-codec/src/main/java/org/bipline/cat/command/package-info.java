// SPDX-License-Identifier: Apache-2.0
/** Proactive commands and terminal responses. ETSI TS 102 223 clause 6, 3GPP TS 31.111 clause 6. */
package org.bipline.cat.command;
