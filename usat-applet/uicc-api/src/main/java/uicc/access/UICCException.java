// SPDX-License-Identifier: Apache-2.0
package uicc.access;

import javacard.framework.CardRuntimeException;

/**
 * Thrown by the file methods. The reason is one of the constants below. {@code COMMAND_NOT_ALLOWED} and the reasons
 * from 14 on came with later releases of the package.
 */
@SuppressWarnings("serial") // a serialVersionUID is a long, which Java Card does not have
public class UICCException extends CardRuntimeException {
    /** No EF is selected. */
    public static final short NO_EF_SELECTED = 1;

    /** There is no such file in reach of the current DF. */
    public static final short FILE_NOT_FOUND = 4;

    /** There is no such record. */
    public static final short RECORD_NOT_FOUND = 9;

    /** The file system failed within. */
    public static final short INTERNAL_ERROR = 5;

    /** The mode of a record or search method is none of those that the file takes. */
    public static final short INVALID_MODE = 10;

    /** The range ends beyond the transparent EF. */
    public static final short OUT_OF_FILE_BOUNDARIES = 7;

    /** The sum of increase does not fit the record. */
    public static final short MAX_VALUE_REACHED = 12;

    /** The memory could not be written. */
    public static final short MEMORY_PROBLEM = 13;

    /** The access conditions of the file are not fulfilled for the applet. */
    public static final short SECURITY_STATUS_NOT_SATISFIED = 3;

    /** The method does not fit the kind of file. */
    public static final short COMMAND_INCOMPATIBLE = 2;

    /** The range ends beyond the record. */
    public static final short OUT_OF_RECORD_BOUNDARIES = 8;

    /** The file is deactivated. */
    public static final short REF_DATA_INVALIDATED = 6;

    /** The file is terminated. */
    public static final short COMMAND_NOT_ALLOWED = 11;

    /** The state of the file does not allow it. */
    public static final short CONDITIONS_OF_USE_NOT_SATISFIED = 14;

    /** There is no such data object in the BER-TLV structure EF. */
    public static final short REFERENCED_DATA_NOT_FOUND = 15;

    /** The range ends beyond the data object. */
    public static final short OUT_OF_DATA_BOUNDARIES = 16;

    /** The memory left does not suffice. */
    public static final short NOT_ENOUGH_MEMORY_SPACE = 17;

    /** The tag is none that a data object may have. */
    public static final short INVALID_TAG_VALUE = 18;

    /**
     * Prefer {@link #throwIt}, which takes no memory on a card.
     *
     * @param reason one of the constants of this class
     */
    public UICCException(short reason) {
        super(reason);
    }

    /**
     * Throws the exception. On a card it is the instance of the runtime environment, valid until the next throw; here
     * it is a new one each time, so that the stack trace is right.
     *
     * @param reason one of the constants of this class
     * @throws UICCException always
     */
    public static void throwIt(short reason) throws UICCException {
        throw new UICCException(reason);
    }
}
