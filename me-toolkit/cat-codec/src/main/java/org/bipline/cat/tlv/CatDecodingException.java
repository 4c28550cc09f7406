// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.tlv;

import java.util.Objects;
import java.util.Optional;

/**
 * A PDU of the card application toolkit is malformed. Says where, against which clause, and what an ME answers when the
 * PDU is a proactive command.
 */
public final class CatDecodingException extends Exception {
    private static final long serialVersionUID = 1;

    /** General result "command type not understood by terminal". ETSI TS 102 223 clause 8.12. */
    public static final int TYPE_NOT_UNDERSTOOD = 0x31;
    /** General result "command data not understood by terminal". ETSI TS 102 223 clause 8.12. */
    public static final int DATA_NOT_UNDERSTOOD = 0x32;
    /** General result "required values are missing". ETSI TS 102 223 clause 8.12. */
    public static final int REQUIRED_VALUES_MISSING = 0x36;

    private final int offset;
    private final String clause;
    private final int generalResult;
    private final transient Optional<ByteString> commandDetails;

    /**
     * @param offset index in the PDU of the first byte that is wrong, or its length when something is missing
     * @param clause document and clause that the PDU breaks
     * @param generalResult general result of the terminal response that refuses the command
     * @param commandDetails the Command details object as it was received, tag and length included, if it was read
     */
    public CatDecodingException(
            String fault, int offset, String clause, int generalResult, Optional<ByteString> commandDetails) {
        super(fault + " (offset " + offset + ", " + clause + ")");
        this.offset = offset;
        this.clause = Objects.requireNonNull(clause);
        this.generalResult = generalResult;
        this.commandDetails = commandDetails;
    }

    public int offset() {
        return offset;
    }

    public String clause() {
        return clause;
    }

    public int generalResult() {
        return generalResult;
    }

    public Optional<ByteString> commandDetails() {
        return commandDetails;
    }
}
