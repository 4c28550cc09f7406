// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime.cat;

import uicc.toolkit.BERTLVEditHandler;
import uicc.toolkit.EditHandler;
import uicc.toolkit.ToolkitException;

/** A TLV list that can be written. ETSI TS 102 241, EditHandler. */
class EditTlvHandler extends TlvHandler implements EditHandler {
    private static final byte[] NOTHING = new byte[0];

    EditTlvHandler(int capacity) {
        set(new byte[capacity], 0, 0);
    }

    /** One that also has the tag of the BER-TLV around the list, as {@code HandlerBuilder} builds it. */
    static final class Ber extends EditTlvHandler implements BERTLVEditHandler {
        private byte tag;

        Ber(int capacity) {
            super(capacity);
        }

        @Override
        public byte getTag() {
            return tag;
        }

        @Override
        public void setTag(byte tag) {
            this.tag = tag;
        }

        @Override
        public short getSize() {
            return (short) (1 + lengthOfLength(length()) + length());
        }
    }

    static int lengthOfLength(int length) {
        return length < 0x80 ? 1 : length < 0x100 ? 2 : 3;
    }

    /** Writes a length in its shortest form; returns the offset behind it. ETSI TS 101 220 clause 7.1. */
    static int putLength(byte[] buffer, int offset, int length) {
        int at = offset;
        if (length >= 0x100) {
            buffer[at++] = (byte) 0x82;
            buffer[at++] = (byte) (length >> 8);
        } else if (length >= 0x80) {
            buffer[at++] = (byte) 0x81;
        }
        buffer[at++] = (byte) length;
        return at;
    }

    @Override
    public void clear() {
        check();
        set(list, 0, 0);
    }

    @Override
    public void appendArray(byte[] buffer, short offset, short length) {
        check();
        checkRange(buffer, offset, length);
        reserve(length);
        System.arraycopy(buffer, offset, list, end, length);
        end += length;
    }

    @Override
    public void appendTLV(byte tag, byte[] value, short valueOffset, short valueLength) {
        appendTLV(tag, NOTHING, (short) 0, (short) 0, value, valueOffset, valueLength);
    }

    @Override
    public void appendTLV(byte tag, byte value) {
        begin(tag, 1);
        list[end++] = value;
    }

    @Override
    public void appendTLV(byte tag, short value) {
        begin(tag, 2);
        putShort(value);
    }

    @Override
    public void appendTLV(byte tag, byte value1, byte value2) {
        begin(tag, 2);
        list[end++] = value1;
        list[end++] = value2;
    }

    @Override
    public void appendTLV(byte tag, byte value1, short value2) {
        begin(tag, 3);
        list[end++] = value1;
        putShort(value2);
    }

    @Override
    public void appendTLV(byte tag, short value1, short value2) {
        begin(tag, 4);
        putShort(value1);
        putShort(value2);
    }

    @Override
    public void appendTLV(byte tag, byte value1, byte[] value2, short value2Offset, short value2Length) {
        check();
        checkRange(value2, value2Offset, value2Length);
        begin(tag, 1 + value2Length);
        list[end++] = value1;
        System.arraycopy(value2, value2Offset, list, end, value2Length);
        end += value2Length;
    }

    @Override
    public void appendTLV(
            byte tag,
            byte[] value1,
            short value1Offset,
            short value1Length,
            byte[] value2,
            short value2Offset,
            short value2Length) {
        check();
        checkRange(value1, value1Offset, value1Length);
        checkRange(value2, value2Offset, value2Length);
        begin(tag, value1Length + value2Length);
        System.arraycopy(value1, value1Offset, list, end, value1Length);
        end += value1Length;
        System.arraycopy(value2, value2Offset, list, end, value2Length);
        end += value2Length;
    }

    /** Appends tag and length once there is room for the whole object. */
    private void begin(byte tag, int valueLength) {
        check();
        if (valueLength > 255) {
            ToolkitException.throwIt(ToolkitException.BAD_INPUT_PARAMETER);
        }
        reserve(1 + lengthOfLength(valueLength) + valueLength);
        list[end++] = tag;
        end = putLength(list, end, valueLength);
    }

    private void reserve(int count) {
        if (count > list.length - end) {
            ToolkitException.throwIt(ToolkitException.HANDLER_OVERFLOW);
        }
    }

    private void putShort(short value) {
        list[end++] = (byte) (value >> 8);
        list[end++] = (byte) value;
    }
}
