// SPDX-License-Identifier: Apache-2.0
package uicc.toolkit;

public interface EditHandler extends ViewHandler {
    void clear() throws ToolkitException;

    void appendArray(byte[] buffer, short offset, short length)
            throws NullPointerException, ArrayIndexOutOfBoundsException, ToolkitException;

    void appendTLV(byte tag, byte[] value, short valueOffset, short valueLength)
            throws NullPointerException, ArrayIndexOutOfBoundsException, ToolkitException;

    void appendTLV(byte tag, byte value) throws ToolkitException;

    void appendTLV(byte tag, short value) throws ToolkitException;

    void appendTLV(byte tag, byte value1, byte value2) throws ToolkitException;

    void appendTLV(byte tag, byte value1, short value2) throws ToolkitException;

    void appendTLV(byte tag, short value1, short value2) throws ToolkitException;

    void appendTLV(byte tag, byte value1, byte[] value2, short value2Offset, short value2Length)
            throws NullPointerException, ArrayIndexOutOfBoundsException, ToolkitException;

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
