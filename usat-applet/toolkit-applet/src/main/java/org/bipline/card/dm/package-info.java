// SPDX-License-Identifier: Apache-2.0
/** The device management applet: OMA DM 1.2 on the UICC, over HTTP over the Bearer Independent Protocol. */
package org.bipline.card.dm;
