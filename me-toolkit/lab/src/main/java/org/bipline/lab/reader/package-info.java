// SPDX-License-Identifier: Apache-2.0
/** Cards and readers outside of this process: PC/SC (ISO/IEC 7816 cards), and the virtual reader of vsmartcard. */
package org.bipline.lab.reader;
