// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

import javacard.framework.JCSystem;
import javacard.framework.Util;

/**
 * Names, types and values in chains of blocks of one size. A chain is written once, from its beginning to its end, and
 * never changed: what the tree refers to is therefore never touched, and several nodes may refer to one chain. Its length
 * is kept by whoever refers to it.
 *
 * <p>A secret chain is enciphered block by block, before it is written, and begins with a block that has its nonce. Its blocks are
 * marked before anything is written to them, and erased when they have become free, also when power was lost in between.
 */
final class BlockHeap implements MessageSink {
    /** Most names and half of all values fit one block; a link of two bytes is an eighth of it. */
    private static final short BLOCK_SIZE = 16;

    private static final short IN_BLOCK = BLOCK_SIZE - 1; // mask
    private static final short HALF = BLOCK_SIZE / 2;

    /** In the link of a block: it has, or has had, a part of a secret. The largest number of a block is below it. */
    private static final short SECRET = 0x4000;

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
    private final CardKeys keys;
    private final byte[] scratch; // of the keys

    /** @param scratch of 24 bytes at least, in which the keys leave what they make */
    BlockHeap(short bytes, CardKeys keys, byte[] scratch) {
        this.keys = keys;
        this.scratch = scratch;
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
            head = next(head);
        }
    }

    private short next(short block) {
        return (short) (links[block] & ~SECRET);
    }

    /** Erases what has been secret in blocks that are free now; after {@link #take} for every chain that stays. */
    void eraseFree() {
        for (short block = 0; block < (short) links.length; block++) {
            if (!taken.isTaken(block)) {
                erase(block);
            }
        }
    }

    private void erase(short block) {
        if ((links[block] & SECRET) != 0) {
            Util.arrayFillNonAtomic(data, (short) (block * BLOCK_SIZE), BLOCK_SIZE, (byte) 0);
            links[block] = next(block);
        }
    }

    /** Begins a chain. */
    void begin() {
        state[HEAD] = MoStore.NONE;
        state[TAIL] = MoStore.NONE;
        state[LENGTH] = 0;
    }

    /** Begins a secret chain. */
    void beginSecret() {
        begin();
        short block = allocate();
        state[HEAD] = block;
        state[TAIL] = block;
        putNonce(block);
    }

    private void putNonce(short block) {
        links[block] |= SECRET;
        keys.makeNonce();
        Util.arrayCopyNonAtomic(scratch, (short) 0, data, (short) (block * BLOCK_SIZE), BLOCK_SIZE);
    }

    private short allocate() {
        short block = taken.allocate();
        if (block == MoStore.NONE) {
            Status.raise(Status.DEVICE_FULL);
        }
        return block;
    }

    private void link(short tail, short block) {
        if (next(tail) != block) {
            links[tail] = (short) ((links[tail] & SECRET) | block);
        }
    }

    /** Tells whether a chain is secret, or has a value that became secret later. */
    boolean isSecret(short head) {
        return head >= 0 && (links[head] & SECRET) != 0;
    }

    /** Bytes that a secret chain takes for a value. */
    static short secretLength(short length) {
        return (short) (length + BLOCK_SIZE);
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
            erase(block);
            taken.giveBack(block);
            block = block == state[TAIL] ? MoStore.NONE : next(block);
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

    /** Makes a chain of {@code buf[off .. off + len)}, whatever chain is under construction, and returns its first block. */
    short putAside(byte[] buf, short off, short len) {
        short head = MoStore.NONE;
        short tail = MoStore.NONE;
        while (len > 0) {
            short n = len < BLOCK_SIZE ? len : BLOCK_SIZE;
            short block = allocate();
            Util.arrayCopyNonAtomic(buf, off, data, (short) (block * BLOCK_SIZE), n);
            if (head == MoStore.NONE) {
                head = block;
            } else {
                link(tail, block);
            }
            tail = block;
            off += n;
            len -= n;
        }
        return head;
    }

    private void writeStage(short n) {
        short block = allocate();
        if (isSecret(state[HEAD])) {
            links[block] |= SECRET;
            keys.makeKeyStream(
                    data, (short) (state[HEAD] * BLOCK_SIZE), (short) ((short) (state[LENGTH] - 1) / BLOCK_SIZE));
            for (short i = 0; i < n; i++) {
                stage[i] ^= scratch[i];
            }
        }
        Util.arrayCopyNonAtomic(stage, (short) 0, data, (short) (block * BLOCK_SIZE), n);
        short tail = state[TAIL];
        if (tail == MoStore.NONE) {
            state[HEAD] = block;
        } else {
            link(tail, block);
        }
        state[TAIL] = block;
    }

    // --- secrets

    /**
     * Makes a secret chain of the {@code len} bytes of a chain that was none, whatever chain is under construction, and marks the
     * old one, which is erased when it is free.
     */
    short encipher(short head, short len) {
        short nonce = allocate();
        putNonce(nonce);
        short tail = nonce;
        for (short number = 0; len > 0; number++) {
            short block = allocate();
            links[block] |= SECRET;
            makePlain(nonce, number, head); // the same operation both ways
            Util.arrayCopyNonAtomic(
                    scratch, (short) 0, data, (short) (block * BLOCK_SIZE), len < BLOCK_SIZE ? len : BLOCK_SIZE);
            link(tail, block);
            tail = block;
            links[head] |= SECRET;
            head = next(head);
            len -= BLOCK_SIZE;
        }
        return nonce;
    }

    /** Leaves a block of a secret chain as it was in the scratch memory. */
    private void makePlain(short nonce, short number, short block) {
        keys.makeKeyStream(data, (short) (nonce * BLOCK_SIZE), number);
        short at = (short) (block * BLOCK_SIZE);
        for (short i = 0; i < BLOCK_SIZE; i++) {
            scratch[i] ^= data[(short) (at + i)];
        }
    }

    /** Writes the {@code len} bytes of the value of a secret chain. */
    void writeSecret(short head, short len, MessageSink sink) {
        short block = head;
        for (short number = 0; len > 0; number++) {
            block = next(block);
            makePlain(head, number, block);
            sink.write(scratch, (short) 0, len < BLOCK_SIZE ? len : BLOCK_SIZE);
            len -= BLOCK_SIZE;
        }
        Util.arrayFillNonAtomic(scratch, (short) 0, BLOCK_SIZE, (byte) 0);
    }

    /** Tells whether the values of two secret chains, both of {@code len} bytes, are the same. */
    boolean equalSecret(short head, short other, short len) {
        short block = head;
        short otherBlock = other;
        byte difference = 0;
        for (short number = 0; len > 0; number++) {
            block = next(block);
            otherBlock = next(otherBlock);
            short n = len < BLOCK_SIZE ? len : BLOCK_SIZE;
            for (short half = 0;
                    half < n;
                    half = (short) (half + HALF)) { // the scratch memory has room for one and a half
                makePlain(head, number, block);
                Util.arrayCopyNonAtomic(scratch, half, scratch, BLOCK_SIZE, HALF);
                makePlain(other, number, otherBlock);
                for (short i = half; i < n && i < (short) (half + HALF); i++) {
                    difference |= (byte) (scratch[i] ^ scratch[(short) ((short) (BLOCK_SIZE + i) - half)]);
                }
            }
            len -= BLOCK_SIZE;
        }
        Util.arrayFillNonAtomic(scratch, (short) 0, (short) (BLOCK_SIZE + HALF), (byte) 0);
        return difference == 0;
    }

    /** Writes {@code len} bytes of the chain from its byte {@code from} on. */
    void write(short head, short from, short len, MessageSink sink) {
        for (; from >= BLOCK_SIZE; from -= BLOCK_SIZE) {
            head = next(head);
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
                head = next(head);
            }
        }
    }

    /** A byte of a chain. */
    byte at(short head, short index) {
        for (; index >= BLOCK_SIZE; index -= BLOCK_SIZE) {
            head = next(head);
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
            head = next(head);
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
            head = next(head);
            other = next(other);
        }
        return true;
    }
}
