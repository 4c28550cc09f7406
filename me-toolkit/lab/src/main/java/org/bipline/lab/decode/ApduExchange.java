// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.decode;

import java.util.Optional;
import org.bipline.cat.tlv.ByteSink;
import org.bipline.cat.tlv.ByteString;
import org.bipline.lab.Failure;

/**
 * A command APDU of short length and its response. ETSI TS 102 221 clause 10.1.
 *
 * @param data command data, empty where the command has none
 * @param le the last byte: P3 of a command without data, what stands behind the data of one that has some
 * @param responseData response data
 * @param statusWord status word; absent where the log has no response
 */
record ApduExchange(
        int cla,
        int ins,
        int p1,
        int p2,
        ByteString data,
        Optional<Integer> le,
        ByteString responseData,
        Optional<Integer> statusWord) {
    private static final int HEADER = 4;

    /** Whether these bytes can be a command: a header, perhaps with Le, or with so much data as Lc says and perhaps Le. */
    static boolean isCommand(ByteString bytes) {
        int length = bytes.length();
        if (length <= HEADER + 1) {
            return length >= HEADER;
        }
        int end = HEADER + 1 + bytes.u8(HEADER);
        return bytes.u8(HEADER) > 0 && (length == end || length == end + 1);
    }

    /**
     * Takes command and response apart.
     *
     * @throws Failure when one of them cannot be what it is said to be
     */
    static ApduExchange of(ByteString command, Optional<ByteString> response) throws Failure {
        if (!isCommand(command)) {
            throw new Failure(
                    Failure.Kind.INPUT,
                    command
                            + " is no command APDU: its length is not that of header, Lc and data; give it whole, with a"
                            + " length of one byte");
        }
        if (response.isPresent() && response.get().length() < 2) {
            throw new Failure(
                    Failure.Kind.INPUT,
                    response.get() + " is no response APDU: it has no status word; give it with its two bytes");
        }
        int length = command.length();
        int data = length > HEADER + 1 ? command.u8(HEADER) : 0;
        int end = data > 0 ? HEADER + 1 + data : HEADER;
        int statusWord = response.map(r -> r.length() - 2).orElse(0);
        return new ApduExchange(
                command.u8(0),
                command.u8(1),
                command.u8(2),
                command.u8(3),
                data > 0 ? command.slice(HEADER + 1, end) : ByteString.EMPTY,
                length > end ? Optional.of(command.u8(end)) : Optional.empty(),
                response.map(r -> r.slice(0, statusWord)).orElse(ByteString.EMPTY),
                response.map(r -> r.u16(statusWord)));
    }

    /** The command, put together anew. */
    ByteString command() {
        int lengthAndData = data.isEmpty() ? 0 : 1 + data.length();
        ByteSink sink = new ByteSink(HEADER + lengthAndData + (le.isPresent() ? 1 : 0));
        sink.u8(cla).u8(ins).u8(p1).u8(p2);
        if (!data.isEmpty()) {
            sink.u8(data.length()).bytes(data);
        }
        le.ifPresent(sink::u8);
        return sink.toByteString();
    }

    /** The response, put together anew; empty where there is none. */
    ByteString response() {
        ByteSink sink = new ByteSink(responseData.length() + (statusWord.isPresent() ? 2 : 0)).bytes(responseData);
        statusWord.ifPresent(sink::u16);
        return sink.toByteString();
    }
}
