// SPDX-License-Identifier: Apache-2.0
/** The one seam between the {@code uicc.*} factories and the UICC runtime that answers them. */
package org.bipline.uicc.spi;
