// SPDX-License-Identifier: Apache-2.0
package org.bipline.me;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import org.bipline.cat.command.TerminalResponse;
import org.bipline.cat.object.BipError;
import org.bipline.cat.object.ChannelData;
import org.bipline.cat.object.Event;
import org.bipline.cat.object.Result;
import org.bipline.cat.tlv.ByteString;
import org.bipline.me.network.Peer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Channels in UICC server mode, over a network in memory. */
final class ServerChannelTest {
    private static final int PORT = 3516;
    private static final InetSocketAddress ADDRESS = new InetSocketAddress(TestMe.OWN.getAddress(), PORT);
    private static final String LISTEN = "B8024100";
    private static final String ESTABLISHED = "B8028100";
    private static final int CLOSE = 0;
    private static final int BACK_TO_LISTEN = 1;
    private static final ByteString HELLO = ByteString.ofHex("48656C6C6F");

    private final TestMe test = new TestMe();

    @BeforeEach
    void listenToEvents() {
        test.perform(Commands.events(Event.CHANNEL_STATUS, Event.DATA_AVAILABLE));
    }

    @AfterEach
    void powerOff() {
        test.close();
    }

    @Test
    void listens_connects_serves_and_listens_again_after_the_peer_has_left() {
        assertThat(test.perform(Commands.openServer(1400, PORT)).encode())
                .hasToString("8103014000" + "82028281" + "830100" + LISTEN + "B9020578");
        assertThat(status()).endsWith(LISTEN);
        assertThat(test.perform(Commands.sendData(1, true, HELLO)).result())
                .contains(Result.of(BipError.CHANNEL_CLOSED));

        Peer peer = connect();
        assertThat(peer.isConnected()).isTrue();
        assertThat(test.card.envelope().encode().toString()).endsWith(ESTABLISHED);
        peer.send(HELLO);
        test.settle();
        assertThat(test.card.envelope().encode().toString()).endsWith(ESTABLISHED + "B70105");
        assertThat(data()).isEqualTo(HELLO);
        test.perform(Commands.sendData(1, true, ByteString.ofHex("4F4B")));
        test.settle();
        assertThat(peer.received()).hasToString("4F4B");

        peer.close();
        test.settle();
        assertThat(test.card.envelope().encode().toString()).endsWith(LISTEN);
        Peer next = connect();
        assertThat(next.isConnected()).isTrue();
        assertThat(test.card.envelope().encode().toString()).endsWith(ESTABLISHED);
    }

    @Test
    void a_second_peer_is_turned_away_while_one_is_connected() {
        test.perform(Commands.openServer(1400, PORT));
        Peer first = connect();
        Peer second = connect();

        assertThat(first.isConnected()).isTrue();
        assertThat(second.end()).contains("closed by the peer");
        assertThat(test.card.envelope().encode().toString()).endsWith(ESTABLISHED);
        assertThat(test.card.envelopesWaiting()).isZero();
    }

    @Test
    void the_card_ends_a_connection_and_listens_again() {
        test.perform(Commands.openServer(1400, PORT));
        Peer peer = connect();
        test.perform(Commands.sendData(1, false, HELLO));
        peer.send(HELLO);
        test.settle();

        assertThat(performed(Commands.closeChannel(1, BACK_TO_LISTEN))).isTrue();
        test.settle();
        assertThat(peer.end()).contains("closed by the peer");
        assertThat(status()).endsWith(LISTEN);

        Peer next = connect();
        assertThat(status()).endsWith(ESTABLISHED);
        assertThat(test.perform(Commands.receiveData(1, 10))
                        .first(ChannelData.class)
                        .orElseThrow()
                        .length())
                .as("nothing of the first peer is left")
                .isZero();
        test.perform(Commands.sendData(1, true, ByteString.of(1)));
        test.settle();
        assertThat(next.received()).hasToString("01");
    }

    @Test
    void the_card_closes_the_port() {
        test.perform(Commands.openServer(1400, PORT));
        Peer peer = connect();

        assertThat(performed(Commands.closeChannel(1, CLOSE))).isTrue();
        test.settle();
        assertThat(peer.end()).contains("closed by the peer");
        assertThat(connect().end()).contains("connection refused");
        assertThat(status()).endsWith("B8020000");
    }

    @Test
    void a_port_that_is_taken_is_not_available() {
        test.perform(Commands.openServer(1400, PORT));

        assertThat(test.perform(Commands.openServer(1400, PORT)).encode())
                .hasToString("8103014000" + "82028281" + "83023A10" + "B9020578");
        assertThat(test.recorder.refusals.get(0).text()).contains("port 3516", "taken");
        assertThat(status()).endsWith(LISTEN);
    }

    @Test
    void a_reset_of_the_card_closes_the_port() throws Exception {
        test.perform(Commands.openServer(1400, PORT));
        Peer peer = connect();
        test.me.powerOn();
        test.settle();

        assertThat(peer.end()).contains("closed by the peer");
        assertThat(connect().end()).contains("connection refused");
    }

    @Test
    void the_next_peer_waits_until_the_card_has_read_what_the_last_one_sent() {
        test.perform(Commands.openServer(1400, PORT));
        Peer first = connect();
        first.send(HELLO);
        first.close();
        test.settle();
        Peer second = connect();
        second.send(ByteString.ofHex("AABB"));
        test.settle();

        assertThat(data()).isEqualTo(HELLO);
        test.settle();
        assertThat(data()).hasToString("AABB");
    }

    @Test
    void a_peer_that_does_not_read_slows_the_card_down_and_its_end_fails_what_waits() {
        test.network.window(100);
        test.perform(Commands.openServer(200, PORT));
        Peer peer = connect();
        peer.pause();
        test.settle();
        test.perform(Commands.sendData(1, true, ByteString.wrap(new byte[200])));
        test.perform(Commands.sendData(1, true, ByteString.wrap(new byte[100])));
        test.offer(Commands.sendData(1, true, ByteString.wrap(new byte[200])));
        peer.reset();
        test.settle();

        assertThat(test.card.response().result()).contains(Result.of(BipError.CHANNEL_CLOSED));
        assertThat(status()).endsWith(LISTEN);
    }

    private Peer connect() {
        Peer peer = test.network.connect(ADDRESS);
        test.settle();
        return peer;
    }

    private boolean performed(ByteString command) {
        return test.perform(command).result().orElseThrow().performed();
    }

    private String status() {
        return test.perform(Commands.getChannelStatus()).encode().toString();
    }

    private ByteString data() {
        TerminalResponse response = test.perform(Commands.receiveData(1, 100));
        return response.first(ChannelData.class).orElseThrow().value();
    }
}
