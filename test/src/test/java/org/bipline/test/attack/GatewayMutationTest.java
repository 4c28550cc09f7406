// SPDX-License-Identifier: Apache-2.0
package org.bipline.test.attack;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.DefaultChannelId;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.bipline.dm.ByteString;
import org.bipline.dm.DmDecodingException;
import org.bipline.dm.Format;
import org.bipline.dm.NodeValue;
import org.bipline.dm.auth.AuthType;
import org.bipline.dm.auth.Credentials;
import org.bipline.dm.server.Account;
import org.bipline.dm.server.AuditCheck;
import org.bipline.dm.server.Device;
import org.bipline.dm.server.DmRequest;
import org.bipline.dm.server.DmResponse;
import org.bipline.dm.server.DmServer;
import org.bipline.dm.server.DmServerListener;
import org.bipline.dm.server.Job;
import org.bipline.dm.server.JobSpec;
import org.bipline.dm.server.JobState;
import org.bipline.dm.server.ManagementCommand;
import org.bipline.dm.server.MemoryStore;
import org.bipline.dm.server.Psk;
import org.bipline.dm.server.Store;
import org.bipline.dm.syncml.AlertCode;
import org.bipline.dm.syncml.Command;
import org.bipline.dm.syncml.Item;
import org.bipline.dm.syncml.Location;
import org.bipline.dm.syncml.Status;
import org.bipline.dm.syncml.StatusCode;
import org.bipline.dm.syncml.SyncBody;
import org.bipline.dm.syncml.SyncHdr;
import org.bipline.dm.syncml.SyncMl;
import org.bipline.dm.syncml.SyncMlCodec;
import org.bipline.gateway.Gateway;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.PSKTlsClient;
import org.bouncycastle.tls.TlsClientProtocol;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What nobody but an attacker or a broken network sends to a gateway: no thread is lost, no connection stays, no state changes. 60,000 trials
 * with {@code -Dmutation.all=true}.
 */
@Tag("SEC-5")
class GatewayMutationTest {
    private static final String DEVICE = "ICCID:8949012345678901234";
    private static final Credentials CLIENT = Credentials.of("card", "card secret");
    private static final byte[] KEY = "0123456789abcdef".getBytes(US_ASCII);
    private static final long FOREVER = 1; // hour: longer than any time-out of the gateway

    private final Store store = new MemoryStore();
    private final List<String> proven = new ArrayList<>();
    private final DmServer server = DmServer.builder(store, Clock.systemUTC(), new SplittableRandom(1))
            .maxAttempts(Integer.MAX_VALUE)
            .listener(new DmServerListener() {
                @Override
                public void sessionAuthenticated(Session session) {
                    proven.add(session.sessionId());
                }
            })
            .build();
    private final Gateway gateway = Gateway.builder(server)
            .workers(Runnable::run)
            .keys(store, new SecureRandom())
            .build();
    private Job job;

    @AfterEach
    void close() {
        gateway.close();
        server.close();
    }

    private void know(Device.Authentication authentication) {
        store.putDevice(Device.of(
                        DEVICE,
                        authentication,
                        Account.of("card", "card secret", ByteString.utf8("nonce")),
                        Optional.of(Account.of("server", "server secret")))
                .with(new Psk(ByteString.utf8("card"), ByteString.of(KEY)), Device.Transport.PLAIN));
        job = server.submit(
                DEVICE,
                JobSpec.commands(
                        ManagementCommand.add("./MO/x", Format.CHR, "text/plain", NodeValue.text("1")),
                        ManagementCommand.get("./MO/x")));
    }

    private static SyncHdr.Builder header(String sessionId, int msgId) {
        return SyncHdr.builder()
                .sessionId(sessionId)
                .msgId(msgId)
                .target(Location.of("http://dm.example/dm"))
                .source(Location.of(DEVICE, "card"));
    }

    private static SyncBody package1() {
        return new SyncBody(
                List.of(
                        Command.Alert.of("1", AlertCode.CLIENT_INITIATED),
                        Command.Replace.of(
                                "2",
                                Item.builder()
                                        .source("./DevInfo/DevId")
                                        .data(DEVICE)
                                        .build(),
                                Item.builder().source("./DevInfo/Man").data("x").build())),
                true);
    }

    /** Package 1 with credentials that rest on a nonce which is not the right one: whatever is made of it proves nothing. */
    private static ByteString stale(SyncMlCodec codec) {
        SyncHdr header = header("1", 1)
                .cred(CLIENT.cred(AuthType.MD5, ByteString.utf8("used")))
                .build();
        return ByteString.of(codec.encode(new SyncMl(header, package1())));
    }

    private void nothingHasChanged() {
        assertThat(proven).isEmpty();
        assertThat(store.job(job.id()).orElseThrow().state()).isEqualTo(JobState.QUEUED);
        assertThat(store.device(DEVICE).orElseThrow().client().nonce()).isEqualTo(ByteString.utf8("nonce"));
        assertThat(store.devices()).hasSize(1);
        assertThat(store.jobs()).hasSize(1);
        assertThat(gateway.connections()).isZero();
        assertThat(AuditCheck.of(store).broken()).isEmpty();
    }

    @Test
    void mutated_messages_are_answered_and_change_nothing() {
        know(Device.Authentication.MD5);
        Mutations mutations = new Mutations(11);
        for (SyncMlCodec codec : SyncMlCodec.values()) {
            ByteString good = stale(codec);
            for (int i = 0; i < Mutations.trials(10_000); i++) {
                ByteString bad = mutations.of(good);
                DmResponse response = server.handle(DmRequest.of(codec.mediaType(), bad, "test"));
                assertThat(response.status()).as("%s %s", codec, bad).isIn(200, 400);
            }
        }
        nothingHasChanged();
    }

    private DmResponse send(SyncMl message, ByteString nonce, boolean proof) {
        ByteString body = ByteString.of(SyncMlCodec.WBXML.encode(message));
        DmRequest request = DmRequest.of(SyncMlCodec.WBXML.mediaType(), body, "test");
        return server.handle(
                proof ? request.withHmac(CLIENT.mac(nonce, body.toByteArray()).value()) : request);
    }

    private static ByteString nonce(DmResponse response) throws DmDecodingException {
        return headerStatus(response).chal().flatMap(AuthType::nonce).orElseThrow();
    }

    private static Status headerStatus(DmResponse response) throws DmDecodingException {
        return (Status) SyncMlCodec.WBXML
                .decode(response.body().toByteArray())
                .body()
                .commands()
                .getFirst();
    }

    @Test
    void mutated_messages_in_a_session_with_mac_prove_nothing_and_end_it() throws Exception {
        know(Device.Authentication.MAC);
        Mutations mutations = new Mutations(12);
        ByteString next = ByteString.utf8("nonce");
        int trials = Mutations.trials(10_000);
        for (int i = 1; i <= trials; i++) {
            String session = Integer.toString(i);
            DmResponse commands = send(new SyncMl(header(session, 1).build(), package1()), next, true);
            next = nonce(commands);
            Status accepted = Status.builder()
                    .cmdId("1")
                    .msgRef("1")
                    .cmdRef("0")
                    .cmd(Status.SYNC_HDR)
                    .chal(AuthType.MAC.challenge(ByteString.utf8("server nonce")))
                    .code(StatusCode.OK)
                    .build();
            Status added = Status.builder()
                    .cmdId("2")
                    .msgRef("1")
                    .cmdRef("4")
                    .cmd("Add")
                    .code(StatusCode.OK)
                    .build();
            ByteString good = ByteString.of(SyncMlCodec.WBXML.encode(
                    new SyncMl(header(session, 2).build(), new SyncBody(List.of(accepted, added), true))));
            ByteString bad = mutations.of(good);
            DmResponse answer = server.handle(DmRequest.of(SyncMlCodec.WBXML.mediaType(), bad, "test")
                    .withHmac(CLIENT.mac(next, good.toByteArray()).value()));
            assertThat(answer.status()).as(bad.toString()).isIn(200, 400);
            assertThat(store.job(job.id()).orElseThrow().statuses())
                    .as(bad.toString())
                    .isEmpty();
        }
        assertThat(proven).hasSize(trials);
        assertThat(AuditCheck.of(store).broken()).isEmpty();
    }

    private static ByteString request(SyncMlCodec codec) {
        ByteString body = stale(codec);
        String head = "POST /dm HTTP/1.1\r\nHost: dm.example\r\nContent-Type: " + codec.mediaType()
                + "\r\nContent-Length: " + body.length() + "\r\n\r\n";
        return ByteString.of(head.getBytes(US_ASCII)).concat(body);
    }

    private EmbeddedChannel connected(boolean secured) {
        EmbeddedChannel channel = new EmbeddedChannel(DefaultChannelId.newInstance());
        channel.freezeTime();
        if (secured) {
            gateway.serveSecured(channel);
        } else {
            gateway.serve(channel);
        }
        channel.pipeline().fireChannelActive();
        return channel;
    }

    private static void receive(EmbeddedChannel channel, byte[] bytes) {
        if (channel.isActive()) {
            channel.writeInbound(Unpooled.wrappedBuffer(bytes));
            channel.runPendingTasks();
        }
    }

    private static ByteString sent(EmbeddedChannel channel) {
        ByteString all = ByteString.EMPTY;
        for (ByteBuf out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
            all = all.concat(ByteString.of(ByteBufUtil.getBytes(out)));
            out.release();
        }
        return all;
    }

    /** However the peer behaves, the gateway closes the connection in the end. */
    private static void isClosedInTime(EmbeddedChannel channel) {
        channel.advanceTimeBy(FOREVER, TimeUnit.HOURS);
        channel.runScheduledPendingTasks();
        channel.runPendingTasks();
        sent(channel);
        assertThat(channel.isActive()).isFalse();
        channel.finishAndReleaseAll();
    }

    @Test
    void mutated_requests_are_answered_or_their_connection_is_closed() {
        know(Device.Authentication.MD5);
        Mutations mutations = new Mutations(13);
        for (SyncMlCodec codec : SyncMlCodec.values()) {
            ByteString good = request(codec);
            for (int i = 0; i < Mutations.trials(10_000); i++) {
                byte[] bad = mutations.of(good.toByteArray());
                EmbeddedChannel channel = connected(false);
                int cut = mutations.random().nextInt(bad.length + 1);
                receive(channel, ByteString.of(bad, 0, cut).toByteArray());
                receive(channel, ByteString.of(bad, cut, bad.length - cut).toByteArray());
                assertThat(sent(channel)).matches(answer -> answer.isEmpty() || startsWith(answer, "HTTP/1.1 "));
                isClosedInTime(channel);
            }
        }
        nothingHasChanged();
    }

    private static boolean startsWith(ByteString answer, String text) {
        return new String(answer.toByteArray(), US_ASCII).startsWith(text);
    }

    @Test
    void mutated_records_end_the_connection_and_carry_nothing() throws IOException {
        know(Device.Authentication.MD5);
        Mutations mutations = new Mutations(14);
        BcTlsCrypto crypto = new BcTlsCrypto(new SecureRandom());
        for (int i = 0; i < Mutations.trials(10_000); i++) {
            EmbeddedChannel channel = connected(true);
            TlsClientProtocol client = new TlsClientProtocol();
            client.connect(new PSKTlsClient(crypto, "card".getBytes(US_ASCII), KEY.clone()) {
                @Override
                protected int[] getSupportedCipherSuites() {
                    return new int[] {CipherSuite.TLS_PSK_WITH_AES_128_CBC_SHA256};
                }
            });
            int damaged = mutations.random().nextInt(3); // ClientHello, the rest of the handshake, the request
            for (int flight = 0; flight <= damaged && channel.isActive(); flight++) {
                if (flight == 2) {
                    byte[] request = request(SyncMlCodec.WBXML).toByteArray();
                    client.writeApplicationData(request, 0, request.length);
                }
                byte[] bytes = output(client);
                receive(channel, flight == damaged ? mutations.of(bytes) : bytes);
                byte[] answer = sent(channel).toByteArray();
                if (flight < damaged) {
                    client.offerInput(answer);
                }
            }
            isClosedInTime(channel);
        }
        nothingHasChanged();
    }

    private static byte[] output(TlsClientProtocol client) {
        byte[] bytes = new byte[client.getAvailableOutputBytes()];
        client.readOutput(bytes, 0, bytes.length);
        return bytes;
    }
}
