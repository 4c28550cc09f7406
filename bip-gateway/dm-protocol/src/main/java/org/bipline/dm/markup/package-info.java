// SPDX-License-Identifier: Apache-2.0
/**
 * The element types of DM 1.2 and the two streams, one to read and one to write, that every document goes through, whether it is
 * WBXML or XML.
 */
package org.bipline.dm.markup;
