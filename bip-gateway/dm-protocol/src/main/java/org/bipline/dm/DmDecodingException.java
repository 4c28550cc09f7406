// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm;

/** A document of DM 1.2 that is not well-formed or not valid: where, and what is wrong. The message holds both in one line. */
public class DmDecodingException extends Exception {
    private static final long serialVersionUID = 1L;
    private static final int MAX_LENGTH = 240;

    private final transient Position position;
    private final String fault;

    protected DmDecodingException(Position position, String fault, Throwable cause) {
        super(position + ": " + oneLine(fault), cause);
        this.position = position;
        this.fault = oneLine(fault);
    }

    /** Names and numbers out of a document may hold anything and be of any length. */
    protected static String oneLine(String text) {
        String line = text.replaceAll("[\\p{Cntrl}\\s]+", " ");
        return line.length() <= MAX_LENGTH ? line : line.substring(0, MAX_LENGTH) + "...";
    }

    public Position position() {
        return position;
    }

    /** What is wrong, without the position. */
    public String fault() {
        return fault;
    }
}
