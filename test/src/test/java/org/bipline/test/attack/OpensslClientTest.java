// SPDX-License-Identifier: Apache-2.0
package org.bipline.test.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.bipline.dm.ByteString;
import org.bipline.gateway.GatewayLimits;
import org.bipline.test.Programs;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The gateway's TLS from the side of OpenSSL: as a card that is served, and as somebody who tries. */
@Timeout(60)
@Tag("SEC-8")
class OpensslClientTest {
    private static final String REQUEST = "GET /dm HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    private static final String SERVED = "HTTP/1.1 405 Method Not Allowed"; // by HTTP, so TLS was fine
    private static final ByteString WRONG = ByteString.hex("00".repeat(16));

    @TempDir
    Path directory;

    private final TlsGateway gateway;

    OpensslClientTest() throws IOException {
        gateway = new TlsGateway(GatewayLimits.PerSource.DEFAULT);
    }

    @BeforeAll
    static void requireOpenssl() {
        Programs.require("openssl", "openssl");
    }

    @AfterEach
    void close() {
        gateway.close();
    }

    private String client(int port, String input, ByteString identity, ByteString key, String... options)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(
                "openssl",
                "s_client",
                "-connect",
                "127.0.0.1:" + port,
                "-psk_identity",
                new String(identity.toByteArray(), StandardCharsets.UTF_8),
                "-psk",
                key.toHex()));
        command.addAll(List.of(options));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (var in = process.getOutputStream()) {
            in.write(input.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException refused) {
            // it has ended already; its output tells why
        }
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private String client(String... options) throws IOException {
        return client(gateway.address().getPort(), REQUEST, TlsGateway.CARD.identity(), TlsGateway.CARD.key(), options);
    }

    @ParameterizedTest
    @CsvSource({
        "PSK-AES128-CBC-SHA256, ''",
        "PSK-AES128-CBC-SHA256, -no_etm",
        "PSK-AES128-GCM-SHA256, ''",
    })
    @Tag("TR-2")
    void a_client_with_the_key_is_served(String suite, String option) throws IOException {
        List<String> options = new ArrayList<>(List.of("-tls1_2", "-ign_eof", "-maxfraglen", "512", "-cipher", suite));
        if (!option.isEmpty()) {
            options.add(option);
        }
        assertThat(client(options.toArray(String[]::new)))
                .contains("Cipher is " + suite, SERVED, "Compression: NONE", "closed")
                .doesNotContain("session ticket:");
    }

    @Test
    void a_session_is_resumed() throws IOException {
        String session = directory.resolve("session").toString();
        String suite = "PSK-AES128-CBC-SHA256";
        assertThat(client("-tls1_2", "-ign_eof", "-cipher", suite, "-sess_out", session))
                .contains("New, ", SERVED);
        assertThat(client("-tls1_2", "-ign_eof", "-cipher", suite, "-sess_in", session))
                .contains("Reused, ", SERVED);
        assertThat(client("-tls1_2", "-ign_eof", "-cipher", suite)).contains("New, ", SERVED);
    }

    private List<String> recordsTo(ByteString identity, ByteString key, String suite) throws Exception {
        try (TlsGateway.Tap tap = gateway.new Tap()) {
            String output = client(tap.port(), REQUEST, identity, key, "-tls1_2", "-cipher", suite);
            assertThat(output).contains("alert bad record mac").doesNotContain(SERVED);
            return tap.records();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PSK-AES128-CBC-SHA256", "PSK-AES128-GCM-SHA256"})
    @Tag("SEC-2")
    void an_unknown_identity_and_a_wrong_key_look_the_same_on_the_wire(String suite) throws Exception {
        List<String> wrongKey = recordsTo(TlsGateway.CARD.identity(), WRONG, suite);
        List<String> unknown = recordsTo(ByteString.utf8("8988211000000000026"), WRONG, suite);
        assertThat(unknown).isEqualTo(wrongKey);
        assertThat(wrongKey)
                .as("ServerHello, ServerHelloDone, and one alert of two bytes")
                .hasSize(3)
                .last()
                .isEqualTo("21: 2");
    }

    @Test
    void a_renegotiation_is_refused_with_a_warning() throws IOException {
        String output = client(
                gateway.address().getPort(),
                "R\n",
                TlsGateway.CARD.identity(),
                TlsGateway.CARD.key(),
                "-tls1_2",
                "-cipher",
                "PSK-AES128-CBC-SHA256");
        assertThat(output).contains("RENEGOTIATING").containsPattern("no.renegotiation");
    }

    @ParameterizedTest
    @CsvSource({
        "-tls1, PSK-AES128-CBC-SHA:@SECLEVEL=0, protocol version",
        "-tls1_1, PSK-AES128-CBC-SHA:@SECLEVEL=0, protocol version",
        "-tls1_3, PSK-AES128-CBC-SHA256, protocol version",
        "-tls1_2, PSK-AES128-CBC-SHA, handshake failure",
        "-tls1_2, PSK-NULL-SHA256:@SECLEVEL=0, handshake failure",
        "-tls1_2, DHE-PSK-AES128-GCM-SHA256, handshake failure",
        "-tls1_2, ECDHE-PSK-AES128-CBC-SHA256, handshake failure",
        "-tls1_2, RSA-PSK-AES128-GCM-SHA256, handshake failure",
    })
    void other_versions_and_suites_are_refused(String version, String suites, String alert) throws IOException {
        assertThat(client(version, "-cipher", suites))
                .contains("alert " + alert)
                .doesNotContain(SERVED);
    }

    @Test
    @Tag("SEC-7")
    void who_guesses_keys_is_shut_out_and_would_not_be_without_the_limit() throws Exception {
        String[] options = {"-tls1_2", "-ign_eof", "-cipher", "PSK-AES128-CBC-SHA256"};
        try (TlsGateway strict =
                new TlsGateway(new GatewayLimits.PerSource(10, 10, 2, Duration.ofMinutes(5), Duration.ofMinutes(5)))) {
            for (TlsGateway each : List.of(strict, gateway)) {
                int port = each.address().getPort();
                for (int i = 0; i < 3; i++) {
                    assertThat(client(port, REQUEST, TlsGateway.CARD.identity(), WRONG, options))
                            .contains("alert bad record mac");
                }
            }
            assertThat(client(
                            strict.address().getPort(),
                            REQUEST,
                            TlsGateway.CARD.identity(),
                            TlsGateway.CARD.key(),
                            options))
                    .doesNotContain(SERVED, "alert");
            assertThat(client(options)).contains(SERVED);
        }
    }
}
