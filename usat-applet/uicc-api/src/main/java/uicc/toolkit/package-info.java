// SPDX-License-Identifier: Apache-2.0
/** {@code uicc.toolkit}. */
package uicc.toolkit;
