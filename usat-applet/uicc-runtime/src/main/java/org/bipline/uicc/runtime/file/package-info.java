// SPDX-License-Identifier: Apache-2.0
/** The file system of the UICC with its access rules and PINs: ETSI TS 102 221, contents after 3GPP TS 31.102. */
package org.bipline.uicc.runtime.file;
