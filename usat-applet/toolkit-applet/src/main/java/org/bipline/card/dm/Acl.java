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
    private static final byte WORD_DELETE = 4;
    private static final byte WORD_EXEC = 5;

    private static final short WORD_SIZE = 32; // a server identifier

    // indexes into state
    private static final byte WANTED = 0; // bit of a command
    private static final byte COMMAND = 1; // bit of the command whose identifiers are read, 0 before one
    private static final byte LENGTH = 2; // of the word, WORD_SIZE + 1 beyond the room
    private static final byte GRANTED = 3;
    private static final byte MALFORMED = 4;
    private static final byte STATE_SIZE = 5;

    private final MoStore store;
    private final Account account;
    private final byte[] word;
    private final byte[] state;

    Acl(MoStore store, Account account) {
        this.store = store;
        this.account = account;
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
    static void putOwner(MoStore store, short node, Account account) {
        putOwner(store, node, account, WORD_DELETE);
    }

    /** As {@link #putOwner}, and Exec. */
    static void putOwnerAndExec(MoStore store, short node, Account account) {
        putOwner(store, node, account, WORD_EXEC);
    }

    private static void putOwner(MoStore store, short node, Account account, byte last) {
        BlockHeap heap = store.heap();
        heap.begin();
        for (byte command = WORD_ADD; command <= last; command++) {
            if (command != WORD_ADD) {
                heap.write((byte) '&');
            }
            Text.writeWord(COMMANDS, command, heap);
            heap.write((byte) '=');
            account.writeServerName(heap);
        }
        short length = heap.length();
        store.changeAcl(node, heap.finish(), length);
    }

    /**
     * Sees to the lists of new nodes, the first and its siblings, which are to stand below {@code parent}: where the server has
     * no right to Replace the parent, interior nodes without a list become its own. Status 425 for a leaf that brings a list,
     * which the server could not give it.
     */
    void own(short parent, short node) {
        if (allows(parent, MoStore.ACCESS_REPLACE)) {
            return;
        }
        for (; node != MoStore.NONE; node = store.nextSibling(node)) {
            boolean hasList = store.aclLength(node) != 0;
            if (store.isInterior(node) && !hasList) {
                putOwner(store, node, account);
            } else if (!store.isInterior(node) && hasList) {
                Status.raise(Status.PERMISSION_DENIED);
            }
        }
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

    /** Tells whether the node's list, or the nearest above it, names the server for the command. */
    boolean allows(short node, byte command) {
        while (node != MoStore.ROOT && store.aclLength(node) == 0) {
            node = store.parent(node);
        }
        begin(command);
        store.writeAcl(node, this);
        endWord();
        return state[GRANTED] != 0;
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

    private void begin(byte command) {
        state[WANTED] = command;
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
        } else if (state[COMMAND] == state[WANTED]
                && (any || (length <= WORD_SIZE && account.isServer(word, (short) 0, length)))) {
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
