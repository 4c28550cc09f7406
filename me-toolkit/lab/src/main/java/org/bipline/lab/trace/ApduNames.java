// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.trace;

import java.util.Map;
import org.bipline.dm.ByteString;

/** Names of the commands of ETSI TS 102 221 (table 10.5) and of the files that an ME reads at its start. */
public final class ApduNames {
    public static final int ENVELOPE = 0xC2;
    public static final int FETCH = 0x12;
    public static final int GET_RESPONSE = 0xC0;
    public static final int SELECT = 0xA4;
    public static final int TERMINAL_RESPONSE = 0x14;

    private static final Map<Integer, String> INSTRUCTIONS = Map.ofEntries(
            Map.entry(SELECT, "SELECT"),
            Map.entry(0xF2, "STATUS"),
            Map.entry(0xB0, "READ BINARY"),
            Map.entry(0xD6, "UPDATE BINARY"),
            Map.entry(0xB2, "READ RECORD"),
            Map.entry(0xDC, "UPDATE RECORD"),
            Map.entry(0xA2, "SEARCH RECORD"),
            Map.entry(0x32, "INCREASE"),
            Map.entry(0xCB, "RETRIEVE DATA"),
            Map.entry(0xDB, "SET DATA"),
            Map.entry(0x20, "VERIFY PIN"),
            Map.entry(0x24, "CHANGE PIN"),
            Map.entry(0x26, "DISABLE PIN"),
            Map.entry(0x28, "ENABLE PIN"),
            Map.entry(0x2C, "UNBLOCK PIN"),
            Map.entry(0x04, "DEACTIVATE FILE"),
            Map.entry(0x44, "ACTIVATE FILE"),
            Map.entry(0x88, "AUTHENTICATE"),
            Map.entry(0x89, "AUTHENTICATE"),
            Map.entry(0x84, "GET CHALLENGE"),
            Map.entry(0xAA, "TERMINAL CAPABILITY"),
            Map.entry(0x10, "TERMINAL PROFILE"),
            Map.entry(ENVELOPE, "ENVELOPE"),
            Map.entry(FETCH, "FETCH"),
            Map.entry(TERMINAL_RESPONSE, "TERMINAL RESPONSE"),
            Map.entry(0xCA, "GET DATA"),
            Map.entry(0x70, "MANAGE CHANNEL"),
            Map.entry(0x73, "MANAGE SECURE CHANNEL"),
            Map.entry(0x75, "TRANSACT DATA"),
            Map.entry(0x76, "SUSPEND UICC"),
            Map.entry(0x78, "GET IDENTITY"),
            Map.entry(GET_RESPONSE, "GET RESPONSE"));

    private static final Map<String, String> FILES = Map.ofEntries(
            Map.entry("3F00", "MF"),
            Map.entry("2F00", "EF DIR"),
            Map.entry("2F05", "EF PL"),
            Map.entry("2F06", "EF ARR"),
            Map.entry("2FE2", "EF ICCID"),
            Map.entry("7F10", "DF TELECOM"),
            Map.entry("7FFF", "ADF USIM"),
            Map.entry("6F05", "EF LI"),
            Map.entry("6F07", "EF IMSI"),
            Map.entry("6F38", "EF UST"),
            Map.entry("6F42", "EF SMSP"),
            Map.entry("6F46", "EF SPN"),
            Map.entry("6F56", "EF EST"),
            Map.entry("6F7E", "EF LOCI"),
            Map.entry("6FAD", "EF AD"));

    private ApduNames() {}

    static int instruction(ByteString command) {
        return command.length() < 2 ? -1 : command.at(1);
    }

    static int statusWord(ByteString response) {
        int length = response.length();
        return length < 2 ? -1 : response.at(length - 2) << 8 | response.at(length - 1);
    }

    /** The name of a command, of the file that it selects too. */
    public static String name(ByteString command) {
        int instruction = instruction(command);
        String name = INSTRUCTIONS.get(instruction);
        if (name == null) {
            return instruction < 0 ? "truncated command" : String.format("INS %02X", instruction);
        }
        return instruction == SELECT ? name + selected(command) : name;
    }

    private static String selected(ByteString command) {
        if (command.length() < 7 || command.at(4) == 0 || command.length() < 5 + command.at(4)) {
            return "";
        }
        String id = command.slice(5, 5 + command.at(4)).toHex();
        String file = id.substring(Math.max(0, id.length() - 4));
        return " " + (command.at(2) == 0x04 ? id : FILES.getOrDefault(file, id));
    }
}
