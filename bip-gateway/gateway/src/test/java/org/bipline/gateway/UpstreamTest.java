// SPDX-License-Identifier: Apache-2.0
package org.bipline.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.bipline.dm.ByteString;
import org.bipline.dm.server.DmRequest;
import org.bipline.dm.server.DmResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The gateway before a DM server of which it knows nothing. */
@Timeout(60)
@Tag("MO-7")
class UpstreamTest {
    private static final String WBXML = "application/vnd.syncml.dm+wbxml";
    private static final String HMAC =
            "algorithm=MD5, username=\"Robert \\\"Bob\\\" Jordan\", mac=NTI2OTJhMDAwNjYxODkwYmQ3NWUxN2RhN2ZmYmJlMzk";
    private static final ByteString BODY = ByteString.hex("02A40100FF00FEFD");
    private static final Upstream.Limits LIMITS =
            new Upstream.Limits(1000, Duration.ofSeconds(5), Duration.ofSeconds(10));

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch end = new CountDownLatch(1);
    private final List<Seen> seen = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    private record Seen(
            String method, URI uri, String type, String accept, String hmac, String pskIdentity, ByteString body) {}

    private interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }

    UpstreamTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.start();
    }

    @AfterEach
    void close() {
        end.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private Upstream upstream(Upstream.Limits limits, Answer answer) {
        server.createContext("/", exchange -> {
            try (exchange) {
                ByteString body = ByteString.of(exchange.getRequestBody().readAllBytes());
                var headers = exchange.getRequestHeaders();
                seen.add(new Seen(
                        exchange.getRequestMethod(),
                        exchange.getRequestURI(),
                        headers.getFirst("Content-Type"),
                        headers.getFirst("Accept"),
                        headers.getFirst("x-syncml-hmac"),
                        headers.getFirst(Upstream.PSK_IDENTITY),
                        body));
                answer.to(exchange);
            }
        });
        return new Upstream(uri("/their/dm"), limits);
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", WBXML);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    private static DmRequest request() {
        return DmRequest.of(WBXML, BODY, "test");
    }

    private static String line(DmResponse response) {
        return new String(response.body().toByteArray(), StandardCharsets.UTF_8);
    }

    @Test
    @Tag("SEC-8")
    void a_message_goes_to_the_server_and_back_unchanged() throws Exception {
        try (Upstream upstream = upstream(LIMITS, exchange -> {
                    exchange.getResponseHeaders().set("x-syncml-hmac", HMAC);
                    answer(exchange, 200, new byte[] {0, -1, 2});
                });
                Gateway gateway =
                        Gateway.builder(upstream).plain(GatewayTest.ANY).build().start();
                HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<byte[]> response = http.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:"
                                    + gateway.plainAddress().orElseThrow().getPort() + "/dm?session=7%2F1"))
                            .version(HttpClient.Version.HTTP_1_1)
                            .header("Content-Type", WBXML + "; charset=utf-8")
                            .header("X-SyncML-HMAC", HMAC)
                            .header(Upstream.PSK_IDENTITY, "466F72676564") // a client cannot say it of itself
                            .POST(HttpRequest.BodyPublishers.ofByteArray(BODY.toByteArray()))
                            .build(),
                    HttpResponse.BodyHandlers.ofByteArray());

            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body()).containsExactly(0, -1, 2);
            assertThat(response.headers().firstValue("Content-Type")).contains(WBXML);
            assertThat(response.headers().firstValue("x-syncml-hmac")).contains(HMAC);
            assertThat(seen)
                    .containsExactly(new Seen(
                            "POST",
                            URI.create("/their/dm?session=7%2F1"),
                            WBXML + "; charset=utf-8",
                            WBXML + "; charset=utf-8",
                            HMAC,
                            null,
                            BODY));
        }
    }

    @Test
    @Tag("SEC-2")
    void the_server_learns_whose_key_the_client_has_proven_to_have() {
        try (Upstream upstream = upstream(LIMITS, exchange -> answer(exchange, 200, new byte[0]))) {
            upstream.apply(request().withPskIdentity(PskClient.CARD.identity()));
            assertThat(seen).extracting(Seen::pskIdentity).containsExactly("63617264");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 404, 500, 503})
    void an_error_of_the_server_is_the_clients_to_see(int status) {
        try (Upstream upstream = upstream(LIMITS, exchange -> answer(exchange, status, new byte[] {'x'}))) {
            DmResponse response = upstream.apply(request());
            assertThat(response.status()).isEqualTo(status);
            assertThat(line(response)).isEqualTo("x");
        }
    }

    @Test
    void a_redirection_is_a_fault_of_the_configuration() {
        try (Upstream upstream = upstream(LIMITS, exchange -> {
            exchange.getResponseHeaders().set("Location", "http://127.0.0.1:1/");
            answer(exchange, 307, new byte[0]);
        })) {
            assertThat(upstream.apply(request()).status()).isEqualTo(502);
            assertThat(seen).hasSize(1);
        }
    }

    @Test
    void a_server_that_nobody_reaches_is_502() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        try (Upstream upstream = new Upstream(URI.create("http://127.0.0.1:" + port), LIMITS)) {
            DmResponse response = upstream.apply(request());
            assertThat(response.status()).isEqualTo(502);
            assertThat(line(response)).isEqualTo("the upstream server failed\n");
        }
    }

    @Test
    void a_response_beyond_the_limit_is_502_and_one_at_the_limit_is_passed() {
        try (Upstream upstream =
                upstream(LIMITS, exchange -> answer(exchange, 200, new byte[seen.size() == 1 ? 1000 : 1001]))) {
            assertThat(upstream.apply(request()).body().length()).isEqualTo(1000);
            assertThat(upstream.apply(request()).status()).isEqualTo(502);
        }
    }

    @Test
    void a_response_that_breaks_off_is_502() {
        try (Upstream upstream = upstream(LIMITS, exchange -> {
            exchange.sendResponseHeaders(200, 100);
            exchange.getResponseBody().write(1);
        })) {
            assertThat(upstream.apply(request()).status()).isEqualTo(502);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_server_that_takes_too_long_is_504_also_within_the_body(boolean begun) {
        Upstream.Limits impatient = new Upstream.Limits(1000, Duration.ofSeconds(5), Duration.ofMillis(300));
        try (Upstream upstream = upstream(impatient, exchange -> {
            if (begun) {
                exchange.sendResponseHeaders(200, 100);
                exchange.getResponseBody().write(1);
                exchange.getResponseBody().flush();
            }
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        })) {
            DmResponse response = upstream.apply(request());
            assertThat(response.status()).isEqualTo(504);
            assertThat(line(response)).isEqualTo("the upstream server takes too long\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://dm.example/", "/dm", "http:///dm", "http://dm.example/#x"})
    void wants_an_absolute_url_of_http(String url) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Upstream(URI.create(url), LIMITS));
    }
}
