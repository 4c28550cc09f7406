// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

import javacard.framework.Util;

/** The constant texts of messages and of the tree. */
final class Text {
    static final byte[] TEXT_PLAIN = {'t', 'e', 'x', 't', '/', 'p', 'l', 'a', 'i', 'n'};
    static final byte[] VER_DTD = {'1', '.', '2'};
    static final byte[] VER_PROTO = {'D', 'M', '/', '1', '.', '2'};
    static final byte[] AUTH_MD5 = {'s', 'y', 'n', 'c', 'm', 'l', ':', 'a', 'u', 't', 'h', '-', 'm', 'd', '5'};
    static final byte[] DEV_INFO = {'D', 'e', 'v', 'I', 'n', 'f', 'o'};
    static final byte[] DEV_ID = {'D', 'e', 'v', 'I', 'd'};

    static final byte[] DOT = {'.'};

    /** MIME types of a TNDS object without what follows the plus sign. */
    static final byte[] TNDS = {
        'a', 'p', 'p', 'l', 'i', 'c', 'a', 't', 'i', 'o', 'n', '/', 'v', 'n', 'd', '.', 's', 'y', 'n', 'c', 'm', 'l',
        '.', 'd', 'm', 't', 'n', 'd', 's', '+'
    };

    private Text() {}

    static boolean equal(byte[] text, byte[] buf, short off, short len) {
        return len == (short) text.length && Util.arrayCompare(text, (short) 0, buf, off, len) == 0;
    }
}
