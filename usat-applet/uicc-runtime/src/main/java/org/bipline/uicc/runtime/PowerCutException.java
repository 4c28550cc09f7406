// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime;

/** The power of a card was cut in the middle of a command, as its memory watch was told to; the card waits for a reset. */
public final class PowerCutException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PowerCutException() {
        super("the power was cut in the middle of a command");
    }
}
