// SPDX-License-Identifier: Apache-2.0
/** Device descriptions: which nodes a management object may have, and what may be done to them. OMA DM Tree and Description 1.2. */
package org.bipline.dm.ddf;
