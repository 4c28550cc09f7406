// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

import javacard.framework.Util;

/** The properties of nodes that Get reads. OMA DM Tree and Description 1.2, clause Properties of Nodes. */
final class Property {
    static final byte NONE = 0; // the node itself
    static final byte FORMAT = 1;
    static final byte NAME = 2;
    static final byte SIZE = 3;
    static final byte TYPE = 4;

    private static final byte[] QUERY = {'?', 'p', 'r', 'o', 'p', '='};

    /** The names in the order of the numbers, each behind its length. */
    private static final byte[] NAMES = {
        6, 'F', 'o', 'r', 'm', 'a', 't', 4, 'N', 'a', 'm', 'e', 4, 'S', 'i', 'z', 'e', 4, 'T', 'y', 'p', 'e'
    };

    private Property() {}

    /** The property that the end of a URI, from its question mark on, addresses. Status 406 if it is none of these. */
    static byte of(byte[] buf, short off, short len) {
        byte property = NONE;
        short prefix = (short) QUERY.length;
        if (len > prefix && Util.arrayCompare(QUERY, (short) 0, buf, off, prefix) == 0) {
            property = Text.word(NAMES, buf, (short) (off + prefix), (short) (len - prefix));
        }
        if (property == NONE) {
            Status.raise(Status.NOT_SUPPORTED);
        }
        return property;
    }

    /** Writes the end of the URI of a property; nothing for the node itself. */
    static void writeQuery(byte property, MessageSink sink) {
        if (property != NONE) {
            sink.write(QUERY, (short) 0, (short) QUERY.length);
            Text.writeWord(NAMES, property, sink);
        }
    }

    /** Writes the property of a node; nothing where it has no value. */
    static void write(byte property, MoStore store, short node, WbxmlWriter to) {
        switch (property) {
            case FORMAT:
                Format.write(store.format(node), to);
                break;
            case NAME:
                store.writeName(node, to);
                break;
            case SIZE:
                to.number(store.valueLength(node));
                break;
            default:
                if (store.hasType(node)) {
                    store.writeType(node, to);
                }
        }
    }
}
