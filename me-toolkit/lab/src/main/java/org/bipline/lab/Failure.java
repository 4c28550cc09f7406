// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab;

/** The end of a run that did not succeed: one line for the user, and the exit code of the process. */
public final class Failure extends Exception {
    private static final long serialVersionUID = 1;

    /** Whose fault it is; each has its exit code. */
    public enum Kind {
        /** What was tested failed. */
        TESTED(1),
        /** Wrong use or wrong input. */
        INPUT(2),
        /** The machine: files, ports, programs. */
        ENVIRONMENT(3);

        private final int exitCode;

        Kind(int exitCode) {
            this.exitCode = exitCode;
        }
    }

    private final Kind kind;

    /**
     * A failure.
     *
     * @param message what is wrong and what to do about it, in one line
     */
    public Failure(Kind kind, String message) {
        this(kind, message, null);
    }

    public Failure(Kind kind, String message, Throwable cause) {
        super(message.replaceAll("\\R+", " "), cause);
        this.kind = kind;
    }

    public int exitCode() {
        return kind.exitCode;
    }
}
