// SPDX-License-Identifier: Apache-2.0
/** Messages of the DM 1.2 protocol (OMA DM Representation Protocol 1.2.1) and their codecs. */
package org.bipline.dm.syncml;
