// SPDX-License-Identifier: Apache-2.0
package uicc.usim.geolocation;

import javacard.framework.CardRuntimeException;

/** Thrown by the methods of a request for the position of the ME. The reason is one of the constants below. */
@SuppressWarnings("serial") // a serialVersionUID is a long, which Java Card does not have
public class GeoLocationException extends CardRuntimeException {
    /** A parameter is out of its range. */
    public static final short INCORRECT_PARAMETERS = 1;

    /** The ME cannot locate itself now. */
    public static final short FUNCTION_DISABLED = 2;

    /** The ME cannot locate itself at all, or refused. */
    public static final short UNABLE_TO_PROCESS_COMMAND = 3;

    /** What the ME reported does not carry what is asked for. */
    public static final short INCORRECT_INFORMATION = 5;

    /** An earlier request is not answered yet. */
    public static final short LOCATION_REQUEST_PROCESSING = 6;

    /**
     * Prefer {@link #throwIt}, which takes no memory on a card.
     *
     * @param reason one of the constants of this class
     */
    public GeoLocationException(short reason) {
        super(reason);
    }

    /**
     * Throws the exception. On a card it is the instance of the runtime environment, valid until the next throw; here
     * it is a new one each time, so that the stack trace is right.
     *
     * @param reason one of the constants of this class
     * @throws GeoLocationException always
     */
    public static void throwIt(short reason) throws GeoLocationException {
        throw new GeoLocationException(reason);
    }
}
