// SPDX-License-Identifier: Apache-2.0
package uicc.access;

import javacard.framework.CardRuntimeException;

@SuppressWarnings("serial") // a serialVersionUID is a long, which Java Card does not have
public class UICCException extends CardRuntimeException {
    public static final short NO_EF_SELECTED = 1;

    public static final short FILE_NOT_FOUND = 4;

    public static final short RECORD_NOT_FOUND = 9;

    public static final short INTERNAL_ERROR = 5;

    public static final short INVALID_MODE = 10;

    public static final short OUT_OF_FILE_BOUNDARIES = 7;

    public static final short MAX_VALUE_REACHED = 12;

    public static final short MEMORY_PROBLEM = 13;

    public static final short SECURITY_STATUS_NOT_SATISFIED = 3;

    public static final short COMMAND_INCOMPATIBLE = 2;

    public static final short OUT_OF_RECORD_BOUNDARIES = 8;

    public static final short REF_DATA_INVALIDATED = 6;

    public static final short COMMAND_NOT_ALLOWED = 11;

    public static final short CONDITIONS_OF_USE_NOT_SATISFIED = 14;

    public static final short REFERENCED_DATA_NOT_FOUND = 15;

    public static final short OUT_OF_DATA_BOUNDARIES = 16;

    public static final short NOT_ENOUGH_MEMORY_SPACE = 17;

    public static final short INVALID_TAG_VALUE = 18;

    public UICCException(short reason) {
        super(reason);
    }

    public static void throwIt(short reason) throws UICCException {
        throw new UICCException(reason);
    }
}
