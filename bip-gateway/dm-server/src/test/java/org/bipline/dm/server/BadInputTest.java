// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.SplittableRandom;
import org.bipline.dm.ByteString;
import org.bipline.dm.syncml.SyncMlCodec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class BadInputTest {
    private static final String WBXML = SyncMlCodec.WBXML.mediaType();

    private final Fixture fixture = new Fixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    private DmResponse handle(String type, ByteString body) {
        return fixture.server.handle(DmRequest.of(type, body, "test"));
    }

    private byte[] goodMessage() {
        TestClient client = fixture.client();
        client.runSession();
        return SyncMlCodec.WBXML.encode(client.sentMessages.get(0));
    }

    @Test
    void rubbish_is_answered_400_with_one_line() {
        DmResponse response = handle(WBXML, ByteString.utf8("GET / HTTP/1.1"));

        assertThat(response.status()).isEqualTo(400);
        assertThat(response.contentType()).startsWith("text/plain");
        assertThat(new String(response.body().toByteArray(), StandardCharsets.UTF_8))
                .startsWith("malformed DM message: offset ")
                .endsWith("\n")
                .hasLineCount(1);
        assertThat(handle(WBXML, ByteString.EMPTY).status()).isEqualTo(400);
        assertThat(handle(SyncMlCodec.XML.mediaType(), ByteString.utf8("<SyncML>"))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void other_media_types_are_answered_415() {
        assertThat(handle("text/html", ByteString.EMPTY).status()).isEqualTo(415);
        assertThat(fixture.server
                        .handle(new DmRequest(
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                ByteString.EMPTY,
                                Optional.empty(),
                                "test"))
                        .status())
                .isEqualTo(415);
        assertThat(handle("Application/vnd.syncml.dm+WBXML; charset=UTF-8", ByteString.of(goodMessage()))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void a_message_beyond_the_limit_is_answered_413() {
        fixture.server = fixture.builder().maxMessageSize(100).build();
        assertThat(handle(WBXML, ByteString.of(new byte[101])).status()).isEqualTo(413);
    }

    @Test
    @Tag("INT-3")
    void every_truncation_of_a_message_is_refused_and_starts_no_session() {
        byte[] good = goodMessage();
        int before = fixture.store.sessions(Fixture.DEVICE, 99).size();
        int events = fixture.events.size();
        for (int length = 0; length < good.length; length++) {
            assertThat(handle(WBXML, ByteString.of(good, 0, length)).status()).isEqualTo(400);
        }
        assertThat(fixture.store.sessions(Fixture.DEVICE, 99)).hasSize(before);
        assertThat(fixture.events).hasSize(events);
    }

    @Test
    @Tag("INT-3")
    void damaged_messages_are_answered_and_never_break_the_server() {
        byte[] good = goodMessage();
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 3000; i++) {
            byte[] bad = good.clone();
            for (int n = random.nextInt(1, 4); n > 0; n--) {
                bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
            }
            assertThat(handle(WBXML, ByteString.of(bad)).status()).isIn(200, 400);
        }
        fixture.server.unlock("operator", Fixture.DEVICE); // many of them were wrong credentials
        TestClient client = fixture.client();
        client.sessionId = "fine";
        client.nonce =
                fixture.store.device(Fixture.DEVICE).orElseThrow().client().nonce();
        assertThat(client.runSession()).isTrue();
    }
}
