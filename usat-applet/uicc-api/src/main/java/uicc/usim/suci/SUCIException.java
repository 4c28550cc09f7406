// SPDX-License-Identifier: Apache-2.0
package uicc.usim.suci;

import javacard.framework.CardRuntimeException;

@SuppressWarnings("serial") // a serialVersionUID is a long, which Java Card does not have
public class SUCIException extends CardRuntimeException {
    public static final short NO_USIM = 1;

    public static final short ALREADY_REGISTERED = 2;

    public static final short NOT_REGISTERED = 3;

    public static final short WRONG_INTERFACE = 4;

    public static final short WRONG_OWNERSHIP = 5;

    public SUCIException(short reason) {
        super(reason);
    }

    public static void throwIt(short reason) throws SUCIException {
        throw new SUCIException(reason);
    }
}
