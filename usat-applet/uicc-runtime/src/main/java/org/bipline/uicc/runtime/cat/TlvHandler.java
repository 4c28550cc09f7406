// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime.cat;

import java.util.Arrays;
import uicc.toolkit.ToolkitConstants;
import uicc.toolkit.ToolkitException;
import uicc.toolkit.ViewHandler;

/** A list of COMPREHENSION-TLV objects (ETSI TS 101 220) with one of them selected. ETSI TS 102 241, ViewHandler. */
class TlvHandler implements ViewHandler {
    private static final int NONE = -1;

    /** The list is {@code list[start]} to {@code list[end - 1]}. */
    protected byte[] list;

    protected int start;
    protected int end;

    private int value = NONE;
    private int valueLength;
    private int found; // where findTLV arrived: offset of the tag

    /** Replaces the whole list; nothing is selected then. */
    final void set(byte[] newList, int from, int length) {
        list = newList;
        start = from;
        end = from + length;
        value = NONE;
    }

    final void unselect() {
        value = NONE;
    }

    /** Throws HANDLER_NOT_AVAILABLE where the applet may not use the handler now. */
    void check() {}

    /** Value of the first object with this tag, selected; false where there is none. */
    final boolean seek(int tag) {
        return seek(tag, 1);
    }

    final int valueOffset() {
        return value;
    }

    final int tagOffset() {
        return found;
    }

    final int length() {
        return end - start;
    }

    final int selectedLength() {
        return valueLength;
    }

    private boolean seek(int tag, int occurrence) {
        int left = occurrence;
        int at = start;
        value = NONE;
        while (at + 1 < end) {
            int tagLength = (list[at] & 0x7F) == 0x7F ? 3 : 1;
            int next = at + tagLength;
            if (next >= end) {
                return false;
            }
            int first = list[next++] & 0xFF;
            int length = first;
            for (int more = first > 0x80 ? first - 0x80 : 0; more > 0; more--) {
                if (more > 2 || next >= end) {
                    return false;
                }
                length = (length == first ? 0 : length << 8) | (list[next++] & 0xFF);
            }
            if (first == 0x80 || length > end - next) {
                return false; // an object that does not end within the list
            }
            if (tagLength == 1 && ((list[at] ^ tag) & 0x7F) == 0 && --left == 0) {
                found = at;
                value = next;
                valueLength = length;
                return true;
            }
            at = next + length;
        }
        return false;
    }

    @Override
    public short getLength() {
        check();
        return (short) length();
    }

    @Override
    public short getCapacity() {
        check();
        return (short) (list.length - start);
    }

    @Override
    public short copy(byte[] dstBuffer, short dstOffset, short dstLength) {
        check();
        checkRange(dstBuffer, dstOffset, dstLength);
        if (dstLength > length()) {
            ToolkitException.throwIt(ToolkitException.OUT_OF_TLV_BOUNDARIES);
        }
        System.arraycopy(list, start, dstBuffer, dstOffset, dstLength);
        return (short) (dstOffset + dstLength);
    }

    @Override
    public byte findTLV(byte tag, byte occurrence) {
        check();
        if (occurrence <= 0) {
            ToolkitException.throwIt(ToolkitException.BAD_INPUT_PARAMETER);
        }
        if (!seek(tag, occurrence)) {
            return ToolkitConstants.TLV_NOT_FOUND;
        }
        return (list[found] & 0x80) != 0 ? ToolkitConstants.TLV_FOUND_CR_SET : ToolkitConstants.TLV_FOUND_CR_NOT_SET;
    }

    @Override
    public short getValueLength() {
        checkSelected();
        return (short) valueLength;
    }

    @Override
    public byte getValueByte(short valueOffset) {
        checkSelected();
        checkValue(valueOffset, 1);
        return list[value + valueOffset];
    }

    @Override
    public short getValueShort(short valueOffset) {
        checkSelected();
        checkValue(valueOffset, 2);
        return (short) ((list[value + valueOffset] << 8) | (list[value + valueOffset + 1] & 0xFF));
    }

    @Override
    public short copyValue(short valueOffset, byte[] dstBuffer, short dstOffset, short dstLength) {
        checkSelected();
        checkRange(dstBuffer, dstOffset, dstLength);
        checkValue(valueOffset, dstLength);
        System.arraycopy(list, value + valueOffset, dstBuffer, dstOffset, dstLength);
        return (short) (dstOffset + dstLength);
    }

    @Override
    public byte compareValue(short valueOffset, byte[] compareBuffer, short compareOffset, short compareLength) {
        checkSelected();
        checkRange(compareBuffer, compareOffset, compareLength);
        checkValue(valueOffset, compareLength);
        int from = value + valueOffset;
        return (byte) Integer.signum(Arrays.compare(
                list, from, from + compareLength, compareBuffer, compareOffset, compareOffset + compareLength));
    }

    @Override
    public short findAndCopyValue(byte tag, byte[] dstBuffer, short dstOffset) {
        require(tag, 1);
        return copyValue((short) 0, dstBuffer, dstOffset, (short) valueLength);
    }

    @Override
    public short findAndCopyValue(
            byte tag, byte occurrence, short valueOffset, byte[] dstBuffer, short dstOffset, short dstLength) {
        require(tag, occurrence);
        return copyValue(valueOffset, dstBuffer, dstOffset, dstLength);
    }

    @Override
    public byte findAndCompareValue(byte tag, byte[] compareBuffer, short compareOffset) {
        require(tag, 1);
        return compareValue((short) 0, compareBuffer, compareOffset, (short) valueLength);
    }

    @Override
    public byte findAndCompareValue(
            byte tag,
            byte occurrence,
            short valueOffset,
            byte[] compareBuffer,
            short compareOffset,
            short compareLength) {
        require(tag, occurrence);
        return compareValue(valueOffset, compareBuffer, compareOffset, compareLength);
    }

    /** Selects an object that has to be there. */
    final void require(byte tag, int occurrence) {
        check();
        if (occurrence <= 0) {
            ToolkitException.throwIt(ToolkitException.BAD_INPUT_PARAMETER);
        }
        if (!seek(tag, occurrence)) {
            ToolkitException.throwIt(ToolkitException.UNAVAILABLE_ELEMENT);
        }
    }

    private void checkSelected() {
        check();
        if (value == NONE) {
            ToolkitException.throwIt(ToolkitException.UNAVAILABLE_ELEMENT);
        }
    }

    /** The part of the selected value has to lie within it. */
    final void checkValue(int offset, int length) {
        if (offset < 0 || length < 0 || offset + length > valueLength) {
            ToolkitException.throwIt(ToolkitException.OUT_OF_TLV_BOUNDARIES);
        }
    }

    static void checkRange(byte[] array, int offset, int length) {
        if (offset < 0 || length < 0 || offset + length > array.length) {
            throw new ArrayIndexOutOfBoundsException("offset " + offset + ", length " + length + " of " + array.length);
        }
    }
}
