// SPDX-License-Identifier: Apache-2.0
/** Tests of the ME's DM client against scripted servers in the same process. */
package org.bipline.me.dm;
