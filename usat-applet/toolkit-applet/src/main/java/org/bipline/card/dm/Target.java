// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

import javacard.framework.JCSystem;
import javacard.framework.Util;

/** The URI that a command addresses, and what it leads to in the tree. Limits: technical specification clause 6. */
final class Target {
    static final short MAX_URI = 255;
    static final short MAX_SEGMENT = 64;
    static final short MAX_DEPTH = 16;

    // indexes into state
    private static final byte LENGTH = 0; // more than MAX_URI: too long, and cut
    private static final byte NODE = 1;
    private static final byte PARENT = 2;
    private static final byte NAME = 3; // offset and length of the last segment
    private static final byte NAME_LENGTH = 4;
    private static final byte DEPTH = 5;
    private static final byte PROPERTY = 6; // of the node
    private static final byte SELECTION = 7; // of a TNDS object

    private static final byte STATE_SIZE = 8;

    /** In the place of the node: there is one that the server may not know of. */
    private static final short HIDDEN = -2;

    final byte[] uri;
    private final short[] state;
    private final MoStore store;
    private final Acl acl;

    Target(MoStore store, Acl acl) {
        this.store = store;
        this.acl = acl;
        uri = JCSystem.makeTransientByteArray(MAX_URI, JCSystem.CLEAR_ON_RESET);
        state = JCSystem.makeTransientShortArray(STATE_SIZE, JCSystem.CLEAR_ON_RESET);
    }

    void clear() {
        state[LENGTH] = 0;
        state[NODE] = MoStore.NONE;
        state[PROPERTY] = Property.NONE;
    }

    void append(byte[] buf, short off, short len) {
        short length = state[LENGTH];
        if (len > (short) (MAX_URI - length)) {
            state[LENGTH] = MAX_URI + 1;
            return;
        }
        Util.arrayCopyNonAtomic(buf, off, uri, length, len);
        state[LENGTH] = (short) (length + len);
    }

    /** Bytes of the URI, as far as they were kept. */
    short length() {
        return state[LENGTH] > MAX_URI ? MAX_URI : state[LENGTH];
    }

    /** Looks the URI of a node up; status 405 if it addresses a property. */
    void resolveNode() {
        resolve();
        if (state[PROPERTY] != Property.NONE) {
            fail(Status.COMMAND_NOT_ALLOWED);
        }
    }

    /**
     * Looks the URI up, which is relative to the root with or without "./" or "/" before it. Status 412 if there is none, 414
     * beyond the limits, 404 if a segment is empty, 406 if it addresses a property that the card does not have, or anything
     * else than a node, a property or a list.
     */
    void resolve() {
        short end = state[LENGTH];
        short off = 0;
        state[NODE] = MoStore.NONE;
        state[PROPERTY] = Property.NONE;
        if (end > MAX_URI) {
            fail(Status.URI_TOO_LONG);
        }
        if (end == 0) {
            fail(Status.INCOMPLETE_COMMAND);
        }
        short query = 0;
        while (query < end && uri[query] != '?') {
            query++;
        }
        if (query < end) {
            byte property = Property.of(uri, query, (short) (end - query));
            if (property == Property.LIST_TNDS) {
                state[SELECTION] = Property.selection(uri, query, (short) (end - query));
            }
            state[PROPERTY] = property;
            end = query;
        }
        if (uri[0] == '.' && (end == 1 || uri[1] == '/')) {
            off++;
        }
        if (off < end && uri[off] == '/') {
            off++;
        }
        state[NODE] = MoStore.ROOT;
        state[PARENT] = MoStore.NONE;
        state[DEPTH] = 0;
        while (off < end) {
            off = resolveSegment(off, end);
        }
        if (state[PARENT] != MoStore.NONE && !acl.isVisible(state[PARENT])) {
            state[PARENT] = MoStore.NONE;
        }
        if (state[NODE] != MoStore.NONE && !acl.isVisible(state[NODE])) {
            state[NODE] = HIDDEN;
        }
    }

    private short resolveSegment(short off, short end) {
        short stop = off;
        while (stop < end && uri[stop] != '/') {
            stop++;
        }
        short length = (short) (stop - off);
        state[DEPTH]++;
        if (length > MAX_SEGMENT || state[DEPTH] > MAX_DEPTH) {
            fail(Status.URI_TOO_LONG);
        }
        if (length == 0 || (short) (stop + 1) == end) { // "//", or a slash at the end
            fail(Status.NOT_FOUND);
        }
        short parent = state[NODE];
        state[PARENT] = parent;
        state[NODE] = parent == MoStore.NONE ? MoStore.NONE : store.child(parent, uri, off, length);
        state[NAME] = off;
        state[NAME_LENGTH] = length;
        return stop < end ? (short) (stop + 1) : end;
    }

    private void fail(short status) {
        state[NODE] = MoStore.NONE;
        Status.raise(status);
    }

    /** The node addressed; {@link MoStore#NONE} if there is none, or none that the server may know of. */
    short node() {
        return state[NODE] == HIDDEN ? MoStore.NONE : state[NODE];
    }

    /** Tells whether there is a node that the server may not know of. */
    boolean isHidden() {
        return state[NODE] == HIDDEN;
    }

    /**
     * Status 425 if a node that the server may not know of has the name that a new one is to have: the same as for a name that it may
     * not use.
     */
    void requireFree() {
        if (isHidden()) {
            Status.raise(Status.PERMISSION_DENIED);
        }
    }

    /** The property of the node that is addressed; {@link Property#NONE} for the node itself. */
    byte property() {
        return (byte) state[PROPERTY];
    }

    /** The properties that a TNDS object is to have, as {@link Property#selection}. */
    short selection() {
        return state[SELECTION];
    }

    /** The node above; NONE if it does not exist for the server either, or the root is addressed. */
    short parent() {
        return state[PARENT];
    }

    short nameOffset() {
        return state[NAME];
    }

    short nameLength() {
        return state[NAME_LENGTH];
    }

    /** Segments of the URI. */
    short depth() {
        return state[DEPTH];
    }
}
