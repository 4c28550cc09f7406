// SPDX-License-Identifier: Apache-2.0
/** Tests of the checks of secured packets. */
package org.bipline.uicc.runtime.ota;
