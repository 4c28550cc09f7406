// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm;

/** Where in a document something was found. */
public sealed interface Position {
    /** Byte of a binary document, counted from 0. */
    record Offset(int offset) implements Position {
        @Override
        public String toString() {
            return "offset " + offset;
        }
    }

    /** Line and column of a text, both counted from 1. */
    record LineColumn(int line, int column) implements Position {
        @Override
        public String toString() {
            return "line " + line + ", column " + column;
        }
    }
}
