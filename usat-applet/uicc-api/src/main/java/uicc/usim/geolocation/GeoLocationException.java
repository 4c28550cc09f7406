// SPDX-License-Identifier: Apache-2.0
package uicc.usim.geolocation;

import javacard.framework.CardRuntimeException;

@SuppressWarnings("serial") // a serialVersionUID is a long, which Java Card does not have
public class GeoLocationException extends CardRuntimeException {
    public static final short INCORRECT_PARAMETERS = 1;

    public static final short FUNCTION_DISABLED = 2;

    public static final short UNABLE_TO_PROCESS_COMMAND = 3;

    public static final short INCORRECT_INFORMATION = 5;

    public static final short LOCATION_REQUEST_PROCESSING = 6;

    public GeoLocationException(short reason) {
        super(reason);
    }

    public static void throwIt(short reason) throws GeoLocationException {
        throw new GeoLocationException(reason);
    }
}
