// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.server;

/** The store cannot be opened, read or written. The message says which and why. */
public final class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StoreException(String message, Throwable cause) {
        super(message + ": " + cause.getMessage(), cause);
    }
}
