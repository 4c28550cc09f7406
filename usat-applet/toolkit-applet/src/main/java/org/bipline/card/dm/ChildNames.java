// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

/**
 * The value that Get of an interior node gives: the names of its children with separators between. OMA DM Tree and Description 1.2,
 * Interior Nodes. Children that the server may not Get are left out, so that it does not learn of them.
 */
final class ChildNames {
    private final MoStore store;
    private final Acl acl;

    ChildNames(MoStore store, Acl acl) {
        this.store = store;
        this.acl = acl;
    }

    /** Bytes of the value of a node, leaf or not. */
    short length(short node) {
        if (!store.isInterior(node)) {
            return store.valueLength(node);
        }
        short length = 0;
        for (short child = first(node); child != MoStore.NONE; child = next(child)) {
            if (length != 0) {
                length++;
            }
            length = (short) (length + store.nameLength(child));
        }
        return length;
    }

    /** Writes {@code len} bytes of the value from its byte {@code from} on. */
    void write(short node, short from, short len, MessageSink sink) {
        if (!store.isInterior(node)) {
            store.writeValue(node, from, len, sink);
            return;
        }
        short end = (short) (from + len);
        short at = 0; // position in the whole list
        for (short child = first(node); child != MoStore.NONE && at < end; child = next(child)) {
            if (at != 0) {
                if (at >= from) {
                    sink.write((byte) '/');
                }
                at++;
            }
            short nameEnd = (short) (at + store.nameLength(child));
            short begin = at > from ? at : from;
            short stop = nameEnd < end ? nameEnd : end;
            if (begin < stop) {
                store.writeName(child, (short) (begin - at), (short) (stop - begin), sink);
            }
            at = nameEnd;
        }
    }

    private short first(short node) {
        return visible(store.firstChild(node));
    }

    private short next(short child) {
        return visible(store.nextSibling(child));
    }

    private short visible(short child) {
        while (child != MoStore.NONE && !acl.allows(child, MoStore.ACCESS_GET)) {
            child = store.nextSibling(child);
        }
        return child;
    }
}
