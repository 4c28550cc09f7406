// SPDX-License-Identifier: Apache-2.0
/** Triggers for a card: DM notifications in secured packets (ETSI TS 102 225, 3GPP TS 31.115), and short messages by SMPP 3.4. */
package org.bipline.lab.push;
