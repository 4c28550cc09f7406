// SPDX-License-Identifier: Apache-2.0
package org.bipline.me;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import org.bipline.cat.command.TerminalResponse;
import org.bipline.cat.object.BipError;
import org.bipline.cat.object.ChannelData;
import org.bipline.cat.object.ChannelDataLength;
import org.bipline.cat.object.ChannelStatus;
import org.bipline.cat.object.Event;
import org.bipline.cat.object.Result;
import org.bipline.cat.tlv.ByteString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Channels over loopback sockets. */
final class NettyBearerTest {
    private static final int TIMEOUT_MILLIS = 10_000;

    private final NettyBearer bearer = new NettyBearer(1);
    private final TestMe test = new TestMe(bearer);

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
            open(server, 200);
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
                        .isLessThanOrEqualTo(received.length + 200);
            }
        }
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
