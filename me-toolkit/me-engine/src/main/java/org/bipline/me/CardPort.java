// SPDX-License-Identifier: Apache-2.0
package org.bipline.me;

import org.bipline.cat.tlv.ByteSink;
import org.bipline.cat.tlv.ByteString;

/**
 * Command APDUs to the card with what belongs to the transport: GET RESPONSE after {@code 61xx}, the command again with the
 * right length after {@code 6Cxx}; and the length of the proactive command that {@code 91xx} announced. ETSI TS 102 221
 * clause 7.3.
 */
final class CardPort {
    private static final int BYTES_AVAILABLE = 0x61;
    private static final int WRONG_LENGTH = 0x6C;
    private static final int GET_RESPONSE = 0xC0;
    private static final int HEADER = 4;

    private final CardLink link;
    private final MeClock clock;
    private final MeListener listener;
    private int pendingCommand;

    CardPort(CardLink link, MeClock clock, MeListener listener) {
        this.link = link;
        this.clock = clock;
        this.listener = listener;
    }

    ByteString reset() throws CardLinkException {
        pendingCommand = 0;
        return ByteString.wrap(link.reset());
    }

    void close() {
        pendingCommand = 0;
        link.close();
    }

    /** Length of the proactive command that waits to be fetched, 1 to 256, or 0. */
    int pendingCommand() {
        return pendingCommand;
    }

    void pendingCommandFetched() {
        pendingCommand = 0;
    }

    /** A command without data that expects {@code le} bytes, 1 to 256. */
    ApduResponse read(int cla, int ins, int p1, int p2, int le) throws CardLinkException {
        return exchange(
                new ByteSink(HEADER + 1).u8(cla).u8(ins).u8(p1).u8(p2).u8(le).toByteString());
    }

    /** A command with data, which may have an answer. */
    ApduResponse write(int cla, int ins, int p1, int p2, ByteString data) throws CardLinkException {
        ByteSink apdu =
                new ByteSink(HEADER + 1 + data.length()).u8(cla).u8(ins).u8(p1).u8(p2);
        return exchange(apdu.u8(data.length()).bytes(data).toByteString());
    }

    /** A command with neither data nor answer: P3 is 0 in T=0. */
    ApduResponse command(int cla, int ins, int p1, int p2) throws CardLinkException {
        return read(cla, ins, p1, p2, 0);
    }

    /** Any command APDU. */
    ApduResponse exchange(ByteString apdu) throws CardLinkException {
        ApduResponse response = transmit(apdu);
        if (response.sw1() == WRONG_LENGTH && apdu.length() > HEADER) {
            response = transmit(withLength(apdu, response.sw2()));
        }
        if (response.sw1() != BYTES_AVAILABLE) {
            return response;
        }
        ByteString data = response.data();
        while (response.sw1() == BYTES_AVAILABLE) {
            int cla = apdu.u8(0) & 0x03; // of the command's logical channel
            ByteSink get =
                    new ByteSink(HEADER + 1).u8(cla).u8(GET_RESPONSE).u8(0).u8(0);
            response = transmit(get.u8(response.sw2()).toByteString());
            if (!data.isEmpty()) { // the last part brings the status word
                response = new ApduResponse(join(data, response.bytes()));
            }
            data = response.data();
        }
        return response;
    }

    private static ByteString withLength(ByteString apdu, int length) {
        return new ByteSink(HEADER + 1).bytes(apdu.slice(0, HEADER)).u8(length).toByteString();
    }

    private static ByteString join(ByteString first, ByteString second) {
        return new ByteSink(first.length() + second.length())
                .bytes(first)
                .bytes(second)
                .toByteString();
    }

    private ApduResponse transmit(ByteString apdu) throws CardLinkException {
        boolean heard =
                !listener.equals(MeListener.NONE); // else nobody wants the time, which costs as much as the exchange
        long start = heard ? clock.nanos() : 0;
        byte[] bytes = link.transmit(apdu.toBytes());
        if (bytes.length < 2) {
            throw new CardLinkException("response of " + bytes.length + " bytes has no status word");
        }
        ApduResponse response = new ApduResponse(ByteString.wrap(bytes));
        if (heard) {
            listener.apduExchanged(apdu, response.bytes(), clock.nanos() - start);
        }
        if (response.isProactiveCommandPending()) {
            pendingCommand = response.sw2() == 0 ? 0x100 : response.sw2();
        }
        return response;
    }
}
