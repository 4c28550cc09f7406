// SPDX-License-Identifier: Apache-2.0
/** {@code uicc.usim.access}. */
package uicc.usim.access;
