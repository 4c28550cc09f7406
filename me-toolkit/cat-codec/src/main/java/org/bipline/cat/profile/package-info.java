// SPDX-License-Identifier: Apache-2.0
/** The terminal profile: what an ME says that it can do. ETSI TS 102 223 clause 5.2, 3GPP TS 31.111 clause 5.2. */
package org.bipline.cat.profile;
