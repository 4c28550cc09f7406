// SPDX-License-Identifier: Apache-2.0
/** XML 1.0 as DM 1.2 uses it. */
package org.bipline.dm.xml;
