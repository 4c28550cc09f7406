// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

import javacard.framework.JCSystem;
import javacard.framework.Util;

/**
 * The node that an item has as its source, looked up segment by segment while the URI is read, so that no room is needed for a
 * second URI.
 */
final class SourceNode {
    // indexes into state
    private static final byte NODE = 0;
    private static final byte LENGTH = 1; // of the segment; beyond MAX_SEGMENT: too long
    private static final byte SEGMENTS = 2; // begun, counted from the first byte on; 0: no source
    private static final byte STATE_SIZE = 3;

    private final MoStore store;
    private final Acl acl;
    private final byte[] segment;
    private final short[] state;

    /** @param segment room for a segment, which may be used otherwise between URIs */
    SourceNode(MoStore store, Acl acl, byte[] segment) {
        this.store = store;
        this.acl = acl;
        this.segment = segment;
        state = JCSystem.makeTransientShortArray(STATE_SIZE, JCSystem.CLEAR_ON_RESET);
    }

    void clear() {
        state[NODE] = MoStore.ROOT;
        state[LENGTH] = 0;
        state[SEGMENTS] = 0;
    }

    void append(byte[] buf, short off, short len) {
        short end = (short) (off + len);
        if (len > 0 && state[SEGMENTS] == 0) {
            state[SEGMENTS] = 1;
        }
        while (off < end) {
            short stop = off;
            while (stop < end && buf[stop] != '/') {
                stop++;
            }
            short n = (short) (stop - off);
            if (n > (short) (Target.MAX_SEGMENT - state[LENGTH])) {
                state[LENGTH] = Target.MAX_SEGMENT + 1;
            } else if (state[LENGTH] <= Target.MAX_SEGMENT) {
                Util.arrayCopyNonAtomic(buf, off, segment, state[LENGTH], n);
                state[LENGTH] = (short) (state[LENGTH] + n);
            }
            if (stop < end) {
                endSegment();
                stop++;
            }
            off = stop;
        }
    }

    private void endSegment() {
        short length = state[LENGTH];
        boolean before = state[SEGMENTS] == 1 && (length == 0 || (length == 1 && segment[0] == '.'));
        if (!before && state[NODE] != MoStore.NONE) {
            state[NODE] = length == 0 || length > Target.MAX_SEGMENT
                    ? MoStore.NONE
                    : store.child(state[NODE], segment, (short) 0, length);
        }
        state[SEGMENTS]++;
        state[LENGTH] = 0;
    }

    /** The URI has ended. */
    void end() {
        endSegment();
    }

    /** The node; status 412 if no source was given, 404 if there is none of that name that the server may know of. */
    short require() {
        if (state[SEGMENTS] == 0) {
            Status.raise(Status.INCOMPLETE_COMMAND);
        }
        if (state[NODE] == MoStore.NONE || !acl.isVisible(state[NODE])) {
            Status.raise(Status.NOT_FOUND);
        }
        return state[NODE];
    }
}
