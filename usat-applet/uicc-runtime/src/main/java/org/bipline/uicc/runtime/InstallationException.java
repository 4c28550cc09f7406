// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime;

import java.util.HexFormat;
import java.util.OptionalInt;

/**
 * A refused installation: the field of the parameters that is wrong, its offset in the value of its tag and its value, why, where
 * that is said, and the card's status word.
 */
public final class InstallationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String field;
    private final int offset;
    private final String value;
    private final String reason;
    private final String clause;
    private final int statusWord;

    public InstallationException(String field, String reason, String clause, int statusWord) {
        this(field, reason, clause, statusWord, null);
    }

    public InstallationException(String field, String reason, String clause, int statusWord, Throwable cause) {
        this(field, field, -1, "", reason, clause, statusWord, cause);
    }

    /** One of a field that stands at an offset, with its value in hex; empty where the parameters end before it. */
    public InstallationException(String field, int offset, String value, String reason, String clause, int statusWord) {
        this(
                field,
                "%s (offset %d%s)".formatted(field, offset, value.isEmpty() ? "" : ", value " + value),
                offset,
                value,
                reason,
                clause,
                statusWord,
                null);
    }

    private InstallationException(
            String field,
            String place,
            int offset,
            String value,
            String reason,
            String clause,
            int statusWord,
            Throwable cause) {
        super("installation refused with %04X: %s: %s (%s)".formatted(statusWord, place, reason, clause), cause);
        this.field = field;
        this.offset = offset;
        this.value = value;
        this.reason = reason;
        this.clause = clause;
        this.statusWord = statusWord;
    }

    /** The offset from the beginning of the value that the field is in; empty where it is not about bytes of the parameters. */
    public OptionalInt offset() {
        return offset < 0 ? OptionalInt.empty() : OptionalInt.of(offset);
    }

    /** The field's bytes in hex; empty where there are none. */
    public String value() {
        return value;
    }

    /** Bytes as {@link #value()} gives them. */
    public static String hex(byte[] bytes, int offset, int length) {
        return HexFormat.of().withUpperCase().formatHex(bytes, offset, offset + length);
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
