// SPDX-License-Identifier: Apache-2.0
/** WAP Binary XML 1.1 to 1.3, with the code pages of DM 1.2. */
package org.bipline.dm.wbxml;
