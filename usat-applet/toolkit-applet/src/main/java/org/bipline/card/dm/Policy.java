// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

/**
 * What ./Policy says about the objects below ./MO: whether and how a device gets them. The policy of an object is the node of
 * its name below ./Policy; each leaf of it may be missing, and an object without policy is not released. Technical
 * specification clause 4, Policies. A value that is none of those there counts as the one that gives least away.
 */
final class Policy {
    // direction
    static final byte NOT_RELEASED = 0;
    static final byte TO_DEVICE = 1; // what the device changes is put back
    static final byte BOTH_WAYS = 2; // what the device changes comes to the card

    // who wins where card and device have changed the same object
    static final byte CARD_WINS = 1;
    static final byte DEVICE_WINS = 2;
    static final byte NEWER_WINS = 3;
    static final byte ASK = 4; // the server of the account

    // what an object is bound to; 0: to something that there is not
    static final byte UNBOUND = 1;
    static final byte CARD = 2;
    static final byte DEVICE = 3; // the first that comes, or that it was bound to again
    static final byte DEVICES = 4; // those of a list

    private static final byte[] DIRECTION = {'D', 'i', 'r', 'e', 'c', 't', 'i', 'o', 'n'};
    private static final byte[] CONFLICT = {'C', 'o', 'n', 'f', 'l', 'i', 'c', 't'};
    private static final byte[] CONSENT = {'C', 'o', 'n', 's', 'e', 'n', 't'};
    private static final byte[] CONNECT = {'C', 'o', 'n', 'n', 'e', 'c', 't'};
    private static final byte[] BINDING = {'B', 'i', 'n', 'd', 'i', 'n', 'g'};
    private static final byte[] DEVICE_LIST = {'D', 'e', 'v', 'i', 'c', 'e', 's'};
    private static final byte[] LEVEL = {'L', 'e', 'v', 'e', 'l'};
    private static final byte[] SENSITIVE = {'S', 'e', 'n', 's', 'i', 't', 'i', 'v', 'e'};
    private static final byte[] TARGET = {'T', 'a', 'r', 'g', 'e', 't'};

    // values in the order of their numbers, each behind its length
    private static final byte[] DIRECTIONS = {6, 'd', 'e', 'v', 'i', 'c', 'e', 4, 'b', 'o', 't', 'h'};
    private static final byte[] RULES = {
        4, 'c', 'a', 'r', 'd', 6, 'd', 'e', 'v', 'i', 'c', 'e', 5, 'n', 'e', 'w', 'e', 'r'
    };
    private static final byte[] BINDINGS = {
        4, 'n', 'o', 'n', 'e', 4, 'c', 'a', 'r', 'd', 6, 'd', 'e', 'v', 'i', 'c', 'e', 7, 'd', 'e', 'v', 'i', 'c', 'e',
        's'
    };
    private static final byte[] FALSE = {5, 'f', 'a', 'l', 's', 'e'};
    private static final byte[] TRUE = {4, 't', 'r', 'u', 'e'};
    private static final byte[] LEVELS = {1, '0', 1, '1'};

    private static final byte[] OBJECTS = {'.', '/', 'M', 'O', '/'};

    private final MoStore store;

    Policy(MoStore store) {
        this.store = store;
    }

    /** The leaf of an object's policy; NONE where it is missing. */
    private short leaf(short object, byte[] name) {
        short policy = of(object);
        short leaf = policy == MoStore.NONE ? policy : store.child(policy, name);
        return leaf == MoStore.NONE || store.isInterior(leaf) ? MoStore.NONE : leaf;
    }

    /** The number of the word that a leaf holds, 0 for another; {@code absent} where the leaf is missing. */
    private byte word(short object, byte[] name, byte[] words, byte absent) {
        short leaf = leaf(object, name);
        return leaf == MoStore.NONE ? absent : store.word(leaf, words);
    }

    /** Which way an object below ./MO goes: NOT_RELEASED, TO_DEVICE or BOTH_WAYS. */
    byte direction(short object) {
        return word(object, DIRECTION, DIRECTIONS, NOT_RELEASED);
    }

    /** The conflict rule: CARD_WINS, DEVICE_WINS, NEWER_WINS or ASK. */
    byte conflict(short object) {
        byte rule = word(object, CONFLICT, RULES, CARD_WINS);
        return rule == 0 ? ASK : rule;
    }

    /** Whether the user is asked before a device adopts the object. */
    boolean asksUser(short object) {
        return word(object, CONSENT, FALSE, (byte) 0) == 0;
    }

    /** Whether the device is told to connect to the server of the object once it has adopted it. */
    boolean connects(short object) {
        return word(object, CONNECT, TRUE, (byte) 0) != 0;
    }

    /** The policy of an object; NONE where it has none. */
    short of(short object) {
        return store.childNamedAs(ManagementTree.policies(store), object);
    }

    /** What the object is bound to: UNBOUND to DEVICES, or 0. */
    byte binding(short object) {
        return word(object, BINDING, BINDINGS, UNBOUND);
    }

    /** The leaf with the IMEIs that the object is bound to, commas between; NONE where it is missing. */
    short devices(short object) {
        return leaf(object, DEVICE_LIST);
    }

    /** Whether the object has a seal: it is bound, or has sensitive leaves. */
    boolean isProtected(short object) {
        return binding(object) != UNBOUND || leaf(object, SENSITIVE) != MoStore.NONE || store.hasSecret(object);
    }

    /** The type of authentication that a device needs to get the object: NONE, MD5 or MAC; not NONE where it has secrets. */
    byte level(short object) {
        switch (word(object, LEVEL, LEVELS, (byte) 1)) {
            case 1:
                return leaf(object, SENSITIVE) == MoStore.NONE && !store.hasSecret(object)
                        ? Credentials.NONE
                        : Credentials.MD5;
            case 2:
                return Credentials.MD5;
            default: // 2, and what is no level
                return Credentials.MAC;
        }
    }

    /** The object that a node stands in, or for which it stands outside the tree; NONE if in none. */
    private short object(short node) {
        short objects = ManagementTree.objects(store);
        while (node != MoStore.NONE && store.parent(node) != objects) {
            node = store.parent(node);
        }
        return node;
    }

    /** Whether a leaf is of the class sensitive by the policy of its object. */
    boolean isSensitive(short leaf) {
        return isSensitive(
                store.parent(leaf), store.get(leaf, NodeTable.NAME), store.getByte(leaf, NodeTable.NAME_LENGTH));
    }

    /** As {@link #isSensitive(short)} of a leaf of this name, a chain, below a node that may stand outside the tree. */
    boolean isSensitive(short above, short name, short nameLength) {
        short object = object(above);
        short list = object == MoStore.NONE ? object : leaf(object, SENSITIVE);
        if (list == MoStore.NONE) {
            return false;
        }
        short end = store.valueLength(list);
        short begin = 0;
        for (short at = 0; at <= end; at++) {
            if (at == end || store.valueByte(list, at) == ',') {
                short last = segment(list, begin, at);
                if (isSegment(list, last, at, name, nameLength)
                        && isPath(list, begin, (short) (last - 1), object, above)) {
                    return true;
                }
                begin = (short) (at + 1);
            }
        }
        return false;
    }

    /** Where the last segment of bytes of a leaf's value begins. */
    private short segment(short list, short begin, short end) {
        while (end > begin && store.valueByte(list, (short) (end - 1)) != '/') {
            end--;
        }
        return end;
    }

    /** Whether a segment in the list is a name; a star stands for any. */
    private boolean isSegment(short list, short at, short end, short name, short nameLength) {
        short length = (short) (end - at);
        return length > 0
                && ((length == 1 && store.valueByte(list, at) == '*')
                        || store.isIn(name, nameLength, list, at, length));
    }

    /** Whether bytes of a leaf's value are the path from the object to the node. */
    private boolean isPath(short list, short begin, short end, short object, short node) {
        for (; node != object; node = store.parent(node)) { // from the last segment to the first
            short at = end < begin ? end : segment(list, begin, end);
            if (!isSegment(
                    list, at, end, store.get(node, NodeTable.NAME), store.getByte(node, NodeTable.NAME_LENGTH))) {
                return false;
            }
            end = (short) (at - 1); // before the slash
        }
        return end < begin;
    }

    /** Tells whether a leaf holds the URI of the object's root in the tree of the device. */
    boolean isTarget(short object, short uri) {
        short leaf = leaf(object, TARGET);
        if (leaf != MoStore.NONE && store.valueLength(leaf) != 0) {
            return store.haveSameValue(leaf, uri);
        }
        short prefix = (short) OBJECTS.length;
        short length = (short) (store.valueLength(uri) - prefix);
        if (length <= 0) {
            return false;
        }
        for (short i = 0; i < prefix; i++) {
            if (store.valueByte(uri, i) != OBJECTS[i]) {
                return false;
            }
        }
        return store.isIn(store.get(object, MoStore.NAME), store.nameLength(object), uri, prefix, length);
    }

    /** Writes the URI of the object's root in the tree of the device. */
    void writeTarget(short object, MessageSink to) {
        short leaf = leaf(object, TARGET);
        if (leaf == MoStore.NONE || store.valueLength(leaf) == 0) {
            to.write(OBJECTS, (short) 0, (short) OBJECTS.length);
            store.writeName(object, to);
        } else {
            store.writeLeaf(leaf, to);
        }
    }
}
