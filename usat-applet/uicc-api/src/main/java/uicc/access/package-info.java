// SPDX-License-Identifier: Apache-2.0
/** {@code uicc.access}. */
package uicc.access;
