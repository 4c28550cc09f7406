// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.scenario;

import java.util.Optional;
import org.bipline.cat.tlv.ByteString;
import org.bipline.me.CardLink;
import org.bipline.me.CardLinkException;

/** Puts the TERMINAL RESPONSE of a scenario in the place of the ME's. */
final class AnsweringLink implements CardLink {
    private static final int TERMINAL_RESPONSE = 0x14;
    private static final int HEADER = 5;

    private final CardLink link;
    private Optional<ByteString> response = Optional.empty();

    AnsweringLink(CardLink link) {
        this.link = link;
    }

    /** What the card gets instead of the ME's next TERMINAL RESPONSE. */
    synchronized void instead(ByteString pdu) {
        response = Optional.of(pdu);
    }

    private synchronized Optional<ByteString> take() {
        Optional<ByteString> taken = response;
        response = Optional.empty();
        return taken;
    }

    @Override
    public byte[] reset() throws CardLinkException {
        return link.reset();
    }

    @Override
    public byte[] transmit(byte[] command) throws CardLinkException {
        if ((command[1] & 0xFF) != TERMINAL_RESPONSE) {
            return link.transmit(command);
        }
        Optional<ByteString> other = take();
        if (other.isEmpty()) {
            return link.transmit(command);
        }
        byte[] replaced = new byte[HEADER + other.get().length()];
        System.arraycopy(command, 0, replaced, 0, HEADER - 1);
        replaced[HEADER - 1] = (byte) other.get().length();
        other.get().copyTo(replaced, HEADER);
        return link.transmit(replaced);
    }

    @Override
    public void close() {
        link.close();
    }
}
