// SPDX-License-Identifier: Apache-2.0
package org.bipline.me;

import java.io.IOException;

/** The card or the reader is gone, or does not answer. */
public final class CardLinkException extends IOException {
    private static final long serialVersionUID = 1;

    public CardLinkException(String message) {
        super(message);
    }

    public CardLinkException(String message, Throwable cause) {
        super(message, cause);
    }
}
