// SPDX-License-Identifier: Apache-2.0
/** What is needed to personalise a card: install parameters of applets. ETSI TS 102 226, specs/technical-specification.md. */
package org.bipline.lab.card;
