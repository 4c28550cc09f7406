// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.bipline.dm.ByteString;
import org.bipline.dm.DmDecodingException;
import org.bipline.dm.syncml.Status;
import org.bipline.dm.syncml.SyncHdr;
import org.bipline.dm.syncml.SyncMl;
import org.bipline.dm.syncml.SyncMlCodec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Messages that somebody recorded are of no use to him, and messages with the names of a session do not disturb it. */
@Tag("SEC-5")
class ReplayTest {
    private final Fixture fixture = new Fixture();
    private final TestClient client = fixture.client();
    private final List<DmRequest> recorded = new ArrayList<>();

    ReplayTest() {
        client.onTheWay = request -> {
            recorded.add(request);
            return request;
        };
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private static int headerStatus(DmResponse response) {
        try {
            SyncMl message = SyncMlCodec.WBXML.decode(response.body().toByteArray());
            return ((Status) message.body().commands().get(0)).code().number();
        } catch (DmDecodingException e) {
            throw new AssertionError(e);
        }
    }

    /** A recorded message under another name of the session, or another number, as a stranger can write it: its MAC or digest stays. */
    private static DmRequest altered(DmRequest request, String sessionId, int msgId) {
        try {
            SyncMl message = SyncMlCodec.WBXML.decode(request.body().toByteArray());
            SyncMl other = new SyncMl(
                    message.header().toBuilder()
                            .sessionId(sessionId)
                            .msgId(msgId)
                            .build(),
                    message.body());
            return DmRequest.of(
                    SyncMlCodec.WBXML.mediaType(), ByteString.of(SyncMlCodec.WBXML.encode(other)), "somebody");
        } catch (DmDecodingException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void recorded_credentials_begin_no_second_session() {
        client.runSession();

        assertThat(headerStatus(fixture.server.handle(altered(recorded.get(0), "2", 1))))
                .isEqualTo(401);
        fixture.crashAndRestart();
        assertThat(headerStatus(fixture.server.handle(recorded.get(0)))).isEqualTo(401);
    }

    @Test
    void without_the_change_of_nonces_they_would() {
        InvocationHandler standing = (proxy, method, arguments) -> {
            if (method.getName().equals("setClientNonce")) {
                return null;
            }
            return method.getName().equals("useClientNonce") ? true : method.invoke(fixture.store, arguments);
        };
        Store careless =
                (Store) Proxy.newProxyInstance(Store.class.getClassLoader(), new Class<?>[] {Store.class}, standing);
        fixture.server = DmServer.builder(careless, Clock.systemUTC(), new SplittableRandom(1))
                .build();
        client.runSession();

        assertThat(headerStatus(fixture.server.handle(altered(recorded.get(0), "2", 1))))
                .isEqualTo(212);
    }

    @Test
    void not_even_one_that_was_made_ready_before_they_were_used() {
        client.onTheWay = request -> {
            SyncMl bare = withoutCredentials(request);
            assertThat(headerStatus(fixture.server.handle(altered(encoded(bare), "2", 1))))
                    .isEqualTo(407);
            recorded.add(request);
            return request;
        };
        client.runSession();

        assertThat(headerStatus(fixture.server.handle(altered(recorded.get(0), "2", 2))))
                .isEqualTo(401);
    }

    private static DmRequest encoded(SyncMl message) {
        return DmRequest.of(
                SyncMlCodec.WBXML.mediaType(), ByteString.of(SyncMlCodec.WBXML.encode(message)), "somebody");
    }

    private static SyncMl withoutCredentials(DmRequest request) {
        try {
            SyncMl message = SyncMlCodec.WBXML.decode(request.body().toByteArray());
            var header = message.header();
            return new SyncMl(
                    SyncHdr.builder()
                            .sessionId(header.sessionId())
                            .msgId(Integer.parseInt(header.msgId()))
                            .target(header.target())
                            .source(header.source())
                            .build(),
                    message.body());
        } catch (DmDecodingException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void a_message_of_a_stranger_with_the_names_of_a_session_does_not_end_it() {
        Job job = fixture.server.submit(Fixture.DEVICE, JobSpec.commands(ManagementCommand.get("./MO")));
        client.onTheWay = request -> {
            if (client.sentMessages.size() == 2) {
                DmRequest forged = encoded(withoutCredentials(recorded.get(0)));
                assertThat(headerStatus(fixture.server.handle(forged))).isEqualTo(407);
            }
            recorded.add(request);
            return request;
        };

        assertThat(client.runSession()).isTrue();
        assertThat(fixture.job(job.id()).state()).isEqualTo(JobState.DONE);
        assertThat(fixture.job(job.id()).attempts()).isEqualTo(1);
    }
}
