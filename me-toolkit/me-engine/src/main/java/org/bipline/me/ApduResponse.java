// SPDX-License-Identifier: Apache-2.0
package org.bipline.me;

import org.bipline.cat.tlv.ByteString;

/** Data and status word of a response APDU. */
record ApduResponse(ByteString data, int statusWord) {
    static final int OK = 0x9000;

    private static final int PROACTIVE_COMMAND_PENDING = 0x91;
    private static final int NORMAL_ENDING_WITH_DATA = 0x92;

    int sw1() {
        return statusWord >> 8;
    }

    int sw2() {
        return statusWord & 0xFF;
    }

    /** Normal ending: {@code 9000}, {@code 91xx}, {@code 92xx}. */
    boolean isOk() {
        return statusWord == OK || isProactiveCommandPending() || sw1() == NORMAL_ENDING_WITH_DATA;
    }

    boolean isProactiveCommandPending() {
        return sw1() == PROACTIVE_COMMAND_PENDING;
    }
}
