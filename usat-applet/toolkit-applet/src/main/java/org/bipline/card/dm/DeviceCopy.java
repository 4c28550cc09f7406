// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

import javacard.framework.ISOException;

/**
 * The device's copy of an object, read into nodes outside the tree, and held against the card's own. What a device does not
 * know of an object (access control lists, titles, leaves that it lets nobody read) stays as it is on the card.
 */
final class DeviceCopy {
    private final MoStore store;
    private final Policy policy;
    private final IncomingObject object;

    DeviceCopy(MoStore store, Policy policy, IncomingObject object) {
        this.store = store;
        this.policy = policy;
        this.object = object;
    }

    // --- reading

    boolean isOpen() {
        return object.isOpen();
    }

    void drop() {
        object.drop();
    }

    /**
     * The next piece of the copy begins.
     *
     * @param original the card's object
     * @param size declared with the first piece, {@link IncomingObject#NO_SIZE} for none
     */
    void begin(short original, short size) {
        if (!object.isOpen()) {
            try {
                object.beginCopy(original, size);
            } catch (ISOException e) {
                object.drop();
            }
        }
    }

    void append(byte[] buf, short off, short len) {
        if (object.isOpen()) {
            try {
                object.append(buf, off, len);
            } catch (ISOException e) {
                object.drop();
            }
        }
    }

    void beginElement(byte element) {
        if (object.isOpen()) {
            try {
                object.beginElement(element);
            } catch (ISOException e) {
                object.drop();
            }
        }
    }

    void endElement(byte element) {
        if (object.isOpen()) {
            try {
                object.endElement(element);
            } catch (ISOException e) {
                object.drop();
            }
        }
    }

    /** The piece has ended and others follow; status 413 where what was read is no object, or too large. */
    void endChunk() {
        requireOpen();
        object.endChunk();
    }

    /** The copy is complete: its root. */
    short finish() {
        requireOpen();
        return object.finishCopy();
    }

    private void requireOpen() {
        if (!object.isOpen()) {
            Status.raise(Status.REQUEST_ENTITY_TOO_LARGE);
        }
    }

    // --- comparing

    /** Tells whether the copy has the same nodes with the same formats, types and values. */
    boolean isLike(short original, short copy) {
        short more = 0;
        for (short node = original; node != MoStore.NONE; node = store.following(node, original, true)) {
            if (!isKept(node, original, copy)) {
                more++;
            }
        }
        for (short node = copy; node != MoStore.NONE; node = store.following(node, copy, true)) {
            short own = counterpart(node, copy, original);
            if (own == MoStore.NONE || !store.isLike(node, own)) {
                return false;
            }
            more--;
        }
        return more == 0;
    }

    /** Takes over from the card's object, which the copy is to replace, what the device does not know. */
    void inherit(short original, short copy) {
        for (short node = copy; node != MoStore.NONE; node = store.following(node, copy, true)) {
            short own = counterpart(node, copy, original);
            if (own != MoStore.NONE && node != copy) {
                store.inherit(node, own);
            }
        }
        for (short node = original; node != MoStore.NONE; node = store.following(node, original, true)) {
            if (isKept(node, original, copy)) {
                store.append(counterpart(store.parent(node), original, copy), store.createLike(node));
            }
        }
    }

    /** Tells whether a leaf of the card, which the copy has not got, is one that the device lets nobody read. */
    private boolean isKept(short node, short original, short copy) {
        return node != original
                && !store.isInterior(node)
                && counterpart(node, original, copy) == MoStore.NONE
                && (store.isSecret(node) || policy.isSensitive(node))
                && isInterior(counterpart(store.parent(node), original, copy));
    }

    private boolean isInterior(short node) {
        return node != MoStore.NONE && store.isInterior(node);
    }

    /** The node below {@code other} that stands where {@code node} stands below {@code top}; NONE if there is none. */
    private short counterpart(short node, short top, short other) {
        short levels = 0;
        for (short above = node; above != top; above = store.parent(above)) {
            levels++;
        }
        short found = other;
        for (short up = (short) (levels - 1); up >= 0 && found != MoStore.NONE; up--) {
            short segment = node;
            for (short n = 0; n < up; n++) {
                segment = store.parent(segment);
            }
            found = store.childNamedAs(found, segment);
        }
        return found;
    }
}
