// SPDX-License-Identifier: Apache-2.0
package org.bipline.me;

import org.bipline.cat.tlv.ByteString;

/** A response APDU: data, if any, then two bytes of status word. */
record ApduResponse(ByteString bytes) {
    static final int OK = 0x9000;

    private static final int PROACTIVE_COMMAND_PENDING = 0x91;
    private static final int NORMAL_ENDING_WITH_DATA = 0x92;

    ByteString data() {
        return bytes.slice(0, bytes.length() - 2);
    }

    int statusWord() {
        return bytes.u16(bytes.length() - 2);
    }

    int sw1() {
        return bytes.u8(bytes.length() - 2);
    }

    int sw2() {
        return bytes.u8(bytes.length() - 1);
    }

    /** Normal ending: {@code 9000}, {@code 91xx}, {@code 92xx}. */
    boolean isOk() {
        return statusWord() == OK || isProactiveCommandPending() || sw1() == NORMAL_ENDING_WITH_DATA;
    }

    boolean isProactiveCommandPending() {
        return sw1() == PROACTIVE_COMMAND_PENDING;
    }
}
