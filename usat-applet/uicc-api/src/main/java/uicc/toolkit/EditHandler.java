// SPDX-License-Identifier: Apache-2.0
package uicc.toolkit;

/**
 * A list of COMPREHENSION-TLV data objects that grows at its end. Values have at most 255 bytes; the length is written
 * in the shortest form, one byte to 127 and {@code 81} with one byte above. Appending leaves the current data object as
 * it is. Where the list would grow beyond {@link #getCapacity} it stays as it was and HANDLER_OVERFLOW is thrown.
 */
public interface EditHandler extends ViewHandler {
    /**
     * Empties the list; no data object is current afterwards.
     *
     * @throws ToolkitException HANDLER_NOT_AVAILABLE
     */
    void clear() throws ToolkitException;

    /**
     * Appends bytes as they are. They should be whole data objects, otherwise the searching methods find nonsense.
     *
     * @param buffer holds the bytes
     * @param offset where they begin in {@code buffer}
     * @param length number of bytes
     * @throws NullPointerException if {@code buffer} is null
     * @throws ArrayIndexOutOfBoundsException if {@code offset} or {@code length} is negative or the range ends beyond
     *     {@code buffer}
     * @throws ToolkitException HANDLER_OVERFLOW; HANDLER_NOT_AVAILABLE
     */
    void appendArray(byte[] buffer, short offset, short length)
            throws NullPointerException, ArrayIndexOutOfBoundsException, ToolkitException;

    /**
     * Appends a data object with a value from an array.
     *
     * @param tag tag, with the comprehension-required flag if it is wanted
     * @param value holds the value
     * @param valueOffset where it begins in {@code value}
     * @param valueLength number of bytes, 0 to 255
     * @throws NullPointerException if {@code value} is null
     * @throws ArrayIndexOutOfBoundsException if {@code valueOffset} or {@code valueLength} is negative or the range
     *     ends beyond {@code value}
     * @throws ToolkitException HANDLER_OVERFLOW; BAD_INPUT_PARAMETER if {@code valueLength} is greater than 255;
     *     HANDLER_NOT_AVAILABLE
     */
    void appendTLV(byte tag, byte[] value, short valueOffset, short valueLength)
            throws NullPointerException, ArrayIndexOutOfBoundsException, ToolkitException;

    /**
     * Appends a data object with a value of one byte, such as an item identifier or a timer identifier.
     *
     * @param tag tag, with the comprehension-required flag if it is wanted
     * @param value the value
     * @throws ToolkitException HANDLER_OVERFLOW; HANDLER_NOT_AVAILABLE
     */
    void appendTLV(byte tag, byte value) throws ToolkitException;

    /**
     * Appends a data object with a value of two bytes, big endian, such as a buffer size.
     *
     * @param tag tag, with the comprehension-required flag if it is wanted
     * @param value the value
     * @throws ToolkitException HANDLER_OVERFLOW; HANDLER_NOT_AVAILABLE
     */
    void appendTLV(byte tag, short value) throws ToolkitException;

    /**
     * Appends a data object with a value of two bytes, such as a duration or a response length.
     *
     * @param tag tag, with the comprehension-required flag if it is wanted
     * @param value1 first byte of the value
     * @param value2 second byte of the value
     * @throws ToolkitException HANDLER_OVERFLOW; HANDLER_NOT_AVAILABLE
     */
    void appendTLV(byte tag, byte value1, byte value2) throws ToolkitException;

    /**
     * Appends a data object with a value of three bytes, such as the UICC/terminal interface transport level (protocol,
     * port).
     *
     * @param tag tag, with the comprehension-required flag if it is wanted
     * @param value1 first byte of the value
     * @param value2 second and third byte, big endian
     * @throws ToolkitException HANDLER_OVERFLOW; HANDLER_NOT_AVAILABLE
     */
    void appendTLV(byte tag, byte value1, short value2) throws ToolkitException;

    /**
     * Appends a data object with a value of four bytes, such as a text attribute.
     *
     * @param tag tag, with the comprehension-required flag if it is wanted
     * @param value1 first and second byte, big endian
     * @param value2 third and fourth byte, big endian
     * @throws ToolkitException HANDLER_OVERFLOW; HANDLER_NOT_AVAILABLE
     */
    void appendTLV(byte tag, short value1, short value2) throws ToolkitException;

    /**
     * Appends a data object whose value is one byte and then bytes from an array, such as an item or a text string with
     * its data coding scheme.
     *
     * @param tag tag, with the comprehension-required flag if it is wanted
     * @param value1 first byte of the value
     * @param value2 holds the rest of the value
     * @param value2Offset where it begins in {@code value2}
     * @param value2Length number of bytes, 0 to 254
     * @throws NullPointerException if {@code value2} is null
     * @throws ArrayIndexOutOfBoundsException if {@code value2Offset} or {@code value2Length} is negative or the range
     *     ends beyond {@code value2}
     * @throws ToolkitException HANDLER_OVERFLOW; BAD_INPUT_PARAMETER if {@code value2Length} is greater than 254;
     *     HANDLER_NOT_AVAILABLE
     */
    void appendTLV(byte tag, byte value1, byte[] value2, short value2Offset, short value2Length)
            throws NullPointerException, ArrayIndexOutOfBoundsException, ToolkitException;

    /**
     * Appends a data object whose value comes from two arrays; both together have at most 255 bytes.
     *
     * @param tag tag, with the comprehension-required flag if it is wanted
     * @param value1 holds the first part of the value
     * @param value1Offset where it begins in {@code value1}
     * @param value1Length number of bytes
     * @param value2 holds the second part of the value
     * @param value2Offset where it begins in {@code value2}
     * @param value2Length number of bytes
     * @throws NullPointerException if {@code value1} or {@code value2} is null
     * @throws ArrayIndexOutOfBoundsException if one of the two ranges is negative or ends beyond its array
     * @throws ToolkitException HANDLER_OVERFLOW; BAD_INPUT_PARAMETER if the value is longer than 255 bytes;
     *     HANDLER_NOT_AVAILABLE
     */
    void appendTLV(
            byte tag,
            byte[] value1,
            short value1Offset,
            short value1Length,
            byte[] value2,
            short value2Offset,
            short value2Length)
            throws NullPointerException, ArrayIndexOutOfBoundsException, ToolkitException;
}
