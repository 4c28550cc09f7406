// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.bipline.dm.ByteString;
import org.bipline.dm.Format;
import org.bipline.dm.NodeValue;
import org.bipline.dm.auth.AuthType;
import org.bipline.dm.auth.Credentials;
import org.bipline.dm.syncml.Command;
import org.bipline.dm.syncml.Location;
import org.bipline.dm.syncml.Status;
import org.bipline.dm.syncml.StatusCode;
import org.bipline.dm.syncml.SyncMl;
import org.bipline.dm.syncml.SyncMlCodec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("SEC-2")
class AuthenticationTest {
    private static final JobSpec GET = JobSpec.commands(ManagementCommand.get("./MO"));

    private final Fixture fixture = new Fixture();
    private final TestClient client = fixture.client();
    private final Job job = fixture.server.submit(Fixture.DEVICE, GET);

    @AfterEach
    void close() {
        fixture.close();
    }

    private static List<Integer> headerCodes(List<SyncMl> messages) {
        return messages.stream()
                .flatMap(message -> message.body().commands().stream())
                .filter(Status.class::isInstance)
                .map(Status.class::cast)
                .filter(Status::isForHeader)
                .map(status -> status.code().number())
                .toList();
    }

    private JobState state() {
        return fixture.job(job.id()).state();
    }

    @Test
    void both_sides_accept_credentials_that_rest_on_the_nonces_they_share() {
        assertThat(client.runSession()).isTrue();

        assertThat(headerCodes(client.received)).containsExactly(212, 200);
        assertThat(headerCodes(client.sentMessages)).containsExactly(212);
        assertThat(state()).isEqualTo(JobState.DONE);
        assertThat(fixture.events).contains("authenticated 1", "ended 1: complete");
    }

    @Test
    void the_next_session_uses_the_next_nonces() {
        client.runSession();
        client.received.clear();
        client.sentMessages.clear();
        client.sessionId = "2";
        Job second = fixture.server.submit(Fixture.DEVICE, GET);

        assertThat(client.runSession()).isTrue();
        assertThat(headerCodes(client.received)).containsExactly(212, 200);
        assertThat(headerCodes(client.sentMessages)).containsExactly(212);
        assertThat(fixture.job(second.id()).state()).isEqualTo(JobState.DONE);
    }

    @Test
    void a_client_without_credentials_is_challenged_and_nothing_else() {
        client.sendsCredentials = false;
        assertThat(client.runSession()).isTrue();

        SyncMl challenge = client.received.get(0);
        assertThat(challenge.body().commands()).allMatch(Status.class::isInstance);
        assertThat(challenge.body().commands().stream()
                        .map(command -> ((Status) command).code().number()))
                .containsExactly(407, 407, 407); // header, Alert, Replace
        assertThat(((Status) challenge.body().commands().get(0)).chal()).isPresent();
        assertThat(challenge.header().cred()).isEmpty();
        assertThat(state()).isEqualTo(JobState.DONE);
    }

    @Test
    void a_stale_nonce_costs_one_challenge() {
        client.nonce = ByteString.utf8("long ago");
        assertThat(client.runSession()).isTrue();

        assertThat(headerCodes(client.received)).startsWith(401, 212);
        assertThat(state()).isEqualTo(JobState.DONE);
    }

    @Test
    void stale_nonces_on_both_sides_do_not_lock_them_out() {
        client.nonce = ByteString.utf8("long ago");
        client.serverNonce = ByteString.utf8("long ago too");
        assertThat(client.runSession()).isTrue();

        assertThat(state()).isEqualTo(JobState.DONE);
        assertThat(headerCodes(client.sentMessages)).contains(401, 212);
    }

    @Test
    void a_wrong_password_of_the_client_ends_the_session_and_leaves_the_job() {
        TestClient impostor = new TestClient(
                fixture.server::handle,
                Fixture.DEVICE,
                Credentials.of("card", "guess"),
                Credentials.of("dm-server", "server secret"));
        impostor.nonce = Fixture.CLIENT_NONCE;

        assertThat(impostor.runSession()).isFalse();
        assertThat(headerCodes(impostor.received)).startsWith(401, 401);
        assertThat(impostor.received).allMatch(m -> m.body().commands().stream().allMatch(Status.class::isInstance));
        assertThat(state()).isEqualTo(JobState.QUEUED);
        assertThat(fixture.events)
                .anyMatch(event -> event.startsWith("failed: the client's name or password is wrong"));
        assertThat(client.runSession())
                .as("the nonce of the true client still holds")
                .isTrue();
        assertThat(headerCodes(client.received)).startsWith(212);
    }

    @Test
    void a_stranger_is_answered_like_a_client_with_a_wrong_password() {
        TestClient stranger = new TestClient(
                fixture.server::handle,
                "IMEI:000000000000000",
                Credentials.of("card", "card secret"),
                Credentials.of("dm-server", "server secret"));

        assertThat(stranger.runSession()).isFalse();
        assertThat(headerCodes(stranger.received)).startsWith(401, 401);
    }

    @Test
    void another_user_name_is_refused() {
        client.beforeSending = message -> new SyncMl(
                message.header().toBuilder()
                        .source(Location.of(Fixture.DEVICE, "somebody"))
                        .build(),
                message.body());
        assertThat(client.runSession()).isFalse();
    }

    @Test
    void basic_credentials_are_refused_where_md5_is_wanted() {
        client.authType = AuthType.BASIC;
        assertThat(client.runSession()).isFalse();

        assertThat(headerCodes(client.received)).startsWith(401, 401);
        assertThat(state()).isEqualTo(JobState.QUEUED);
        assertThat(fixture.seen.toString()).doesNotContain("Y2FyZDpjYXJkIHNlY3JldA=="); // card:card secret
    }

    @Test
    void a_device_may_be_set_to_basic() {
        fixture.store.putDevice(Device.of(
                Fixture.DEVICE,
                Device.Authentication.BASIC,
                Account.of("card", "card secret"),
                Optional.of(Account.of("dm-server", "server secret", Fixture.SERVER_NONCE))));
        client.sendsCredentials = false;
        client.authType = AuthType.BASIC;

        assertThat(client.runSession()).isTrue();
        assertThat(headerCodes(client.received)).startsWith(407, 212);
        assertThat(fixture.seen.stream()
                        .map(m -> m.header().cred().map(cred -> cred.data()).orElse("")))
                .contains("***")
                .doesNotContain("Y2FyZDpjYXJkIHNlY3JldA==");
    }

    @Test
    void a_device_may_be_set_to_no_authentication() {
        fixture.store.putDevice(
                Device.of(Fixture.DEVICE, Device.Authentication.NONE, Account.of("", ""), Optional.empty()));
        client.sendsCredentials = false;
        client.demandsServerCredentials = false;

        assertThat(client.runSession()).isTrue();
        assertThat(headerCodes(client.received)).startsWith(200);
        assertThat(client.received.get(0).header().cred()).isEmpty();
        assertThat(state()).isEqualTo(JobState.DONE);
    }

    @Test
    void a_client_that_refuses_the_servers_password_twice_fails_the_job() {
        TestClient wary = new TestClient(
                fixture.server::handle,
                Fixture.DEVICE,
                Credentials.of("card", "card secret"),
                Credentials.of("dm-server", "another secret"));
        wary.nonce = Fixture.CLIENT_NONCE;
        wary.serverNonce = Fixture.SERVER_NONCE;
        wary.runSession();

        assertThat(state()).isEqualTo(JobState.FAILED);
        assertThat(fixture.job(job.id()).reason())
                .isEqualTo("the client refused the server's credentials; check the server's name and password for "
                        + Fixture.DEVICE);
    }

    @Test
    void the_server_proves_itself_in_every_message_where_the_client_says_200() {
        client.acceptance = StatusCode.OK;
        fixture.server.submit(Fixture.DEVICE, GET);
        assertThat(client.runSession()).isTrue();

        assertThat(client.received).allMatch(message -> message.header().cred().isPresent());
        assertThat(state()).isEqualTo(JobState.DONE);
    }

    @Test
    void no_command_goes_to_a_client_before_it_is_authenticated() {
        client.nonce = ByteString.utf8("long ago");
        client.runSession();

        int accepted = headerCodes(client.received).indexOf(212);
        assertThat(client.received.subList(0, accepted))
                .noneMatch(m -> m.body().commands().stream().anyMatch(c -> !(c instanceof Status)));
        assertThat(client.received.get(accepted).body().commands()).anyMatch(Command.Get.class::isInstance);
    }

    @Test
    void passwords_are_not_kept() {
        assertThat(fixture.store.device(Fixture.DEVICE).orElseThrow().toString())
                .doesNotContain("secret");
        assertThat(fixture.store.device(Fixture.DEVICE).orElseThrow().client().key())
                .isEqualTo(Credentials.of("card", "card secret").key());
    }

    @Test
    void a_client_may_challenge_the_credentials_of_a_package_that_ends_the_session() {
        client.runSession();
        client.challengesEmptyPackages = true;
        client.serverNonce = ByteString.utf8("long ago");
        client.received.clear();
        client.sentMessages.clear();
        client.sessionId = "2";

        assertThat(client.runSession()).isTrue();
        assertThat(headerCodes(client.received)).containsExactly(212, 200);
        assertThat(headerCodes(client.sentMessages)).containsExactly(401);
        assertThat(client.received.get(1).header().cred()).isPresent();
        assertThat(fixture.events).doesNotContain("failed: the client sent no credentials");
        assertThat(fixture.store.sessions(Fixture.DEVICE, 9)).hasSize(2);

        Job third = fixture.server.submit(Fixture.DEVICE, GET);
        client.sentMessages.clear();
        client.sessionId = "3";
        assertThat(client.runSession()).isTrue();
        assertThat(headerCodes(client.sentMessages)).containsExactly(212);
        assertThat(fixture.job(third.id()).state()).isEqualTo(JobState.DONE);
    }

    @Test
    void a_client_that_refuses_them_twice_is_believed() {
        client.runSession();
        TestClient wary = new TestClient(
                fixture.server::handle,
                Fixture.DEVICE,
                Credentials.of("card", "card secret"),
                Credentials.of("dm-server", "another secret"));
        wary.challengesEmptyPackages = true;
        wary.nonce = client.nonce;
        wary.sessionId = "2";
        wary.runSession();

        assertThat(headerCodes(wary.sentMessages)).startsWith(401, 401);
        assertThat(fixture.events)
                .anyMatch(event -> event.startsWith("failed: the client refused the server's credentials"));
    }

    @Test
    void what_is_no_answer_to_the_end_of_a_session_begins_another() {
        client.runSession();
        client.beforeSending = message -> new SyncMl(
                message.header().toBuilder()
                        .msgId(Integer.parseInt(message.header().msgId()) + 10)
                        .build(),
                message.body());
        client.runSession();

        assertThat(fixture.store.sessions(Fixture.DEVICE, 9)).hasSize(2);
    }

    @Test
    void values_and_passwords_are_not_shown_to_listeners() {
        fixture.server.submit(
                Fixture.DEVICE,
                JobSpec.steps(
                        JobStep.of(
                                ManagementCommand.add("./MO/key", Format.CHR, "text/plain", NodeValue.text("hunter2"))),
                        JobStep.of(ManagementCommand.get("./MO/key")),
                        new JobStep(
                                JobStep.Group.ATOMIC,
                                List.of(ManagementCommand.replace(
                                        "./MO/key", Format.CHR, "text/plain", NodeValue.text("hunter2"))),
                                List.of())));
        client.runSession();

        assertThat(fixture.seen).hasSizeGreaterThan(4);
        String shown = fixture.seen.stream()
                .map(message -> new String(SyncMlCodec.XML.encode(message), UTF_8))
                .collect(joining());
        assertThat(shown).contains("./MO/key", "*******").doesNotContain("hunter2", "Bipline");
    }
}
