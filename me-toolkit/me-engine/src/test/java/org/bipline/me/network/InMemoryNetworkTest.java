// SPDX-License-Identifier: Apache-2.0
package org.bipline.me.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bipline.cat.object.BearerDescription;
import org.bipline.cat.object.TransportProtocol;
import org.bipline.cat.tlv.ByteString;
import org.bipline.me.Bearer;
import org.bipline.me.VirtualClock;
import org.junit.jupiter.api.Test;

/** TCP and UDP in memory, seen from both ends. */
final class InMemoryNetworkTest {
    private static final InetSocketAddress SERVER = new InetSocketAddress("10.1.1.1", 80);
    private static final InetSocketAddress ME = new InetSocketAddress("10.9.8.7", 0);
    private static final Duration DELAY = Duration.ofMillis(100);
    private static final Bearer.Access DEFAULT_BEARER = new Bearer.Access(
            Optional.of(BearerDescription.DEFAULT_BEARER),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    private final VirtualClock clock = new VirtualClock();
    private final InMemoryNetwork network = new InMemoryNetwork(clock, 42);
    private final List<Peer> peers = new ArrayList<>();
    private final List<String> heard = new ArrayList<>();

    @Test
    void a_connection_takes_one_way_there_and_one_back() {
        network.delay(DELAY, DELAY).listen(SERVER, peers::add);
        tcp();
        clock.advance(DELAY);
        assertThat(peers.get(0).isConnected()).isTrue();
        assertThat(heard).isEmpty();

        clock.advance(DELAY);
        assertThat(heard).containsExactly("connected");
    }

    @Test
    void nobody_listening_refuses_and_a_silent_address_says_nothing() {
        tcp();
        run();
        assertThat(heard).containsExactly("failed REMOTE_DEVICE: connection refused");

        heard.clear();
        network.listen(SERVER, peers::add);
        network.silent(SERVER);
        tcp();
        run();
        assertThat(heard).isEmpty();
        assertThat(peers).isEmpty();
    }

    @Test
    void TCP_keeps_the_order_whatever_the_delays() {
        network.delay(Duration.ZERO, DELAY).listen(SERVER, peers::add);
        Bearer.Link link = tcp();
        run();
        for (int i = 0; i < 200; i++) {
            link.send(ByteString.of(i));
        }
        link.close();
        run();

        byte[] expected = new byte[200];
        IntStream.range(0, 200).forEach(i -> expected[i] = (byte) i);
        assertThat(peers.get(0).received()).isEqualTo(ByteString.wrap(expected));
        assertThat(peers.get(0).end()).contains("closed by the peer");
    }

    @Test
    void no_byte_comes_that_was_not_asked_for_and_the_sender_feels_it() {
        network.window(10).listen(SERVER, peers::add);
        Bearer.Link link = tcp();
        run();
        Peer peer = peers.get(0);
        peer.send(bytes(25));
        run();
        assertThat(heard).containsExactly("connected");

        link.request(4);
        run();
        assertThat(heard).endsWith("received 4");
        link.request(100);
        run();
        assertThat(heard).endsWith("received 10");
        link.request(100);
        run();
        link.request(100);
        run();
        assertThat(heard.stream().filter(h -> h.startsWith("received")))
                .containsExactly("received 4", "received 10", "received 10", "received 1");

        peer.pause();
        link.send(bytes(10));
        link.send(bytes(10));
        link.send(bytes(5));
        run();
        assertThat(sent())
                .as("the peer reads the first piece, the window takes another")
                .isEqualTo(20);
        peer.resume();
        run();
        assertThat(sent()).isEqualTo(25);
        assertThat(peer.received().length()).isEqualTo(25);
    }

    @Test
    void an_end_that_was_finished_still_receives() {
        network.listen(SERVER, peers::add);
        Bearer.Link link = tcp();
        run();
        Peer peer = peers.get(0);
        peer.send(bytes(3));
        peer.finish();
        assertThatThrownBy(() -> peer.send(bytes(1))).isInstanceOf(IllegalStateException.class);
        link.send(bytes(5));
        run();
        assertThat(peer.received().length()).isEqualTo(5);
        assertThat(peer.end()).isEmpty();

        link.request(10);
        run();
        link.request(10);
        run();
        assertThat(heard).endsWith("received 3", "dropped: closed by the peer");
    }

    @Test
    void a_reset_throws_away_what_was_not_read() {
        network.listen(SERVER, peers::add);
        Bearer.Link link = tcp();
        run();
        peers.get(0).send(bytes(3));
        peers.get(0).reset();
        run();
        link.request(10);
        run();

        assertThat(heard).containsExactly("connected", "dropped: connection reset by the peer");
    }

    @Test
    void bytes_for_an_end_that_is_closed_are_answered_by_a_reset() {
        network.listen(SERVER, peer -> {
            peer.pause(); // so that it does not notice the end
            peers.add(peer);
        });
        Bearer.Link link = tcp();
        run();
        link.close();
        peers.get(0).send(bytes(3));
        run();

        assertThat(peers.get(0).end()).contains("connection reset by the peer");
        assertThat(heard).containsExactly("connected");
    }

    @Test
    void datagrams_are_lost_and_overtake_and_the_seed_decides_which() {
        List<ByteString> first = datagramsThatArrive(7);
        List<ByteString> again = datagramsThatArrive(7);
        List<ByteString> others = datagramsThatArrive(8);

        assertThat(first).hasSizeBetween(50, 90).isEqualTo(again).isNotEqualTo(others);
        assertThat(first)
                .isNotEqualTo(first.stream()
                        .sorted(Comparator.comparing(ByteString::toString))
                        .toList());
    }

    @Test
    void without_coverage_there_is_no_network_and_what_there_was_is_gone() {
        network.listen(SERVER, peers::add);
        tcp();
        run();
        network.loseCoverage();
        tcp();
        run();

        assertThat(heard).containsExactly("connected", "dropped: out of coverage", "failed NETWORK: out of coverage");
    }

    @Test
    void coverage_is_lost_at_the_byte_that_was_named() {
        network.listen(SERVER, peers::add);
        Bearer.Link link = tcp();
        run();
        network.loseCoverageAfter(5);
        link.send(ByteString.ofHex("010203"));
        link.send(ByteString.ofHex("040506"));
        run();
        assertThat(peers.get(0).received()).isEqualTo(ByteString.ofHex("0102030405"));
        assertThat(heard).last().isEqualTo("dropped: out of coverage");

        network.regainCoverage();
        link = tcp();
        run();
        link.send(ByteString.ofHex("0102030405060708"));
        run();
        assertThat(peers.get(1).received().length()).isEqualTo(8);
        assertThatThrownBy(() -> network.loseCoverageAfter(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void ports_of_two_MEs_are_two_ports() {
        Bearer one = network.bearer(ME.getAddress());
        Bearer two = network.bearer(new InetSocketAddress("10.9.8.8", 0).getAddress());
        InetSocketAddress loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 3516);
        List<String> ports = new ArrayList<>();
        one.listen(loopback, acceptor(ports));
        two.listen(loopback, acceptor(ports));
        Bearer.Port third = two.listen(loopback, acceptor(ports));
        run();
        assertThat(ports).containsExactly("/10.9.8.7:3516", "/10.9.8.8:3516", "PORT");

        third.close();
        assertThat(connects("10.9.8.8"))
                .as("the port of the one who has it stays open")
                .isTrue();
    }

    private boolean connects(String address) {
        Peer peer = network.connect(new InetSocketAddress(address, 3516));
        run();
        return peer.end().isEmpty();
    }

    private List<ByteString> datagramsThatArrive(long seed) {
        VirtualClock time = new VirtualClock();
        InMemoryNetwork lossy =
                new InMemoryNetwork(time, seed).delay(Duration.ZERO, DELAY).datagramLoss(0.3);
        List<Peer> sources = new ArrayList<>();
        lossy.receiveDatagrams(SERVER, sources::add);
        Bearer.Link link = lossy.bearer(ME.getAddress())
                .connect(TransportProtocol.UDP_CLIENT_REMOTE, SERVER, DEFAULT_BEARER, new Hearing());
        for (int i = 0; i < 100; i++) {
            link.send(ByteString.of(i));
        }
        while (time.runNext()) {
            // until all have arrived
        }
        return sources.get(0).pieces();
    }

    private Bearer.Link tcp() {
        return network.bearer(ME.getAddress())
                .connect(TransportProtocol.TCP_CLIENT_REMOTE, SERVER, DEFAULT_BEARER, new Hearing());
    }

    private void run() {
        clock.advance(Duration.ofSeconds(60));
    }

    private int sent() {
        return heard.stream()
                .filter(h -> h.startsWith("sent"))
                .mapToInt(h -> Integer.parseInt(h.substring(5)))
                .sum();
    }

    private static ByteString bytes(int count) {
        return ByteString.wrap(new byte[count]);
    }

    private Bearer.Acceptor acceptor(List<String> ports) {
        return new Bearer.Acceptor() {
            @Override
            public void listening(InetSocketAddress local) {
                ports.add(local.toString());
            }

            @Override
            public void failed(Bearer.Failure failure, String reason) {
                ports.add(failure.toString());
            }

            @Override
            public Bearer.Listener accept(Bearer.Link link) {
                return new Hearing();
            }
        };
    }

    private final class Hearing implements Bearer.Listener {
        @Override
        public void connected(InetSocketAddress local, InetSocketAddress remote) {
            heard.add("connected");
        }

        @Override
        public void failed(Bearer.Failure failure, String reason) {
            heard.add("failed " + failure + ": " + reason);
        }

        @Override
        public void received(ByteString bytes) {
            heard.add("received " + bytes.length());
        }

        @Override
        public void sent(int bytes) {
            heard.add("sent " + bytes);
        }

        @Override
        public void dropped(String reason) {
            heard.add("dropped: " + reason);
        }
    }
}
