// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm;

/** A document of DM 1.2 that is not well-formed or not valid: where, and what is wrong. The message holds both in one line. */
public class DmDecodingException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Position position;
    private final String fault;

    protected DmDecodingException(Position position, String fault, Throwable cause) {
        super(position + ": " + fault, cause);
        this.position = position;
        this.fault = fault;
    }

    public Position position() {
        return position;
    }

    /** What is wrong, without the position. */
    public String fault() {
        return fault;
    }
}
