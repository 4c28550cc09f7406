// SPDX-License-Identifier: Apache-2.0
/** Tests of the handlers of ETSI TS 102 241 by themselves. */
package org.bipline.uicc.runtime.cat;
