// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.markup;

/** An element of no DM document, known by its name only (a literal tag in WBXML). */
public record UnknownTag(String text) implements Tag {
    @Override
    public int token() {
        return -1;
    }

    @Override
    public CodePage page() {
        return CodePage.SYNCML;
    }
}
