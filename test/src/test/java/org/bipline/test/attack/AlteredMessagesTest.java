// SPDX-License-Identifier: Apache-2.0
package org.bipline.test.attack;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import org.bipline.dm.Format;
import org.bipline.dm.NodeValue;
import org.bipline.dm.auth.MacHeader;
import org.bipline.dm.server.Account;
import org.bipline.dm.server.Device;
import org.bipline.dm.server.Job;
import org.bipline.dm.server.JobSpec;
import org.bipline.dm.server.ManagementCommand;
import org.bipline.lab.card.DmAppletInstallation;
import org.bipline.me.MeListener;
import org.bipline.me.MobileEquipment;
import org.bipline.test.Fleet;
import org.bipline.uicc.runtime.Uicc;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An attacker on a plain way between card and server, who lets all pass and alters one value of what the server says. */
class AlteredMessagesTest {
    private static final String LEAF = "./MO/One/Server";
    private static final String GOOD = "good.example";
    private static final String EVIL = "evil.example";
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final HttpClient client = HttpClient.newHttpClient();
    private Fleet fleet;
    private HttpServer relay;
    private volatile boolean alters = true;

    @BeforeEach
    void start() throws IOException {
        fleet = new Fleet("altered messages", settings -> {});
        relay = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        relay.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        relay.createContext("/", this::pass);
        relay.start();
    }

    @AfterEach
    void stop() {
        relay.stop(0);
        client.close();
        fleet.close();
    }

    private void pass(HttpExchange exchange) throws IOException {
        try (exchange) {
            HttpRequest.Builder request = HttpRequest.newBuilder(
                            URI.create("http://127.0.0.1:" + fleet.address().getPort() + "/dm"))
                    .header("Content-Type", exchange.getRequestHeaders().getFirst("Content-Type"))
                    .POST(HttpRequest.BodyPublishers.ofByteArray(
                            exchange.getRequestBody().readAllBytes()));
            Optional.ofNullable(exchange.getRequestHeaders().getFirst(MacHeader.NAME))
                    .ifPresent(mac -> request.header(MacHeader.NAME, mac));
            HttpResponse<byte[]> response = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            response.headers()
                    .firstValue("Content-Type")
                    .ifPresent(type -> exchange.getResponseHeaders().set("Content-Type", type));
            response.headers()
                    .firstValue(MacHeader.NAME)
                    .ifPresent(mac -> exchange.getResponseHeaders().set(MacHeader.NAME, mac));
            byte[] body = alters ? altered(response.body()) : response.body();
            exchange.sendResponseHeaders(response.statusCode(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static byte[] altered(byte[] body) {
        return new String(body, StandardCharsets.ISO_8859_1).replace(GOOD, EVIL).getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The value that the card has after the server has given it the good one, and nobody alters anything any more. */
    private String valueOnCard(Device.Authentication authentication, int level) throws Exception {
        fleet.know(Device.of(
                Fleet.deviceId(1),
                authentication,
                Account.of("card1", Fleet.CARD_SECRET),
                Optional.of(Account.of(Fleet.SERVER, Fleet.SERVER_SECRET))));
        Uicc card = Fleet.card(1, Fleet.parameters(1, relay.getAddress()).level(level));
        try (MobileEquipment me = fleet.switchedOn(card, new MeListener() {})) {
            fleet.submit(
                    1,
                    JobSpec.commands(
                            ManagementCommand.addInterior("./MO/One", Optional.empty()),
                            ManagementCommand.add(LEAF, Format.CHR, "text/plain", NodeValue.text(GOOD))));
            me.selectMenuItem(DmAppletInstallation.MENU_TEXT);
            me.awaitIdle(LIMIT);
            alters = false;
            Job get = fleet.submit(1, JobSpec.commands(ManagementCommand.get(LEAF)));
            for (int session = 0; session < 2; session++) { // the first may have to go on with what was interrupted
                me.selectMenuItem(DmAppletInstallation.MENU_TEXT);
                me.awaitIdle(LIMIT);
            }
            return fleet.job(get)
                    .results()
                    .getFirst()
                    .value()
                    .flatMap(NodeValue::asText)
                    .orElse("nothing");
        }
    }

    @Test
    @Tag("SEC-5")
    @Tag("SEC-2")
    void an_altered_message_has_no_effect_where_each_is_proven() throws Exception {
        assertThat(valueOnCard(Device.Authentication.MAC, 2)).isEqualTo(GOOD);
    }

    @Test
    void it_has_where_only_the_first_one_is_proven() throws Exception {
        assertThat(valueOnCard(Device.Authentication.MD5, 1)).isEqualTo(EVIL);
    }
}
