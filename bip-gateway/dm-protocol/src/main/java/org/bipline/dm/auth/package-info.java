// SPDX-License-Identifier: Apache-2.0
/** Credentials of DM 1.2: OMA DM Security 1.2.1. */
package org.bipline.dm.auth;
