// SPDX-License-Identifier: Apache-2.0
/** {@code uicc.usim.toolkit}. */
package uicc.usim.toolkit;
