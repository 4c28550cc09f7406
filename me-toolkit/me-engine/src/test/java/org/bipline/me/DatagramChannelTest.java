// SPDX-License-Identifier: Apache-2.0
package org.bipline.me;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.bipline.cat.command.TerminalResponse;
import org.bipline.cat.object.BipError;
import org.bipline.cat.object.ChannelData;
import org.bipline.cat.object.Event;
import org.bipline.cat.object.Result;
import org.bipline.cat.object.TransportProtocol;
import org.bipline.cat.tlv.ByteString;
import org.bipline.me.network.Peer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Channels over UDP, and those to the terminal itself, over a network in memory. */
final class DatagramChannelTest {
    private static final int OWN_PORT = 5000;
    private static final InetSocketAddress OWN = new InetSocketAddress(TestMe.OWN.getAddress(), OWN_PORT);

    private final TestMe test = new TestMe();
    private final List<Peer> peers = new ArrayList<>();

    @BeforeEach
    void takeDatagrams() {
        test.network.receiveDatagrams(TestMe.SERVER, peers::add);
        test.perform(Commands.events(Event.DATA_AVAILABLE, Event.CHANNEL_STATUS));
    }

    @AfterEach
    void powerOff() {
        test.close();
    }

    @Test
    void what_is_sent_at_once_is_one_datagram_with_all_that_was_stored() {
        open(500);
        test.perform(Commands.sendData(1, false, bytes(100)));
        test.perform(Commands.sendData(1, true, bytes(50)));
        test.perform(Commands.sendData(1, true, bytes(20)));
        test.settle();

        assertThat(peers).hasSize(1);
        assertThat(peers.get(0).pieces()).extracting(ByteString::length).containsExactly(150, 20);
    }

    @Test
    void each_datagram_is_announced_and_read_by_itself() {
        open(500);
        answer(bytes(30), bytes(40));

        assertThat(test.card.envelope().encode().toString()).endsWith("B7011E");
        assertThat(test.card.envelopesWaiting()).isZero();
        assertThat(received(255)).isEqualTo(30);
        test.settle();
        assertThat(test.card.envelope().encode().toString()).endsWith("B70128");
        assertThat(received(10)).isEqualTo(10);
        assertThat(received(30)).isEqualTo(30);
    }

    @Test
    void a_datagram_larger_than_the_buffer_is_lost() {
        open(100);
        answer(bytes(101), bytes(100));

        assertThat(received(200)).isEqualTo(100);
    }

    @Test
    void nobody_at_the_other_end_is_no_error_of_UDP() {
        test.network.close(TestMe.SERVER);
        open(100);

        assertThat(performed(Commands.sendData(1, true, bytes(10)))).isTrue();
        assertThat(test.perform(Commands.getChannelStatus()).encode().toString())
                .endsWith("B8028100");
    }

    @Test
    void datagrams_get_lost_as_the_seed_says() {
        test.network.datagramLoss(0.5);
        open(100);
        for (int i = 0; i < 40; i++) {
            assertThat(performed(Commands.sendData(1, true, bytes(1)))).isTrue();
        }
        test.settle();

        assertThat(peers.get(0).pieces().size()).isBetween(10, 30);
    }

    @Test
    void the_loss_of_coverage_is_told() {
        open(100);
        test.network.loseCoverage();
        test.settle();

        assertThat(test.card.envelope().encode().toString()).endsWith("B8020105");
    }

    @Test
    void reaches_a_UDP_port_of_the_terminal_itself_without_bearer_and_coverage() {
        test.network.receiveDatagrams(OWN, peers::add);
        test.network.loseCoverage();

        assertThat(test.perform(Commands.openWithinTerminal(TransportProtocol.UDP_CLIENT_LOCAL, 100, OWN_PORT))
                        .encode())
                .hasToString("8103014001" + "82028281" + "830100" + "B8028100" + "B9020064");
        test.perform(Commands.sendData(1, true, bytes(10)));
        test.settle();
        assertThat(peers.get(0).received()).isEqualTo(bytes(10));
    }

    @Test
    void reaches_a_TCP_port_of_the_terminal_itself() {
        test.network.listen(OWN, peers::add);

        assertThat(performed(Commands.openWithinTerminal(TransportProtocol.TCP_CLIENT_LOCAL, 100, OWN_PORT)))
                .isTrue();
        peers.get(0).send(bytes(7));
        test.settle();
        assertThat(received(10)).isEqualTo(7);
    }

    @Test
    void a_port_of_the_terminal_where_nobody_listens_is_not_available() {
        assertThat(test.perform(Commands.openWithinTerminal(TransportProtocol.TCP_CLIENT_LOCAL, 100, OWN_PORT))
                        .result())
                .contains(Result.of(BipError.PORT_NOT_AVAILABLE));
    }

    private void open(int bufferSize) {
        assertThat(performed(Commands.openChannel(
                        Commands.IMMEDIATE, bufferSize, TransportProtocol.UDP_CLIENT_REMOTE, TestMe.SERVER)))
                .isTrue();
    }

    /** The server answers the card's first datagram with these. */
    private void answer(ByteString... datagrams) {
        test.perform(Commands.sendData(1, true, bytes(1)));
        test.settle();
        for (ByteString datagram : datagrams) {
            peers.get(0).send(datagram);
        }
        test.settle();
    }

    private boolean performed(ByteString command) {
        return test.perform(command).result().orElseThrow().performed();
    }

    private int received(int count) {
        TerminalResponse response = test.perform(Commands.receiveData(1, count));
        return response.first(ChannelData.class).orElseThrow().length();
    }

    private static ByteString bytes(int count) {
        return ByteString.wrap(new byte[count]);
    }
}
