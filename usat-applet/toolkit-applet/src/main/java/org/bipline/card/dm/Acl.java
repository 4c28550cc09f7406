// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

import javacard.framework.JCSystem;

/**
 * Access control lists: what the server of the session may do with a node. OMA DM Tree and Description 1.2, clause ACL. A
 * list is read where it stands, as it is written to this sink; nothing but the word at work is kept.
 *
 * <pre>
 * Add=*&amp;Get=server-a+server-b&amp;Replace=server-a
 * </pre>
 */
final class Acl implements MessageSink {
    /** Bytes of the longest list. */
    static final short MAX = 255;

    /** Of the root, as OMA DM Tree and Description recommends. */
    private static final byte[] ROOT = {'A', 'd', 'd', '=', '*', '&', 'G', 'e', 't', '=', '*'};

    /** The commands, each behind its length, in the order of the bits of the access types in {@link MoStore}. */
    private static final byte[] COMMANDS = {
        3, 'A', 'd', 'd', 3, 'G', 'e', 't', 7, 'R', 'e', 'p', 'l', 'a', 'c', 'e', 6, 'D', 'e', 'l', 'e', 't', 'e', 4,
        'E', 'x', 'e', 'c'
    };

    // the commands, as numbers of their words, that a list names for the server that has made the node
    private static final byte WORD_ADD = 1;
    private static final byte WORD_GET = 2;
    private static final byte WORD_DELETE = 4;
    private static final byte WORD_EXEC = 5;

    /** The bits of all commands. */
    private static final byte ANY = 0x1F;

    private static final short WORD_SIZE = 32; // a server identifier

    // indexes into state
    private static final byte WANTED = 0; // bits of the commands asked for
    private static final byte COMMAND = 1; // bit of the command whose identifiers are read, 0 before one
    private static final byte LENGTH = 2; // of the word, WORD_SIZE + 1 beyond the room
    private static final byte GRANTED = 3;
    private static final byte MALFORMED = 4;
    private static final byte STATE_SIZE = 5;

    private final MoStore store;
    private final Authorities authorities;
    private final byte[] word;
    private final byte[] state;

    Acl(MoStore store, Authorities authorities) {
        this.store = store;
        this.authorities = authorities;
        word = JCSystem.makeTransientByteArray(WORD_SIZE, JCSystem.CLEAR_ON_RESET);
        state = JCSystem.makeTransientByteArray(STATE_SIZE, JCSystem.CLEAR_ON_RESET);
    }

    /** Gives the root its list. */
    static void putRoot(MoStore store) {
        short length = (short) ROOT.length;
        store.setAcl(MoStore.ROOT, store.heap().put(ROOT, (short) 0, length), length);
    }

    /**
     * Gives a node outside the tree the list of its owner: Add, Get, Replace and Delete. Get goes beyond the letter of the
     * text, which names the other three; without it the owner could not read what it has made.
     */
    static void putOwner(MoStore store, short node, Authority owner) {
        BlockHeap heap = store.heap();
        heap.begin();
        for (byte command = WORD_ADD; command <= WORD_DELETE; command++) {
            beginWord(heap, command);
            heap.write(owner.serverId, (short) 1, owner.serverId[0]);
        }
        finish(store, node);
    }

    /** Gives a node outside the tree a list that names those who have a privilege, for Get and Exec. */
    static void putPrivileged(MoStore store, short node, Authorities authorities, byte privilege) {
        BlockHeap heap = store.heap();
        heap.begin();
        putPrivileged(heap, WORD_GET, authorities, privilege);
        putPrivileged(heap, WORD_EXEC, authorities, privilege);
        finish(store, node);
    }

    private static void putPrivileged(BlockHeap heap, byte command, Authorities authorities, byte privilege) {
        beginWord(heap, command);
        boolean any = false;
        for (byte number = 0; number < authorities.count(); number++) {
            if (authorities.hasPrivilege(number, privilege)) {
                if (any) {
                    heap.write((byte) '+');
                }
                any = true;
                byte[] id = authorities.get(number).serverId;
                heap.write(id, (short) 1, id[0]);
            }
        }
    }

    private static void beginWord(BlockHeap heap, byte command) {
        if (heap.length() != 0) {
            heap.write((byte) '&');
        }
        Text.writeWord(COMMANDS, command, heap);
        heap.write((byte) '=');
    }

    private static void finish(MoStore store, short node) {
        BlockHeap heap = store.heap();
        short length = heap.length();
        store.changeAcl(node, heap.finish(), length);
    }

    /**
     * Sees to the lists of new nodes, the first and its siblings, which are to stand below {@code parent}: where the server has
     * no right to Replace the parent, interior nodes without a list become its own, and where the parent is everybody's, leaves
     * too. Status 425 for a leaf that brings a list, which the server could not give it.
     */
    void own(short parent, short node) {
        if (allows(parent, MoStore.ACCESS_REPLACE)) {
            return;
        }
        for (; node != MoStore.NONE; node = store.nextSibling(node)) {
            boolean hasList = store.aclLength(node) != 0;
            boolean interior = store.isInterior(node);
            if (hasList && !interior) {
                Status.raise(Status.PERMISSION_DENIED);
            } else if (!hasList && (interior || isEverybodys(parent))) {
                putOwner(store, node, authorities.active());
            }
        }
    }

    /** Tells whether the node is nobody's in particular: the root's list is the one that counts for it. */
    boolean isEverybodys(short node) {
        return withList(node) == MoStore.ROOT;
    }

    private short withList(short node) {
        while (node != MoStore.ROOT && store.aclLength(node) == 0) {
            node = store.parent(node);
        }
        return node;
    }

    /**
     * Tells whether the server may know of the node: it has some right on it, or that to give itself one. For others the node is
     * not there.
     */
    boolean isVisible(short node) {
        return isWithinRights(node)
                && (grants(node, ANY) || (node != MoStore.ROOT && grants(store.parent(node), MoStore.ACCESS_REPLACE)));
    }

    /** Status 405 if the node's access types do not have the command, 425 if its access control list does not. */
    void requireAllowed(short node, byte command) {
        if (!store.allows(node, command)) {
            Status.raise(Status.COMMAND_NOT_ALLOWED);
        }
        require(node, command);
    }

    /** Status 425 if the server may not use the command, a bit of the access types, on the node. */
    void require(short node, byte command) {
        if (!allows(node, command)) {
            Status.raise(Status.PERMISSION_DENIED);
        }
    }

    /**
     * Tells whether the server may use the command, a bit of the access types, on the node: its rights have it, and the node's list,
     * or the nearest above it, names the server for it.
     */
    boolean allows(short node, byte command) {
        return Rights.hasCommand(authorities.active().rights, command) && isWithinRights(node) && grants(node, command);
    }

    private boolean isWithinRights(short node) {
        byte[] rights = authorities.active().rights;
        if (!Rights.limitsNames(rights)) {
            return true;
        }
        short object = ManagementTree.object(store, node);
        return object == MoStore.NONE || Rights.allowsName(rights, store, object);
    }

    /** Tells whether the node's list, or the nearest above it, names the server for one of the commands. */
    boolean grants(short node, byte commands) {
        begin(commands);
        store.writeAcl(withList(node), this);
        endWord();
        return state[GRANTED] != 0;
    }

    /**
     * Status 418 if a node has the name that another is to get; 425, as for a name that the server may not use, if it may not know of
     * that node.
     */
    void requireFree(short namesake) {
        if (namesake != MoStore.NONE) {
            Status.raise(isVisible(namesake) ? Status.ALREADY_EXISTS : Status.PERMISSION_DENIED);
        }
    }

    /** Tells whether a list or an object of several nodes has the node: the server may Get it. */
    boolean shows(short node) {
        return store.allows(node, MoStore.ACCESS_GET) && allows(node, MoStore.ACCESS_GET);
    }

    /** Tells whether version and time of the node tell of what others than the server do below it. */
    boolean tellsOfOthers(short node) {
        return authorities.count() > 1 && store.isInterior(node) && isEverybodys(node);
    }

    /** Tells whether the server may change the list of the node: an interior node's own list counts, and that above. */
    boolean mayChangeAcl(short node) {
        return (store.isInterior(node) && allows(node, MoStore.ACCESS_REPLACE))
                || (node != MoStore.ROOT && allows(store.parent(node), MoStore.ACCESS_REPLACE));
    }

    /** Tells whether the chain in the heap is a list. */
    boolean isWellFormed(short head, short length) {
        begin((byte) 0);
        store.heap().write(head, (short) 0, length, this);
        endWord();
        return state[MALFORMED] == 0;
    }

    private void begin(byte commands) {
        state[WANTED] = commands;
        state[COMMAND] = 0;
        state[LENGTH] = 0;
        state[GRANTED] = 0;
        state[MALFORMED] = 0;
    }

    @Override
    public void write(byte[] buf, short off, short len) {
        for (short end = (short) (off + len); off < end; off++) {
            write(buf[off]);
        }
    }

    @Override
    public void write(byte b) {
        switch (b) {
            case '=':
                beginIdentifiers();
                break;
            case '+':
                endWord();
                break;
            case '&':
                endWord();
                state[COMMAND] = 0;
                break;
            default:
                if ((b & 0xFF) <= ' ' || b == 0x7F) {
                    state[MALFORMED] = 1;
                }
                if (state[LENGTH] < WORD_SIZE) {
                    word[state[LENGTH]] = b;
                    state[LENGTH]++;
                } else {
                    state[LENGTH] = WORD_SIZE + 1;
                }
        }
    }

    private void beginIdentifiers() {
        byte command = state[LENGTH] > WORD_SIZE ? (byte) 0 : Text.word(COMMANDS, word, (short) 0, state[LENGTH]);
        if (state[COMMAND] != 0 || command == 0) {
            state[MALFORMED] = 1;
        } else {
            state[COMMAND] = (byte) (1 << (byte) (command - 1));
        }
        state[LENGTH] = 0;
    }

    /** An identifier has ended. */
    private void endWord() {
        byte length = state[LENGTH];
        boolean any = length == 1 && word[0] == '*';
        if (state[COMMAND] == 0 || length == 0 || (!any && hasStar(length))) {
            state[MALFORMED] = 1;
        } else if ((state[COMMAND] & state[WANTED]) != 0
                && (any || (length <= WORD_SIZE && authorities.isServer(word, (short) 0, length)))) {
            state[GRANTED] = 1;
        }
        state[LENGTH] = 0;
    }

    private boolean hasStar(byte length) {
        for (short i = 0; i < length && i < WORD_SIZE; i++) {
            if (word[i] == '*') {
                return true;
            }
        }
        return false;
    }
}
