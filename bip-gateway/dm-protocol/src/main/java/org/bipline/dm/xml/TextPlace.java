// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.xml;

import org.bipline.dm.Position;

/** Lines and columns of a UTF-8 text. Places asked for in rising order cost one pass together. */
final class TextPlace {
    private final byte[] in;
    private int offset;
    private int line = 1;
    private int column = 1;

    TextPlace(byte[] in) {
        this.in = in;
    }

    Position.LineColumn of(int wanted) {
        if (wanted < offset) {
            offset = 0;
            line = 1;
            column = 1;
        }
        for (; offset < wanted; offset++) {
            int c = in[offset];
            if (c == '\n' || (c == '\r' && (offset + 1 == in.length || in[offset + 1] != '\n'))) {
                line++;
                column = 1;
            } else if ((c & 0xC0) != 0x80) { // not the rest of a character
                column++;
            }
        }
        return new Position.LineColumn(line, column);
    }
}
