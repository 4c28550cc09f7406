// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

import javacard.framework.Util;

/**
 * What a URI addresses beyond a node's value: a property ({@code ?prop=}) or the tree below the node ({@code ?list=}). OMA DM
 * Tree and Description 1.2, clauses Properties of Nodes and Device Management Tree Exchange.
 */
final class Property {
    static final byte NONE = 0; // the node itself
    static final byte ACL = 1;
    static final byte FORMAT = 2;
    static final byte NAME = 3;
    static final byte SIZE = 4;
    static final byte TITLE = 5;
    static final byte TSTAMP = 6;
    static final byte TYPE = 7;
    static final byte VER_NO = 8;
    private static final byte PROPERTIES = 8;
    static final byte LIST_STRUCT = 9;
    static final byte LIST_STRUCT_DATA = 10;
    static final byte LIST_TNDS = 11;

    /** Bytes of the longest title. */
    static final short MAX_TITLE = 255;

    /** Among the properties of a TNDS object, besides those above: the value. */
    static final byte VALUE = 9;

    /** One bit for each property that a TNDS object may have. OMA DM TNDS 1.2, table in TNDS Syntax. */
    static final short ALL = 1 << ACL | 1 << FORMAT | 1 << TITLE | 1 << TSTAMP | 1 << TYPE | 1 << VER_NO | 1 << VALUE;

    private static final byte[] QUERY_PROP = {'?', 'p', 'r', 'o', 'p', '='};
    private static final byte[] QUERY_LIST = {'?', 'l', 'i', 's', 't', '='};

    /** The names in the order of the numbers, each behind its length, and behind the properties the value. */
    private static final byte[] NAMES = {
        3, 'A', 'C', 'L', 6, 'F', 'o', 'r', 'm', 'a', 't', 4, 'N', 'a', 'm', 'e', 4, 'S', 'i', 'z', 'e', 5, 'T', 'i',
        't', 'l', 'e', 6, 'T', 'S', 't', 'a', 'm', 'p', 4, 'T', 'y', 'p', 'e', 5, 'V', 'e', 'r', 'N', 'o', 5, 'V', 'a',
        'l', 'u', 'e'
    };

    private static final byte[] LISTS = {
        6, 'S', 't', 'r', 'u', 'c', 't', 10, 'S', 't', 'r', 'u', 'c', 't', 'D', 'a', 't', 'a', 4, 'T', 'N', 'D', 'S'
    };

    private Property() {}

    /**
     * The property or list that the end of a URI, from its question mark on, addresses. Status 406 if it is none of these.
     */
    static byte of(byte[] buf, short off, short len) {
        short prefix = (short) QUERY_PROP.length;
        short name = (short) (off + prefix);
        short length = (short) (len - prefix);
        byte property = NONE;
        if (len > prefix && Util.arrayCompare(QUERY_PROP, (short) 0, buf, off, prefix) == 0) {
            property = Text.word(NAMES, buf, name, length);
            if (property > PROPERTIES) {
                property = NONE;
            }
        } else if (len > prefix && Util.arrayCompare(QUERY_LIST, (short) 0, buf, off, prefix) == 0) {
            property = Text.word(LISTS, buf, name, nameLength(buf, name, length));
            if (property != NONE) {
                property = (byte) (property + PROPERTIES);
            }
        }
        if (property == NONE
                || (isList(property) && property != LIST_TNDS && nameLength(buf, name, length) != length)) {
            Status.raise(Status.NOT_SUPPORTED);
        }
        return property;
    }

    static boolean isList(byte property) {
        return property > PROPERTIES;
    }

    /** Length of the name at the beginning, which a plus or minus sign may end. */
    private static short nameLength(byte[] buf, short off, short len) {
        short length = 0;
        while (length < len && buf[(short) (off + length)] != '+' && buf[(short) (off + length)] != '-') {
            length++;
        }
        return length;
    }

    /**
     * The properties that the end of a URI with {@code ?list=TNDS} asks for, one bit each: all, those named behind plus
     * signs, or all but those behind minus signs. Status 406 for other names or both signs.
     */
    static short selection(byte[] buf, short off, short len) {
        short end = (short) (off + len);
        off = (short) (off + QUERY_LIST.length + LISTS[(short) (LISTS.length - 5)]);
        if (off == end) {
            return ALL;
        }
        byte sign = buf[off];
        short named = 0;
        while (off < end) {
            short length = nameLength(buf, (short) (off + 1), (short) (end - off - 1));
            byte property = Text.word(NAMES, buf, (short) (off + 1), length);
            if (buf[off] != sign || (ALL & (short) (1 << property)) == 0) {
                Status.raise(Status.NOT_SUPPORTED);
            }
            named |= (short) (1 << property);
            off = (short) (off + 1 + length);
        }
        return sign == '+' ? named : (short) (ALL & ~named);
    }

    /** Writes the end of the URI, without the names that a TNDS object is limited to; nothing for the node itself. */
    static void writeQuery(byte property, MessageSink sink) {
        if (isList(property)) {
            sink.write(QUERY_LIST, (short) 0, (short) QUERY_LIST.length);
            Text.writeWord(LISTS, (byte) (property - PROPERTIES), sink);
        } else if (property != NONE) {
            sink.write(QUERY_PROP, (short) 0, (short) QUERY_PROP.length);
            Text.writeWord(NAMES, property, sink);
        }
    }

    /** Writes the property of a node; nothing where it has no value. */
    static void write(byte property, MoStore store, short node, MessageSink to) {
        switch (property) {
            case ACL:
                store.writeAcl(node, to);
                break;
            case FORMAT:
                Format.write(store.format(node), to);
                break;
            case NAME:
                store.writeName(node, to);
                break;
            case SIZE:
                Text.writeUnsigned(store.valueLength(node), to);
                break;
            case TITLE:
                store.writeTitle(node, to);
                break;
            case TSTAMP:
                store.writeTime(node, to);
                break;
            case VER_NO:
                Text.writeUnsigned(store.verNo(node), to);
                break;
            default:
                if (store.hasType(node)) {
                    store.writeType(node, to);
                }
        }
    }
}
