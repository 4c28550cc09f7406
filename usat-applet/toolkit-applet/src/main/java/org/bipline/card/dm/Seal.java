// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

import javacard.framework.Util;

/**
 * The integrity value of an object: over the card's ICCID, the object with its names, lists and stored values, its policy, the
 * device that it is bound to, and whether it is locked, under a key of the card. An image of an object that was altered, or that
 * comes from another card or from another place of this one, has another. Technical specification clause 4, Binding.
 */
final class Seal implements MessageSink {
    static final short LENGTH = CardKeys.BLOCK;

    private final MoStore store;
    private final CardKeys keys;
    private Iccid card; // known only to an applet that is registered

    Seal(MoStore store) {
        this.store = store;
        keys = store.keys;
    }

    void setCard(Iccid iccid) {
        card = iccid;
    }

    /**
     * Leaves the value in the scratch memory of the store.
     *
     * @param policy NONE where there is none
     * @param device leaf with the name of the device
     */
    void make(short object, short policy, short device, boolean locked) {
        Util.arrayFillNonAtomic(store.draft, (short) 0, CardKeys.BLOCK, (byte) 0);
        card.readFile(store.draft, (short) 0);
        keys.beginSeal();
        writeTree(object);
        if (policy != MoStore.NONE) {
            writeTree(policy);
        }
        writeNode(device);
        write((byte) (locked ? 1 : 0));
        keys.endSeal();
    }

    private void writeTree(short top) {
        for (short node = top; node != MoStore.NONE; node = store.following(node, top, true)) {
            writeNode(node);
        }
        write((byte) 0); // no node has this depth
    }

    /** The lengths stand before the texts, so that the bytes are read in one way only; the depth makes the tree of the list. */
    private void writeNode(short node) {
        short type = store.get(node, NodeTable.TYPE);
        boolean isLeaf = !store.isInterior(node);
        short size = isLeaf ? store.get(node, NodeTable.SIZE) : (short) 0;
        write((byte) store.depth(node));
        write(store.format(node));
        write(store.access(node));
        write(store.getByte(node, NodeTable.NAME_LENGTH));
        write(type < 0 ? (byte) type : (byte) 0);
        write(store.getByte(node, NodeTable.TYPE_LENGTH));
        write((byte) store.aclLength(node));
        write((byte) store.length(node, NodeTable.TITLE_LENGTH));
        write((byte) (size >> 8));
        write((byte) size);
        store.writeName(node, this);
        if (type >= 0) {
            store.writeType(node, this);
        }
        store.writeAcl(node, this);
        store.writeTitle(node, this);
        if (isLeaf) {
            store.heap().write(store.get(node, NodeTable.FIRST), (short) 0, store.storedLength(node), this);
        }
    }

    @Override
    public void write(byte[] buf, short off, short len) {
        keys.updateSeal(buf, off, len);
    }

    @Override
    public void write(byte b) {
        keys.updateSeal(b);
    }
}
