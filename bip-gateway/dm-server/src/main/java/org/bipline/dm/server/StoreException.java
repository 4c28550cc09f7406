// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.server;

/** The store cannot be opened, read or written. The message says which and why. */
public final class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private StoreException(String message) {
        super(message);
    }

    StoreException(String message, Throwable cause) {
        super(message + ": " + cause.getMessage(), cause);
    }

    /** A device cannot be stored, since another one has the identity of its pre-shared key. */
    static StoreException identityTaken(Device device) {
        return new StoreException("cannot store device " + device.id() + ": another device has its PSK identity");
    }
}
