// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime.file;

/** A description of a card that cannot be understood: the line, and what is wrong with it. */
public final class ProfileException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final int line;

    ProfileException(int line, String reason) {
        super("line " + line + ": " + reason);
        this.line = line;
    }

    /** Number of the line, the first one is 1. */
    public int line() {
        return line;
    }
}
