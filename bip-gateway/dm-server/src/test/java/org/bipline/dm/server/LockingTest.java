// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bipline.dm.ByteString;
import org.bipline.dm.auth.AuthType;
import org.bipline.dm.auth.Credentials;
import org.bipline.dm.syncml.Status;
import org.bipline.dm.syncml.SyncMl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Credentials that are wrong again and again are looked at ever more seldom, and at last not at all. */
@Tag("SEC-7")
class LockingTest {
    private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");

    private final Fixture fixture = new Fixture();
    private final TestClient client = fixture.client();
    private int sessions = 1;

    @AfterEach
    void close() {
        fixture.close();
    }

    /** A session of two tries, and another of one. */
    private TestClient guess(String device) {
        TestClient guesser = new TestClient(
                request -> fixture.server.handle(request),
                device,
                Credentials.of("card", "guess"),
                Credentials.of("dm-server", "server secret"));
        guesser.sessionId = "g" + sessions++;
        assertThat(guesser.runSession()).isFalse();
        return guesser;
    }

    private boolean clientGetsIn() {
        client.sessionId = "c" + sessions++;
        return client.runSession();
    }

    @Test
    void the_delay_grows_until_nothing_helps_but_an_operator() {
        Locking locking = new Locking(3, Duration.ofSeconds(1), 6);

        assertThat(locking.isOpen(new Failures(3, NOW), NOW)).isTrue();
        assertThat(locking.isOpen(new Failures(4, NOW), NOW)).isFalse();
        assertThat(locking.isOpen(new Failures(4, NOW), NOW.plusSeconds(1))).isTrue();
        assertThat(locking.isOpen(new Failures(5, NOW), NOW.plusSeconds(1))).isFalse();
        assertThat(locking.isOpen(new Failures(5, NOW), NOW.plusSeconds(2))).isTrue();
        assertThat(locking.isOpen(new Failures(6, NOW), NOW.plus(Duration.ofDays(999))))
                .isFalse();
        assertThat(locking.isLocked(new Failures(6, NOW))).isTrue();
        assertThatThrownBy(() -> new Locking(3, Duration.ofSeconds(1), 3)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void right_credentials_are_not_looked_at_during_a_delay() {
        guess(Fixture.DEVICE);
        guess(Fixture.DEVICE);
        assertThat(fixture.store.failures(Fixture.DEVICE).count()).isEqualTo(5);

        assertThat(clientGetsIn()).isFalse();
        assertThat(fixture.store.failures(Fixture.DEVICE).count())
                .as("nobody guessed")
                .isEqualTo(5);
        fixture.pass(Duration.ofSeconds(2));
        assertThat(clientGetsIn()).isTrue();
        assertThat(fixture.store.failures(Fixture.DEVICE).count()).isZero();
    }

    @Test
    void locked_credentials_stay_locked_over_a_restart_until_an_operator_opens_them() {
        for (int i = 0; i < 8; i++) {
            guess(Fixture.DEVICE);
            fixture.pass(Duration.ofHours(1));
        }
        assertThat(fixture.store.failures(Fixture.DEVICE).count()).isEqualTo(11);
        fixture.crashAndRestart();
        fixture.pass(Duration.ofDays(9));
        assertThat(clientGetsIn()).isFalse();

        fixture.server.unlock("operator", Fixture.DEVICE);
        assertThat(clientGetsIn()).isTrue();
        assertThat(fixture.store.audit(AuditQuery.all(0, 999)).stream()
                        .map(line -> line.entry().actor() + " " + line.entry().operation()))
                .contains(Fixture.DEVICE + " locked", "operator unlocked");
    }

    @Test
    void a_nonce_out_of_date_locks_nobody_out() {
        for (int i = 0; i < 30; i++) {
            client.nonce = ByteString.utf8("long ago");
            assertThat(clientGetsIn()).isTrue();
        }
    }

    /** What a client can see of being refused. */
    private static List<String> seen(TestClient client) {
        return client.received.stream()
                .flatMap(message -> message.body().commands().stream())
                .map(command -> (Status) command)
                .map(status -> status.cmd() + " " + status.code() + " "
                        + status.chal()
                                .map(chal ->
                                        chal.meta().toBuilder().nextNonce("").build()))
                .toList();
    }

    @Test
    void a_stranger_a_wrong_secret_and_locked_credentials_look_the_same() {
        List<String> stranger = seen(guess("ICCID:1"));
        List<String> wrong = seen(guess(Fixture.DEVICE));
        while (!fixture.server.locking().isLocked(fixture.store.failures(Fixture.DEVICE))) {
            fixture.pass(Duration.ofHours(1));
            guess(Fixture.DEVICE);
        }
        assertThat(stranger).hasSize(9).isEqualTo(wrong).isEqualTo(seen(guess(Fixture.DEVICE)));
        assertThat(clientGetsIn()).isFalse();
        assertThat(seen(client)).isEqualTo(wrong);
    }

    @Test
    void a_stranger_among_clients_with_mac_looks_like_them_if_the_server_is_told_so() {
        Device known = fixture.store.device(Fixture.DEVICE).orElseThrow();
        fixture.store.putDevice(Device.of(known.id(), Device.Authentication.MAC, known.client(), known.server()));
        assertThat(seen(guess("ICCID:1"))).as("not told").isNotEqualTo(seen(guess(Fixture.DEVICE)));

        fixture.server = fixture.builder().strangers(AuthType.MAC).build();
        assertThat(seen(guess("ICCID:1"))).isEqualTo(seen(guess(Fixture.DEVICE)));
    }

    @Test
    void strangers_leave_one_line_of_counters_however_many_names_they_try() {
        for (int i = 0; i < 30; i++) {
            guess("ICCID:" + i);
        }
        assertThat(fixture.store.failures("").count()).isEqualTo(90);
        assertThat(fixture.store.failures("ICCID:1").count()).isZero();
        assertThat(clientGetsIn()).isTrue();
    }

    @Test
    void a_session_that_is_proven_goes_on_while_others_guess() {
        Device known = fixture.store.device(Fixture.DEVICE).orElseThrow();
        fixture.store.putDevice(Device.of(known.id(), Device.Authentication.MAC, known.client(), known.server()));
        client.authType = AuthType.MAC;
        Job job = fixture.server.submit(Fixture.DEVICE, JobSpec.commands(ManagementCommand.get("./MO")));
        client.onTheWay = request -> {
            if (client.sentMessages.size() == 2) {
                for (int i = 0; i < 8; i++) {
                    guess(Fixture.DEVICE);
                    fixture.pass(Duration.ofSeconds(40));
                }
            }
            return request;
        };

        assertThat(client.runSession()).isTrue();
        assertThat(fixture.job(job.id()).state()).isEqualTo(JobState.DONE);
    }

    private static Optional<Integer> first(List<SyncMl> messages) {
        return messages.stream()
                .flatMap(message -> message.body().commands().stream())
                .map(command -> ((Status) command).code().number())
                .findFirst();
    }

    @Test
    void the_answer_to_a_refused_client_names_no_reason() {
        assertThat(first(guess(Fixture.DEVICE).received)).hasValue(401);
        assertThat(guess(Fixture.DEVICE).received.toString())
                .doesNotContain("locked")
                .doesNotContain("wrong");
    }
}
