// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

import javacard.framework.JCSystem;
import javacard.framework.Util;

/**
 * What is still to be answered to the server: a status for each command, or for each item of a command that has several,
 * and the results of Get. In RAM. What a user has typed or chosen is written to it before the status that it belongs to.
 */
final class StatusQueue implements MessageSink {
    /** More than a message of 1536 bytes can bring with URIs of usual length; 10 bytes of RAM each. */
    static final byte ENTRIES = 64;

    /** For URIs of items that name no node, and answers of the user: one long or half a dozen usual ones. */
    private static final short URIS_SIZE = 160;

    /** Detail of an alert: its answer is a text, or the numbers of items. */
    static final short ANSWER_TEXT = 1;

    static final short ANSWER_NUMBERS = 2;

    /** The entry refers to no node and no URI. */
    static final short NO_REFERENCE = -1;

    // indexes into an entry
    private static final byte COMMAND = 0; // CmdID of the server's command; negative if a status stands for one item
    private static final byte MESSAGE = 1; // MsgID of the server's message
    private static final byte REFERENCE = 2; // node and above it the property, or -2 minus the position in uris
    private static final byte STATUS = 3; // and above it the command's element, six bits
    private static final byte DETAIL = 4; // selection of a TNDS object, kind of an answer
    private static final byte ENTRY_SIZE = 5;

    private static final byte STATUS_BITS = 10;
    private static final short STATUS_MASK = (1 << STATUS_BITS) - 1;

    private static final byte NODE_BITS = 11; // of 2000 nodes
    private static final short NODE_MASK = (1 << NODE_BITS) - 1;

    // indexes into state
    private static final byte COUNT = 0;
    private static final byte URIS_USED = 1;
    private static final byte TEXT_LENGTH = 2; // of the text being written, -1 if it found no room
    private static final byte STATE_SIZE = 3;

    private final short[] entries;
    private final byte[] uris;
    private final short[] state;

    StatusQueue() {
        entries = JCSystem.makeTransientShortArray((short) (ENTRIES * ENTRY_SIZE), JCSystem.CLEAR_ON_RESET);
        uris = JCSystem.makeTransientByteArray(URIS_SIZE, JCSystem.CLEAR_ON_RESET);
        state = JCSystem.makeTransientShortArray(STATE_SIZE, JCSystem.CLEAR_ON_RESET);
    }

    void clear() {
        state[COUNT] = 0;
        state[URIS_USED] = 0;
    }

    short count() {
        return state[COUNT];
    }

    /** Appends a status; {@link Fault#TOO_MANY_COMMANDS} where there is no room. */
    void add(byte element, short message, short command, short status, short reference, short detail) {
        short count = state[COUNT];
        if (count == ENTRIES) {
            Fault.raise(Fault.TOO_MANY_COMMANDS);
        }
        short at = (short) (count * ENTRY_SIZE);
        entries[(short) (at + COMMAND)] = command;
        entries[(short) (at + MESSAGE)] = message;
        entries[(short) (at + REFERENCE)] = reference;
        entries[(short) (at + STATUS)] = (short) ((element << STATUS_BITS) | status);
        entries[(short) (at + DETAIL)] = detail;
        state[COUNT] = (short) (count + 1);
    }

    /** Keeps a URI and returns the reference to it; NO_REFERENCE where there is no room. */
    short keepUri(byte[] buf, short off, short len) {
        short used = state[URIS_USED];
        if (len >= (short) (URIS_SIZE - used)) {
            return NO_REFERENCE;
        }
        uris[used] = (byte) len;
        Util.arrayCopyNonAtomic(buf, off, uris, (short) (used + 1), len);
        state[URIS_USED] = (short) (used + 1 + len);
        return (short) (-2 - used);
    }

    /** A text begins, which is written to the queue next and kept. */
    void beginText() {
        state[TEXT_LENGTH] = 0;
    }

    @Override
    public void write(byte b) {
        short length = state[TEXT_LENGTH];
        short at = (short) (state[URIS_USED] + 1 + length);
        if (length >= 0 && at < URIS_SIZE) {
            uris[at] = b;
            state[TEXT_LENGTH]++;
        } else {
            state[TEXT_LENGTH] = -1;
        }
    }

    @Override
    public void write(byte[] buf, short off, short len) {
        for (short end = (short) (off + len); off < end; off++) {
            write(buf[off]);
        }
    }

    /** Ends the text and returns the reference to it; NO_REFERENCE where there was no room. */
    short endText() {
        short used = state[URIS_USED];
        if (state[TEXT_LENGTH] < 0 || used >= URIS_SIZE) {
            return NO_REFERENCE;
        }
        uris[used] = (byte) state[TEXT_LENGTH];
        state[URIS_USED] = (short) (used + 1 + state[TEXT_LENGTH]);
        return (short) (-2 - used);
    }

    /** Tells whether the entry has an answer of the user. */
    boolean hasAnswer(short entry) {
        return element(entry) == Element.ALERT && node(entry) < NO_REFERENCE;
    }

    /** Length of the answer. */
    short answerLength(short entry) {
        return (short) (uris[(short) (-2 - node(entry))] & 0xFF);
    }

    /** A byte of the answer: a number, where it is such. */
    short answerByte(short entry, short at) {
        return (short) (uris[(short) (-1 - node(entry) + at)] & 0xFF);
    }

    /** Forgets the URI kept last, the one of the last entry. */
    void dropUri() {
        short at = (short) ((short) (state[COUNT] - 1) * ENTRY_SIZE + REFERENCE);
        if (entries[at] < NO_REFERENCE) {
            state[URIS_USED] = (short) (-2 - entries[at]);
            entries[at] = NO_REFERENCE;
        }
    }

    /** The entry's status stands for one item, which it names; {@link Fault#TOO_MANY_ITEMS} where its URI had no room. */
    void nameItem(short entry) {
        if (node(entry) == NO_REFERENCE) {
            Fault.raise(Fault.TOO_MANY_ITEMS);
        }
        entries[(short) (entry * ENTRY_SIZE + COMMAND)] |= (short) 0x8000;
    }

    boolean namesItem(short entry) {
        return entries[(short) (entry * ENTRY_SIZE + COMMAND)] < 0;
    }

    short command(short entry) {
        return (short) (entries[(short) (entry * ENTRY_SIZE + COMMAND)] & 0x7FFF);
    }

    short message(short entry) {
        return entries[(short) (entry * ENTRY_SIZE + MESSAGE)];
    }

    byte element(short entry) {
        return (byte) ((entries[(short) (entry * ENTRY_SIZE + STATUS)] >> STATUS_BITS) & Element.TOKEN_MASK);
    }

    short status(short entry) {
        return (short) (entries[(short) (entry * ENTRY_SIZE + STATUS)] & STATUS_MASK);
    }

    void setStatus(short entry, short status) {
        short at = (short) (entry * ENTRY_SIZE + STATUS);
        entries[at] = (short) ((entries[at] & ~STATUS_MASK) | status);
    }

    /** The commands of a message, which is the last of those in the queue, were not carried out: all get this status. */
    void refuse(short message, short status) {
        short kept = 0;
        while (kept < state[COUNT] && message(kept) != message) {
            kept++;
        }
        short last = -1;
        for (short entry = kept; entry < state[COUNT]; entry++) {
            if (command(entry) != last) { // one for a command with several items, which name nodes that are no more
                last = command(entry);
                short to = (short) (kept * ENTRY_SIZE);
                entries[(short) (to + COMMAND)] = last;
                entries[(short) (to + MESSAGE)] = message;
                entries[(short) (to + REFERENCE)] = NO_REFERENCE;
                entries[(short) (to + STATUS)] = entries[(short) (entry * ENTRY_SIZE + STATUS)];
                entries[(short) (to + DETAIL)] = 0;
                setStatus(kept, status);
                kept++;
            }
        }
        state[COUNT] = kept;
    }

    /** Reference to a property of a node, or to the node itself. */
    static short reference(short node, byte property) {
        return (short) (node | (property << NODE_BITS));
    }

    private short reference(short entry) {
        return entries[(short) (entry * ENTRY_SIZE + REFERENCE)];
    }

    /** The node that the entry refers to; negative if it is none. */
    short node(short entry) {
        short reference = reference(entry);
        return reference < 0 ? reference : (short) (reference & NODE_MASK);
    }

    /** The property of the node that the entry refers to; {@link Property#NONE} for the node itself. */
    byte property(short entry) {
        short reference = reference(entry);
        return reference < 0 ? Property.NONE : (byte) (reference >> NODE_BITS);
    }

    /** What the command asked for beside its URI: selection of a TNDS object. */
    short detail(short entry) {
        return entries[(short) (entry * ENTRY_SIZE + DETAIL)];
    }

    /** Results follow the status. */
    boolean hasResults(short entry) {
        return element(entry) == Element.GET && status(entry) == Status.OK && node(entry) >= 0;
    }

    /** Writes the URI, or the answer, that was kept for the entry. */
    void writeUri(short entry, MessageSink sink) {
        writeKept(node(entry), sink);
    }

    /** Writes the text that was kept. */
    void writeKept(short reference, MessageSink sink) {
        short at = (short) (-2 - reference);
        sink.write(uris, (short) (at + 1), (short) (uris[at] & 0xFF));
    }

    /** Removes the first entries, which have been sent. */
    void remove(short sent) {
        short count = (short) (state[COUNT] - sent);
        if (count == 0) {
            clear();
            return;
        }
        short from = (short) (sent * ENTRY_SIZE);
        for (short to = 0; to < (short) (count * ENTRY_SIZE); to++) {
            entries[to] = entries[from];
            from++;
        }
        state[COUNT] = count;
    }
}
