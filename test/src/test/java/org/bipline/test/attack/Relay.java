// SPDX-License-Identifier: Apache-2.0
package org.bipline.test.attack;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.UnaryOperator;
import org.bipline.cat.tlv.ByteString;
import org.bipline.me.VirtualClock;
import org.bipline.me.network.InMemoryNetwork;
import org.bipline.me.network.Peer;

/** Somebody on the way between a card and its server, who passes on what he likes. */
final class Relay {
    /** Where the card connects to. RFC 5737: an address for documentation. */
    static final InetSocketAddress ADDRESS = new InetSocketAddress("203.0.113.66", 80);

    private static final Duration RETRY = Duration.ofMillis(50);

    private final InMemoryNetwork network;
    private final VirtualClock clock;
    private final InetSocketAddress server;
    private UnaryOperator<ByteString> fromCard = UnaryOperator.identity();
    private UnaryOperator<ByteString> fromServer = UnaryOperator.identity();

    Relay(InMemoryNetwork network, VirtualClock clock, InetSocketAddress server) {
        this.network = network;
        this.clock = clock;
        this.server = server;
        network.listen(ADDRESS, this::accepted);
    }

    /** What becomes of what the server sends, piece by piece. */
    void fromServer(UnaryOperator<ByteString> change) {
        fromServer = change;
    }

    void fromCard(UnaryOperator<ByteString> change) {
        fromCard = change;
    }

    private void accepted(Peer card) {
        Peer onward = network.connect(server);
        Queue<ByteString> waiting = new ArrayDeque<>();
        card.onReceived(bytes -> {
                    waiting.add(fromCard.apply(bytes));
                    flush(waiting, onward);
                })
                .onEnd(reason -> onward.close());
        onward.onReceived(bytes -> card.send(fromServer.apply(bytes))).onEnd(reason -> card.close());
    }

    /** A connection that does not stand yet takes nothing. */
    private void flush(Queue<ByteString> waiting, Peer onward) {
        if (onward.end().isPresent()) {
            return;
        }
        if (!onward.isConnected()) {
            clock.schedule(RETRY, () -> flush(waiting, onward));
            return;
        }
        while (!waiting.isEmpty()) {
            onward.send(waiting.remove());
        }
    }
}
