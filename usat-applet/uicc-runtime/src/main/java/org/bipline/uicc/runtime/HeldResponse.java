// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime;

import java.util.Arrays;
import org.bipline.uicc.runtime.file.ClassByte;
import org.bipline.uicc.runtime.file.Response;
import org.bipline.uicc.runtime.vm.CardRuntime;

/**
 * The response data that a T=0 card keeps back until the ME asks for them with GET RESPONSE, or sends the command again with
 * the right length, on the channel that it came on. ETSI TS 102 221 clause 7.3.1.1.
 */
final class HeldResponse {
    private static final byte[] NOTHING = {};

    /** Data not yet given, with the status word behind them; empty: none. */
    private byte[] data = NOTHING;

    private int given;

    /** Header of the command that has to come again with the right P3; null: GET RESPONSE has to come. */
    private byte[] header;

    /** The logical channel of the command whose response this is. */
    private int channel;

    void clear() {
        data = NOTHING;
        header = null;
        given = 0;
    }

    /** The answer to a command that only asks for what is held, else null; what is held is lost then. */
    byte[] answer(byte[] command) {
        if (command[1] == (byte) 0xC0 && ((command[0] & 0xEC) == 0 || (command[0] & 0xF0) == 0x40)) {
            return getResponse(command);
        }
        if (data.length == 0) {
            return null;
        }
        byte[] again = header;
        byte[] whole = data;
        clear();
        boolean same = again != null
                && command.length == 5
                && Arrays.equals(again, 0, 4, command, 0, 4)
                && expected(command) == whole.length - 2;
        return same ? whole : null;
    }

    private byte[] getResponse(byte[] command) {
        int left = data.length - 2 - given;
        if (header != null || left <= 0 || channel(command) != channel) {
            clear();
            return CardRuntime.status(0x6F00);
        }
        if (command[2] != 0 || command[3] != 0) {
            return CardRuntime.status(0x6A86);
        }
        int expected = expected(command);
        if (expected > left) {
            return CardRuntime.status(0x6C00 | (left & 0xFF));
        }
        int from = given;
        given += expected;
        if (expected == left) {
            byte[] rest = Arrays.copyOfRange(data, from, data.length);
            clear();
            return rest;
        }
        byte[] part = Arrays.copyOfRange(data, from, from + expected + 2);
        part[expected] = 0x61;
        part[expected + 1] = (byte) (left - expected);
        return part;
    }

    private static int channel(byte[] command) {
        return ClassByte.channel(command[0] & 0xFF);
    }

    private static int expected(byte[] command) {
        return command.length < 5 || command[4] == 0 ? 256 : command[4] & 0xFF;
    }

    /** The answer to a command that the card itself processed. */
    byte[] respond(byte[] command, Response out, int sw) {
        int length = out.length();
        if (length == 0) {
            return CardRuntime.status(sw);
        }
        byte[] whole = new byte[length + 2];
        System.arraycopy(out.data(), 0, whole, 0, length);
        whole[length] = (byte) (sw >> 8);
        whole[length + 1] = (byte) sw;
        return command.length > 5 ? hold(command, whole, sw) : whole;
    }

    /** The answer to a command that an applet processed: data and status word as the applet gave them. */
    byte[] applet(byte[] command, byte[] whole) {
        int length = whole.length - 2;
        if (length == 0) {
            return whole;
        }
        if (command.length > 5) {
            return hold(command, whole, ((whole[length] & 0xFF) << 8) | (whole[length + 1] & 0xFF));
        }
        int expected = expected(command);
        if (length == expected) {
            return whole;
        }
        if (length > expected) { // what the ME did not ask for waits for GET RESPONSE
            data = whole;
            given = expected;
            channel = channel(command);
            byte[] part = Arrays.copyOf(whole, expected + 2);
            part[expected] = 0x61;
            part[expected + 1] = (byte) (length - expected);
            return part;
        }
        data = whole;
        header = Arrays.copyOf(command, 4);
        return CardRuntime.status(0x6C00 | (length & 0xFF));
    }

    /** A command with data gets no data at once. A warning comes first, and GET RESPONSE then ends well. */
    private byte[] hold(byte[] command, byte[] whole, int sw) {
        int length = whole.length - 2;
        data = whole;
        given = 0;
        header = null;
        channel = channel(command);
        int kind = sw >> 8;
        if (kind == 0x62 || kind == 0x63) {
            whole[length] = (byte) 0x90;
            whole[length + 1] = 0;
            return CardRuntime.status(sw);
        }
        return CardRuntime.status(0x6100 | (length & 0xFF));
    }
}
