// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime.cat;

import org.bipline.uicc.runtime.file.Response;

/** The one proactive command on its way to the ME, and the run that waits for its answer. ETSI TS 102 223 clause 5. */
final class ProactiveSession {
    private static final int OK = 0x9000;
    private static final int NOT_NOW = 0x6985;

    /** The command's list, or null. */
    private byte[] command;

    private boolean fetched;

    /** Null where the card itself sent the command. */
    private Trigger parked;

    void reset() {
        command = null;
        fetched = false;
        parked = null;
    }

    boolean isFree() {
        return command == null;
    }

    void begin(byte[] list, Trigger waits) {
        command = list;
        fetched = false;
        parked = waits;
    }

    Trigger parked() {
        return parked;
    }

    byte[] command() {
        return command;
    }

    boolean isFetched() {
        return command != null && fetched;
    }

    /** Length of the command that waits to be fetched, as 91xx tells it; 0 where there is none. */
    int waiting() {
        return command == null || fetched ? 0 : 1 + EditTlvHandler.lengthOfLength(command.length) + command.length;
    }

    int fetch(int expected, Response out) {
        int length = waiting();
        if (length == 0) {
            return NOT_NOW;
        }
        if (expected != length) {
            return 0x6C00 | (length & 0xFF);
        }
        out.data()[0] = (byte) 0xD0;
        int at = EditTlvHandler.putLength(out.data(), 1, command.length);
        System.arraycopy(command, 0, out.data(), at, command.length);
        out.setLength(length);
        fetched = true;
        return OK;
    }
}
