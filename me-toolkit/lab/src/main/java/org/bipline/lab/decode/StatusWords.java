// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.decode;

import java.util.Map;

/** Status words in words. ETSI TS 102 221 clause 10.2. */
final class StatusWords {
    private static final Map<Integer, String> WHOLE = Map.ofEntries(
            Map.entry(0x9000, "normal ending"),
            Map.entry(0x9300, "toolkit is busy, the command cannot be executed at present"),
            Map.entry(0x6200, "warning, state unchanged"),
            Map.entry(0x6281, "warning, part of the returned data may be corrupted"),
            Map.entry(0x6282, "warning, end of file or record before Le bytes"),
            Map.entry(0x6283, "warning, selected file is deactivated"),
            Map.entry(0x6285, "warning, selected file is in termination state"),
            Map.entry(0x62F1, "warning, more data available"),
            Map.entry(0x62F2, "warning, more data available and a proactive command waits"),
            Map.entry(0x62F3, "warning, response data available"),
            Map.entry(0x63F1, "warning, more data expected"),
            Map.entry(0x63F2, "warning, more data expected and a proactive command waits"),
            Map.entry(0x6400, "execution error, state unchanged"),
            Map.entry(0x6500, "execution error, state changed"),
            Map.entry(0x6581, "memory problem"),
            Map.entry(0x6700, "wrong length"),
            Map.entry(0x6800, "functions in CLA not supported"),
            Map.entry(0x6881, "logical channel not supported"),
            Map.entry(0x6882, "secure messaging not supported"),
            Map.entry(0x6900, "command not allowed"),
            Map.entry(0x6981, "command incompatible with file structure"),
            Map.entry(0x6982, "security status not satisfied"),
            Map.entry(0x6983, "authentication or PIN method blocked"),
            Map.entry(0x6984, "referenced data invalidated"),
            Map.entry(0x6985, "conditions of use not satisfied"),
            Map.entry(0x6986, "command not allowed, no EF selected"),
            Map.entry(0x6989, "command not allowed, secure channel: security not satisfied"),
            Map.entry(0x6A80, "incorrect parameters in the data field"),
            Map.entry(0x6A81, "function not supported"),
            Map.entry(0x6A82, "file not found"),
            Map.entry(0x6A83, "record not found"),
            Map.entry(0x6A84, "not enough memory space"),
            Map.entry(0x6A86, "incorrect parameters P1 to P2"),
            Map.entry(0x6A87, "Lc inconsistent with P1 to P2"),
            Map.entry(0x6A88, "referenced data not found"),
            Map.entry(0x6B00, "wrong parameters P1 or P2"),
            Map.entry(0x6D00, "instruction code not supported or invalid"),
            Map.entry(0x6E00, "class not supported"),
            Map.entry(0x6F00, "technical problem, no precise diagnosis"),
            Map.entry(0x9850, "INCREASE cannot be performed, maximum value reached"),
            Map.entry(0x9862, "authentication error, application specific"),
            Map.entry(0x9863, "security session or association expired"));

    private StatusWords() {}

    /** What a status word says. */
    static String meaning(int statusWord) {
        String whole = WHOLE.get(statusWord);
        if (whole != null) {
            return whole;
        }
        int sw2 = statusWord & 0xFF;
        return switch (statusWord >> 8) {
            case 0x61 -> bytes(sw2) + " of response data wait";
            case 0x62 -> "warning, state unchanged";
            case 0x63 ->
                (sw2 & 0xF0) == 0xC0
                        ? "verification failed or update repeated, counter is " + (sw2 & 0xF)
                        : "warning, state changed";
            case 0x6C -> "wrong length, " + bytes(sw2) + " are there";
            case 0x6F -> "technical problem";
            case 0x91 -> "normal ending, a proactive command of " + bytes(sw2) + " waits";
            case 0x92 -> "normal ending, data transfer session";
            default -> "meaning not in ETSI TS 102 221";
        };
    }

    /** A count in SW2, where 00 says 256. */
    private static String bytes(int sw2) {
        int count = sw2 == 0 ? 0x100 : sw2;
        return count == 1 ? "1 byte" : count + " bytes";
    }
}
