// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

import javacard.framework.JCSystem;

/** Writes a SyncML message as WBXML 1.2 without a string table to a sink, or only measures it. */
final class WbxmlWriter implements MessageSink {
    /** Version 1.2, public identifier 1201 (SyncML 1.2), UTF-8, empty string table. */
    private static final byte[] HEADER = {0x02, (byte) 0xA4, 0x01, 0x6A, 0x00};

    private static final byte SWITCH_PAGE = 0x00;
    private static final byte END = 0x01;
    private static final byte STR_I = 0x03;
    private static final byte OPAQUE = (byte) 0xC3;
    private static final byte HAS_CONTENT = 0x40;
    private static final byte TAG_MASK = 0x3F;

    // indexes into state
    private static final byte COUNT = 0;
    private static final byte PAGE = 1;
    private static final byte STATE_SIZE = 2;

    private final short[] state;
    private final Object[] sink;

    WbxmlWriter() {
        state = JCSystem.makeTransientShortArray(STATE_SIZE, JCSystem.CLEAR_ON_RESET);
        sink = JCSystem.makeTransientObjectArray((short) 1, JCSystem.CLEAR_ON_RESET);
    }

    /** Begins to write on code page 0; {@code null} for the sink only measures. */
    void begin(MessageSink sink) {
        this.sink[0] = sink;
        state[COUNT] = 0;
        state[PAGE] = 0;
    }

    /** Bytes written since the beginning. */
    short count() {
        return state[COUNT];
    }

    /** Beyond what a short can count, it stays at the largest one. */
    private void count(short len) {
        short count = state[COUNT];
        state[COUNT] = len > (short) (Short.MAX_VALUE - count) ? Short.MAX_VALUE : (short) (count + len);
    }

    void header() {
        write(HEADER, (short) 0, (short) HEADER.length);
    }

    @Override
    public void write(byte b) {
        count((short) 1);
        if (sink[0] != null) {
            ((MessageSink) sink[0]).write(b);
        }
    }

    @Override
    public void write(byte[] buf, short off, short len) {
        count(len);
        if (sink[0] != null) {
            ((MessageSink) sink[0]).write(buf, off, len);
        }
    }

    /** Begins an element with content, on its code page. */
    void open(byte element) {
        tag(element, HAS_CONTENT);
    }

    /** Writes an element without content. */
    void empty(byte element) {
        tag(element, (byte) 0);
    }

    private void tag(byte element, byte flags) {
        byte page = (byte) ((element >> Element.PAGE_SHIFT) & 0x03);
        if (page != state[PAGE]) {
            write(SWITCH_PAGE);
            write(page);
            state[PAGE] = page;
        }
        write((byte) ((element & TAG_MASK) | flags));
    }

    /** Ends the innermost element. */
    void close() {
        write(END);
    }

    /** Begins a string, which holds no byte 0. */
    void openText() {
        write(STR_I);
    }

    void closeText() {
        write((byte) 0);
    }

    /** Begins opaque data of {@code length} bytes, which follow. */
    void opaque(short length) {
        write(OPAQUE);
        if (length > (short) 0x3FFF) {
            write((byte) (0x80 | (length >> 14)));
        }
        if (length > (short) 0x7F) {
            write((byte) (0x80 | (length >> 7)));
        }
        write((byte) (length & 0x7F));
    }

    /** Writes an element with a text. */
    void element(byte element, byte[] buf, short off, short len) {
        open(element);
        openText();
        write(buf, off, len);
        closeText();
        close();
    }

    void element(byte element, byte[] text) {
        element(element, text, (short) 0, (short) text.length);
    }

    /** Writes an element with a decimal number, which is not negative. */
    void element(byte element, short number) {
        open(element);
        openText();
        Text.writeUnsigned(number, this);
        closeText();
        close();
    }

    /** Writes an element with a number of 16 bits in hexadecimal digits, without leading zeros. */
    void hexElement(byte element, short number) {
        open(element);
        openText();
        Text.writeHex(number, this);
        closeText();
        close();
    }
}
