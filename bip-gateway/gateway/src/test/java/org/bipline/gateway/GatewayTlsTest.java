// SPDX-License-Identifier: Apache-2.0
package org.bipline.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import org.bipline.dm.ByteString;
import org.bipline.dm.server.Account;
import org.bipline.dm.server.Device;
import org.bipline.dm.server.DmServer;
import org.bipline.dm.server.JdbcStore;
import org.bipline.dm.server.Job;
import org.bipline.dm.server.JobSpec;
import org.bipline.dm.server.JobState;
import org.bipline.dm.server.ManagementCommand;
import org.bipline.dm.server.Store;
import org.bipline.dm.syncml.Command;
import org.bipline.dm.syncml.SyncMlCodec;
import org.bouncycastle.tls.TlsClientProtocol;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** DM over TLS on loopback, with a client of another kind and with OpenSSL. */
@Timeout(60)
@Tag("SEC-8")
class GatewayTlsTest {
    private final Store store = JdbcStore.inMemory(UUID.randomUUID().toString());
    private final DmServer server =
            DmServer.builder(store, Clock.systemUTC(), new SplittableRandom(1)).build();
    private Gateway gateway;

    @BeforeEach
    void start() throws IOException {
        store.putDevice(Device.md5("IMEI:1", Account.of("card", "secret"), Account.of("server", "secret"))
                .with(PskClient.CARD, Device.Transport.TLS));
        gateway = Gateway.builder(server)
                .secured(GatewayTest.ANY)
                .keys(store, new SecureRandom())
                .build()
                .start();
    }

    @AfterEach
    void close() {
        gateway.close();
        server.close();
        store.close();
    }

    private InetSocketAddress address() {
        return gateway.securedAddress().orElseThrow();
    }

    /** The body of the response to a DM message, over a connection of its own. */
    private byte[] post(String message) throws IOException {
        byte[] body = message.getBytes(StandardCharsets.UTF_8);
        try (Socket socket = new Socket(address().getAddress(), address().getPort())) {
            TlsClientProtocol tls = new TlsClientProtocol(socket.getInputStream(), socket.getOutputStream());
            tls.connect(PskClient.cbc("card", PskClient.KEY));
            String head = "POST /dm HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: "
                    + SyncMlCodec.XML.mediaType() + "\r\nContent-Length: " + body.length + "\r\n\r\n";
            tls.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            tls.getOutputStream().write(body);
            String response =
                    new String(tls.getInputStream().readAllBytes(), StandardCharsets.UTF_8); // to close_notify
            assertThat(response).startsWith("HTTP/1.1 200 OK\r\n");
            return response.substring(response.indexOf("\r\n\r\n") + 4).getBytes(StandardCharsets.UTF_8);
        }
    }

    @Test
    @Tag("TR-2")
    void a_session_over_TLS() throws Exception {
        Job job = server.submit("IMEI:1", JobSpec.commands(ManagementCommand.get("./DevInfo/Man")));

        Command get =
                SyncMlCodec.XML
                        .decode(post(GatewayTest.package1("IMEI:1", ByteString.EMPTY)))
                        .body()
                        .commands()
                        .stream()
                        .filter(Command.Get.class::isInstance)
                        .findFirst()
                        .orElseThrow();
        post(GatewayTest.package3("IMEI:1", get.cmdId(), "AQID"));

        Job done = store.job(job.id()).orElseThrow();
        assertThat(done.state()).as(done.reason()).isEqualTo(JobState.DONE);
    }

    @Test
    @Tag("SEC-7")
    void a_source_that_guesses_is_shut_out() throws Exception {
        gateway.close();
        gateway = Gateway.builder(server)
                .secured(GatewayTest.ANY)
                .keys(store, new SecureRandom())
                .limits(GatewayLimits.DEFAULT.with(
                        new GatewayLimits.PerSource(10, 10, 2, Duration.ofMinutes(5), Duration.ofMinutes(5))))
                .build()
                .start();
        byte[] guess = new byte[16];
        for (int i = 0; i < 3; i++) {
            guess[0]++;
            assertThat(attempt(guess)).as("guess " + i).isEqualTo("bad_record_mac");
        }
        assertThat(attempt(PskClient.KEY)).as("not even the right key helps").isEqualTo("closed");
    }

    /** What comes of a handshake with this key: the gateway's alert, that it closed the connection at once, or success. */
    private String attempt(byte[] key) throws IOException {
        PskClient client = PskClient.cbc("card", key);
        try (Socket socket = new Socket(address().getAddress(), address().getPort())) {
            new TlsClientProtocol(socket.getInputStream(), socket.getOutputStream()).connect(client);
            return "success";
        } catch (IOException refused) {
            return client.alert.equals("none") ? "closed" : client.alert;
        }
    }

    private String openssl(String suite, String identity, byte[] key) throws Exception {
        Optional<Path> openssl = Optional.of(Path.of("/usr/bin/openssl")).filter(Files::isExecutable);
        assumeTrue(openssl.isPresent(), "openssl is not installed (Debian package openssl)");
        Process process = new ProcessBuilder(
                        openssl.get().toString(),
                        "s_client",
                        "-connect",
                        "127.0.0.1:" + address().getPort(),
                        "-tls1_2",
                        "-cipher",
                        suite,
                        "-maxfraglen",
                        "512",
                        "-psk_identity",
                        identity,
                        "-psk",
                        HexFormat.of().formatHex(key),
                        "-ign_eof")
                .redirectErrorStream(true)
                .start();
        try (var in = process.getOutputStream()) {
            in.write("GET /dm HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        } catch (IOException refused) {
            // it has ended already; its output tells why
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }

    @ParameterizedTest
    @ValueSource(strings = {"PSK-AES128-CBC-SHA256", "PSK-AES128-GCM-SHA256"})
    @Tag("TR-2")
    void openssl_is_served(String suite) throws Exception {
        assertThat(openssl(suite, "card", PskClient.KEY))
                .contains("Cipher is " + suite, "HTTP/1.1 405 Method Not Allowed", "closed");
    }

    @Test
    void openssl_cannot_tell_a_wrong_key_from_an_unknown_identity() throws Exception {
        byte[] wrong = PskClient.KEY.clone();
        wrong[0] ^= 1;
        for (String identity : new String[] {"card", "nobody"}) {
            assertThat(openssl("PSK-AES128-CBC-SHA256", identity, wrong)).contains("alert bad record mac");
        }
    }
}
