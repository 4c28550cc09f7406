// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.trace;

import org.bipline.cat.tlv.ByteString;
import org.bipline.me.CardLink;
import org.bipline.me.CardLinkException;

/** Tells a trace what crosses a link whose ME is elsewhere. Passwords of access points are masked. */
public final class TracedLink implements CardLink {
    private final CardLink link;
    private final MeEvents events;

    public TracedLink(CardLink link, Trace trace, String session) {
        this.link = link;
        this.events = new MeEvents(trace, session);
    }

    @Override
    public byte[] reset() throws CardLinkException {
        byte[] answerToReset = link.reset();
        events.poweredOn(ByteString.wrap(answerToReset));
        return answerToReset;
    }

    @Override
    public byte[] transmit(byte[] command) throws CardLinkException {
        byte[] response = link.transmit(command);
        events.apduExchanged(ByteString.wrap(command), ByteString.wrap(response), 0);
        return response;
    }

    @Override
    public void close() {
        link.close();
    }
}
