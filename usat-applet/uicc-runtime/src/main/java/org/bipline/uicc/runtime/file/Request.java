// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime.file;

/**
 * The parts of a command APDU.
 *
 * @param bytes the whole command; its data begin at {@link #DATA}
 * @param length bytes of data
 * @param expected bytes of response data that the ME asks for, 256 where it does not say
 */
@SuppressWarnings("ArrayRecordComponent")
record Request(byte[] bytes, int ins, int p1, int p2, int length, int expected) {
    static final int DATA = 5;

    static Request of(byte[] command) {
        return new Request(
                command,
                command[1] & 0xFF,
                command[2] & 0xFF,
                command[3] & 0xFF,
                command.length > DATA ? command[4] & 0xFF : 0,
                command.length == DATA && command[4] != 0 ? command[4] & 0xFF : 256);
    }

    /** Two bytes of the data. */
    int number(int offset) {
        return (bytes[DATA + offset] & 0xFF) << 8 | (bytes[DATA + offset + 1] & 0xFF);
    }
}
