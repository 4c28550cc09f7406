// SPDX-License-Identifier: Apache-2.0
package org.bipline.me;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.bipline.cat.command.TerminalResponse;
import org.bipline.cat.object.ComprehensionTlv;
import org.bipline.cat.object.Result;
import org.bipline.cat.tlv.ByteString;
import org.bipline.me.network.InMemoryNetwork;
import org.bipline.me.network.Peer;

/**
 * An ME with a {@link FakeCard}, powered on, a clock that stands still, and a network in memory with one server. Everything
 * runs in the test's thread.
 */
final class TestMe implements AutoCloseable {
    static final ByteString STATUS = ByteString.ofHex("80F2000C00");
    static final InetSocketAddress SERVER = new InetSocketAddress("10.1.1.1", 80);
    static final InetSocketAddress OWN = new InetSocketAddress("10.9.8.7", 0);

    final FakeCard card = new FakeCard();
    final VirtualClock clock = new VirtualClock();
    final InMemoryNetwork network = new InMemoryNetwork(clock, 1);
    final Recorder recorder = new Recorder();
    final MobileEquipment me;

    /** What has connected to the server, in order. */
    final List<Peer> peers = new ArrayList<>();

    TestMe(UnaryOperator<MobileEquipment.Builder> more) {
        network.listen(SERVER, peers::add);
        me = more.apply(MobileEquipment.builder()
                        .card(card)
                        .bearer(network.bearer(OWN.getAddress()))
                        .clock(clock)
                        .executor(Runnable::run)
                        .listener(recorder))
                .build();
        try {
            me.powerOn();
        } catch (CardLinkException e) {
            throw new AssertionError(e);
        }
    }

    TestMe() {
        this(UnaryOperator.identity());
    }

    /** The peer that connected last. */
    Peer peer() {
        return peers.get(peers.size() - 1);
    }

    /** Has the ME perform a command, and returns its response. */
    TerminalResponse perform(ByteString command) {
        offer(command);
        return card.response();
    }

    /** The value of the result of the next response in hex, and the objects behind it. */
    String answer() {
        List<ComprehensionTlv> objects = card.response().pdu().objects();
        StringBuilder answer = new StringBuilder();
        for (ComprehensionTlv tlv : objects.subList(2, objects.size())) {
            answer.append(tlv.object() instanceof Result result ? result.value() : tlv.encode());
        }
        return answer.toString();
    }

    /** The answer to a command, as {@link #answer()} gives it. */
    String answerTo(ByteString command) {
        offer(command);
        return answer();
    }

    /** Has the ME fetch a command whose response may come later. */
    void offer(ByteString command) {
        card.command(command);
        settle();
    }

    /** Returns when the ME has done all that it was told before, and the network what takes no time. */
    void settle() {
        try {
            me.transmit(STATUS);
            clock.advance(Duration.ZERO);
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
