// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

import javacard.framework.JCSystem;
import javacard.framework.Util;

/**
 * The URI that the server's header names for the further messages of the session (RespURI, OMA SyncML Representation
 * Protocol): {@code http} with host and path, or a path alone. The card cannot look names up, so the messages go to the same
 * address as before; path and Host header are those of the URI.
 */
final class ResponseUri {
    private static final short MAX = 128;

    private static final byte[] HTTP = {'h', 't', 't', 'p', ':', '/', '/'};

    // indexes into state
    private static final byte LENGTH = 0; // 0: none was given; more than MAX: too long
    private static final byte HOST = 1; // offset and length; a length of 0 for none
    private static final byte HOST_LENGTH = 2;
    private static final byte PATH = 3; // offset; the path goes to the end
    private static final byte STATE_SIZE = 4;

    final byte[] uri;
    private final short[] state;

    ResponseUri() {
        uri = JCSystem.makeTransientByteArray(MAX, JCSystem.CLEAR_ON_RESET);
        state = JCSystem.makeTransientShortArray(STATE_SIZE, JCSystem.CLEAR_ON_RESET);
    }

    void clear() {
        state[LENGTH] = 0;
        state[HOST_LENGTH] = 0;
    }

    void append(byte[] buf, short off, short len) {
        short length = state[LENGTH];
        if (len > (short) (MAX - length)) {
            state[LENGTH] = MAX + 1;
        } else {
            Util.arrayCopyNonAtomic(buf, off, uri, length, len);
            state[LENGTH] = (short) (length + len);
        }
    }

    /** The URI is complete; {@link Fault#RESP_URI} if the card cannot send to it. */
    void end() {
        short length = state[LENGTH];
        short path = 0;
        boolean valid = length > 0 && length <= MAX && isVisible(length);
        if (valid && uri[0] != '/') {
            short host = (short) HTTP.length;
            valid = length > host && Util.arrayCompare(uri, (short) 0, HTTP, (short) 0, host) == 0;
            path = host;
            while (path < length && uri[path] != '/') {
                valid &= uri[path] != '@'; // no credentials
                path++;
            }
            valid &= path > host && path < length;
            state[HOST] = host;
            state[HOST_LENGTH] = (short) (path - host);
        }
        if (!valid) {
            Fault.raise(Fault.RESP_URI);
        }
        state[PATH] = path;
    }

    /** What goes into the header of HTTP must not be able to end its line. */
    private boolean isVisible(short length) {
        for (short i = 0; i < length; i++) {
            if (uri[i] <= ' ' || uri[i] == 0x7F) {
                return false;
            }
        }
        return true;
    }

    boolean isGiven() {
        return state[LENGTH] != 0;
    }

    short path() {
        return state[PATH];
    }

    short pathLength() {
        return (short) (state[LENGTH] - state[PATH]);
    }

    short host() {
        return state[HOST];
    }

    /** Length of the host with its port; 0 if the URI is a path alone. */
    short hostLength() {
        return state[HOST_LENGTH];
    }
}
