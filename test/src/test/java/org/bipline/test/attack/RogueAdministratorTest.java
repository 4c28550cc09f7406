// SPDX-License-Identifier: Apache-2.0
package org.bipline.test.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.bipline.dm.server.Account;
import org.bipline.dm.server.AuditQuery;
import org.bipline.dm.server.Device;
import org.bipline.dm.server.DmServer;
import org.bipline.dm.server.MemoryStore;
import org.bipline.dm.server.Store;
import org.bipline.gateway.admin.AdminApi;
import org.bipline.gateway.admin.JobWatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A program, or a page in the operator's browser, that calls the administration without the token. */
@Tag("SEC-1")
class RogueAdministratorTest {
    private static final String TOKEN = "0123456789abcdef";
    private static final String OBJECT =
            "<MgmtTree xmlns='syncml:dmddf1.2'><VerDTD>1.2</VerDTD><Node><NodeName>X</NodeName></Node></MgmtTree>";

    private final Store store = new MemoryStore();
    private final DmServer server =
            DmServer.builder(store, Clock.systemUTC(), new SplittableRandom(1)).build();
    private final HttpClient http = HttpClient.newHttpClient();
    private AdminApi api;

    @BeforeEach
    void start() throws IOException {
        store.putDevice(Device.md5("d", Account.of("card", "s3cret"), Account.of("server", "s3cret too")));
        api = new AdminApi(
                server, new JobWatch(), TOKEN, List.of(), new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    @AfterEach
    void stop() {
        api.close();
        server.close();
    }

    private HttpResponse<String> call(String method, String path, String body, String... headers) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + api.address().getPort() + path);
        return http.send(
                HttpRequest.newBuilder(uri)
                        .headers(headers)
                        .method(method, BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer",
                "Bearer ",
                "Bearer 0123456789abcdeF",
                "Bearer 0123456789abcde",
                "Bearer 0123456789abcdef0",
                "bearer 0123456789abcdef",
                "0123456789abcdef",
                "Basic MDEyMzQ1Njc4OWFiY2RlZg=="
            })
    void what_is_not_the_token_does_nothing(String shown) throws Exception {
        for (List<String> wanted : List.of(
                List.of("POST", "/jobs?device=d", OBJECT),
                List.of("PUT", "/desired?device=d", OBJECT),
                List.of("DELETE", "/desired?device=d&target=./MO/X", ""),
                List.of("POST", "/devices/d/unlock", ""),
                List.of("GET", "/devices", ""),
                List.of("GET", "/audit", ""))) {
            HttpResponse<String> answer = call(wanted.get(0), wanted.get(1), wanted.get(2), "Authorization", shown);
            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(answer.body()).doesNotContain("card", TOKEN);
        }
        assertThat(store.jobs()).isEmpty();
        assertThat(store.audit(new AuditQuery(0, Instant.EPOCH, Optional.empty(), 99)))
                .hasSize(6)
                .allMatch(line -> line.entry().outcome().equals("401")
                        && line.entry().actor().startsWith("somebody at "));
    }

    @Test
    void a_form_of_a_page_in_the_browser_does_nothing() throws Exception {
        HttpResponse<String> answer =
                call("POST", "/jobs?device=d", OBJECT, "Content-Type", "text/plain", "Origin", "http://evil.example");

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
        assertThat(store.jobs()).isEmpty();
    }

    @Test
    void with_the_token_each_of_them_is_done() throws Exception {
        String[] token = {"Authorization", "Bearer " + TOKEN};

        assertThat(call("POST", "/jobs?device=d", OBJECT, token).statusCode()).isEqualTo(201);
        assertThat(call("PUT", "/desired?device=d", OBJECT, token).statusCode()).isEqualTo(200);
        assertThat(call("DELETE", "/desired?device=d&target=./MO/X", "", token).statusCode())
                .isEqualTo(200);
        assertThat(call("POST", "/devices/d/unlock", "", token).statusCode()).isEqualTo(201);
        assertThat(call("GET", "/devices", "", token).body())
                .contains("\"card\"")
                .doesNotContain("s3cret", Account.of("card", "s3cret").key());
        assertThat(call("GET", "/audit", "", token).body())
                .contains("administrator at ")
                .doesNotContain(TOKEN);
    }

    @Test
    @Tag("INT-3")
    void a_body_without_end_is_cut_off() throws Exception {
        String[] token = {"Authorization", "Bearer " + TOKEN};

        assertThat(call("POST", "/jobs?device=d", "x".repeat(4 * 1024 * 1024 + 1), token)
                        .statusCode())
                .isEqualTo(413);
    }
}
