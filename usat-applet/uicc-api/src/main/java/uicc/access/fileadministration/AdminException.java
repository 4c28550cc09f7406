// SPDX-License-Identifier: Apache-2.0
package uicc.access.fileadministration;

import javacard.framework.CardRuntimeException;

/** Thrown by the administrative file methods, beside {@link uicc.access.UICCException}. */
@SuppressWarnings("serial") // a serialVersionUID is a long, which Java Card does not have
public class AdminException extends CardRuntimeException {
    /** The FCP template is malformed, incomplete or not for this kind of file. */
    public static final short INCORRECT_PARAMETERS = 1;

    /** The DF has a file with this identifier. */
    public static final short FILE_ALREADY_EXISTS = 2;

    /** The state of the file does not allow it. */
    public static final short CONDITIONS_OF_USE_NOT_SATISFIED = 3;

    /** The memory left does not suffice for the file. */
    public static final short NOT_ENOUGH_MEMORY_SPACE = 4;

    /** The card has a DF with this name. */
    public static final short DF_NAME_ALREADY_EXISTS = 5;

    /**
     * Prefer {@link #throwIt}, which takes no memory on a card.
     *
     * @param reason one of the constants of this class
     */
    public AdminException(short reason) {
        super(reason);
    }

    /**
     * Throws the exception. On a card it is the instance of the runtime environment, valid until the next throw; here
     * it is a new one each time, so that the stack trace is right.
     *
     * @param reason one of the constants of this class
     * @throws AdminException always
     */
    public static void throwIt(short reason) throws AdminException {
        throw new AdminException(reason);
    }
}
