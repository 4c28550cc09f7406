// SPDX-License-Identifier: Apache-2.0
package uicc.access;

import javacard.framework.Shareable;

/**
 * A view of one part of the card's file system: the files below the MF, or those of one ADF, never both. Each view has
 * a file context of its own (current DF, current file, current record), independent of the ME's selections and of other
 * views, and reads and writes with the access rights that the applet got at installation (UICC access parameters). The
 * methods are the commands of ETSI TS 102 221 without their APDU; record numbers begin with 1.
 *
 * <p>Views come from {@link UICCSystem}.
 */
public interface FileView extends Shareable {
    /**
     * Selects a file, searching as the SELECT command does by file identifier, and copies its file control parameters.
     *
     * @param fid file identifier
     * @param fci takes the FCP template, a TLV structure coded as in ETSI TS 102 221
     * @param fciOffset where it begins in {@code fci}
     * @param fciLength how much of it is wanted; a longer template is cut
     * @return number of bytes written, at most {@code fciLength}
     * @throws NullPointerException if {@code fci} is null
     * @throws ArrayIndexOutOfBoundsException if {@code fciOffset} or {@code fciLength} is negative or the range ends
     *     beyond {@code fci}
     * @throws UICCException FILE_NOT_FOUND; MEMORY_PROBLEM; INTERNAL_ERROR. The context is then unchanged
     */
    short select(short fid, byte[] fci, short fciOffset, short fciLength)
            throws NullPointerException, ArrayIndexOutOfBoundsException, UICCException;

    /**
     * Selects a file, searching as the SELECT command does by file identifier.
     *
     * @param fid file identifier
     * @throws UICCException FILE_NOT_FOUND; MEMORY_PROBLEM; INTERNAL_ERROR. The context is then unchanged
     */
    void select(short fid) throws UICCException;

    /**
     * Selects an EF of the current DF by its short file identifier.
     *
     * @param sfi short file identifier, 1 to 30
     * @throws UICCException FILE_NOT_FOUND if no file has it or it is out of range; MEMORY_PROBLEM; INTERNAL_ERROR
     */
    void select(byte sfi) throws UICCException;

    /**
     * Copies the file control parameters of the current DF.
     *
     * @param fci takes the FCP template
     * @param fciOffset where it begins in {@code fci}
     * @param fciLength how much of it is wanted; a longer template is cut
     * @return number of bytes written, at most {@code fciLength}
     * @throws NullPointerException if {@code fci} is null
     * @throws ArrayIndexOutOfBoundsException if {@code fciOffset} or {@code fciLength} is negative or the range ends
     *     beyond {@code fci}
     * @throws UICCException MEMORY_PROBLEM; INTERNAL_ERROR
     */
    short status(byte[] fci, short fciOffset, short fciLength)
            throws NullPointerException, ArrayIndexOutOfBoundsException, UICCException;

    /**
     * Reads from the current transparent EF.
     *
     * @param fileOffset first byte to read, from 0
     * @param resp takes the bytes
     * @param respOffset where they go in {@code resp}
     * @param respLength number of bytes
     * @return {@code respOffset + respLength}
     * @throws NullPointerException if {@code resp} is null
     * @throws ArrayIndexOutOfBoundsException if {@code respOffset} or {@code respLength} is negative or the range ends
     *     beyond {@code resp}
     * @throws UICCException NO_EF_SELECTED; COMMAND_INCOMPATIBLE if it is not transparent;
     *     SECURITY_STATUS_NOT_SATISFIED; REF_DATA_INVALIDATED if it is deactivated; OUT_OF_FILE_BOUNDARIES;
     *     INTERNAL_ERROR
     */
    short readBinary(short fileOffset, byte[] resp, short respOffset, short respLength)
            throws NullPointerException, ArrayIndexOutOfBoundsException, UICCException;

    /**
     * Writes into the current transparent EF.
     *
     * @param fileOffset first byte to write, from 0
     * @param data holds the bytes
     * @param dataOffset where they begin in {@code data}
     * @param dataLength number of bytes
     * @throws NullPointerException if {@code data} is null
     * @throws ArrayIndexOutOfBoundsException if {@code dataOffset} or {@code dataLength} is negative or the range ends
     *     beyond {@code data}
     * @throws UICCException NO_EF_SELECTED; COMMAND_INCOMPATIBLE if it is not transparent;
     *     SECURITY_STATUS_NOT_SATISFIED; REF_DATA_INVALIDATED if it is deactivated; OUT_OF_FILE_BOUNDARIES;
     *     MEMORY_PROBLEM; INTERNAL_ERROR
     */
    void updateBinary(short fileOffset, byte[] data, short dataOffset, short dataLength)
            throws NullPointerException, ArrayIndexOutOfBoundsException, UICCException;

    /**
     * Reads from a record of the current linear fixed or cyclic EF. The relative modes move the record pointer.
     *
     * @param recNumber record number, in absolute mode only; 0 means the current record
     * @param mode {@link UICCConstants#REC_ACC_MODE_ABSOLUTE} or one of its siblings
     * @param recOffset first byte to read in the record, from 0
     * @param resp takes the bytes
     * @param respOffset where they go in {@code resp}
     * @param respLength number of bytes
     * @return {@code respOffset + respLength}
     * @throws NullPointerException if {@code resp} is null
     * @throws ArrayIndexOutOfBoundsException if {@code respOffset} or {@code respLength} is negative or the range ends
     *     beyond {@code resp}
     * @throws UICCException NO_EF_SELECTED; COMMAND_INCOMPATIBLE if it has no records; SECURITY_STATUS_NOT_SATISFIED;
     *     REF_DATA_INVALIDATED if it is deactivated; RECORD_NOT_FOUND; OUT_OF_RECORD_BOUNDARIES; INVALID_MODE;
     *     INTERNAL_ERROR
     */
    short readRecord(short recNumber, byte mode, short recOffset, byte[] resp, short respOffset, short respLength)
            throws NullPointerException, ArrayIndexOutOfBoundsException, UICCException;

    /**
     * Writes into a record of the current linear fixed or cyclic EF. The relative modes move the record pointer; a
     * cyclic EF takes mode previous only, which writes the oldest record and makes it record 1.
     *
     * @param recNumber record number, in absolute mode only; 0 means the current record
     * @param mode {@link UICCConstants#REC_ACC_MODE_ABSOLUTE} or one of its siblings
     * @param recOffset first byte to write in the record, from 0
     * @param data holds the bytes
     * @param dataOffset where they begin in {@code data}
     * @param dataLength number of bytes
     * @throws NullPointerException if {@code data} is null
     * @throws ArrayIndexOutOfBoundsException if {@code dataOffset} or {@code dataLength} is negative or the range ends
     *     beyond {@code data}
     * @throws UICCException NO_EF_SELECTED; COMMAND_INCOMPATIBLE if it has no records; SECURITY_STATUS_NOT_SATISFIED;
     *     REF_DATA_INVALIDATED if it is deactivated; RECORD_NOT_FOUND; OUT_OF_RECORD_BOUNDARIES; INVALID_MODE;
     *     MEMORY_PROBLEM; INTERNAL_ERROR
     */
    void updateRecord(short recNumber, byte mode, short recOffset, byte[] data, short dataOffset, short dataLength)
            throws NullPointerException, ArrayIndexOutOfBoundsException, UICCException;

    /**
     * Looks for a pattern in the records of the current linear fixed or cyclic EF.
     *
     * @param mode {@link UICCConstants#SIMPLE_SEARCH_START_FORWARD}, {@link UICCConstants#SIMPLE_SEARCH_START_BACKWARD}
     *     or {@link UICCConstants#ENHANCED_SEARCH}
     * @param recordNum record to begin with, 0 for the current one
     * @param searchIndication for the enhanced search: a direction ({@link
     *     UICCConstants#SEARCH_INDICATION_START_FORWARD_FROM_NEXT} or a sibling) plus, in the lower byte, the offset or
     *     the value after which the comparison begins
     * @param pattern holds what to look for
     * @param patternOffset where it begins in {@code pattern}
     * @param patternLength number of bytes, at most the size of a record
     * @param response takes the numbers of the records that match
     * @param respOffset where they go in {@code response}, in elements
     * @param respLength how many are wanted; more are left out
     * @return number of elements written, 0 if no record matches
     * @throws NullPointerException if {@code pattern} or {@code response} is null
     * @throws ArrayIndexOutOfBoundsException if one of the two ranges is negative or ends beyond its array
     * @throws UICCException NO_EF_SELECTED; COMMAND_INCOMPATIBLE; SECURITY_STATUS_NOT_SATISFIED; REF_DATA_INVALIDATED;
     *     RECORD_NOT_FOUND if there is no record {@code recordNum}; OUT_OF_RECORD_BOUNDARIES if the pattern is longer
     *     than a record; INVALID_MODE; INTERNAL_ERROR
     */
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

    /**
     * Adds a value to the newest record of the current cyclic EF; the sum goes to the oldest record, which becomes
     * record 1.
     *
     * @param incr holds the value to add, big endian
     * @param incrOffset where it begins in {@code incr}
     * @param incrLength number of bytes, 0 to 127; 0 copies the value as it is
     * @param resp takes the new record
     * @param respOffset where it goes in {@code resp}
     * @return length of the record
     * @throws NullPointerException if {@code incr} or {@code resp} is null
     * @throws ArrayIndexOutOfBoundsException if one of the two ranges is negative or ends beyond its array
     * @throws UICCException NO_EF_SELECTED; COMMAND_INCOMPATIBLE if it is not cyclic; SECURITY_STATUS_NOT_SATISFIED;
     *     REF_DATA_INVALIDATED; RECORD_NOT_FOUND; MAX_VALUE_REACHED if the sum does not fit the record, which then
     *     stays; MEMORY_PROBLEM; INTERNAL_ERROR
     */
    short increase(byte[] incr, short incrOffset, short incrLength, byte[] resp, short respOffset)
            throws NullPointerException, ArrayIndexOutOfBoundsException, UICCException;

    /**
     * Deactivates the current EF: until it is activated again its data cannot be used. Nothing happens if it is
     * deactivated.
     *
     * @throws UICCException NO_EF_SELECTED; SECURITY_STATUS_NOT_SATISFIED; INTERNAL_ERROR
     */
    void deactivateFile() throws UICCException;

    /**
     * Activates the current EF. Nothing happens if it is active.
     *
     * @throws UICCException NO_EF_SELECTED; SECURITY_STATUS_NOT_SATISFIED; INTERNAL_ERROR
     */
    void activateFile() throws UICCException;
}
