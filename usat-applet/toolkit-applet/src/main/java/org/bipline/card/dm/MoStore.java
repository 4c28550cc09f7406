// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

import javacard.framework.JCSystem;
import javacard.framework.Util;

/**
 * The management tree in persistent memory: node records of one size, names, values and texts of properties in a
 * {@link BlockHeap}.
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
public final class MoStore {
    /** No node, no block. */
    static final short NONE = -1;

    /** The node ".". */
    static final short ROOT = 0;

    // access: the commands that a node allows
    static final byte ACCESS_ADD = 0x01;
    static final byte ACCESS_GET = 0x02;
    static final byte ACCESS_REPLACE = 0x04;
    static final byte ACCESS_DELETE = 0x08; // without it the node is permanent
    static final byte ACCESS_EXEC = 0x10;

    /** Of interior nodes that a server made. */
    static final byte ACCESS_INTERIOR = ACCESS_ADD | ACCESS_GET | ACCESS_REPLACE | ACCESS_DELETE;

    /** Of leaves that a server made. */
    static final byte ACCESS_LEAF = ACCESS_GET | ACCESS_REPLACE | ACCESS_DELETE;

    // a type is a chain, or one of these
    private static final short TYPE_NONE = NONE;
    private static final short TYPE_TEXT_PLAIN = -2;

    // offsets in a node's record
    private static final byte PARENT = 0;
    private static final byte NEXT = 2; // sibling
    private static final byte FIRST = 4; // child of an interior node, block of a leaf's value
    private static final byte SIZE = 6; // of a leaf's value
    private static final byte NAME = 8;
    private static final byte TYPE = 10;
    private static final byte NAME_LENGTH = 12;
    private static final byte TYPE_LENGTH = 13;
    private static final byte FORMAT = 14;
    private static final byte ACCESS = 15;
    private static final byte NODE_SIZE = 16;

    // offsets in a node's properties, which stand in an array of their own: one array has no room for all
    private static final byte VER_NO = 0;
    private static final byte STAMP = 2; // the block with the time, shared by all that was changed then
    private static final byte ACL_LENGTH = 4;
    private static final byte TITLE_LENGTH = 5;
    private static final byte ACL = 6;
    private static final byte TITLE = 8;
    private static final byte PROPERTIES_SIZE = 10;

    /** Characters of a time, {@code 20010711T163817Z}: one block. */
    static final byte TIME_LENGTH = 16;

    private final byte[] nodes;
    private final byte[] properties;
    private final Journal journal;
    private final BlockHeap heap;
    private final PlaceMap taken;
    private final byte[] draft; // record of the next node, and its properties
    private final byte[] time; // of the changes to come
    private final short[] stamp; // the block with it, NONE before the first use
    private final byte[] garbage; // not 0: places may have become free since the last walk

    /**
     * Allocates the store, once, at installation: 26 bytes a node, 18 for each 16 bytes of names, values and texts, 1154 for
     * the journal; in RAM one bit for each node and each 16 bytes, and 77 bytes.
     *
     * @param nodes number of nodes, the root included, up to 2000
     * @param bytes room for names, types and values, each in multiples of 16, up to 32000
     */
    public MoStore(short nodes, short bytes) {
        this.nodes = new byte[(short) (nodes * NODE_SIZE)];
        properties = new byte[(short) (nodes * PROPERTIES_SIZE)];
        journal = new Journal(this.nodes, properties);
        heap = new BlockHeap(bytes);
        taken = new PlaceMap(nodes);
        draft = JCSystem.makeTransientByteArray((short) (NODE_SIZE + PROPERTIES_SIZE), JCSystem.CLEAR_ON_RESET);
        time = JCSystem.makeTransientByteArray(TIME_LENGTH, JCSystem.CLEAR_ON_RESET);
        stamp = JCSystem.makeTransientShortArray((short) 1, JCSystem.CLEAR_ON_RESET);
        garbage = JCSystem.makeTransientByteArray((short) 1, JCSystem.CLEAR_ON_RESET);
        draft(Format.NODE, ACCESS_GET);
        writeDraft(ROOT);
        collect();
    }

    BlockHeap heap() {
        return heap;
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
            heap.take(get(node, FIRST), get(node, SIZE));
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
        nodes[cell(node, ACCESS)] = nodes[cell(other, ACCESS)];
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

    /** Takes a node, and all that is below it, out of the tree. */
    void delete(short node) {
        set(linkTo(node), get(node, NEXT));
        touch(get(node, PARENT));
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

    // --- reading

    boolean isInterior(short node) {
        return nodes[cell(node, FORMAT)] == Format.NODE;
    }

    byte format(short node) {
        return nodes[cell(node, FORMAT)];
    }

    byte access(short node) {
        return nodes[cell(node, ACCESS)];
    }

    boolean allows(short node, byte access) {
        return (nodes[cell(node, ACCESS)] & access) != 0;
    }

    short parent(short node) {
        return get(node, PARENT);
    }

    /** First child of an interior node. */
    short firstChild(short node) {
        return get(node, FIRST);
    }

    short nextSibling(short node) {
        return get(node, NEXT);
    }

    /**
     * The node behind {@code node} in the tree below {@code top}, parents before their children; {@link #NONE} behind the last.
     *
     * @param down whether to go on with the children of the node
     */
    short following(short node, short top, boolean down) {
        if (down && isInterior(node) && get(node, FIRST) != NONE) {
            return get(node, FIRST);
        }
        while (node != top && get(node, NEXT) == NONE) {
            node = get(node, PARENT);
        }
        return node == top ? NONE : get(node, NEXT);
    }

    /** The child with the name in {@code buf[off .. off + len)}; {@link #NONE} if there is none, or no children at all. */
    short child(short parent, byte[] buf, short off, short len) {
        if (!isInterior(parent)) {
            return NONE;
        }
        short child = get(parent, FIRST);
        while (child != NONE && !isNamed(child, buf, off, len)) {
            child = get(child, NEXT);
        }
        return child;
    }

    /** The child with this name; {@link #NONE} if there is none. */
    short child(short parent, byte[] name) {
        return child(parent, name, (short) 0, (short) name.length);
    }

    boolean isNamed(short node, byte[] buf, short off, short len) {
        return getByte(node, NAME_LENGTH) == len && heap.equal(get(node, NAME), len, buf, off);
    }

    /** Tells whether the node's name is a part of the value of a leaf. */
    boolean isNamedIn(short node, short leaf, short from, short length) {
        if (getByte(node, NAME_LENGTH) != length) {
            return false;
        }
        for (short i = 0; i < length; i++) {
            if (heap.at(get(node, NAME), i) != heap.at(get(leaf, FIRST), (short) (from + i))) {
                return false;
            }
        }
        return true;
    }

    /** The child that has the name of {@code node}; {@link #NONE} if there is none. */
    short childNamedAs(short parent, short node) {
        return child(parent, get(node, NAME), getByte(node, NAME_LENGTH));
    }

    /** The child whose name is equal to a chain. */
    short child(short parent, short name, short length) {
        short child = isInterior(parent) ? get(parent, FIRST) : NONE;
        while (child != NONE && !isNamed(child, name, length)) {
            child = get(child, NEXT);
        }
        return child;
    }

    boolean isNamed(short node, short name, short length) {
        return getByte(node, NAME_LENGTH) == length && heap.equal(get(node, NAME), name, length);
    }

    /** Segments of the node's URI, 0 for the root. */
    short depth(short node) {
        short depth = 0;
        while (node != ROOT) {
            node = get(node, PARENT);
            depth++;
        }
        return depth;
    }

    /** Bytes of the node's value; of an interior node its children's names with separators between. */
    short valueLength(short node) {
        if (!isInterior(node)) {
            return get(node, SIZE);
        }
        short length = 0;
        for (short child = get(node, FIRST); child != NONE; child = get(child, NEXT)) {
            if (length != 0) {
                length++;
            }
            length = (short) (length + getByte(child, NAME_LENGTH));
        }
        return length;
    }

    /** The value of a leaf as a decimal number of 16 bits without a sign; 0 if it is none. */
    short unsigned(short node) {
        short length = get(node, SIZE);
        short value = 0;
        for (short i = 0; i < length; i++) {
            byte digit = i > 4 ? (byte) -1 : (byte) (heap.at(get(node, FIRST), i) - '0');
            if (digit < 0 || digit > 9 || value < 0 || value > 6553 || (value == 6553 && digit > 5)) {
                return 0;
            }
            value = (short) ((short) (value * 10) + digit);
        }
        return value;
    }

    /** Tells whether the value of a leaf is {@code buf[off .. off + len)}. */
    boolean hasValue(short node, byte[] buf, short off, short len) {
        return get(node, SIZE) == len && heap.equal(get(node, FIRST), len, buf, off);
    }

    /** The number, from 1 on, of the word that the value of a leaf is, as {@link Text#word}; 0 if it is none of them. */
    byte word(short node, byte[] words) {
        byte number = 0;
        for (short at = 0; at < (short) words.length; at = (short) (at + 1 + words[at])) {
            number++;
            if (hasValue(node, words, (short) (at + 1), words[at])) {
                return number;
            }
        }
        return 0;
    }

    /** Tells whether two nodes have the same format and type and, as leaves, the same value. */
    boolean isLike(short node, short other) {
        short type = get(node, TYPE);
        short otherType = get(other, TYPE);
        short typeLength = getByte(node, TYPE_LENGTH);
        return format(node) == format(other)
                && typeLength == getByte(other, TYPE_LENGTH)
                && (typeLength == 0 ? type == otherType : heap.equal(type, otherType, typeLength))
                && (isInterior(node)
                        || (get(node, SIZE) == get(other, SIZE)
                                && heap.equal(get(node, FIRST), get(other, FIRST), get(node, SIZE))));
    }

    /** Tells whether the last change of the node, whose time is known, was before a time. */
    boolean isOlder(short node, byte[] time, short off) {
        return heap.compare(Util.getShort(properties, property(node, STAMP)), time, off) < 0;
    }

    /** A byte of a leaf's value. */
    byte valueByte(short leaf, short index) {
        return heap.at(get(leaf, FIRST), index);
    }

    /** The first byte of the node's name. */
    byte nameByte(short node) {
        return heap.at(get(node, NAME), (short) 0);
    }

    /** Writes {@code len} bytes of the value from its byte {@code from} on. */
    void writeValue(short node, short from, short len, MessageSink sink) {
        if (!isInterior(node)) {
            heap.write(get(node, FIRST), from, len, sink);
            return;
        }
        short end = (short) (from + len);
        short at = 0; // position in the whole list
        for (short child = get(node, FIRST); child != NONE && at < end; child = get(child, NEXT)) {
            if (at != 0) {
                if (at >= from) {
                    sink.write((byte) '/');
                }
                at++;
            }
            short nameEnd = (short) (at + getByte(child, NAME_LENGTH));
            short begin = at > from ? at : from;
            short stop = nameEnd < end ? nameEnd : end;
            if (begin < stop) {
                heap.write(get(child, NAME), (short) (begin - at), (short) (stop - begin), sink);
            }
            at = nameEnd;
        }
    }

    /** Writes all of the value of a leaf. */
    void writeLeaf(short leaf, MessageSink sink) {
        heap.write(get(leaf, FIRST), (short) 0, get(leaf, SIZE), sink);
    }

    /** Writes the node's URI: "." and, for each segment, "/" and its name. */
    void writeUri(short node, MessageSink sink) {
        sink.write((byte) '.');
        for (short up = (short) (depth(node) - 1); up >= 0; up--) {
            short segment = node;
            for (short n = 0; n < up; n++) {
                segment = get(segment, PARENT);
            }
            sink.write((byte) '/');
            writeName(segment, sink);
        }
    }

    /** Writes the node's name; the root has none. */
    void writeName(short node, MessageSink sink) {
        heap.write(get(node, NAME), (short) 0, getByte(node, NAME_LENGTH), sink);
    }

    boolean hasType(short node) {
        return get(node, TYPE) != TYPE_NONE;
    }

    void writeType(short node, MessageSink sink) {
        short type = get(node, TYPE);
        if (type == TYPE_TEXT_PLAIN) {
            sink.write(Text.TEXT_PLAIN, (short) 0, (short) Text.TEXT_PLAIN.length);
        } else {
            heap.write(type, (short) 0, getByte(node, TYPE_LENGTH), sink);
        }
    }

    // --- properties

    /** Counts the changes of a node, modulo 65536; of an interior node also those below it. */
    short verNo(short node) {
        return Util.getShort(properties, property(node, VER_NO));
    }

    /** Writes the time of the last change; nothing where it is not known. */
    void writeTime(short node, MessageSink sink) {
        short block = Util.getShort(properties, property(node, STAMP));
        if (block != NONE) {
            heap.write(block, (short) 0, TIME_LENGTH, sink);
        }
    }

    boolean hasTime(short node) {
        return Util.getShort(properties, property(node, STAMP)) != NONE;
    }

    boolean hasTitle(short node) {
        return length(node, TITLE_LENGTH) != 0;
    }

    short aclLength(short node) {
        return length(node, ACL_LENGTH);
    }

    void writeAcl(short node, MessageSink sink) {
        heap.write(Util.getShort(properties, property(node, ACL)), (short) 0, length(node, ACL_LENGTH), sink);
    }

    void writeTitle(short node, MessageSink sink) {
        heap.write(Util.getShort(properties, property(node, TITLE)), (short) 0, length(node, TITLE_LENGTH), sink);
    }

    private short length(short node, byte field) {
        return (short) (properties[property(node, field)] & 0xFF);
    }

    private static short property(short node, byte field) {
        return (short) ((short) (node * PROPERTIES_SIZE) + field);
    }

    private static short cell(short node, byte field) {
        return (short) ((short) (node * NODE_SIZE) + field);
    }

    private short get(short node, byte field) {
        return Util.getShort(nodes, cell(node, field));
    }

    private byte getByte(short node, byte field) {
        return nodes[cell(node, field)];
    }
}
