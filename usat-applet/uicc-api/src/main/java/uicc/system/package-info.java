// SPDX-License-Identifier: Apache-2.0
/** {@code uicc.system}. */
package uicc.system;
