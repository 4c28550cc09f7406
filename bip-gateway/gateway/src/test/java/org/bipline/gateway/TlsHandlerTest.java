// SPDX-License-Identifier: Apache-2.0
package org.bipline.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.bipline.dm.ByteString;
import org.bipline.dm.server.Psk;
import org.bipline.gateway.GatewayListener.Connection;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.TlsClientProtocol;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("SEC-8")
class TlsHandlerTest {
    private static final byte[] WRONG = "fedcba9876543210".getBytes(StandardCharsets.US_ASCII);

    private final List<String> faults = new ArrayList<>();
    private Instant now = Instant.EPOCH;
    private final Map<ByteString, Psk> keys = new HashMap<>(Map.of(PskClient.CARD.identity(), PskClient.CARD));
    private final List<String> keyLog = new ArrayList<>();
    private final PskServers servers = new PskServers(
            identity -> Optional.ofNullable(keys.get(identity)),
            new SecureRandom(),
            () -> now,
            Optional.of(keyLog::add));
    private final Sources sources = new Sources(GatewayLimits.PerSource.DEFAULT, () -> now);
    private final Deque<Runnable> work = new ArrayDeque<>();
    private boolean workersRest;
    private final List<String> shown = new ArrayList<>();
    private EmbeddedChannel channel;
    private TlsClientProtocol client;
    /** Sizes of the records of the server. */
    private final List<Integer> records = new ArrayList<>();

    private void connect(PskClient peer) throws IOException {
        channel = new EmbeddedChannel();
        channel.freezeTime();
        Connection connection = new Connection(1, channel.localAddress(), channel.remoteAddress());
        Sources.Visit visit =
                sources.admit(new InetSocketAddress("192.0.2.1", 1), true).orElseThrow();
        channel.pipeline()
                .addLast(new TlsHandler(
                        servers.next(), Duration.ofSeconds(10), this::execute, visit, connection, new Shown()));
        channel.pipeline().addLast(new ChannelInboundHandlerAdapter() {
            @Override
            public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
                faults.add(cause.getClass().getSimpleName() + " " + cause.getMessage());
                var unused = ctx.close();
            }
        });
        channel.pipeline().fireChannelActive();
        client = new TlsClientProtocol();
        client.connect(peer);
    }

    private void execute(Runnable task) {
        if (workersRest) {
            work.add(task);
        } else {
            task.run();
        }
    }

    private final class Shown implements GatewayListener {
        @Override
        public void tlsRecord(Connection connection, boolean fromPeer, TlsRecord record) {
            shown.add((fromPeer ? "> " : "< ") + record.name());
        }

        @Override
        public void handshakeCompleted(Connection connection, Handshake handshake) {
            shown.add(handshake.toString());
        }

        @Override
        public void handshakeFailed(Connection connection, String reason) {
            shown.add("failed: " + reason);
        }
    }

    private byte[] fromClient() {
        byte[] bytes = new byte[client.getAvailableOutputBytes()];
        client.readOutput(bytes, 0, bytes.length);
        return bytes;
    }

    private byte[] fromServer() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
            all.writeBytes(ByteBufUtil.getBytes(part));
            part.release();
        }
        byte[] bytes = all.toByteArray();
        for (int at = 0; at < bytes.length; at += 5 + records.getLast()) {
            records.add(((bytes[at + 3] & 0xFF) << 8) | (bytes[at + 4] & 0xFF));
        }
        return bytes;
    }

    /** Carries bytes to and fro, to the server in pieces, until there are none. */
    private void exchange(int piece) throws IOException {
        while (true) {
            byte[] there = fromClient();
            for (int at = 0; at < there.length; at += piece) {
                channel.writeInbound(Unpooled.copiedBuffer(there, at, Math.min(piece, there.length - at)));
                channel.runPendingTasks();
            }
            byte[] back = fromServer();
            if (back.length == 0) {
                return;
            }
            try {
                client.offerInput(back);
            } catch (IOException alertReceived) {
                return; // PskClient has noted it
            }
        }
    }

    private String received() {
        StringBuilder text = new StringBuilder();
        for (ByteBuf part = channel.readInbound(); part != null; part = channel.readInbound()) {
            text.append(part.toString(StandardCharsets.UTF_8));
            part.release();
        }
        return text.toString();
    }

    @ParameterizedTest
    @ValueSource(ints = {CipherSuite.TLS_PSK_WITH_AES_128_CBC_SHA256, CipherSuite.TLS_PSK_WITH_AES_128_GCM_SHA256})
    void carries_contents_byte_by_byte_in_fragments_of_the_length_asked_for(int suite) throws IOException {
        connect(new PskClient("card", PskClient.KEY, suite, null));
        exchange(1);
        client.writeApplicationData("request".getBytes(StandardCharsets.UTF_8), 0, 7);
        exchange(1);
        assertThat(received()).isEqualTo("request");

        records.clear();
        channel.writeOutbound(Unpooled.wrappedBuffer(new byte[2000]));
        exchange(1);
        assertThat(client.getAvailableInputBytes()).isEqualTo(2000);
        assertThat(records).hasSize(4).allMatch(size -> size <= 512 + 80);

        client.close();
        exchange(1);
        assertThat(channel.isOpen()).isFalse();
        assertThat(faults).isEmpty();
    }

    private String alertTo(String identity, byte[] key) throws IOException {
        PskClient peer = PskClient.cbc(identity, key);
        connect(peer);
        exchange(1000);
        assertThat(channel.isOpen()).isFalse();
        assertThat(peer.established).isNull();
        return peer.alert + ", " + records + ", " + faults;
    }

    @Test
    void a_wrong_key_and_an_identity_that_nobody_has_get_the_same_answers() throws IOException {
        String wrong = alertTo("card", WRONG);
        records.clear();
        faults.clear();
        assertThat(alertTo("none", PskClient.KEY)).isEqualTo(wrong).startsWith("bad_record_mac");
        Optional<Psk> none = Optional.empty();
        assertThat(servers.key(none, new byte[] {1}))
                .hasSize(Psk.MIN_KEY)
                .isEqualTo(servers.key(none, new byte[] {1}))
                .isNotEqualTo(servers.key(none, new byte[] {2}));
    }

    private PskClient resuming(PskClient before) throws IOException {
        PskClient peer =
                new PskClient("card", PskClient.KEY, CipherSuite.TLS_PSK_WITH_AES_128_CBC_SHA256, before.established);
        connect(peer);
        exchange(1000);
        assertThat(peer.established).isNotNull();
        return peer;
    }

    @Test
    void a_session_is_resumed_for_a_day() throws IOException {
        PskClient first = PskClient.cbc("card", PskClient.KEY);
        connect(first);
        exchange(1000);
        assertThat(first.resumed).isFalse();
        assertThat(resuming(first).resumed).isTrue();
        now = now.plus(PskServers.SESSION_LIFETIME).plusSeconds(1);
        assertThat(resuming(first).resumed).isFalse();
    }

    @Test
    void a_handshake_takes_no_longer_than_it_may() throws IOException {
        connect(PskClient.cbc("card", PskClient.KEY));
        byte[] hello = fromClient();
        channel.writeInbound(Unpooled.copiedBuffer(hello, 0, hello.length - 1)); // truncated: nothing happens
        channel.advanceTimeBy(9, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
        assertThat(channel.isOpen()).isTrue();
        channel.advanceTimeBy(1, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
        assertThat(channel.isOpen()).isFalse();
        assertThat(faults).containsExactly("IOException no TLS handshake within 10000 ms");
    }

    @Test
    void a_connection_with_its_handshake_behind_it_stays() throws IOException {
        connect(PskClient.cbc("card", PskClient.KEY));
        exchange(1000);
        channel.advanceTimeBy(11, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
        assertThat(channel.isOpen()).isTrue();
    }

    /** HTTP, a type that is none, a record of 2^14 + 1 bytes, and a message that nobody expects. */
    @ParameterizedTest
    @ValueSource(strings = {"504F5354202F646D20485454502F312E31", "FF03030001FF", "1603034001", "16030300040E000000"})
    void what_begins_with_no_hello_ends_the_connection_without_an_answer(String hex) throws IOException {
        connect(PskClient.cbc("card", PskClient.KEY));
        channel.writeInbound(Unpooled.wrappedBuffer(HexFormat.of().parseHex(hex)));
        channel.runPendingTasks();
        assertThat(fromServer()).isEmpty();
        assertThat(channel.isOpen()).isFalse();
        assertThat(faults).singleElement().asString().startsWith("IOException TLS: ");
    }

    @Test
    void a_record_longer_than_agreed_or_changed_on_its_way_ends_the_connection() throws IOException {
        PskClient peer = PskClient.cbc("card", PskClient.KEY);
        connect(peer);
        exchange(1000);
        channel.writeInbound(Unpooled.wrappedBuffer(HexFormat.of().parseHex("1703031000")));
        exchange(1000);
        assertThat(peer.alert).isEqualTo("record_overflow");

        peer = PskClient.cbc("card", PskClient.KEY);
        connect(peer);
        exchange(1000);
        client.writeApplicationData(new byte[10], 0, 10);
        byte[] record = fromClient();
        record[record.length - 1] ^= 1;
        channel.writeInbound(Unpooled.wrappedBuffer(record));
        exchange(1000);
        assertThat(peer.alert).isEqualTo("bad_record_mac");
        assertThat(received()).isEmpty();
    }

    @Test
    @Tag("SEC-1")
    void a_key_that_is_withdrawn_or_changed_resumes_no_session() throws IOException {
        PskClient first = PskClient.cbc("card", PskClient.KEY);
        connect(first);
        exchange(1000);
        keys.put(PskClient.CARD.identity(), new Psk(PskClient.CARD.identity(), ByteString.of(WRONG)));
        PskClient second = new PskClient("card", WRONG, CipherSuite.TLS_PSK_WITH_AES_128_CBC_SHA256, first.established);
        connect(second);
        exchange(1000);
        assertThat(second.resumed).isFalse();
        assertThat(second.established).isNotNull();
        keys.clear();
        connect(new PskClient("card", WRONG, CipherSuite.TLS_PSK_WITH_AES_128_CBC_SHA256, second.established));
        exchange(1000);
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void shows_records_and_what_was_agreed_and_never_a_key() throws IOException {
        connect(PskClient.cbc("card", PskClient.KEY));
        exchange(1);
        client.writeApplicationData(new byte[1], 0, 1);
        exchange(1);
        assertThat(shown)
                .containsExactly(
                        "> ClientHello",
                        "< ServerHello",
                        "< ServerHelloDone",
                        "> ClientKeyExchange",
                        "> ChangeCipherSpec",
                        "> Finished",
                        "< ChangeCipherSpec",
                        "< Finished",
                        "Handshake[pskIdentity=63617264, suite=TLS_PSK_WITH_AES_128_CBC_SHA256, resumed=false,"
                                + " fragmentLength=512, encryptThenMac=true, extendedMasterSecret=true]",
                        "> application data");
        assertThat(keyLog).singleElement().asString().matches("CLIENT_RANDOM [0-9a-f]{64} [0-9a-f]{96}");
        assertThat(shown.toString() + faults + servers)
                .doesNotContain(keyLog.getFirst().substring(keyLog.getFirst().lastIndexOf(' ') + 1));
    }

    @Test
    void nothing_is_read_while_a_worker_looks_for_the_key_and_closing_meanwhile_does_no_harm() throws IOException {
        connect(PskClient.cbc("card", PskClient.KEY));
        workersRest = true;
        channel.writeInbound(Unpooled.wrappedBuffer(fromClient()));
        assertThat(channel.config().isAutoRead()).isFalse();
        assertThat(fromServer()).isEmpty();
        var unused = channel.close();
        channel.runPendingTasks();
        assertThat(work).hasSize(1);
        work.removeFirst().run();
        channel.runPendingTasks();
        assertThat(channel.isOpen()).isFalse();
        assertThat(faults).isEmpty();
    }
}
