// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

import javacard.framework.JCSystem;
import javacard.framework.Util;

/**
 * Reads WBXML 1.1 to 1.3 from pieces of any size and hands it on as it comes; nothing but the string table is kept. A
 * fault of the document is raised as {@link Fault}. LITERAL, attributes, extensions and processing instructions, which no
 * DM document has, are faults.
 *
 * <pre>
 * VERSION, PUBLIC_ID [, PUBLIC_ID_INDEX], CHARSET, TABLE_LENGTH [, TABLE], BODY ..., DONE
 * from BODY and back: PAGE, STRING, TABLE_INDEX, ENTITY, OPAQUE_LENGTH and OPAQUE
 * </pre>
 */
final class WbxmlReader {
    private static final byte VERSION = 0;
    private static final byte PUBLIC_ID = 1;
    private static final byte PUBLIC_ID_INDEX = 2;
    private static final byte CHARSET = 3;
    private static final byte TABLE_LENGTH = 4;
    private static final byte TABLE = 5;
    private static final byte BODY = 6;
    private static final byte PAGE = 7;
    private static final byte STRING = 8;
    private static final byte TABLE_INDEX = 9;
    private static final byte ENTITY = 10;
    private static final byte OPAQUE_LENGTH = 11;
    private static final byte OPAQUE = 12;
    private static final byte DONE = 13;

    // indexes into state
    private static final byte PHASE = 0;
    private static final byte CODE_PAGE = 1;
    private static final byte DEPTH = 2;
    private static final byte NUMBER_HIGH = 3; // a number being read, 32 bits
    private static final byte NUMBER_LOW = 4;
    private static final byte REMAINING = 5; // bytes of the table or of opaque data
    private static final byte TABLE_SIZE = 6;
    private static final byte STATE_SIZE = 7;

    // global tokens
    private static final byte SWITCH_PAGE = 0x00;
    private static final byte END = 0x01;
    private static final byte ENTITY_TOKEN = 0x02;
    private static final byte STR_I = 0x03;
    private static final byte STR_T = (byte) 0x83;
    private static final byte OPAQUE_TOKEN = (byte) 0xC3;

    private static final byte FIRST_TAG = 0x05;
    private static final byte HAS_ATTRIBUTES = (byte) 0x80;
    private static final byte HAS_CONTENT = 0x40;

    // character sets by their IANA number
    private static final short US_ASCII = 3;
    private static final short UTF_8 = 106;

    private static final short UTF8_MAX = 4; // bytes of a character

    private final Object[] handler; // of the document
    private final byte firstPage;
    private final short maxDepth;
    private final byte[] open; // elements not ended; behind them room for a character
    private final byte[] table;
    private final short[] state;

    /**
     * Allocates a reader for documents of one type.
     *
     * @param firstPage code page that stands for page 0 of the document
     * @param maxDepth largest number of elements within each other
     * @param tableSize bytes of the largest string table
     */
    WbxmlReader(byte firstPage, short maxDepth, short tableSize) {
        handler = JCSystem.makeTransientObjectArray((short) 1, JCSystem.CLEAR_ON_RESET);
        this.firstPage = firstPage;
        this.maxDepth = maxDepth;
        open = JCSystem.makeTransientByteArray((short) (maxDepth + UTF8_MAX), JCSystem.CLEAR_ON_RESET);
        table = JCSystem.makeTransientByteArray(tableSize, JCSystem.CLEAR_ON_RESET);
        state = JCSystem.makeTransientShortArray(STATE_SIZE, JCSystem.CLEAR_ON_RESET);
    }

    /** A document begins, which goes to the handler. */
    void begin(WbxmlHandler handler) {
        this.handler[0] = handler;
        Util.arrayFillNonAtomic(open, (short) 0, (short) open.length, (byte) 0);
        state[PHASE] = VERSION;
        state[CODE_PAGE] = firstPage;
        state[DEPTH] = 0;
        state[TABLE_SIZE] = 0;
        clearNumber();
    }

    private WbxmlHandler handler() {
        return (WbxmlHandler) handler[0];
    }

    /** The root element has ended. */
    boolean isComplete() {
        return state[PHASE] == DONE;
    }

    /** Elements that are open. */
    short depth() {
        return state[DEPTH];
    }

    /** The element that is open {@code up} levels above the innermost one; 0 if there is none. */
    byte ancestor(short up) {
        short at = (short) (state[DEPTH] - 1 - up);
        return at < 0 ? 0 : open[at];
    }

    /** Reads on. */
    void read(byte[] buf, short off, short len) {
        short end = (short) (off + len);
        while (off < end) {
            switch (state[PHASE]) {
                case TABLE:
                    off = readTable(buf, off, end);
                    break;
                case STRING:
                    off = readString(buf, off, end);
                    break;
                case OPAQUE:
                    off = readOpaque(buf, off, end);
                    break;
                default:
                    read(buf[off]);
                    off++;
            }
        }
    }

    private void read(byte b) {
        switch (state[PHASE]) {
            case VERSION:
                if (b < 1 || b > 3) {
                    Fault.raise(Fault.WBXML_VERSION);
                }
                state[PHASE] = PUBLIC_ID;
                break;
            case PAGE:
                setPage(b);
                state[PHASE] = BODY;
                break;
            case BODY:
                readToken(b);
                break;
            case DONE:
                Fault.raise(Fault.WBXML_TRAILING);
                break;
            default:
                if (addToNumber(b)) {
                    useNumber();
                    clearNumber();
                }
        }
    }

    private void clearNumber() {
        state[NUMBER_HIGH] = 0;
        state[NUMBER_LOW] = 0;
    }

    /** Takes the next seven bits and tells whether they were the last. */
    private boolean addToNumber(byte b) {
        short high = state[NUMBER_HIGH];
        short low = state[NUMBER_LOW];
        if ((high & (short) 0xFE00) != 0) {
            Fault.raise(Fault.WBXML_NUMBER);
        }
        state[NUMBER_HIGH] = (short) ((high << 7) | ((low >> 9) & 0x7F));
        state[NUMBER_LOW] = (short) ((low << 7) | (b & 0x7F));
        return b >= 0; // the high bit says that more follow
    }

    private short lengthFromNumber() {
        if (state[NUMBER_HIGH] != 0 || state[NUMBER_LOW] < 0) {
            Fault.raise(Fault.WBXML_NUMBER);
        }
        return state[NUMBER_LOW];
    }

    private void useNumber() {
        switch (state[PHASE]) {
            case PUBLIC_ID: // the root element says what the document is, whatever its public identifier
                state[PHASE] = (state[NUMBER_HIGH] | state[NUMBER_LOW]) == 0 ? PUBLIC_ID_INDEX : CHARSET;
                break;
            case PUBLIC_ID_INDEX:
                state[PHASE] = CHARSET;
                break;
            case CHARSET:
                if (state[NUMBER_HIGH] != 0 || (state[NUMBER_LOW] != UTF_8 && state[NUMBER_LOW] != US_ASCII)) {
                    Fault.raise(Fault.WBXML_CHARSET);
                }
                state[PHASE] = TABLE_LENGTH;
                break;
            case TABLE_LENGTH:
                state[REMAINING] = lengthFromNumber();
                if (state[REMAINING] > (short) table.length) {
                    Fault.raise(Fault.WBXML_STRING_TABLE);
                }
                state[PHASE] = state[REMAINING] == 0 ? BODY : TABLE;
                break;
            case TABLE_INDEX:
                state[PHASE] = BODY;
                writeFromTable(lengthFromNumber());
                break;
            case ENTITY:
                state[PHASE] = BODY;
                writeCharacter(state[NUMBER_HIGH], state[NUMBER_LOW]);
                break;
            default: // OPAQUE_LENGTH
                state[REMAINING] = lengthFromNumber();
                state[PHASE] = state[REMAINING] == 0 ? BODY : OPAQUE;
        }
    }

    private void setPage(byte page) {
        if (page == 0) {
            page = firstPage;
        } else if (page < 0 || page > Element.PAGE_DMDDF) {
            page = Element.PAGE_UNKNOWN;
        }
        state[CODE_PAGE] = page;
    }

    private void readToken(byte token) {
        switch (token) {
            case SWITCH_PAGE:
                state[PHASE] = PAGE;
                break;
            case END:
                if (state[DEPTH] == 0) {
                    Fault.raise(Fault.WBXML_END);
                }
                endElement();
                break;
            case STR_I:
                beginContent(STRING);
                break;
            case STR_T:
                beginContent(TABLE_INDEX);
                break;
            case ENTITY_TOKEN:
                beginContent(ENTITY);
                break;
            case OPAQUE_TOKEN:
                beginContent(OPAQUE_LENGTH);
                break;
            default:
                readTag(token);
        }
    }

    private void beginContent(byte phase) {
        if (state[DEPTH] == 0) {
            Fault.raise(Fault.WBXML_CONTENT);
        }
        state[PHASE] = phase;
    }

    private void readTag(byte token) {
        byte tag = (byte) (token & Element.TOKEN_MASK);
        if (tag < FIRST_TAG) {
            Fault.raise(Fault.WBXML_TOKEN);
        }
        if ((token & HAS_ATTRIBUTES) != 0) {
            Fault.raise(Fault.WBXML_ATTRIBUTES);
        }
        short depth = state[DEPTH];
        if (depth == maxDepth) {
            Fault.raise(Fault.WBXML_DEPTH);
        }
        byte element = (byte) ((state[CODE_PAGE] << Element.PAGE_SHIFT) | tag);
        open[depth] = element;
        state[DEPTH] = (short) (depth + 1);
        handler().begin(element);
        if ((token & HAS_CONTENT) == 0) {
            endElement();
        }
    }

    private void endElement() {
        handler().end(open[(short) (state[DEPTH] - 1)]);
        state[DEPTH]--;
        if (state[DEPTH] == 0) {
            state[PHASE] = DONE;
        }
    }

    private short readTable(byte[] buf, short off, short end) {
        short n = atMost(state[REMAINING], (short) (end - off));
        Util.arrayCopyNonAtomic(buf, off, table, state[TABLE_SIZE], n);
        state[TABLE_SIZE] += n;
        state[REMAINING] -= n;
        if (state[REMAINING] == 0) {
            state[PHASE] = BODY;
        }
        return (short) (off + n);
    }

    private short readString(byte[] buf, short off, short end) {
        short stop = off;
        while (stop < end && buf[stop] != 0) {
            stop++;
        }
        if (stop > off) {
            handler().content(buf, off, (short) (stop - off));
        }
        if (stop < end) {
            state[PHASE] = BODY;
            stop++; // the termination
        }
        return stop;
    }

    private short readOpaque(byte[] buf, short off, short end) {
        short n = atMost(state[REMAINING], (short) (end - off));
        state[REMAINING] -= n;
        if (state[REMAINING] == 0) {
            state[PHASE] = BODY;
        }
        handler().content(buf, off, n);
        return (short) (off + n);
    }

    private static short atMost(short limit, short n) {
        return n < limit ? n : limit;
    }

    private void writeFromTable(short index) {
        short end = index;
        while (end < state[TABLE_SIZE] && table[end] != 0) {
            end++;
        }
        if (end >= state[TABLE_SIZE]) {
            Fault.raise(Fault.WBXML_TABLE_INDEX);
        }
        handler().content(table, index, (short) (end - index));
    }

    /** Hands on a character of UCS-4 as UTF-8 (RFC 3629). */
    private void writeCharacter(short high, short low) {
        short at = maxDepth;
        if (high < 0
                || high > (short) 0x10
                || (high == 0 && (short) (low & (short) 0xF800) == (short) 0xD800)
                || (high | low) == 0) {
            Fault.raise(Fault.WBXML_ENTITY);
        }
        if (high == 0 && (low & (short) 0xFF80) == 0) {
            open[at++] = (byte) low;
        } else {
            if (high == 0 && (low & (short) 0xF800) == 0) {
                open[at++] = (byte) (0xC0 | (low >> 6));
            } else {
                if (high == 0) {
                    open[at++] = (byte) (0xE0 | ((low >> 12) & 0x0F));
                } else {
                    open[at++] = (byte) (0xF0 | (high >> 2));
                    open[at++] = (byte) (0x80 | ((high & 0x03) << 4) | ((low >> 12) & 0x0F));
                }
                open[at++] = (byte) (0x80 | ((low >> 6) & 0x3F));
            }
            open[at++] = (byte) (0x80 | (low & 0x3F));
        }
        handler().content(open, maxDepth, (short) (at - maxDepth));
    }
}
