// SPDX-License-Identifier: Apache-2.0
/** The factories of {@code uicc.*} against a runtime that records what it is asked. */
package org.bipline.uicc.spi;
