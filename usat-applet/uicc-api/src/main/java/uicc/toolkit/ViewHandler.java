// SPDX-License-Identifier: Apache-2.0
package uicc.toolkit;

public interface ViewHandler {
    short getLength() throws ToolkitException;

    short copy(byte[] dstBuffer, short dstOffset, short dstLength)
            throws NullPointerException, ArrayIndexOutOfBoundsException, ToolkitException;

    byte findTLV(byte tag, byte occurrence) throws ToolkitException;

    short getValueLength() throws ToolkitException;

    byte getValueByte(short valueOffset) throws ToolkitException;

    short getValueShort(short valueOffset) throws ToolkitException;

    short copyValue(short valueOffset, byte[] dstBuffer, short dstOffset, short dstLength)
            throws NullPointerException, ArrayIndexOutOfBoundsException, ToolkitException;

    byte compareValue(short valueOffset, byte[] compareBuffer, short compareOffset, short compareLength)
            throws NullPointerException, ArrayIndexOutOfBoundsException, ToolkitException;

    short findAndCopyValue(byte tag, byte[] dstBuffer, short dstOffset)
            throws NullPointerException, ArrayIndexOutOfBoundsException, ToolkitException;

    short findAndCopyValue(
            byte tag, byte occurrence, short valueOffset, byte[] dstBuffer, short dstOffset, short dstLength)
            throws NullPointerException, ArrayIndexOutOfBoundsException, ToolkitException;

    byte findAndCompareValue(byte tag, byte[] compareBuffer, short compareOffset)
            throws NullPointerException, ArrayIndexOutOfBoundsException, ToolkitException;

    byte findAndCompareValue(
            byte tag,
            byte occurrence,
            short valueOffset,
            byte[] compareBuffer,
            short compareOffset,
            short compareLength)
            throws NullPointerException, ArrayIndexOutOfBoundsException, ToolkitException;

    short getCapacity() throws ToolkitException;
}
