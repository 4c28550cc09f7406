// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

import javacard.framework.ISOException;

/** Status codes of OMA DM Representation Protocol 1.2. A command that fails raises its code. */
final class Status {
    static final short OK = 200;
    static final short AUTHENTICATED = 212; // for the session
    static final short CHUNK_ACCEPTED = 213;
    static final short NOT_EXECUTED = 215;
    static final short ROLLED_BACK = 216;
    static final short OPERATION_CANCELLED = 214; // by the user
    static final short NOT_MODIFIED = 304; // the user said no
    static final short BAD_REQUEST = 400;
    static final short UNAUTHORIZED = 401; // wrong credentials
    static final short FORBIDDEN = 403;
    static final short NOT_FOUND = 404;
    static final short COMMAND_NOT_ALLOWED = 405;
    static final short NOT_SUPPORTED = 406;
    static final short AUTHENTICATION_REQUIRED = 407; // no credentials
    static final short REQUEST_TIMEOUT = 408; // the user did not answer
    static final short SIZE_REQUIRED = 411;
    static final short INCOMPLETE_COMMAND = 412;
    static final short REQUEST_ENTITY_TOO_LARGE = 413;
    static final short URI_TOO_LONG = 414;
    static final short UNSUPPORTED_TYPE_OR_FORMAT = 415;
    static final short RANGE_NOT_SATISFIABLE = 416; // the ME cannot show it
    static final short ALREADY_EXISTS = 418;
    static final short DEVICE_FULL = 420;
    static final short SIZE_MISMATCH = 424;
    static final short PERMISSION_DENIED = 425;
    static final short COMMAND_FAILED = 500;
    static final short ATOMIC_FAILED = 507;

    private Status() {}

    /** Ends the command at work with this status. */
    static void raise(short status) {
        ISOException.throwIt(status);
    }

    static boolean isSuccess(short status) {
        return status < (short) 300;
    }
}
