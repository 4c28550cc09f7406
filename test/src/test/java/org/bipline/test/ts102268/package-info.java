// SPDX-License-Identifier: Apache-2.0
/** Runs the test suite of ETSI TS 102 268 for the UICC API, from a checkout that the user provides, against the UICC runtime. */
package org.bipline.test.ts102268;
