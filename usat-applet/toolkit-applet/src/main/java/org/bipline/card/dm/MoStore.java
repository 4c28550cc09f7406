// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

import javacard.framework.JCSystem;
import javacard.framework.Util;

/**
 * The management tree in persistent memory, as it changes.
 *
 * <p>New nodes and chains are written to places that nothing refers to. A change of the tree is then one link (first child
 * or next sibling) set from the old to the new, whatever its size: a leaf with a new value or a whole new subtree takes the
 * place of the old one, which stays as it was behind the link. Each such link, and each property that changes in place, is
 * written to the undo {@link Journal} with its old content before it is set. {@link #commit} empties the journal,
 * {@link #rollback} undoes what stands in it. A loss of power or of the link therefore leaves the tree as it was at the last
 * commit.
 *
 * <p>VerNo and TStamp of an interior node tell of changes of the node and of all that is below it, once for each
 * {@link #commit}: who remembers the VerNo of a subtree learns by one number whether anything in it has changed.
 *
 * <p>Places that are no longer referred to become free when {@link #collect} next walks the tree.
 */
public final class MoStore extends NodeTable {
    private final Journal journal;
    private final PlaceMap taken;
    private final short[] stamp; // the block with it, NONE before the first use
    private final byte[] garbage; // not 0: places may have become free since the last walk

    /**
     * Allocates the store, once, at installation: 26 bytes a node, 18 for each 16 bytes of names, values and texts, 1538 for
     * the journal, 2386 for the security log; in RAM one bit for each node and each 16 bytes, and 77 bytes.
     *
     * @param nodes number of nodes, the root included, up to 2000
     * @param bytes room for names, types and values, each in multiples of 16, up to 32000
     */
    public MoStore(short nodes, short bytes) {
        super(nodes, bytes);
        journal = new Journal(this.nodes, properties);
        taken = new PlaceMap(nodes);
        stamp = JCSystem.makeTransientShortArray((short) 1, JCSystem.CLEAR_ON_RESET);
        garbage = JCSystem.makeTransientByteArray((short) 1, JCSystem.CLEAR_ON_RESET);
        draft(Format.NODE, ACCESS_GET);
        writeDraft(ROOT);
        collect();
    }

    // --- transactions

    /** Undoes what was not committed and finds the free places; before the first use after a reset. */
    void recover() {
        rollback((short) 0);
        collect();
    }

    /** The state to which {@link #rollback} can return until the next commit. */
    short savepoint() {
        return journal.savepoint();
    }

    /** Undoes the changes since the savepoint, 0 for all since the last commit. */
    void rollback(short savepoint) {
        journal.undo(savepoint);
        garbage[0] = 1;
    }

    /** Tells whether the node, or one below it, was changed in the tree since the last commit. */
    boolean isChanged(short node) {
        return journal.holds((short) ~property(node, VER_NO));
    }

    /** Makes the changes since the last commit lasting. */
    void commit() {
        journal.commit();
    }

    /**
     * Frees the places that became unreachable since the last walk. Only between a commit and the next change, when
     * nothing outside the tree refers to a node or a chain.
     */
    void collectGarbage() {
        if (garbage[0] != 0) {
            collect();
        }
    }

    private void collect() {
        taken.clear();
        heap.clear();
        stamp[0] = NONE; // perhaps no node has it
        for (short node = ROOT; node != NONE; node = following(node, ROOT, true)) {
            takePlaces(node);
        }
        heap.eraseFree();
        garbage[0] = 0;
    }

    private void takePlaces(short node) {
        taken.take(node);
        heap.take(get(node, NAME), getByte(node, NAME_LENGTH));
        heap.take(get(node, TYPE), getByte(node, TYPE_LENGTH));
        short at = property(node, (byte) 0);
        heap.take(Util.getShort(properties, (short) (at + ACL)), length(node, ACL_LENGTH));
        heap.take(Util.getShort(properties, (short) (at + TITLE)), length(node, TITLE_LENGTH));
        short time = Util.getShort(properties, (short) (at + STAMP));
        heap.take(time, time == NONE ? (short) 0 : TIME_LENGTH);
        if (!isInterior(node)) {
            heap.take(get(node, FIRST), storedLength(node));
        }
    }

    // --- nodes outside the tree

    /** Begins the record of a new node without name, type and content. */
    void draft(byte format, byte access) {
        Util.arrayFillNonAtomic(draft, (short) 0, (short) draft.length, (byte) 0);
        Util.setShort(draft, PARENT, NONE);
        Util.setShort(draft, NEXT, NONE);
        Util.setShort(draft, FIRST, NONE);
        Util.setShort(draft, NAME, NONE);
        Util.setShort(draft, TYPE, TYPE_NONE);
        Util.setShort(draft, (short) (NODE_SIZE + STAMP), NONE);
        Util.setShort(draft, (short) (NODE_SIZE + ACL), NONE);
        Util.setShort(draft, (short) (NODE_SIZE + TITLE), NONE);
        draft[FORMAT] = format;
        draft[ACCESS] = access;
    }

    /** The node is to stand below another, which does not know it yet. */
    void draftParent(short parent) {
        Util.setShort(draft, PARENT, parent);
    }

    void draftName(short head, short length) {
        Util.setShort(draft, NAME, head);
        draft[NAME_LENGTH] = (byte) length;
    }

    /** Takes the name of another node for the new one. */
    void draftNameOf(short node) {
        draftName(get(node, NAME), getByte(node, NAME_LENGTH));
    }

    /** Sets the type, as {@link #putType} returned it. */
    void draftType(short type, short length) {
        Util.setShort(draft, TYPE, type);
        draft[TYPE_LENGTH] = (byte) length;
    }

    void draftTypeOf(short node) {
        draftType(get(node, TYPE), getByte(node, TYPE_LENGTH));
    }

    void draftValue(short head, short size) {
        Util.setShort(draft, FIRST, head);
        Util.setShort(draft, SIZE, size);
    }

    void draftValueOf(short node) {
        draftValue(get(node, FIRST), get(node, SIZE));
    }

    /** Takes the properties that a node keeps when another record takes its place. */
    void draftPropertiesOf(short node) {
        Util.arrayCopyNonAtomic(properties, property(node, (byte) 0), draft, NODE_SIZE, PROPERTIES_SIZE);
        Util.setShort(draft, (short) (NODE_SIZE + VER_NO), (short) (verNo(node) + 1));
    }

    /** Begins the record of a leaf that is to take the place of another, with another value. */
    void draftSuccessorOf(short leaf) {
        draft(format(leaf), access(leaf));
        draftNameOf(leaf);
        draftTypeOf(leaf);
        draftPropertiesOf(leaf);
    }

    /** Writes the record; the node belongs to no tree. Status 420 where no node is free. */
    short create() {
        short node = taken.allocate();
        if (node == NONE) {
            Status.raise(Status.DEVICE_FULL);
        }
        garbage[0] = 1; // until it is linked and committed
        Util.setShort(draft, (short) (NODE_SIZE + STAMP), stamp());
        writeDraft(node);
        return node;
    }

    private void writeDraft(short node) {
        Util.arrayCopyNonAtomic(draft, (short) 0, nodes, cell(node, (byte) 0), NODE_SIZE);
        Util.arrayCopyNonAtomic(draft, NODE_SIZE, properties, property(node, (byte) 0), PROPERTIES_SIZE);
    }

    /** Stores a type and returns the reference to it, to go into a record with {@link #typeLength}. */
    short putType(byte[] buf, short off, short len) {
        if (len == 0) {
            return TYPE_NONE;
        }
        if (len == (short) Text.TEXT_PLAIN.length
                && Util.arrayCompare(buf, off, Text.TEXT_PLAIN, (short) 0, len) == 0) {
            return TYPE_TEXT_PLAIN;
        }
        return heap.put(buf, off, len);
    }

    /** Ends a type that was written to the heap and returns the reference to it, as {@link #putType} does. */
    short finishType() {
        return heap.holds(Text.TEXT_PLAIN) ? TYPE_TEXT_PLAIN : heap.finish();
    }

    /** The length that goes with a type of {@code len} characters. */
    static short typeLength(short type, short len) {
        return type < 0 ? (short) 0 : len;
    }

    /** Makes {@code child}, and the siblings linked to it, the last children of a node outside the tree. */
    void append(short parent, short child) {
        adopt(parent, child);
        Util.setShort(nodes, tail(parent), child);
    }

    /** Sets format and access of a node outside the tree. */
    void change(short node, byte format, byte access) {
        nodes[cell(node, FORMAT)] = format;
        nodes[cell(node, ACCESS)] = access;
    }

    void changeType(short node, short type, short length) {
        Util.setShort(nodes, cell(node, TYPE), type);
        nodes[cell(node, TYPE_LENGTH)] = (byte) length;
    }

    void changeAcl(short node, short head, short length) {
        properties[property(node, ACL_LENGTH)] = (byte) length;
        Util.setShort(properties, property(node, ACL), head);
    }

    /** Gives a node outside the tree the list of another. */
    void shareAcl(short node, short other) {
        changeAcl(node, Util.getShort(properties, property(other, ACL)), length(other, ACL_LENGTH));
    }

    void changeTitle(short node, short head, short length) {
        properties[property(node, TITLE_LENGTH)] = (byte) length;
        Util.setShort(properties, property(node, TITLE), head);
    }

    void changeValue(short node, short head, short size) {
        Util.setShort(nodes, cell(node, FIRST), head);
        Util.setShort(nodes, cell(node, SIZE), size);
    }

    /** Makes a leaf outside the tree that is as another one. */
    short createLike(short leaf) {
        draftSuccessorOf(leaf);
        draftValueOf(leaf);
        return create();
    }

    /** Gives a node outside the tree the access types, list and title of another, whose place it is to take. */
    void inherit(short node, short other) {
        if (isSecret(other) && !isSecret(node)) {
            makeSecret(node);
        } else if (!isSecret(node)) {
            nodes[cell(node, ACCESS)] = nodes[cell(other, ACCESS)];
        }
        Util.arrayCopyNonAtomic(properties, property(other, ACL_LENGTH), properties, property(node, ACL_LENGTH), (short)
                (PROPERTIES_SIZE - ACL_LENGTH));
        Util.setShort(properties, property(node, VER_NO), (short) (verNo(other) + 1));
    }

    // --- changes of the tree

    /** Makes {@code child}, and the siblings linked to it, the last children of a node of the tree. */
    void attach(short parent, short child) {
        adopt(parent, child);
        set(tail(parent), child);
        touch(parent);
    }

    /** Puts a node from outside in the place of one of the tree, with all that is below either. */
    void replace(short old, short node) {
        Util.setShort(nodes, cell(node, PARENT), get(old, PARENT));
        Util.setShort(nodes, cell(node, NEXT), get(old, NEXT));
        set(linkTo(old), node);
        touch(get(old, PARENT));
    }

    /** Makes a secret leaf of the tree, of at most 127 bytes, empty at once; what it had is erased when the tree is next walked. */
    void forgetSecret(short leaf) {
        nodes[(short) (cell(leaf, SIZE) + 1)] = 0;
        garbage[0] = 1;
    }

    /** Takes a node, and all that is below it, out of the tree. */
    void delete(short node) {
        set(linkTo(node), get(node, NEXT));
        touch(get(node, PARENT));
    }

    /** Gives a leaf another value, without counting that as a change: one that no server can read. */
    void setValue(short leaf, short head, short size) {
        journal.keep(cell(leaf, FIRST)); // and the size
        changeValue(leaf, head, size);
        garbage[0] = 1;
    }

    /** Tells whether {@link #setValue} has given the leaf its value since the last commit. */
    boolean isSet(short leaf) {
        return journal.holds(cell(leaf, FIRST));
    }

    /** Gives a leaf another value, which stands in {@code buf[off .. off + len)}. */
    void replaceValue(short leaf, byte[] buf, short off, short len) {
        short value = heap.putAside(buf, off, len);
        draftSuccessorOf(leaf);
        draftValue(value, len);
        replace(leaf, create());
    }

    /** Gives a node of the tree the list that another has, if it has another. */
    void takeAcl(short node, short other) {
        short head = Util.getShort(properties, property(other, ACL));
        short length = length(other, ACL_LENGTH);
        if (length != length(node, ACL_LENGTH) || head != Util.getShort(properties, property(node, ACL))) {
            setAcl(node, head, length);
        }
    }

    /** Counts a change of a node of the tree that is none of its own. */
    void count(short node) {
        touch(node);
    }

    /** Enciphers the value of a leaf, wherever it stands; from now on nobody can Get it. */
    void makeSecret(short leaf) {
        short chain = heap.encipher(get(leaf, FIRST), get(leaf, SIZE));
        journal.keep(cell(leaf, FIRST));
        journal.keep(cell(leaf, NAME_LENGTH)); // and format and access
        Util.setShort(nodes, cell(leaf, FIRST), chain);
        nodes[cell(leaf, ACCESS)] = secretAccess(access(leaf));
        garbage[0] = 1;
    }

    /** Access types of a leaf that is secret. */
    static byte secretAccess(byte access) {
        return (byte) ((access & ~ACCESS_GET) | SECRET);
    }

    /** Gives a node another name. */
    void rename(short node, short name, short length) {
        set(cell(node, NAME), name);
        short at = cell(node, NAME_LENGTH);
        journal.keep(at);
        nodes[at] = (byte) length;
        touch(get(node, PARENT));
    }

    /** Gives a node of the tree another access control list; 0 for the length takes it away. */
    void setAcl(short node, short head, short length) {
        short at = property(node, ACL_LENGTH);
        journal.keep((short) ~at); // length and list stand side by side
        changeAcl(node, head, length);
        garbage[0] = 1;
        touch(node);
    }

    void setTitle(short node, short head, short length) {
        journal.keep((short) ~property(node, ACL_LENGTH)); // and that of the title
        journal.keep((short) ~property(node, ACL)); // and the title
        changeTitle(node, head, length);
        garbage[0] = 1;
        touch(node);
    }

    private void set(short link, short value) {
        journal.keep(link);
        Util.setShort(nodes, link, value);
        garbage[0] = 1;
    }

    /** A node of the tree has changed, and so have those above it: each counts it once before the next commit. */
    private void touch(short node) {
        while (node != NONE) {
            short at = property(node, VER_NO);
            if (journal.holds((short) ~at)) {
                return; // and those above it too
            }
            journal.keep((short) ~at); // and the time
            Util.setShort(properties, at, (short) (verNo(node) + 1));
            Util.setShort(properties, property(node, STAMP), stamp());
            node = get(node, PARENT);
        }
    }

    /** Sets the time of the changes to come, TIME_LENGTH characters; none if the length is 0. */
    void setTime(byte[] buf, short off, short len) {
        if (len != TIME_LENGTH) {
            time[0] = 0;
        } else {
            Util.arrayCopyNonAtomic(buf, off, time, (short) 0, TIME_LENGTH);
        }
        stamp[0] = NONE;
    }

    /** The block with the time of the changes to come; NONE where it is not known, or not kept for want of room. */
    private short stamp() {
        if (stamp[0] == NONE && time[0] != 0) {
            stamp[0] = heap.putBlock(time);
        }
        return stamp[0];
    }

    private void adopt(short parent, short child) {
        for (; child != NONE; child = get(child, NEXT)) {
            Util.setShort(nodes, cell(child, PARENT), parent);
        }
    }

    /** Offset of the link that ends the list of children. */
    private short tail(short parent) {
        short link = cell(parent, FIRST);
        short child = Util.getShort(nodes, link);
        while (child != NONE) {
            link = cell(child, NEXT);
            child = Util.getShort(nodes, link);
        }
        return link;
    }

    /** Offset of the link that leads to the node. */
    private short linkTo(short node) {
        short link = cell(get(node, PARENT), FIRST);
        while (Util.getShort(nodes, link) != node) {
            link = cell(Util.getShort(nodes, link), NEXT);
        }
        return link;
    }
}
