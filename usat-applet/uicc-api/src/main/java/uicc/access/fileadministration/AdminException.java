// SPDX-License-Identifier: Apache-2.0
package uicc.access.fileadministration;

import javacard.framework.CardRuntimeException;

@SuppressWarnings("serial") // a serialVersionUID is a long, which Java Card does not have
public class AdminException extends CardRuntimeException {
    public static final short INCORRECT_PARAMETERS = 1;

    public static final short FILE_ALREADY_EXISTS = 2;

    public static final short CONDITIONS_OF_USE_NOT_SATISFIED = 3;

    public static final short NOT_ENOUGH_MEMORY_SPACE = 4;

    public static final short DF_NAME_ALREADY_EXISTS = 5;

    public AdminException(short reason) {
        super(reason);
    }

    public static void throwIt(short reason) throws AdminException {
        throw new AdminException(reason);
    }
}
