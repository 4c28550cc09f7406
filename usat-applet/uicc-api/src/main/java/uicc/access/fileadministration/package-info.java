// SPDX-License-Identifier: Apache-2.0
/** {@code uicc.access.fileadministration}. */
package uicc.access.fileadministration;
