// SPDX-License-Identifier: Apache-2.0
/** Comparison of the compiled {@code uicc.*} classes with the published API. */
package org.bipline.uicc;
