// SPDX-License-Identifier: Apache-2.0
package uicc.toolkit;

/**
 * A list of COMPREHENSION-TLV data objects that can be searched and read. One object can be current: the last one found
 * by {@link #findTLV} or by a method that looks for a tag; a search that fails leaves none. Searches take no notice of
 * the comprehension-required flag, bit 8 of the tag.
 *
 * <p>A handler that the framework lends is busy while another applet uses it; every method then throws {@code
 * HANDLER_NOT_AVAILABLE}.
 */
public interface ViewHandler {
    /**
     * Returns the length of the whole list.
     *
     * @return bytes
     * @throws ToolkitException HANDLER_NOT_AVAILABLE
     */
    short getLength() throws ToolkitException;

    /**
     * Copies the list from its first byte on.
     *
     * @param dstBuffer takes the bytes
     * @param dstOffset where they go in {@code dstBuffer}
     * @param dstLength number of bytes
     * @return {@code dstOffset + dstLength}
     * @throws NullPointerException if {@code dstBuffer} is null
     * @throws ArrayIndexOutOfBoundsException if {@code dstOffset} or {@code dstLength} is negative or the range ends
     *     beyond {@code dstBuffer}
     * @throws ToolkitException OUT_OF_TLV_BOUNDARIES if {@code dstLength} is greater than the list;
     *     HANDLER_NOT_AVAILABLE
     */
    short copy(byte[] dstBuffer, short dstOffset, short dstLength)
            throws NullPointerException, ArrayIndexOutOfBoundsException, ToolkitException;

    /**
     * Looks for a data object and makes it current.
     *
     * @param tag tag, with or without comprehension-required flag
     * @param occurrence 1 for the first object with this tag, 2 for the second, and so on
     * @return {@link ToolkitConstants#TLV_NOT_FOUND}, {@link ToolkitConstants#TLV_FOUND_CR_SET} or {@link
     *     ToolkitConstants#TLV_FOUND_CR_NOT_SET}
     * @throws ToolkitException BAD_INPUT_PARAMETER if {@code occurrence} is 0; HANDLER_NOT_AVAILABLE
     */
    byte findTLV(byte tag, byte occurrence) throws ToolkitException;

    /**
     * Returns the length of the value of the current data object.
     *
     * @return bytes, without tag and length
     * @throws ToolkitException UNAVAILABLE_ELEMENT if none is current; HANDLER_NOT_AVAILABLE
     */
    short getValueLength() throws ToolkitException;

    /**
     * Reads a byte of the value of the current data object.
     *
     * @param valueOffset which one, from 0
     * @return the byte
     * @throws ToolkitException UNAVAILABLE_ELEMENT if none is current; OUT_OF_TLV_BOUNDARIES; HANDLER_NOT_AVAILABLE
     */
    byte getValueByte(short valueOffset) throws ToolkitException;

    /**
     * Reads two bytes of the value of the current data object, big endian.
     *
     * @param valueOffset the first of them, from 0
     * @return the two bytes
     * @throws ToolkitException UNAVAILABLE_ELEMENT if none is current; OUT_OF_TLV_BOUNDARIES; HANDLER_NOT_AVAILABLE
     */
    short getValueShort(short valueOffset) throws ToolkitException;

    /**
     * Copies from the value of the current data object.
     *
     * @param valueOffset first byte of the value to copy, from 0
     * @param dstBuffer takes the bytes
     * @param dstOffset where they go in {@code dstBuffer}
     * @param dstLength number of bytes
     * @return {@code dstOffset + dstLength}
     * @throws NullPointerException if {@code dstBuffer} is null
     * @throws ArrayIndexOutOfBoundsException if {@code dstOffset} or {@code dstLength} is negative or the range ends
     *     beyond {@code dstBuffer}
     * @throws ToolkitException UNAVAILABLE_ELEMENT if none is current; OUT_OF_TLV_BOUNDARIES; HANDLER_NOT_AVAILABLE
     */
    short copyValue(short valueOffset, byte[] dstBuffer, short dstOffset, short dstLength)
            throws NullPointerException, ArrayIndexOutOfBoundsException, ToolkitException;

    /**
     * Compares the value of the current data object with an array, byte by byte, unsigned.
     *
     * @param valueOffset first byte of the value to compare, from 0
     * @param compareBuffer holds what to compare with
     * @param compareOffset where it begins in {@code compareBuffer}
     * @param compareLength number of bytes
     * @return 0 if they are equal, -1 if the first different byte is lower in the value, 1 if it is higher
     * @throws NullPointerException if {@code compareBuffer} is null
     * @throws ArrayIndexOutOfBoundsException if {@code compareOffset} or {@code compareLength} is negative or the range
     *     ends beyond {@code compareBuffer}
     * @throws ToolkitException UNAVAILABLE_ELEMENT if none is current; OUT_OF_TLV_BOUNDARIES; HANDLER_NOT_AVAILABLE
     */
    byte compareValue(short valueOffset, byte[] compareBuffer, short compareOffset, short compareLength)
            throws NullPointerException, ArrayIndexOutOfBoundsException, ToolkitException;

    /**
     * Looks for the first data object with a tag, makes it current and copies its whole value.
     *
     * @param tag tag, with or without comprehension-required flag
     * @param dstBuffer takes the value
     * @param dstOffset where it goes in {@code dstBuffer}
     * @return {@code dstOffset} plus the length of the value
     * @throws NullPointerException if {@code dstBuffer} is null
     * @throws ArrayIndexOutOfBoundsException if {@code dstOffset} is negative or the value does not fit behind it
     * @throws ToolkitException UNAVAILABLE_ELEMENT if there is none; HANDLER_NOT_AVAILABLE
     */
    short findAndCopyValue(byte tag, byte[] dstBuffer, short dstOffset)
            throws NullPointerException, ArrayIndexOutOfBoundsException, ToolkitException;

    /**
     * Looks for a data object, makes it current and copies from its value.
     *
     * @param tag tag, with or without comprehension-required flag
     * @param occurrence 1 for the first object with this tag, 2 for the second, and so on
     * @param valueOffset first byte of the value to copy, from 0
     * @param dstBuffer takes the bytes
     * @param dstOffset where they go in {@code dstBuffer}
     * @param dstLength number of bytes
     * @return {@code dstOffset + dstLength}
     * @throws NullPointerException if {@code dstBuffer} is null
     * @throws ArrayIndexOutOfBoundsException if {@code dstOffset} or {@code dstLength} is negative or the range ends
     *     beyond {@code dstBuffer}
     * @throws ToolkitException UNAVAILABLE_ELEMENT if there is none; OUT_OF_TLV_BOUNDARIES; BAD_INPUT_PARAMETER if
     *     {@code occurrence} is 0; HANDLER_NOT_AVAILABLE
     */
    short findAndCopyValue(
            byte tag, byte occurrence, short valueOffset, byte[] dstBuffer, short dstOffset, short dstLength)
            throws NullPointerException, ArrayIndexOutOfBoundsException, ToolkitException;

    /**
     * Looks for the first data object with a tag, makes it current and compares its whole value with an array.
     *
     * @param tag tag, with or without comprehension-required flag
     * @param compareBuffer holds what to compare with
     * @param compareOffset where it begins in {@code compareBuffer}
     * @return as of {@link #compareValue}
     * @throws NullPointerException if {@code compareBuffer} is null
     * @throws ArrayIndexOutOfBoundsException if {@code compareOffset} is negative or fewer bytes than the value's
     *     follow it
     * @throws ToolkitException UNAVAILABLE_ELEMENT if there is none; HANDLER_NOT_AVAILABLE
     */
    byte findAndCompareValue(byte tag, byte[] compareBuffer, short compareOffset)
            throws NullPointerException, ArrayIndexOutOfBoundsException, ToolkitException;

    /**
     * Looks for a data object, makes it current and compares a part of its value with an array.
     *
     * @param tag tag, with or without comprehension-required flag
     * @param occurrence 1 for the first object with this tag, 2 for the second, and so on
     * @param valueOffset first byte of the value to compare, from 0
     * @param compareBuffer holds what to compare with
     * @param compareOffset where it begins in {@code compareBuffer}
     * @param compareLength number of bytes
     * @return as of {@link #compareValue}
     * @throws NullPointerException if {@code compareBuffer} is null
     * @throws ArrayIndexOutOfBoundsException if {@code compareOffset} or {@code compareLength} is negative or the range
     *     ends beyond {@code compareBuffer}
     * @throws ToolkitException UNAVAILABLE_ELEMENT if there is none; OUT_OF_TLV_BOUNDARIES; BAD_INPUT_PARAMETER if
     *     {@code occurrence} is 0; HANDLER_NOT_AVAILABLE
     */
    byte findAndCompareValue(
            byte tag,
            byte occurrence,
            short valueOffset,
            byte[] compareBuffer,
            short compareOffset,
            short compareLength)
            throws NullPointerException, ArrayIndexOutOfBoundsException, ToolkitException;

    /**
     * Returns the largest length that the list can have in this handler.
     *
     * @return bytes
     * @throws ToolkitException HANDLER_NOT_AVAILABLE
     */
    short getCapacity() throws ToolkitException;
}
