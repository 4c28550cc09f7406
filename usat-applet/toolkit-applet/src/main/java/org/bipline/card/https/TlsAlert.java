// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.https;

import javacard.framework.ISOException;

/** Descriptions of alerts, RFC 5246 clause 7.2 and RFC 4279 clause 4, which are the reasons for the end of a connection too. */
public final class TlsAlert {
    public static final byte CLOSE_NOTIFY = 0;
    public static final byte UNEXPECTED_MESSAGE = 10;
    /** The one answer to every fault of a protected record, so that a sender cannot tell padding from MAC. */
    public static final byte BAD_RECORD_MAC = 20;

    public static final byte RECORD_OVERFLOW = 22;
    public static final byte HANDSHAKE_FAILURE = 40;
    public static final byte ILLEGAL_PARAMETER = 47;
    public static final byte DECODE_ERROR = 50;
    public static final byte DECRYPT_ERROR = 51;
    public static final byte PROTOCOL_VERSION = 70;
    public static final byte INTERNAL_ERROR = 80;
    public static final byte NO_RENEGOTIATION = 100;
    public static final byte UNSUPPORTED_EXTENSION = 110;
    /** A server may send it for an identity it does not know; {@link #DECRYPT_ERROR} hides that. */
    public static final byte UNKNOWN_PSK_IDENTITY = 115;

    static final byte WARNING = 1;
    static final byte FATAL = 2;

    private TlsAlert() {}

    /** Ends the connection with this alert. */
    static void raise(byte description) {
        ISOException.throwIt(description);
    }

    static void require(boolean condition, byte description) {
        if (!condition) {
            raise(description);
        }
    }
}
