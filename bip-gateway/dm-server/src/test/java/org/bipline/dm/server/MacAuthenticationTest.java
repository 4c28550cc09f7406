// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bipline.dm.ByteString;
import org.bipline.dm.DmDecodingException;
import org.bipline.dm.auth.AuthType;
import org.bipline.dm.auth.Credentials;
import org.bipline.dm.syncml.Command;
import org.bipline.dm.syncml.Status;
import org.bipline.dm.syncml.StatusCode;
import org.bipline.dm.syncml.SyncBody;
import org.bipline.dm.syncml.SyncMl;
import org.bipline.dm.syncml.SyncMlCodec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Authentication type {@code syncml:auth-MAC}. OMA DM Security, Integrity of OMA DM messages. */
@Tag("SEC-2")
@Tag("SEC-8")
class MacAuthenticationTest {
    private final Fixture fixture = new Fixture();
    private final TestClient client = fixture.client();
    private final Job job;

    MacAuthenticationTest() {
        fixture.store.putDevice(Device.of(
                Fixture.DEVICE,
                Device.Authentication.MAC,
                Account.of("card", "card secret", Fixture.CLIENT_NONCE),
                Optional.of(Account.of("dm-server", "server secret", Fixture.SERVER_NONCE))));
        client.authType = AuthType.MAC;
        client.challengeType = AuthType.MAC;
        job = fixture.server.submit(
                Fixture.DEVICE,
                JobSpec.commands(
                        ManagementCommand.get("./MO"), ManagementCommand.addInterior("./MO/A", Optional.empty())));
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private static List<Status> headers(List<SyncMl> messages) {
        return messages.stream()
                .flatMap(message -> message.body().commands().stream())
                .filter(Status.class::isInstance)
                .map(Status.class::cast)
                .filter(Status::isForHeader)
                .toList();
    }

    private static List<Integer> codes(List<SyncMl> messages) {
        return headers(messages).stream().map(status -> status.code().number()).toList();
    }

    private JobState state() {
        return fixture.job(job.id()).state();
    }

    @ParameterizedTest
    @EnumSource
    void proves_each_message_of_both_sides_with_a_new_nonce(SyncMlCodec codec) {
        client.codec = codec;
        assertThat(client.runSession()).isTrue();

        assertThat(state()).isEqualTo(JobState.DONE);
        assertThat(codes(client.received)).containsOnly(200);
        assertThat(codes(client.sentMessages)).containsOnly(200);
        assertThat(client.received).allMatch(message -> message.header().cred().isEmpty());
        Set<ByteString> nonces = new HashSet<>();
        for (Status status : headers(client.received)) {
            assertThat(nonces.add(status.chal().flatMap(AuthType::nonce).orElseThrow()))
                    .isTrue();
        }
        assertThat(nonces).hasSize(client.received.size());
        assertThat(fixture.store.device(Fixture.DEVICE).orElseThrow().client().nonce())
                .as("the next session goes on from there")
                .isEqualTo(client.nonce);
    }

    @Test
    void a_client_without_the_header_field_is_challenged_for_it() {
        client.sendsCredentials = false;
        assertThat(client.runSession()).isTrue();

        assertThat(codes(client.received)).startsWith(407, 200);
        assertThat(headers(client.received).get(0).chal().flatMap(chal -> AuthType.of(chal.meta())))
                .contains(AuthType.MAC);
        assertThat(state()).isEqualTo(JobState.DONE);
    }

    @Test
    void stale_nonces_on_both_sides_cost_a_challenge_each() {
        client.nonce = ByteString.utf8("long ago");
        client.serverNonce = ByteString.utf8("long ago too");
        assertThat(client.runSession()).isTrue();

        assertThat(codes(client.received)).startsWith(401, 200);
        assertThat(codes(client.sentMessages)).contains(401);
        assertThat(state()).isEqualTo(JobState.DONE);
    }

    @Test
    void other_credentials_are_refused_however_good_they_are() {
        client.authType = AuthType.MD5;
        assertThat(client.runSession()).isFalse();

        assertThat(codes(client.received)).startsWith(401, 401);
        assertThat(state()).isEqualTo(JobState.QUEUED);
    }

    @Test
    @Tag("SEC-5")
    void an_altered_message_ends_the_session() {
        client.onTheWay = request -> {
            if (client.sentMessages.size() != 2) {
                return request;
            }
            byte[] body = request.body().toByteArray();
            SyncMl forged = decode(body);
            return new DmRequest(
                    request.contentType(),
                    request.hmac(),
                    request.query(),
                    ByteString.of(client.codec.encode(new SyncMl(
                            forged.header(),
                            new SyncBody(
                                    List.of(Status.builder()
                                            .cmdId("1")
                                            .msgRef("1")
                                            .cmdRef("4")
                                            .cmd("Get")
                                            .code(StatusCode.NOT_FOUND)
                                            .build()),
                                    true)))),
                    request.pskIdentity(),
                    request.origin());
        };
        client.runSession();

        assertThat(codes(client.received)).startsWith(200, 401);
        assertThat(client.received.get(1).body().commands()).allMatch(Status.class::isInstance);
        assertThat(fixture.events).anyMatch(event -> event.startsWith("ended 1: not authenticated"));
        assertThat(fixture.job(job.id()).statuses())
                .as("nothing of it was believed")
                .isEmpty();
    }

    private SyncMl decode(byte[] body) {
        try {
            return client.codec.decode(body);
        } catch (DmDecodingException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void a_message_without_the_header_field_ends_the_session() {
        client.onTheWay = request -> client.sentMessages.size() == 2
                ? DmRequest.of(request.contentType().orElseThrow(), request.body(), request.origin())
                : request;
        client.runSession();

        assertThat(codes(client.received)).startsWith(200, 407);
        assertThat(fixture.events).anyMatch(event -> event.startsWith("ended 1: not authenticated"));
    }

    @Test
    @Tag("SEC-5")
    void a_message_is_good_once() {
        DmRequest[] first = new DmRequest[1];
        client.onTheWay = request -> {
            first[0] = first[0] == null ? request : first[0];
            return request;
        };
        assertThat(client.runSession()).isTrue();
        fixture.crashAndRestart(); // which forgets the session, to which the message would be a repetition

        DmResponse response = fixture.server.handle(first[0]);
        assertThat(codes(List.of(decode(response.body().toByteArray())))).containsExactly(401);
    }

    @Test
    void a_wrong_password_gets_no_command() {
        TestClient impostor = new TestClient(
                fixture.server::handle,
                Fixture.DEVICE,
                Credentials.of("card", "guess"),
                Credentials.of("dm-server", "server secret"));
        impostor.authType = AuthType.MAC;

        assertThat(impostor.runSession()).isFalse();
        assertThat(impostor.received).allMatch(m -> m.body().commands().stream().allMatch(Status.class::isInstance));
        assertThat(state()).isEqualTo(JobState.QUEUED);
    }

    @Test
    void a_client_that_authenticates_by_md5_may_ask_the_server_for_mac() {
        fixture.store.putDevice(Device.md5(
                Fixture.DEVICE,
                Account.of("card", "card secret", Fixture.CLIENT_NONCE),
                Account.of("dm-server", "server secret", Fixture.SERVER_NONCE)));
        client.authType = AuthType.MD5;
        client.asksServerForMac = true;
        assertThat(client.runSession()).isTrue();

        assertThat(codes(client.sentMessages)).startsWith(401, 200);
        assertThat(state()).isEqualTo(JobState.DONE);
        assertThat(client.received.subList(1, client.received.size()))
                .allMatch(message -> message.header().cred().isEmpty());
    }

    @Test
    void a_client_that_asks_for_the_servers_password_in_clear_does_not_get_it() {
        client.challengeType = AuthType.BASIC;
        client.serverNonce = ByteString.utf8("long ago");
        client.runSession();

        assertThat(state()).isEqualTo(JobState.FAILED);
        assertThat(fixture.job(job.id()).reason()).startsWith("the client asks for syncml:auth-basic");
        assertThat(client.tree).doesNotContainKey("./MO/A");
        assertThat(client.received.get(client.received.size() - 1).body().commands())
                .noneMatch(Command.Get.class::isInstance);
    }
}
