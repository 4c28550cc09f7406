// SPDX-License-Identifier: Apache-2.0
package uicc.access;

import javacard.framework.Shareable;

public interface FileView extends Shareable {
    short select(short fid, byte[] fci, short fciOffset, short fciLength)
            throws NullPointerException, ArrayIndexOutOfBoundsException, UICCException;

    void select(short fid) throws UICCException;

    void select(byte sfi) throws UICCException;

    short status(byte[] fci, short fciOffset, short fciLength)
            throws NullPointerException, ArrayIndexOutOfBoundsException, UICCException;

    short readBinary(short fileOffset, byte[] resp, short respOffset, short respLength)
            throws NullPointerException, ArrayIndexOutOfBoundsException, UICCException;

    void updateBinary(short fileOffset, byte[] data, short dataOffset, short dataLength)
            throws NullPointerException, ArrayIndexOutOfBoundsException, UICCException;

    short readRecord(short recNumber, byte mode, short recOffset, byte[] resp, short respOffset, short respLength)
            throws NullPointerException, ArrayIndexOutOfBoundsException, UICCException;

    void updateRecord(short recNumber, byte mode, short recOffset, byte[] data, short dataOffset, short dataLength)
            throws NullPointerException, ArrayIndexOutOfBoundsException, UICCException;

    short searchRecord(
            byte mode,
            short recordNum,
            short searchIndication,
            byte[] pattern,
            short patternOffset,
            short patternLength,
            short[] response,
            short respOffset,
            short respLength)
            throws NullPointerException, ArrayIndexOutOfBoundsException, UICCException;

    short increase(byte[] incr, short incrOffset, short incrLength, byte[] resp, short respOffset)
            throws NullPointerException, ArrayIndexOutOfBoundsException, UICCException;

    void deactivateFile() throws UICCException;

    void activateFile() throws UICCException;
}
