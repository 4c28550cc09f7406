// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

/** Formats of a node as numbers and as the words of OMA DM Meta Information 1.2. */
final class Format {
    static final byte NONE = 0; // not given
    static final byte B64 = 1;
    static final byte BIN = 2;
    static final byte BOOL = 3;
    static final byte CHR = 4;
    static final byte DATE = 5;
    static final byte FLOAT = 6;
    static final byte INT = 7;
    static final byte NODE = 8;
    static final byte NULL = 9;
    static final byte TIME = 10;
    static final byte XML = 11;

    /** The words in the order of the numbers, each behind its length. */
    private static final byte[] WORDS = {
        3, 'b', '6', '4', 3, 'b', 'i', 'n', 4, 'b', 'o', 'o', 'l', 3, 'c', 'h', 'r', 4, 'd', 'a', 't', 'e', 5, 'f', 'l',
        'o', 'a', 't', 3, 'i', 'n', 't', 4, 'n', 'o', 'd', 'e', 4, 'n', 'u', 'l', 'l', 4, 't', 'i', 'm', 'e', 3, 'x',
        'm', 'l'
    };

    /** The elements that stand for the formats in tree descriptions, in the order of the numbers. */
    private static final byte[] ELEMENTS = {
        Element.DDF_B64,
        Element.DDF_BIN,
        Element.DDF_BOOL,
        Element.DDF_CHR,
        Element.DDF_DATE,
        Element.DDF_FLOAT,
        Element.DDF_INT,
        Element.DDF_FORMAT_NODE,
        Element.DDF_NULL,
        Element.DDF_TIME,
        Element.DDF_XML
    };

    private Format() {}

    /** The number of a word; {@link #NONE} if there is no such format. */
    static byte of(byte[] buf, short off, short len) {
        return Text.word(WORDS, buf, off, len);
    }

    /** The format that an element of a tree description stands for; {@link #NONE} if it is another element. */
    static byte ofElement(byte element) {
        byte format = XML;
        while (format != NONE && ELEMENTS[(short) (format - 1)] != element) {
            format--;
        }
        return format;
    }

    static byte element(byte format) {
        return ELEMENTS[(short) (format - 1)];
    }

    static void write(byte format, MessageSink sink) {
        Text.writeWord(WORDS, format, sink);
    }
}
