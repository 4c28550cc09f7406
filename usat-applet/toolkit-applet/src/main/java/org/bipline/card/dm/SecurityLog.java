// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

import javacard.framework.JCSystem;
import javacard.framework.Util;

/**
 * The security log: who has done what to what, and how it ended, in persistent memory. A server with the right reads it as
 * ./SecurityLog, one leaf for each of two rings: what was done, and what was refused. So no flood of refusals pushes out what was
 * done. Technical specification clause 4, Security log.
 *
 * <pre>
 * 00017 001 20261124T190000Z login     401 server.example           -
 * </pre>
 *
 * <p>An entry is a line of fixed length: its number, how often it happened, the time in UTC of the last time if it was known,
 * operation, status, who and target, cut to their columns. The oldest makes way for a new one. What happens again as it stands in the
 * ring counts up, to 999, which is not written again: so a flood wears out nothing.
 *
 * <p>Each entry is one transaction of its own, apart from the journal of the store: it stays when the message that it is about is
 * rolled back, and is there whole or not at all after a loss of power. Within a transaction of the caller it is part of that.
 * Secrets have no place in it: callers give names and URIs only.
 */
final class SecurityLog {
    // rings
    static final byte DONE = 0;
    static final byte REFUSED = 1;
    private static final byte RINGS = 2;

    // operations, numbers of their words
    static final byte LOGIN = 1; // of a server or device
    static final byte LOCK = 2; // of a credential
    static final byte UNLOCK = 3;
    static final byte ACCESS = 4; // a command for which the server has no right
    static final byte REGISTRY = 5; // of the authorities
    static final byte BIND = 6; // an object to a device
    static final byte DEVICE = 7; // an object met another device than that it is bound to
    static final byte INTEGRITY = 8; // of an object
    static final byte FUNCTION = 9; // of the device
    static final byte PUSH = 10; // a notification
    static final byte TRANSPORT = 11; // a session below the level of its server

    private static final byte[] OPERATIONS = {
        5, 'l', 'o', 'g', 'i', 'n', 4, 'l', 'o', 'c', 'k', 6, 'u', 'n', 'l', 'o', 'c', 'k', 6, 'a', 'c', 'c', 'e', 's',
        's', 8, 'r', 'e', 'g', 'i', 's', 't', 'r', 'y', 4, 'b', 'i', 'n', 'd', 6, 'd', 'e', 'v', 'i', 'c', 'e', 9, 'i',
        'n', 't', 'e', 'g', 'r', 'i', 't', 'y', 8, 'f', 'u', 'n', 'c', 't', 'i', 'o', 'n', 4, 'p', 'u', 's', 'h', 9,
        't', 'r', 'a', 'n', 's', 'p', 'o', 'r', 't'
    };

    // columns of a line, each with a blank behind it, the last with a line feed
    private static final byte NUMBER = 0;
    private static final byte NUMBER_WIDTH = 5;
    private static final byte TIMES = 6;
    private static final byte TIMES_WIDTH = 3;
    private static final byte TIME = 10;
    private static final byte TIME_WIDTH = MoStore.TIME_LENGTH;
    private static final byte OPERATION = 27;
    private static final byte OPERATION_WIDTH = 9;
    private static final byte OUTCOME = 37;
    private static final byte OUTCOME_WIDTH = 3;
    private static final byte WHO = 41;
    private static final byte WHO_WIDTH = 24; // IMEI: and 16 digits, and most names of servers
    private static final byte TARGET = 66;
    private static final byte TARGET_WIDTH = 32;
    static final byte LINE = 99;

    private static final byte LINES = 12; // of a ring

    private static final short MAX_TIMES = 999;

    private static final byte[] NOTHING = {'-'};
    private static final byte[] BLANKS = {
        ' ', ' ', ' ', ' ', ' ', ' ', ' ', ' ', ' ', ' ', ' ', ' ', ' ', ' ', ' ', ' ', ' ', ' ', ' ', ' ', ' ', ' ',
        ' ', ' ', ' ', ' ', ' ', ' ', ' ', ' ', ' ', ' '
    };

    // indexes into numbers
    private static final byte LAST = 0; // number of the last entry
    private static final byte COUNT = 1; // entries that a ring has had, to LINES; one for each ring
    private static final byte NEXT = 3; // line of a ring for its next entry
    private static final byte NUMBERS = 5;

    private final byte[] time;
    private final byte[] lines = new byte[(short) (RINGS * LINES * LINE)];
    private final short[] numbers = new short[NUMBERS];

    /**
     * Allocates the log, at installation: 2386 bytes.
     *
     * @param time the time of now, as properties of nodes have it; its first byte is 0 where it is not known
     */
    SecurityLog(byte[] time) {
        this.time = time;
    }

    /**
     * Records what has happened.
     *
     * @param operation LOGIN to TRANSPORT
     * @param outcome a status of three digits; what is a success stands in the ring DONE
     * @param who name of a server or device in {@code who[whoOff .. whoOff + whoLen)}; null where nobody is known
     * @param target URI or name in {@code target[off .. off + len)}; null where there is none
     */
    void record(
            byte operation,
            short outcome,
            byte[] who,
            short whoOff,
            short whoLen,
            byte[] target,
            short off,
            short len) {
        if (who == null) {
            who = NOTHING;
            whoOff = 0;
            whoLen = 1;
        }
        if (target == null) {
            target = NOTHING;
            off = 0;
            len = 1;
        }
        byte ring = Status.isSuccess(outcome) ? DONE : REFUSED;
        boolean nested = JCSystem.getTransactionDepth() != 0;
        if (!nested) {
            JCSystem.beginTransaction();
        }
        short line = (short) (numbers[(short) (COUNT + ring)] - 1);
        for (; line >= 0; line--) {
            short at = at(ring, line);
            if (hasWord(at, operation)
                    && Text.decimal(lines, (short) (at + OUTCOME), OUTCOME_WIDTH) == outcome
                    && has((short) (at + WHO), WHO_WIDTH, who, whoOff, whoLen)
                    && has((short) (at + TARGET), TARGET_WIDTH, target, off, len)) {
                countUp(at);
                break;
            }
        }
        if (line < 0) {
            short at = begin(ring, operation, outcome);
            put((short) (at + WHO), WHO_WIDTH, who, whoOff, whoLen);
            put((short) (at + TARGET), TARGET_WIDTH, target, off, len);
            lines[(short) (at + LINE - 1)] = '\n';
        }
        if (!nested) {
            JCSystem.commitTransaction();
        }
    }

    private static short at(byte ring, short line) {
        return (short) ((short) ((short) (ring * LINES) + line) * LINE);
    }

    /** Begins the next line of a ring and returns where it stands. */
    private short begin(byte ring, byte operation, short outcome) {
        short line = numbers[(short) (NEXT + ring)];
        numbers[(short) (NEXT + ring)] = (short) ((short) (line + 1) % LINES);
        if (numbers[(short) (COUNT + ring)] < LINES) {
            numbers[(short) (COUNT + ring)]++;
        }
        numbers[LAST] = (short) ((numbers[LAST] + 1) & Short.MAX_VALUE);
        short at = at(ring, line);
        putDecimal((short) (at + NUMBER), NUMBER_WIDTH, numbers[LAST]);
        putDecimal((short) (at + TIMES), TIMES_WIDTH, (short) 1);
        putTime(at);
        short word = word(operation);
        put((short) (at + OPERATION), OPERATION_WIDTH, OPERATIONS, (short) (word + 1), OPERATIONS[word]);
        putDecimal((short) (at + OUTCOME), OUTCOME_WIDTH, outcome);
        return at;
    }

    private void countUp(short at) {
        short times = Text.decimal(lines, (short) (at + TIMES), TIMES_WIDTH);
        if (times < MAX_TIMES) {
            putDecimal((short) (at + TIMES), TIMES_WIDTH, (short) (times + 1));
            putTime(at);
        }
    }

    private void putTime(short at) {
        boolean known = time[0] != 0;
        put((short) (at + TIME), TIME_WIDTH, known ? time : NOTHING, (short) 0, known ? TIME_WIDTH : (short) 1);
    }

    /** Where the word of an operation stands, behind its length. */
    private static short word(byte operation) {
        short at = 0;
        for (byte n = 1; n < operation; n++) {
            at = (short) (at + 1 + OPERATIONS[at]);
        }
        return at;
    }

    private boolean hasWord(short at, byte operation) {
        short word = word(operation);
        return has((short) (at + OPERATION), OPERATION_WIDTH, OPERATIONS, (short) (word + 1), OPERATIONS[word]);
    }

    /** Fills a column, and the byte behind it, with a text, cut to its width, and blanks. */
    private void put(short column, byte width, byte[] text, short off, short len) {
        short n = len < width ? len : width;
        Util.arrayCopy(BLANKS, (short) 0, lines, (short) (column + n), (short) (width - n));
        lines[(short) (column + width)] = ' ';
        Util.arrayCopy(text, off, lines, column, n);
        for (short i = 0; i < n; i++) {
            byte shown = shown(text[(short) (off + i)]);
            if (shown != text[(short) (off + i)]) {
                lines[(short) (column + i)] = shown;
            }
        }
    }

    /** Whether a column is what {@link #put} makes of the text. */
    private boolean has(short column, byte width, byte[] text, short off, short len) {
        for (short i = 0; i < width; i++) {
            if (lines[(short) (column + i)] != (i < len ? shown(text[(short) (off + i)]) : (byte) ' ')) {
                return false;
            }
        }
        return true;
    }

    /** What strangers send makes no columns and lines of its own. */
    private static byte shown(byte c) {
        return c <= ' ' || c == 0x7F ? (byte) '_' : c;
    }

    private void putDecimal(short column, byte width, short number) {
        for (short i = (short) (width - 1); i >= 0; i--) {
            lines[(short) (column + i)] = (byte) ('0' + (short) (number % 10));
            number = (short) (number / 10);
        }
        lines[(short) (column + width)] = ' ';
    }

    // --- reading

    /** Bytes of a ring's lines. */
    short length(byte ring) {
        return (short) (numbers[(short) (COUNT + ring)] * LINE);
    }

    /** Writes {@code len} bytes of a ring's lines from its byte {@code from} on. They stand as they were written: the numbers tell the order. */
    void write(byte ring, short from, short len, MessageSink sink) {
        sink.write(lines, (short) (at(ring, (short) 0) + from), len);
    }
}
