// SPDX-License-Identifier: Apache-2.0
/** {@code uicc.usim.suci}. */
package uicc.usim.suci;
