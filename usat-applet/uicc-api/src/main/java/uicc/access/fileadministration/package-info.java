// SPDX-License-Identifier: Apache-2.0
/** Creating, resizing and deleting files of the card from an applet. ETSI TS 102 241, package version 1.0. */
package uicc.access.fileadministration;
