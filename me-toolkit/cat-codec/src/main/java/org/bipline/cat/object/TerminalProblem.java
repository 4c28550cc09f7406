// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.object;

import java.util.Optional;

/**
 * Additional information on "terminal currently unable to process command". ETSI TS 102 223 clause 8.12.2, 3GPP TS 31.111
 * clause 8.12.2.
 */
public enum TerminalProblem implements Coded {
    NO_SPECIFIC_CAUSE(0x00),
    SCREEN_IS_BUSY(0x01),
    BUSY_ON_CALL(0x02),
    BUSY_ON_SS_TRANSACTION(0x03),
    NO_SERVICE(0x04),
    ACCESS_CONTROL_CLASS_BAR(0x05),
    RADIO_RESOURCE_NOT_GRANTED(0x06),
    NOT_IN_SPEECH_CALL(0x07),
    BUSY_ON_USSD_TRANSACTION(0x08),
    BUSY_ON_SEND_DTMF(0x09),
    NO_NAA_ACTIVE(0x0A);

    private static final CodeTable<TerminalProblem> TABLE = new CodeTable<>(TerminalProblem.class);

    private final int code;

    TerminalProblem(int code) {
        this.code = code;
    }

    @Override
    public int code() {
        return code;
    }

    public static Optional<TerminalProblem> of(int code) {
        return TABLE.of(code);
    }
}
