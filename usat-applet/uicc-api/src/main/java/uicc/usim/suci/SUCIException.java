// SPDX-License-Identifier: Apache-2.0
package uicc.usim.suci;

import javacard.framework.CardRuntimeException;

/** Thrown by the registration of SUCI calculators. The reason is one of the constants below. */
@SuppressWarnings("serial") // a serialVersionUID is a long, which Java Card does not have
public class SUCIException extends CardRuntimeException {
    /** The card has no USIM. */
    public static final short NO_USIM = 1;

    /** The USIM has a calculator. */
    public static final short ALREADY_REGISTERED = 2;

    /** The calculator is not the one of the USIM. */
    public static final short NOT_REGISTERED = 3;

    /** The object is not a {@link SUCICalculator}. */
    public static final short WRONG_INTERFACE = 4;

    /** The calculator is in another security domain than the USIM. */
    public static final short WRONG_OWNERSHIP = 5;

    /**
     * Prefer {@link #throwIt}, which takes no memory on a card.
     *
     * @param reason one of the constants of this class
     */
    public SUCIException(short reason) {
        super(reason);
    }

    /**
     * Throws the exception. On a card it is the instance of the runtime environment, valid until the next throw; here
     * it is a new one each time, so that the stack trace is right.
     *
     * @param reason one of the constants of this class
     * @throws SUCIException always
     */
    public static void throwIt(short reason) throws SUCIException {
        throw new SUCIException(reason);
    }
}
