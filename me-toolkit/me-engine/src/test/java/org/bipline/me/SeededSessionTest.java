// SPDX-License-Identifier: Apache-2.0
package org.bipline.me;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.bipline.cat.command.TerminalResponse;
import org.bipline.cat.envelope.Envelope;
import org.bipline.cat.object.Event;
import org.bipline.cat.object.TransportProtocol;
import org.bipline.cat.tlv.ByteString;
import org.bipline.me.network.InMemoryNetwork;
import org.bipline.me.network.Peer;
import org.junit.jupiter.api.Test;

/** A session over a network with chance in it is a function of the seed: every step at its time. */
final class SeededSessionTest {
    private static final int DATAGRAMS = 20;

    @Test
    void the_same_seed_gives_the_same_session_and_another_seed_another() throws Exception {
        List<String> first = session(1);

        assertThat(first).anyMatch(line -> line.contains("received")).isEqualTo(session(1));
        assertThat(session(2)).isNotEqualTo(first);
    }

    private static List<String> session(long seed) throws Exception {
        VirtualClock clock = new VirtualClock();
        InMemoryNetwork network = new InMemoryNetwork(clock, seed)
                .delay(Duration.ofMillis(20), Duration.ofMillis(300))
                .datagramLoss(0.2);
        network.listen(TestMe.SERVER, SeededSessionTest::echo);
        network.receiveDatagrams(TestMe.SERVER, SeededSessionTest::echo);
        List<String> steps = new ArrayList<>();
        FakeCard card = new FakeCard();
        try (MobileEquipment me = MobileEquipment.builder()
                .card(card)
                .bearer(network.bearer(TestMe.OWN.getAddress()))
                .clock(clock)
                .executor(Runnable::run)
                .listener(new Steps(clock, steps))
                .build()) {
            me.powerOn();
            card.command(Commands.events(Event.DATA_AVAILABLE, Event.CHANNEL_STATUS));
            card.command(
                    Commands.openChannel(Commands.IMMEDIATE, 500, TransportProtocol.UDP_CLIENT_REMOTE, TestMe.SERVER));
            card.command(Commands.openChannel(Commands.IMMEDIATE, 500, TestMe.SERVER));
            me.transmit(TestMe.STATUS);
            clock.advance(Duration.ofSeconds(1));
            for (int i = 0; i < DATAGRAMS; i++) {
                card.command(Commands.sendData(1, true, ByteString.of(i)));
                card.command(Commands.sendData(2, true, ByteString.of(i)));
                card.command(Commands.receiveData(1, 10));
                me.transmit(TestMe.STATUS);
                clock.advance(Duration.ofMillis(100));
            }
            clock.advance(Duration.ofSeconds(5));
        }
        return steps;
    }

    private static void echo(Peer peer) {
        peer.onReceived(peer::send);
    }

    /** Everything that the ME tells of a session, with its time. */
    private record Steps(VirtualClock clock, List<String> steps) implements MeListener {
        private void add(String what) {
            steps.add(Duration.ofNanos(clock.nanos()) + " " + what);
        }

        @Override
        public void terminalResponse(TerminalResponse response) {
            add(response.encode().toString());
        }

        @Override
        public void envelope(Envelope envelope, int statusWord) {
            add(envelope.encode().toString());
        }

        @Override
        public void bytesReceived(int channel, ByteString bytes) {
            add("received " + channel + " " + bytes);
        }
    }
}
