// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

import javacard.framework.JCSystem;
import javacard.framework.Util;

/**
 * The records of the management tree as they stand in persistent memory, and all that can be read from them: node records of
 * one size, names, values and texts of properties in a {@link BlockHeap}. {@link MoStore} changes them.
 */
class NodeTable {
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

    /** Beside the commands: the value of the leaf is a secret chain. Such a leaf has no Get. */
    static final byte SECRET = 0x20;

    /** Of interior nodes that a server made. */
    static final byte ACCESS_INTERIOR = ACCESS_ADD | ACCESS_GET | ACCESS_REPLACE | ACCESS_DELETE;

    /** Of leaves that a server made. */
    static final byte ACCESS_LEAF = ACCESS_GET | ACCESS_REPLACE | ACCESS_DELETE;

    // a type is a chain, or one of these
    static final short TYPE_NONE = NONE;
    static final short TYPE_TEXT_PLAIN = -2;

    // offsets in a node's record
    static final byte PARENT = 0;
    static final byte NEXT = 2; // sibling
    static final byte FIRST = 4; // child of an interior node, block of a leaf's value
    static final byte SIZE = 6; // of a leaf's value
    static final byte NAME = 8;
    static final byte TYPE = 10;
    static final byte NAME_LENGTH = 12;
    static final byte TYPE_LENGTH = 13;
    static final byte FORMAT = 14;
    static final byte ACCESS = 15;
    static final byte NODE_SIZE = 16;

    // offsets in a node's properties, which stand in an array of their own: one array has no room for all
    static final byte VER_NO = 0;
    static final byte STAMP = 2; // the block with the time, shared by all that was changed then
    static final byte ACL_LENGTH = 4;
    static final byte TITLE_LENGTH = 5;
    static final byte ACL = 6;
    static final byte TITLE = 8;
    static final byte PROPERTIES_SIZE = 10;

    /** Characters of a time, {@code 20010711T163817Z}: one block. */
    static final byte TIME_LENGTH = 16;

    /** In the place of the first block of a value: the leaf shows this ring of the log, and those below the other rings. */
    private static final short LOG = -2;

    final byte[] nodes;
    final byte[] properties;
    final BlockHeap heap;
    final CardKeys keys;
    final byte[] draft; // record of the next node, and its properties; scratch memory of the keys in between
    final byte[] time; // of the changes to come; its first byte is 0 where it is not known
    final SecurityLog log;

    /** Allocates the records, once, at installation; {@link MoStore} says how much it takes. */
    NodeTable(short nodes, short bytes) {
        this.nodes = new byte[(short) (nodes * NODE_SIZE)];
        properties = new byte[(short) (nodes * PROPERTIES_SIZE)];
        draft = JCSystem.makeTransientByteArray((short) (NODE_SIZE + PROPERTIES_SIZE), JCSystem.CLEAR_ON_RESET);
        keys = new CardKeys(draft);
        heap = new BlockHeap(bytes, keys, draft);
        time = JCSystem.makeTransientByteArray(TIME_LENGTH, JCSystem.CLEAR_ON_RESET);
        log = new SecurityLog(time);
    }

    BlockHeap heap() {
        return heap;
    }

    /** The security log, which no rollback reaches. */
    SecurityLog log() {
        return log;
    }

    // --- nodes

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

    /** Tells whether the value of a leaf is a secret chain. */
    boolean isSecret(short node) {
        return (nodes[cell(node, ACCESS)] & SECRET) != 0;
    }

    /** Bytes of the chain of a leaf's value. */
    short storedLength(short leaf) {
        short size = get(leaf, SIZE);
        return isSecret(leaf) && get(leaf, FIRST) != NONE ? BlockHeap.secretLength(size) : size;
    }

    /** Tells whether a leaf at or below the node has a secret. */
    boolean hasSecret(short top) {
        short node = top;
        while (node != NONE && !isSecret(node)) {
            node = following(node, top, true);
        }
        return node != NONE;
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

    /** Tells whether a name, a chain, is a part of the value of a leaf. */
    boolean isIn(short name, short nameLength, short leaf, short from, short length) {
        if (nameLength != length) {
            return false;
        }
        for (short i = 0; i < length; i++) {
            if (heap.at(name, i) != heap.at(get(leaf, FIRST), (short) (from + i))) {
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

    /** Bytes of a leaf's value. */
    short valueLength(short leaf) {
        return isLog(leaf) ? log.length(ring(leaf)) : get(leaf, SIZE);
    }

    short nameLength(short node) {
        return getByte(node, NAME_LENGTH);
    }

    /** Tells whether the value of a leaf is a ring of the security log, and no chain. */
    boolean isLog(short node) {
        return get(node, FIRST) <= LOG;
    }

    private byte ring(short node) {
        return (byte) (LOG - get(node, FIRST));
    }

    /** What stands in the place of the first block of a leaf that shows a ring of the log. */
    static short valueOfLog(byte ring) {
        return (short) (LOG - ring);
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

    /** Tells whether two leaves have the same value. */
    boolean haveSameValue(short leaf, short other) {
        return get(leaf, SIZE) == get(other, SIZE) && heap.equal(get(leaf, FIRST), get(other, FIRST), get(leaf, SIZE));
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
                && (isInterior(node) || (get(node, SIZE) == get(other, SIZE) && hasValueOf(node, other)));
    }

    /** Two leaves of which only one is secret count as different. */
    private boolean hasValueOf(short node, short other) {
        short size = get(node, SIZE);
        if (isSecret(node) != isSecret(other)) {
            return false;
        }
        return isSecret(node)
                ? heap.equalSecret(get(node, FIRST), get(other, FIRST), size)
                : heap.equal(get(node, FIRST), get(other, FIRST), size);
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

    /** Writes {@code len} bytes of a leaf's value from its byte {@code from} on; of a secret something that means nothing. */
    void writeValue(short leaf, short from, short len, MessageSink sink) {
        if (isLog(leaf)) {
            log.write(ring(leaf), from, len, sink);
        } else {
            heap.write(get(leaf, FIRST), from, len, sink);
        }
    }

    /** Writes the value of a leaf that is secret, in the clear. */
    void writeSecret(short leaf, MessageSink sink) {
        heap.writeSecret(get(leaf, FIRST), get(leaf, SIZE), sink);
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

    /** Writes {@code len} bytes of the node's name from its byte {@code from} on. */
    void writeName(short node, short from, short len, MessageSink sink) {
        heap.write(get(node, NAME), from, len, sink);
    }

    /** Writes the node's name; the root has none. */
    void writeName(short node, MessageSink sink) {
        heap.write(get(node, NAME), (short) 0, getByte(node, NAME_LENGTH), sink);
    }

    /** Tells whether the node's name begins with {@code buf[off .. off + len)}. */
    boolean nameBegins(short node, byte[] buf, short off, short len) {
        return getByte(node, NAME_LENGTH) >= len && heap.equal(get(node, NAME), len, buf, off);
    }

    /** Tells whether the node has the type {@code buf[off .. off + len)}, which is not that of text. */
    boolean isOfType(short node, byte[] buf, short off, short len) {
        return getByte(node, TYPE_LENGTH) == len && heap.equal(get(node, TYPE), len, buf, off);
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

    short length(short node, byte field) {
        return (short) (properties[property(node, field)] & 0xFF);
    }

    static short property(short node, byte field) {
        return (short) ((short) (node * PROPERTIES_SIZE) + field);
    }

    static short cell(short node, byte field) {
        return (short) ((short) (node * NODE_SIZE) + field);
    }

    short get(short node, byte field) {
        return Util.getShort(nodes, cell(node, field));
    }

    byte getByte(short node, byte field) {
        return nodes[cell(node, field)];
    }
}
