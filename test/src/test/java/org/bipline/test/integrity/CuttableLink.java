// SPDX-License-Identifier: Apache-2.0
package org.bipline.test.integrity;

import org.bipline.me.CardLink;
import org.bipline.me.CardLinkException;

/** The contacts between ME and card, which come apart at an APDU. */
final class CuttableLink implements CardLink {
    private final CardLink card;
    private long exchanges;
    private long cutAt;
    private boolean executed;
    private Runnable accompaniment = () -> {};

    CuttableLink(CardLink card) {
        this.card = card;
    }

    /** APDUs since {@link #restart()}. */
    long exchanges() {
        return exchanges;
    }

    /** Counts from the beginning, and stays together. */
    void restart() {
        exchanges = 0;
        cutAt = 0;
    }

    /**
     * Comes apart once, at an APDU to come.
     *
     * @param withCommand whether the card still gets the command; nobody gets its response
     * @param what happens at the same time
     */
    void cutAt(long exchange, boolean withCommand, Runnable what) {
        cutAt = exchange;
        executed = withCommand;
        accompaniment = what;
    }

    @Override
    public byte[] reset() throws CardLinkException {
        return card.reset();
    }

    @Override
    public byte[] transmit(byte[] command) throws CardLinkException {
        exchanges++;
        if (exchanges != cutAt) {
            return card.transmit(command);
        }
        if (executed) {
            card.transmit(command);
        }
        accompaniment.run();
        throw new CardLinkException("no contact");
    }

    @Override
    public void close() {
        card.close();
    }
}
