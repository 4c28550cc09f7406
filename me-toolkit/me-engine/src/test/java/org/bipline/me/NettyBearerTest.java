// SPDX-License-Identifier: Apache-2.0
package org.bipline.me;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import org.bipline.cat.command.TerminalResponse;
import org.bipline.cat.object.BearerDescription;
import org.bipline.cat.object.BipError;
import org.bipline.cat.object.BufferSize;
import org.bipline.cat.object.ChannelData;
import org.bipline.cat.object.ChannelDataLength;
import org.bipline.cat.object.ChannelStatus;
import org.bipline.cat.object.Event;
import org.bipline.cat.object.GeneralResult;
import org.bipline.cat.object.OtherAddress;
import org.bipline.cat.object.Result;
import org.bipline.cat.object.TransportLevel;
import org.bipline.cat.object.TransportProtocol;
import org.bipline.cat.object.TypeOfCommand;
import org.bipline.cat.tlv.ByteString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Channels over loopback sockets. */
final class NettyBearerTest {
    private static final int TIMEOUT_MILLIS = 10_000;

    private final NettyBearer bearer = new NettyBearer(1);
    private final TestMe test = new TestMe(b -> b.bearer(bearer));

    @AfterEach
    void close() {
        test.close();
        bearer.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    void bytes_cross_a_socket_in_both_directions(String address) throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getAllByName(address)[0])) {
            test.perform(Commands.events(Event.DATA_AVAILABLE, Event.CHANNEL_STATUS));
            assertThat(open(server, 1000).result().orElseThrow().performed()).isTrue();
            try (Socket peer = server.accept()) {
                peer.setSoTimeout(TIMEOUT_MILLIS);
                test.perform(Commands.sendData(1, true, ByteString.ofHex("48656C6C6F")));
                assertThat(peer.getInputStream().readNBytes(5)).asString().isEqualTo("Hello");

                peer.getOutputStream().write(new byte[] {1, 2, 3});
                assertThat(test.card
                                .envelope()
                                .first(ChannelDataLength.class)
                                .orElseThrow()
                                .code())
                        .isBetween(1, 3);
                assertThat(readFromCard(3)).containsExactly(1, 2, 3);
            }
            assertThat(test.card.envelope().first(ChannelStatus.class))
                    .contains(ChannelStatus.ofClient(1, false, ChannelStatus.LINK_DROPPED));
            assertThat(test.perform(Commands.closeChannel(1))
                            .result()
                            .orElseThrow()
                            .performed())
                    .isTrue();
            test.me.awaitIdle(Duration.ofSeconds(10));
        }
    }

    @Test
    void a_local_address_is_that_of_the_socket_or_the_network_refuses() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(openFrom("7F000002", server).result().orElseThrow().performed())
                    .isTrue();
            try (Socket peer = server.accept()) {
                assertThat(peer.getInetAddress().getHostAddress()).isEqualTo("127.0.0.2");
            }
            // RFC 5737: no interface has an address that is for documentation
            assertThat(openFrom("C0000201", server).result())
                    .contains(new Result(GeneralResult.NETWORK_CURRENTLY_UNABLE_TO_PROCESS.code(), ByteString.of(0)));
        }
    }

    private TerminalResponse openFrom(String localAddress, ServerSocket server) {
        return test.perform(Commands.command(
                TypeOfCommand.OPEN_CHANNEL,
                Commands.IMMEDIATE,
                BearerDescription.DEFAULT_BEARER,
                new BufferSize(100),
                new OtherAddress(ByteString.ofHex("21" + localAddress)),
                TransportLevel.of(TransportProtocol.TCP_CLIENT_REMOTE, server.getLocalPort()),
                OtherAddress.of(server.getInetAddress())));
    }

    @Test
    void the_card_closing_its_channel_closes_the_socket() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            open(server, 1000);
            try (Socket peer = server.accept()) {
                peer.setSoTimeout(TIMEOUT_MILLIS);
                test.perform(Commands.closeChannel(1));

                assertThat(peer.getInputStream().read()).isEqualTo(-1);
            }
        }
    }

    @Test
    void nobody_listening_is_a_device_out_of_reach() throws Exception {
        InetSocketAddress unused;
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            unused = (InetSocketAddress) server.getLocalSocketAddress();
        }
        test.offer(Commands.openChannel(Commands.IMMEDIATE, 1000, unused));

        assertThat(test.card.response().result()).contains(Result.of(BipError.REMOTE_DEVICE_NOT_REACHABLE));
        assertThat(test.recorder.refusals.get(0).text()).contains("refused");
    }

    @Test
    void a_small_buffer_slows_the_sender_down_and_loses_nothing() throws Exception {
        byte[] sent = new byte[2_000_000];
        for (int i = 0; i < sent.length; i++) {
            sent[i] = (byte) ((i * 31) >> 3);
        }
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            open(server, 300); // more than one command reads, so that the room changes
            try (Socket peer = server.accept()) {
                Thread.startVirtualThread(() -> {
                    try {
                        peer.getOutputStream().write(sent);
                    } catch (java.io.IOException e) {
                        // the test ends before everything is taken
                    }
                });
                byte[] received = readFromCard(50_000);

                assertThat(received).isEqualTo(java.util.Arrays.copyOf(sent, received.length));
                assertThat(test.recorder.lines.stream()
                                .filter(l -> l.startsWith("received"))
                                .mapToInt(l -> Integer.parseInt(l.substring(l.lastIndexOf(' ') + 1)))
                                .sum())
                        .isLessThanOrEqualTo(received.length + 300);
            }
        }
    }

    @Test
    void datagrams_cross_a_socket_one_by_one() throws Exception {
        try (DatagramSocket server = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            server.setSoTimeout(TIMEOUT_MILLIS);
            test.perform(Commands.events(Event.DATA_AVAILABLE));
            test.offer(Commands.openChannel(
                    Commands.IMMEDIATE, 1000, TransportProtocol.UDP_CLIENT_REMOTE, (InetSocketAddress)
                            server.getLocalSocketAddress()));
            assertThat(test.card.response().result().orElseThrow().performed()).isTrue();
            test.perform(Commands.sendData(1, true, ByteString.ofHex("48656C6C6F")));
            DatagramPacket packet = new DatagramPacket(new byte[100], 100);
            server.receive(packet);
            assertThat(packet.getLength()).isEqualTo(5);

            for (int length : new int[] {1200, 30, 40}) { // the first is larger than the buffer
                server.send(new DatagramPacket(new byte[length], length, packet.getSocketAddress()));
            }
            for (int length : new int[] {30, 40}) {
                assertThat(test.card.envelope().first(ChannelDataLength.class)).contains(new ChannelDataLength(length));
                assertThat(readFromCard(length)).hasSize(length);
            }
        }
    }

    @Test
    void a_datagram_to_nobody_breaks_nothing() throws Exception {
        InetSocketAddress nobody;
        try (DatagramSocket closed = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            nobody = (InetSocketAddress) closed.getLocalSocketAddress();
        }
        test.offer(Commands.openChannel(Commands.IMMEDIATE, 100, TransportProtocol.UDP_CLIENT_REMOTE, nobody));
        assertThat(test.card.response().result().orElseThrow().performed()).isTrue();
        for (int i = 0; i < 3; i++) {
            test.offer(Commands.sendData(1, true, ByteString.of(i)));
            assertThat(test.card.response().result().orElseThrow().performed()).isTrue();
        }
        assertThat(test.perform(Commands.getChannelStatus()).first(ChannelStatus.class))
                .contains(ChannelStatus.ofClient(1, true, ChannelStatus.NO_FURTHER_INFORMATION));
    }

    @Test
    void a_peer_reaches_the_card_as_server_again_and_again() throws Exception {
        test.perform(Commands.events(Event.CHANNEL_STATUS, Event.DATA_AVAILABLE));
        InetSocketAddress port = listen();
        for (int round = 0; round < 2; round++) {
            try (Socket peer = new Socket(port.getAddress(), port.getPort())) {
                peer.setSoTimeout(TIMEOUT_MILLIS);
                assertThat(test.card.envelope().first(ChannelStatus.class))
                        .contains(ChannelStatus.ofServer(1, ChannelStatus.TcpState.ESTABLISHED));
                try (Socket second = new Socket(port.getAddress(), port.getPort())) {
                    second.setSoTimeout(TIMEOUT_MILLIS);
                    assertThat(second.getInputStream().read()).as("turned away").isEqualTo(-1);
                }
                peer.getOutputStream().write(new byte[] {1, 2, 3});
                test.card.envelope();
                assertThat(readFromCard(3)).containsExactly(1, 2, 3);
                test.perform(Commands.sendData(1, true, ByteString.ofHex("4F4B")));
                assertThat(peer.getInputStream().readNBytes(2)).asString().isEqualTo("OK");
            }
            assertThat(test.card.envelope().first(ChannelStatus.class))
                    .contains(ChannelStatus.ofServer(1, ChannelStatus.TcpState.LISTEN));
        }
        assertThat(test.perform(Commands.closeChannel(1)).result().orElseThrow().performed())
                .isTrue();
    }

    @Test
    void a_port_that_another_program_has_is_not_available() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            test.offer(Commands.openServer(100, other.getLocalPort()));

            assertThat(test.card.response().result()).contains(Result.of(BipError.PORT_NOT_AVAILABLE));
        }
    }

    /** Has the card listen at a port that is free, and returns where that is. */
    private InetSocketAddress listen() {
        test.offer(Commands.openServer(1000, 0));
        assertThat(test.card.response().first(ChannelStatus.class))
                .contains(ChannelStatus.ofServer(1, ChannelStatus.TcpState.LISTEN));
        String opened = test.recorder.lines.stream()
                .filter(line -> line.startsWith("opened"))
                .findFirst()
                .orElseThrow();
        return new InetSocketAddress(
                InetAddress.getLoopbackAddress(), Integer.parseInt(opened.substring(opened.lastIndexOf(':') + 1)));
    }

    private TerminalResponse open(ServerSocket server, int bufferSize) {
        test.offer(Commands.openChannel(
                Commands.IMMEDIATE, bufferSize, (InetSocketAddress) server.getLocalSocketAddress()));
        return test.card.response();
    }

    private byte[] readFromCard(int count) {
        ByteArrayOutputStream received = new ByteArrayOutputStream();
        while (received.size() < count) {
            TerminalResponse response = test.perform(Commands.receiveData(1, Math.min(200, count - received.size())));
            received.writeBytes(
                    response.first(ChannelData.class).orElseThrow().value().toBytes());
        }
        return received.toByteArray();
    }
}
