// SPDX-License-Identifier: Apache-2.0
package org.bipline.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.bipline.dm.ByteString;
import org.bipline.dm.auth.AuthType;
import org.bipline.dm.auth.Credentials;
import org.bipline.dm.server.Account;
import org.bipline.dm.server.Device;
import org.bipline.dm.server.DmServer;
import org.bipline.dm.server.DmServerListener;
import org.bipline.dm.server.JdbcStore;
import org.bipline.dm.server.Job;
import org.bipline.dm.server.JobSpec;
import org.bipline.dm.server.JobState;
import org.bipline.dm.server.ManagementCommand;
import org.bipline.dm.server.Store;
import org.bipline.dm.syncml.Command;
import org.bipline.dm.syncml.Status;
import org.bipline.dm.syncml.SyncMl;
import org.bipline.dm.syncml.SyncMlCodec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The gateway over loopback, with the JDK's HTTP client and with bare sockets. */
@Timeout(60)
class GatewayTest {
    static final InetSocketAddress ANY = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    private static final Clock CLOCK = Clock.systemUTC();

    @TempDir
    Path dir;

    private final Store store = JdbcStore.inMemory(UUID.randomUUID().toString());
    private final CountDownLatch mayAnswer = new CountDownLatch(1);
    private volatile boolean hold;
    private final CountDownLatch held = new CountDownLatch(1);
    private final DmServer server = DmServer.builder(store, CLOCK, new SplittableRandom(1))
            .listener(new DmServerListener() {
                @Override
                public void messageReceived(Session session, SyncMl message, int length) {
                    if (hold) {
                        held.countDown();
                        try {
                            mayAnswer.await();
                        } catch (InterruptedException e) {
                            throw new IllegalStateException(e);
                        }
                    }
                }
            })
            .build();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private boolean newConnections;
    private Gateway gateway;

    @BeforeEach
    void start() throws IOException {
        gateway = Gateway.builder(server).plain(ANY).build().start();
    }

    @AfterEach
    void close() {
        mayAnswer.countDown();
        gateway.close();
        server.close();
        store.close();
    }

    private void addDevice(String id) {
        store.putDevice(Device.md5(id, Account.of("card", "secret"), Account.of("server", "secret")));
    }

    private HttpResponse<byte[]> post(SyncMlCodec codec, byte[] message) throws Exception {
        InetSocketAddress address = gateway.plainAddress().orElseThrow();
        HttpClient client = newConnections ? HttpClient.newHttpClient() : http;
        return client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + address.getPort() + "/dm"))
                        .header("Content-Type", codec.mediaType())
                        .POST(HttpRequest.BodyPublishers.ofByteArray(message))
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
    }

    private static String header(String device, int msgId, String cred) {
        return "<SyncML xmlns=\"SYNCML:SYNCML1.2\"><SyncHdr><VerDTD>1.2</VerDTD><VerProto>DM/1.2</VerProto>"
                + "<SessionID>1</SessionID><MsgID>" + msgId
                + "</MsgID><Target><LocURI>http://127.0.0.1/dm</LocURI></Target><Source><LocURI>" + device
                + "</LocURI><LocName>card</LocName></Source>" + cred + "</SyncHdr><SyncBody>";
    }

    static String package1(String device, ByteString nonce) {
        String digest =
                Credentials.of("card", "secret").cred(AuthType.MD5, nonce).data();
        return header(
                        device,
                        1,
                        "<Cred><Meta><Format xmlns=\"syncml:metinf\">b64</Format><Type xmlns=\"syncml:metinf\">"
                                + "syncml:auth-md5</Type></Meta><Data>" + digest
                                + "</Data></Cred><Meta><MaxMsgSize xmlns=\"syncml:metinf\">4000</MaxMsgSize></Meta>")
                + "<Alert><CmdID>1</CmdID><Data>1201</Data></Alert><Replace><CmdID>2</CmdID><Item><Source><LocURI>"
                + "./DevInfo/DevId</LocURI></Source><Data>" + device
                + "</Data></Item></Replace><Final/></SyncBody></SyncML>";
    }

    static String package3(String device, String cmdRef, String nonce) {
        return header(device, 2, "")
                + "<Status><CmdID>1</CmdID><MsgRef>1</MsgRef><CmdRef>0</CmdRef><Cmd>SyncHdr</Cmd><Chal><Meta><Format"
                + " xmlns=\"syncml:metinf\">b64</Format><Type xmlns=\"syncml:metinf\">syncml:auth-md5</Type><NextNonce"
                + " xmlns=\"syncml:metinf\">" + nonce + "</NextNonce></Meta></Chal><Data>212</Data></Status>"
                + "<Status><CmdID>2</CmdID><MsgRef>1</MsgRef><CmdRef>" + cmdRef
                + "</CmdRef><Cmd>Get</Cmd><Data>200</Data></Status><Results><CmdID>3</CmdID><MsgRef>1</MsgRef><CmdRef>"
                + cmdRef + "</CmdRef><Item><Source><LocURI>./DevInfo/Man</LocURI></Source><Data>Bipline</Data></Item>"
                + "</Results><Final/></SyncBody></SyncML>";
    }

    /** A whole session in which the server reads one node; messages go through {@code encode} on their way out. */
    private Job readOneNode(String device, SyncMlCodec codec, Encoder encode) throws Exception {
        addDevice(device);
        Job job = server.submit(device, JobSpec.commands(ManagementCommand.get("./DevInfo/Man")));
        HttpResponse<byte[]> first = post(codec, encode.encode(package1(device, ByteString.EMPTY)));
        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(first.headers().firstValue("content-type")).contains(codec.mediaType());
        SyncMl answer = codec.decode(first.body());
        assertThat(Credentials.of("server", "secret")
                        .verify(answer.header().cred().orElseThrow(), ByteString.EMPTY))
                .isTrue();
        Command get = answer.body().commands().stream()
                .filter(Command.Get.class::isInstance)
                .findFirst()
                .orElseThrow();
        String nonce = Base64.getEncoder().encodeToString(new byte[] {1, 2, 3});
        HttpResponse<byte[]> second = post(codec, encode.encode(package3(device, get.cmdId(), nonce)));
        assertThat(codec.decode(second.body()).body().commands()).allMatch(Status.class::isInstance);
        return store.job(job.id()).orElseThrow();
    }

    private interface Encoder {
        byte[] encode(String xml) throws Exception;
    }

    @Test
    @Tag("TR-2")
    void a_session_in_xml_over_http() throws Exception {
        Job job = readOneNode("IMEI:1", SyncMlCodec.XML, xml -> xml.getBytes(StandardCharsets.UTF_8));

        assertThat(job.state()).as(job.reason()).isEqualTo(JobState.DONE);
        assertThat(job.results().get(0).value().orElseThrow().asText()).contains("Bipline");
        assertThat(store.device("IMEI:1").orElseThrow().server().orElseThrow().nonce())
                .isEqualTo(ByteString.hex("010203"));
        assertThat(store.sessions("IMEI:1", 1).get(0).origin()).startsWith("connection 1 from /127.0.0.1:");
    }

    @Test
    @Tag("TR-2")
    void a_session_goes_on_over_another_connection() throws Exception {
        newConnections = true;
        Job job = readOneNode("IMEI:1", SyncMlCodec.XML, xml -> xml.getBytes(StandardCharsets.UTF_8));

        assertThat(gateway.connections()).isGreaterThan(1);
        assertThat(job.state()).as(job.reason()).isEqualTo(JobState.DONE);
        assertThat(job.attempts()).isEqualTo(1);
    }

    @Test
    @Tag("TR-2")
    @Tag("MO-7")
    void a_session_in_wbxml_made_by_an_independent_encoder() throws Exception {
        Optional<Path> xml2wbxml = List.of(Path.of("/usr/bin/xml2wbxml"), Path.of("/usr/local/bin/xml2wbxml")).stream()
                .filter(Files::isExecutable)
                .findFirst();
        assumeTrue(xml2wbxml.isPresent(), "xml2wbxml is not installed (Debian package libwbxml2-utils)");
        for (List<String> options : List.of(List.of("-n"), List.<String>of())) { // without and with string table
            Job job = readOneNode("IMEI:" + options.size(), SyncMlCodec.WBXML, xml -> {
                Path in = Files.writeString(
                        dir.resolve("message.xml"),
                        "<?xml version=\"1.0\"?><!DOCTYPE SyncML PUBLIC \"-//SYNCML//DTD SyncML 1.2//EN\" \"\">" + xml);
                Path out = dir.resolve("message.wbxml");
                List<String> command = new ArrayList<>(List.of(xml2wbxml.get().toString()));
                command.addAll(options);
                command.addAll(List.of("-v", "1.2", "-o", out.toString(), in.toString()));
                Process process =
                        new ProcessBuilder(command).redirectErrorStream(true).start();
                String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                assertThat(process.waitFor()).as(output).isZero();
                return Files.readAllBytes(out);
            });
            assertThat(job.state()).as(job.reason()).isEqualTo(JobState.DONE);
            assertThat(job.results().get(0).value().orElseThrow().asText()).contains("Bipline");
        }
    }

    @Test
    void many_sessions_at_once() throws Exception {
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Job>> jobs = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                String device = "IMEI:" + i;
                jobs.add(clients.submit(
                        () -> readOneNode(device, SyncMlCodec.XML, xml -> xml.getBytes(StandardCharsets.UTF_8))));
            }
            for (Future<Job> job : jobs) {
                assertThat(job.get().state()).as(job.get().reason()).isEqualTo(JobState.DONE);
            }
        }
    }

    @Test
    void rubbish_gets_one_line_and_the_next_request_is_served() throws Exception {
        HttpResponse<byte[]> response = post(SyncMlCodec.WBXML, "rubbish".getBytes(StandardCharsets.UTF_8));
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(new String(response.body(), StandardCharsets.UTF_8))
                .startsWith("malformed DM message")
                .hasLineCount(1);

        assertThat(readOneNode("IMEI:1", SyncMlCodec.XML, xml -> xml.getBytes(StandardCharsets.UTF_8))
                        .state())
                .isEqualTo(JobState.DONE);
    }

    @Test
    void closing_lets_a_request_end_and_refuses_new_connections() throws Exception {
        addDevice("IMEI:1");
        hold = true;
        InetSocketAddress address = gateway.plainAddress().orElseThrow();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<HttpResponse<byte[]>> response = threads.submit(() ->
                    post(SyncMlCodec.XML, package1("IMEI:1", ByteString.EMPTY).getBytes(StandardCharsets.UTF_8)));
            assertThat(held.await(30, TimeUnit.SECONDS)).isTrue();
            Future<?> closing = threads.submit(gateway::close);
            assertThatThrownBy(() -> {
                        while (true) { // the close is under way: some connections may still get in before it
                            SocketChannel.open(address).close();
                        }
                    })
                    .isInstanceOf(IOException.class);
            mayAnswer.countDown();
            assertThat(response.get().statusCode()).isEqualTo(200);
            closing.get();
        }
        gateway.close(); // twice is harmless
    }

    @Test
    void refuses_connections_beyond_the_limit() throws Exception {
        gateway.close();
        GatewayLimits one = new GatewayLimits(
                1000, 1000, Duration.ofSeconds(30), Duration.ofSeconds(30), 1, GatewayLimits.PerSource.DEFAULT);
        gateway = Gateway.builder(server).plain(ANY).limits(one).build().start();
        try (SocketChannel first = SocketChannel.open(gateway.plainAddress().orElseThrow())) {
            first.write(ByteBuffer.wrap("GET /dm HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
            ByteBuffer answer = ByteBuffer.allocate(8);
            first.read(answer);
            assertThat(answer.position()).isPositive();
            try (SocketChannel second =
                    SocketChannel.open(gateway.plainAddress().orElseThrow())) {
                assertThat(second.read(ByteBuffer.allocate(1))).isEqualTo(-1);
            }
            assertThat(gateway.connections()).isEqualTo(1);
        }
    }

    @Test
    void several_gateways_share_event_loops_that_stay_open() throws Exception {
        MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        try (Gateway staying = Gateway.builder(server)
                .plain(ANY)
                .eventLoopGroup(group)
                .path("/b")
                .build()
                .start()) {
            Gateway closing = Gateway.builder(server)
                    .plain(ANY)
                    .eventLoopGroup(group)
                    .build()
                    .start();
            assertThat(closing.plainAddress().orElseThrow().getPort())
                    .isNotEqualTo(staying.plainAddress().orElseThrow().getPort());
            closing.close();
            assertThat(group.isShuttingDown()).isFalse();
            SocketChannel.open(staying.plainAddress().orElseThrow()).close();
        } finally {
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
        }
    }

    @Test
    void says_which_address_cannot_be_bound() {
        InetSocketAddress taken = gateway.plainAddress().orElseThrow();
        assertThatThrownBy(() -> Gateway.builder(server).plain(taken).build().start())
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("cannot listen on " + taken.getAddress().toString());
        assertThat(InetAddress.getLoopbackAddress()).isEqualTo(taken.getAddress());
    }
}
