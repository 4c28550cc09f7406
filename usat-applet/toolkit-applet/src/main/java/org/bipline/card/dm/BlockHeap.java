// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

import javacard.framework.JCSystem;
import javacard.framework.Util;

/**
 * Names, types and values in chains of blocks of one size. A chain is written once, from its beginning to its end, and
 * never changed: what the tree refers to is therefore never touched, and several nodes may refer to one chain. Its length
 * is kept by whoever refers to it.
 */
final class BlockHeap implements MessageSink {
    /** Most names and half of all values fit one block; a link of two bytes is an eighth of it. */
    private static final short BLOCK_SIZE = 16;

    private static final short IN_BLOCK = BLOCK_SIZE - 1; // mask

    // indexes into state: the chain under construction
    private static final byte HEAD = 0;
    private static final byte TAIL = 1;
    private static final byte LENGTH = 2;
    private static final byte STATE_SIZE = 3;

    private final byte[] data;
    /** The block behind each block; without meaning at the end of a chain. */
    private final short[] links;

    private final PlaceMap taken;
    private final byte[] stage; // the last block of the chain under construction, so that a block is written once
    private final short[] state;

    BlockHeap(short bytes) {
        short blocks = (short) (bytes / BLOCK_SIZE);
        data = new byte[(short) (blocks * BLOCK_SIZE)];
        links = new short[blocks];
        for (short block = 0; block < blocks; block++) {
            links[block] = (short) (block + 1); // the usual order, which then need not be written
        }
        taken = new PlaceMap(blocks);
        stage = JCSystem.makeTransientByteArray(BLOCK_SIZE, JCSystem.CLEAR_ON_RESET);
        state = JCSystem.makeTransientShortArray(STATE_SIZE, JCSystem.CLEAR_ON_RESET);
    }

    /** Forgets which blocks are taken; {@link #take} follows for every chain that stays. */
    void clear() {
        taken.clear();
        begin();
    }

    void take(short head, short length) {
        for (; length > 0; length -= BLOCK_SIZE) {
            taken.take(head);
            head = links[head];
        }
    }

    /** Begins a chain. */
    void begin() {
        state[HEAD] = MoStore.NONE;
        state[TAIL] = MoStore.NONE;
        state[LENGTH] = 0;
    }

    /** Appends to the chain; status 413 beyond 32767 bytes, 420 where no block is free. */
    void append(byte[] buf, short off, short len) {
        if (len > (short) (Short.MAX_VALUE - state[LENGTH])) {
            Status.raise(Status.REQUEST_ENTITY_TOO_LARGE);
        }
        while (len > 0) {
            short at = (short) (state[LENGTH] & IN_BLOCK);
            short n = (short) (BLOCK_SIZE - at);
            if (n > len) {
                n = len;
            }
            Util.arrayCopyNonAtomic(buf, off, stage, at, n);
            state[LENGTH] += n;
            off += n;
            len -= n;
            if ((short) (at + n) == BLOCK_SIZE) {
                writeStage(BLOCK_SIZE);
            }
        }
    }

    @Override
    public void write(byte[] buf, short off, short len) {
        append(buf, off, len);
    }

    @Override
    public void write(byte b) {
        short at = (short) (state[LENGTH] & IN_BLOCK);
        stage[at] = b;
        state[LENGTH]++;
        if (at == IN_BLOCK) {
            writeStage(BLOCK_SIZE);
        }
    }

    /** Length of the chain under construction. */
    short length() {
        return state[LENGTH];
    }

    /** Tells whether the chain under construction holds a text, which is not longer than a block. */
    boolean holds(byte[] text) {
        return Text.equal(text, stage, (short) 0, state[LENGTH]);
    }

    /** Finishes the chain and returns its first block; {@link MoStore#NONE} if it is empty. */
    short finish() {
        short rest = (short) (state[LENGTH] & IN_BLOCK);
        if (rest != 0) {
            writeStage(rest);
        }
        short head = state[HEAD];
        begin();
        return head;
    }

    /** Gives the chain under construction up and its blocks back. */
    void abandon() {
        short block = state[HEAD];
        while (block != MoStore.NONE) {
            taken.giveBack(block);
            block = block == state[TAIL] ? MoStore.NONE : links[block];
        }
        begin();
    }

    /** Makes a chain of {@code buf[off .. off + len)} and returns its first block. */
    short put(byte[] buf, short off, short len) {
        begin();
        append(buf, off, len);
        return finish();
    }

    /**
     * Puts a text of one block aside, whatever chain is under construction; {@link MoStore#NONE} where no block is free.
     */
    short putBlock(byte[] text) {
        short block = taken.allocate();
        if (block != MoStore.NONE) {
            Util.arrayCopyNonAtomic(text, (short) 0, data, (short) (block * BLOCK_SIZE), BLOCK_SIZE);
        }
        return block;
    }

    private void writeStage(short n) {
        short block = taken.allocate();
        if (block == MoStore.NONE) {
            Status.raise(Status.DEVICE_FULL);
        }
        Util.arrayCopyNonAtomic(stage, (short) 0, data, (short) (block * BLOCK_SIZE), n);
        short tail = state[TAIL];
        if (tail == MoStore.NONE) {
            state[HEAD] = block;
        } else if (links[tail] != block) {
            links[tail] = block;
        }
        state[TAIL] = block;
    }

    /** Writes {@code len} bytes of the chain from its byte {@code from} on. */
    void write(short head, short from, short len, MessageSink sink) {
        for (; from >= BLOCK_SIZE; from -= BLOCK_SIZE) {
            head = links[head];
        }
        while (len > 0) {
            short n = (short) (BLOCK_SIZE - from);
            if (n > len) {
                n = len;
            }
            sink.write(data, (short) ((short) (head * BLOCK_SIZE) + from), n);
            len -= n;
            from = 0;
            if (len > 0) {
                head = links[head];
            }
        }
    }

    /** A byte of a chain. */
    byte at(short head, short index) {
        for (; index >= BLOCK_SIZE; index -= BLOCK_SIZE) {
            head = links[head];
        }
        return data[(short) ((short) (head * BLOCK_SIZE) + index)];
    }

    /** Tells whether the chain of {@code len} bytes holds {@code buf[off .. off + len)}. */
    boolean equal(short head, short len, byte[] buf, short off) {
        while (len > 0) {
            short n = len < BLOCK_SIZE ? len : BLOCK_SIZE;
            if (Util.arrayCompare(data, (short) (head * BLOCK_SIZE), buf, off, n) != 0) {
                return false;
            }
            off += n;
            len -= n;
            head = links[head];
        }
        return true;
    }

    /** Compares a text of one block with another: negative if it comes before. */
    byte compare(short block, byte[] text, short off) {
        return Util.arrayCompare(data, (short) (block * BLOCK_SIZE), text, off, BLOCK_SIZE);
    }

    /** Tells whether two chains of {@code len} bytes hold the same. */
    boolean equal(short head, short other, short len) {
        while (len > 0) {
            short n = len < BLOCK_SIZE ? len : BLOCK_SIZE;
            if (Util.arrayCompare(data, (short) (head * BLOCK_SIZE), data, (short) (other * BLOCK_SIZE), n) != 0) {
                return false;
            }
            len -= n;
            head = links[head];
            other = links[other];
        }
        return true;
    }
}
