// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.markup;

/** An element type of DM 1.2, or an element that none of its documents define. */
public sealed interface Tag permits SyncMlTag, MetInfTag, DdfTag, UnknownTag {
    /** The element's name, as XML spells it. */
    String text();

    /** Its WBXML token without the attribute and content bits, or -1 where it has none. */
    int token();

    /** The code page and namespace of the element. */
    CodePage page();
}
