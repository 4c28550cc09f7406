// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

/** The commands that a message may hold: kinds and names. */
final class Command {
    /** Names of the commands, of results and of the header, each behind its element and its length. */
    private static final byte[] NAMES = {
        0x05, 3, 'A', 'd', 'd', 0x06, 5, 'A', 'l', 'e', 'r', 't', 0x08, 6, 'A', 't', 'o', 'm', 'i', 'c', 0x0D, 4, 'C',
        'o', 'p', 'y', 0x10, 6, 'D', 'e', 'l', 'e', 't', 'e', 0x11, 4, 'E', 'x', 'e', 'c', 0x13, 3, 'G', 'e', 't', 0x18,
        3, 'M', 'a', 'p', 0x1F, 3, 'P', 'u', 't', 0x20, 7, 'R', 'e', 'p', 'l', 'a', 'c', 'e', 0x22, 7, 'R', 'e', 's',
        'u', 'l', 't', 's', 0x23, 6, 'S', 'e', 'a', 'r', 'c', 'h', 0x24, 8, 'S', 'e', 'q', 'u', 'e', 'n', 'c', 'e',
        0x2A, 4, 'S', 'y', 'n', 'c', 0x2C, 7, 'S', 'y', 'n', 'c', 'H', 'd', 'r'
    };

    private Command() {}

    /** Writes the name, for the element Cmd of a status. */
    static void writeName(byte element, MessageSink sink) {
        short at = 0;
        while (NAMES[at] != element) {
            at = (short) (at + 2 + NAMES[(short) (at + 1)]);
        }
        sink.write(NAMES, (short) (at + 2), NAMES[(short) (at + 1)]);
    }

    static boolean isCommand(byte element) {
        switch (element) {
            case Element.ADD:
            case Element.ALERT:
            case Element.ATOMIC:
            case Element.COPY:
            case Element.DELETE:
            case Element.EXEC:
            case Element.GET:
            case Element.MAP:
            case Element.PUT:
            case Element.REPLACE:
            case Element.SEARCH:
            case Element.SEQUENCE:
            case Element.SYNC:
                return true;
            default:
                return false;
        }
    }

    /** Tells whether the command holds commands. */
    static boolean isContainer(byte element) {
        return element == Element.ATOMIC || element == Element.SEQUENCE;
    }

    /** Tells whether the command changes the tree. */
    static boolean isChange(byte element) {
        return element == Element.ADD
                || element == Element.REPLACE
                || element == Element.DELETE
                || element == Element.COPY;
    }

    /** Tells whether this card carries the command out, item by item. */
    static boolean isCarriedOut(byte element) {
        return isChange(element) || element == Element.GET || element == Element.EXEC;
    }
}
