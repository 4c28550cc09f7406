// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime;

/** A refused installation: the field of the parameters that is wrong, why, where that is said, and the card's status word. */
public final class InstallationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String field;
    private final String reason;
    private final String clause;
    private final int statusWord;

    public InstallationException(String field, String reason, String clause, int statusWord) {
        this(field, reason, clause, statusWord, null);
    }

    public InstallationException(String field, String reason, String clause, int statusWord, Throwable cause) {
        super("installation refused with %04X: %s: %s (%s)".formatted(statusWord, field, reason, clause), cause);
        this.field = field;
        this.reason = reason;
        this.clause = clause;
        this.statusWord = statusWord;
    }

    public String field() {
        return field;
    }

    public String reason() {
        return reason;
    }

    public String clause() {
        return clause;
    }

    public int statusWord() {
        return statusWord;
    }
}
