// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

import javacard.framework.JCSystem;

/**
 * Atomic and Sequence: the commands that hold commands. A command in Atomic that fails undoes those before it, the rest is not
 * executed; neither is the rest of a Sequence to which the user has said no, nor the rest of a message that he has ended. OMA
 * DM Representation Protocol 1.2, clauses Atomic and Sequence.
 */
final class Groups {
    // indexes into state
    private static final byte PENDING = 0; // one has begun, its CmdID is still to come
    private static final byte DEPTH = 1; // open ones
    private static final byte ATOMICS = 2; // of them Atomic
    private static final byte ATOMIC_ENTRY = 3; // status of the outer Atomic
    private static final byte ATOMIC_SAVEPOINT = 4;
    private static final byte ATOMIC_FAILED = 5;
    private static final byte BYPASS = 6; // depth of the Sequence that the user has ended, 0 if none
    private static final byte CANCELLED = 7; // the user has ended the message
    private static final byte STATE_SIZE = 8;

    private final MoStore store;
    private final StatusQueue queue;
    private final short[] state;

    Groups(MoStore store, StatusQueue queue) {
        this.store = store;
        this.queue = queue;
        state = JCSystem.makeTransientShortArray(STATE_SIZE, JCSystem.CLEAR_ON_RESET);
    }

    void beginMessage() {
        for (short i = 0; i < STATE_SIZE; i++) {
            state[i] = 0;
        }
    }

    /** One begins. Its status goes before those of the commands in it, as soon as its CmdID is known. */
    void begin() {
        state[PENDING] = 1;
    }

    /** A command begins or ends, which may not be before the CmdID of that around it. */
    void requireCommand() {
        if (state[PENDING] != 0) {
            Fault.raise(Fault.CONTAINER_CMD_ID);
        }
    }

    /**
     * The CmdID is known.
     *
     * @param blocked status for what is not carried out whatever it is, 0 if it is
     * @return its status; an Atomic within another fails
     */
    short open(byte element, short blocked) {
        state[PENDING] = 0;
        state[DEPTH]++;
        short status = blocked != 0 ? blocked : Status.OK;
        if (element != Element.ATOMIC || (status != Status.OK && state[ATOMICS] == 0)) {
            return status;
        }
        if (state[ATOMICS] == 0) {
            state[ATOMIC_ENTRY] = queue.count();
            state[ATOMIC_SAVEPOINT] = store.savepoint();
        } else if (status == Status.OK) {
            status = Status.COMMAND_FAILED;
        }
        state[ATOMICS]++;
        return status;
    }

    void close(byte element) {
        if (element == Element.ATOMIC && state[ATOMICS] != 0) {
            state[ATOMICS]--;
            if (state[ATOMICS] == 0) {
                state[ATOMIC_FAILED] = 0;
            }
        }
        state[DEPTH]--;
        if (state[BYPASS] > state[DEPTH]) {
            state[BYPASS] = 0;
        }
    }

    boolean isAtomic() {
        return state[ATOMICS] != 0;
    }

    /** Tells whether commands are passed over. */
    boolean isBypassed() {
        return state[ATOMIC_FAILED] != 0 || state[BYPASS] != 0 || state[CANCELLED] != 0;
    }

    /** A command has failed, whose status is the last of the queue: in Atomic those before it are undone. */
    void failed() {
        if (state[ATOMICS] == 0 || state[ATOMIC_FAILED] != 0) {
            return;
        }
        state[ATOMIC_FAILED] = 1;
        store.rollback(state[ATOMIC_SAVEPOINT]);
        short entry = state[ATOMIC_ENTRY];
        queue.setStatus(entry, Status.ATOMIC_FAILED);
        for (entry++; entry < (short) (queue.count() - 1); entry++) {
            queue.setStatus(entry, Status.ROLLED_BACK);
        }
    }

    /** The user has said no: the rest of the Sequence, if the command stands in one, is passed over. */
    void bypass() {
        if (state[ATOMIC_FAILED] == 0) {
            state[BYPASS] = state[DEPTH];
        }
    }

    /** The user has ended the message. */
    void cancel() {
        state[CANCELLED] = 1;
    }
}
