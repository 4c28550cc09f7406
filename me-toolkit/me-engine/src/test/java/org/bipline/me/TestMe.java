// SPDX-License-Identifier: Apache-2.0
package org.bipline.me;

import java.util.function.UnaryOperator;
import org.bipline.cat.command.TerminalResponse;
import org.bipline.cat.tlv.ByteString;

/** An ME with a {@link FakeCard}, powered on, and a clock that stands still. */
final class TestMe implements AutoCloseable {
    static final ByteString STATUS = ByteString.ofHex("80F2000C00");

    final FakeCard card = new FakeCard();
    final ManualClock clock = new ManualClock();
    final Recorder recorder = new Recorder();
    final MobileEquipment me;

    TestMe(Bearer bearer, UnaryOperator<MobileEquipment.Builder> more) {
        me = more.apply(MobileEquipment.builder()
                        .card(card)
                        .bearer(bearer)
                        .clock(clock)
                        .listener(recorder))
                .build();
        try {
            me.powerOn();
        } catch (CardLinkException e) {
            throw new AssertionError(e);
        }
    }

    TestMe(Bearer bearer) {
        this(bearer, UnaryOperator.identity());
    }

    /** Has the ME perform a command, and returns its response. */
    TerminalResponse perform(ByteString command) {
        offer(command);
        return card.response();
    }

    /** Has the ME fetch a command whose response may come later. */
    void offer(ByteString command) {
        card.command(command);
        settle();
    }

    /** Returns when the ME has done all that it was told before. */
    void settle() {
        try {
            me.transmit(STATUS);
            me.transmit(STATUS); // what the first one set off runs before the second
        } catch (CardLinkException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        me.close();
    }
}
