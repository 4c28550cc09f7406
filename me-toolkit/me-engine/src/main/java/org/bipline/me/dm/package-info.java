// SPDX-License-Identifier: Apache-2.0
/** The DM client of the ME: OMA Device Management 1.2.1, and FUMO 1.0 in a simulated form. */
package org.bipline.me.dm;
