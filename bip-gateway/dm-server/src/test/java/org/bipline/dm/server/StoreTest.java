// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.bipline.dm.ByteString;
import org.bipline.dm.Format;
import org.bipline.dm.NodeValue;
import org.bipline.dm.server.ManagementCommand.Verb;
import org.bipline.dm.syncml.AlertCode;
import org.bipline.dm.syncml.StatusCode;
import org.bipline.dm.tnds.MgmtTree;
import org.bipline.dm.tnds.Tnds;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StoreTest {
    private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");

    @TempDir
    Path dir;

    private static EmbeddedPostgres postgres;
    private static String whyNoPostgres;

    enum Kind {
        MEMORY {
            @Override
            Store open(Path dir) {
                return new MemoryStore();
            }
        },
        H2 {
            @Override
            Store open(Path dir) {
                return JdbcStore.file(dir.resolve("store"), new SplittableRandom(1));
            }
        },
        POSTGRESQL {
            @Override
            Store open(Path dir) { // a database for each test, since the server is started once
                assumeTrue(postgres != null, () -> "PostgreSQL does not start here: " + whyNoPostgres);
                String name = dir.getFileName().toString().replaceAll("\\W", "");
                try (Connection connection = postgres.getPostgresDatabase().getConnection();
                        Statement statement = connection.createStatement()) {
                    statement.execute("CREATE SCHEMA IF NOT EXISTS s" + name);
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
                return JdbcStore.open(
                        postgres.getJdbcUrl("postgres", "postgres") + "&currentSchema=s" + name,
                        "postgres",
                        "postgres");
            }
        };

        abstract Store open(Path dir);
    }

    @BeforeAll
    static void startPostgres() {
        try {
            postgres = EmbeddedPostgres.start();
        } catch (IOException | RuntimeException e) { // there is no PostgreSQL for this platform in the test's archive
            whyNoPostgres = e.toString();
        }
    }

    @AfterAll
    static void stopPostgres() throws IOException {
        if (postgres != null) {
            postgres.close();
        }
    }

    private static Device device(String id) {
        return Device.md5(
                id, Account.of("c", "secret", ByteString.of((byte) 1)), Account.of("s", "secret", ByteString.of((byte)
                        2)));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "MEMORY")
    void keeps_everything_over_a_restart(Kind kind) {
        JobSpec commands = JobSpec.commands(
                ManagementCommand.add(
                        "./A", Format.BIN, "application/octet-stream", NodeValue.binary(ByteString.hex("00FF"))),
                ManagementCommand.exec("./A"));
        Job job;
        Job provision;
        try (Store store = kind.open(dir)) {
            store.putDevice(device("d"));
            store.setClientNonce("d", ByteString.hex("AA"));
            store.setServerNonce("d", ByteString.hex("BB"));
            job = store.addJob(Optional.of("d"), commands, NOW);
            provision = store.addJob(Optional.empty(), Fixture.provision(Fixture.sampleMo()), NOW);
            store.claimJob("d", NOW.plusSeconds(1));
            store.addProgress(
                    job.id(),
                    List.of(new CommandStatus(1, 0, Verb.ADD, "./A", 200)),
                    List.of(
                            new NodeResult(
                                    "./A",
                                    "bin",
                                    Optional.of("application/octet-stream"),
                                    Optional.of(NodeValue.binary(ByteString.hex("00FF"))),
                                    StatusCode.OK),
                            new NodeResult(
                                    "./B", "chr", Optional.empty(), Optional.of(NodeValue.text("ü")), StatusCode.OK),
                            new NodeResult("./C", "", Optional.empty(), Optional.empty(), new StatusCode(405))));
            store.addSession(new SessionRecord("d", "1", "test", NOW, NOW.plusSeconds(2), true, 3, "complete"));
        }
        try (Store store = kind.open(dir)) {
            Device found = store.device("d").orElseThrow();
            assertThat(found.client().nonce()).isEqualTo(ByteString.hex("AA"));
            assertThat(found.server().orElseThrow().nonce()).isEqualTo(ByteString.hex("BB"));
            assertThat(found.client().key()).isEqualTo(device("d").client().key());
            Job kept = store.job(job.id()).orElseThrow();
            assertThat(kept.spec()).isEqualTo(commands);
            assertThat(kept.state()).isEqualTo(JobState.RUNNING);
            assertThat(kept.attempts()).isEqualTo(1);
            assertThat(kept.created()).isEqualTo(NOW);
            assertThat(kept.changed()).isEqualTo(NOW.plusSeconds(1));
            assertThat(kept.statuses()).containsExactly(new CommandStatus(1, 0, Verb.ADD, "./A", 200));
            assertThat(kept.results()).hasSize(3);
            assertThat(kept.results().get(0).value()).contains(NodeValue.binary(ByteString.hex("00FF")));
            assertThat(kept.results().get(1).value()).contains(NodeValue.text("ü"));
            JobSpec.Provision spec =
                    (JobSpec.Provision) store.job(provision.id()).orElseThrow().spec();
            assertThat(spec.target()).isEqualTo("./MO/Example");
            assertThat(spec.mode()).isEqualTo(JobSpec.Mode.AUTO);
            assertThat(Tnds.toWbxml(MgmtTree.of(spec.mo()))).isEqualTo(Tnds.toWbxml(MgmtTree.of(Fixture.sampleMo())));
            assertThat(store.sessions("d", 1)).hasSize(1);
            store.requeueRunningJobs("restart", NOW);
            assertThat(store.job(job.id()).orElseThrow().state()).isEqualTo(JobState.QUEUED);
        }
    }

    @ParameterizedTest
    @EnumSource
    void finds_a_device_by_the_identity_of_its_key(Kind kind) {
        Psk psk = new Psk(ByteString.utf8("card"), ByteString.of(new byte[16]));
        try (Store store = kind.open(dir)) {
            store.putDevice(device("d").with(psk, Device.Transport.TLS));
            store.setClientNonce("d", ByteString.hex("AA"));
            Device found = store.deviceOfPsk(psk.identity()).orElseThrow();
            assertThat(found.psk()).contains(psk);
            assertThat(found.transport()).isEqualTo(Device.Transport.TLS);
            assertThat(found.client().nonce()).isEqualTo(ByteString.hex("AA"));
            assertThat(store.deviceOfPsk(ByteString.utf8("Card"))).isEmpty();

            assertThatThrownBy(() -> store.putDevice(device("e").with(psk, Device.Transport.PLAIN)))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("another device has its PSK identity");
            Psk next = new Psk(ByteString.utf8("card 2"), psk.key());
            store.putDevice(device("d").with(next, Device.Transport.PLAIN));
            assertThat(store.deviceOfPsk(psk.identity())).isEmpty();
            assertThat(store.device("d").flatMap(Device::psk)).contains(next);
            store.putDevice(device("d"));
            assertThat(store.deviceOfPsk(next.identity())).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void keeps_groups_conditions_and_what_users_answered(Kind kind) {
        JobSpec spec = JobSpec.steps(
                JobStep.of(UserInteraction.multipleChoice("Which?", "red", "green & blue")
                        .with(UserInteraction.Options.NONE
                                .minDisplayTime(5)
                                .maxDisplayTime(30)
                                .defaultResponse("1-2"))),
                JobStep.of(UserInteraction.textInput("PIN")
                        .with(UserInteraction.Options.NONE
                                .defaultResponse("a b&c=ü")
                                .maxLength(8)
                                .inputType(UserInteraction.InputType.NUMERIC)
                                .echoType(UserInteraction.EchoType.PASSWORD))),
                JobStep.atomic(
                                ManagementCommand.copy("./A", "./B"),
                                ManagementCommand.delete("./C"),
                                UserInteraction.confirm("Sure?"))
                        .when(Condition.valueIs(0, "2 %\nx"))
                        .when(Condition.statusIsNot(1, 214)),
                JobStep.sequence(ManagementCommand.get("./A?list=TNDS"), ManagementCommand.exec("./E", "mark")));
        try (Store store = kind.open(dir)) {
            Job job = store.addJob(Optional.of("d"), spec, NOW);
            assertThat(store.job(job.id()).orElseThrow().spec()).isEqualTo(spec);

            List<CommandStatus> statuses = List.of(
                    new CommandStatus(1, 0, Verb.ALERT, "", 200, List.of("2", "1")),
                    new CommandStatus(1, 2, Verb.SEQUENCE, "", 200));
            store.addProgress(job.id(), statuses, List.of());
            assertThat(store.job(job.id()).orElseThrow().statuses()).isEqualTo(statuses);
        }
    }

    @Test
    void no_password_is_in_the_file() throws Exception {
        try (Store store = JdbcStore.file(dir.resolve("store"), new SplittableRandom(1))) {
            store.putDevice(Device.md5("d", Account.of("c", "pa55phrase"), Account.of("s", "pa55phrase")));
        }
        byte[] file = Files.readAllBytes(dir.resolve("store.mv.db"));
        assertThat(new String(file, StandardCharsets.ISO_8859_1)).doesNotContain("pa55phrase");
    }

    @ParameterizedTest
    @EnumSource
    void claims_the_oldest_job_for_the_device_or_any_and_each_once(Kind kind) {
        try (Store store = kind.open(dir)) {
            JobSpec spec = JobSpec.commands(ManagementCommand.get("."));
            Job other = store.addJob(Optional.of("other"), spec, NOW);
            Job any = store.addJob(Optional.empty(), spec, NOW);
            Job own = store.addJob(Optional.of("d"), spec, NOW);

            assertThat(store.claimJob("d", NOW).orElseThrow().id()).isEqualTo(any.id());
            assertThat(store.claimJob("other", NOW).orElseThrow().id()).isEqualTo(other.id());
            assertThat(store.endAttempt(any.id(), 1, JobState.DONE, "", NOW, Optional.empty()))
                    .isPresent();
            assertThat(store.claimJob("d", NOW).orElseThrow().id()).isEqualTo(own.id());
            assertThat(store.claimJob("d", NOW).orElseThrow().attempts()).isEqualTo(2);
            assertThat(store.endAttempt(own.id(), 1, JobState.DONE, "", NOW, Optional.empty()))
                    .as("an attempt that is no longer the one that runs")
                    .isEmpty();
            assertThat(store.endAttempt(own.id(), 2, JobState.FAILED, "why", NOW, Optional.empty())
                            .orElseThrow()
                            .reason())
                    .isEqualTo("why");
            assertThat(store.claimJob("d", NOW)).isEmpty();
            assertThat(store.jobs())
                    .extracting(Job::state)
                    .containsExactly(JobState.RUNNING, JobState.DONE, JobState.FAILED);
        }
    }

    @ParameterizedTest
    @EnumSource
    void keeps_nonces_events_and_sessions_of_each_device(Kind kind) {
        try (Store store = kind.open(dir)) {
            store.putDevice(device("d"));
            store.putDevice(device("e"));
            store.setClientNonce("d", ByteString.hex("AA"));
            store.setServerNonce("d", ByteString.hex("BB"));
            ClientEvent event = new ClientEvent(
                    "d",
                    "1",
                    NOW,
                    AlertCode.GENERIC_ALERT,
                    Optional.empty(),
                    Optional.of("./A"),
                    Optional.empty(),
                    "chr",
                    "minor",
                    Optional.of(NodeValue.text("x")));
            SessionRecord first = new SessionRecord("d", "1", "test", NOW, NOW.plusSeconds(2), true, 3, "complete");
            SessionRecord second = new SessionRecord("d", "2", "test", NOW, NOW.plusSeconds(3), false, 1, "broken");
            store.addEvent(event);
            store.addSession(first);
            store.addSession(second);

            assertThat(store.devices()).extracting(Device::id).containsExactly("d", "e");
            Device found = store.device("d").orElseThrow();
            assertThat(found.client().nonce()).isEqualTo(ByteString.hex("AA"));
            assertThat(found.server().orElseThrow().nonce()).isEqualTo(ByteString.hex("BB"));
            assertThat(store.device("e")).contains(device("e"));
            assertThat(store.events("d", 2)).containsExactly(event);
            assertThat(store.events("e", 2)).isEmpty();
            assertThat(store.sessions("d", 2)).containsExactly(second, first);
            assertThat(store.sessions("d", 1)).containsExactly(second);
        }
    }

    @ParameterizedTest
    @EnumSource
    void queues_running_jobs_again(Kind kind) {
        try (Store store = kind.open(dir)) {
            Job job = store.addJob(Optional.of("d"), JobSpec.commands(ManagementCommand.get(".")), NOW);
            store.claimJob("d", NOW);
            store.requeueRunningJobs("restart", NOW.plusSeconds(1));

            assertThat(store.job(job.id()).orElseThrow())
                    .isEqualTo(new Job(
                            job.id(),
                            Optional.of("d"),
                            job.spec(),
                            JobState.QUEUED,
                            "restart",
                            1,
                            Optional.empty(),
                            NOW,
                            NOW.plusSeconds(1),
                            List.of(),
                            List.of()));
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "MEMORY")
    void cuts_a_reason_that_is_longer_than_its_column(Kind kind) {
        try (Store store = kind.open(dir)) {
            Job job = store.addJob(Optional.of("d"), JobSpec.commands(ManagementCommand.get(".")), NOW);
            store.claimJob("d", NOW);

            assertThat(store.endAttempt(job.id(), 1, JobState.FAILED, "x".repeat(5000), NOW, Optional.empty())
                            .orElseThrow()
                            .reason())
                    .hasSize(4096);
        }
    }

    @ParameterizedTest
    @EnumSource
    void keeps_what_a_device_is_to_have_and_when_a_job_may_begin(Kind kind) {
        JobSpec.Reconcile spec = new JobSpec.Reconcile(Fixture.sampleMo(), "./MO/Example");
        Instant later = NOW.plusSeconds(60);
        try (Store store = kind.open(dir)) {
            Job replaced = store.setDesired("d", spec, NOW);
            Job job = store.setDesired("d", spec, NOW);
            assertThat(store.job(replaced.id()).orElseThrow().reason())
                    .isEqualTo("job " + job.id() + " took its place");
            store.setDesiredVersion(new DesiredState("d", spec.target(), replaced.id(), Optional.empty()), "6");
            assertThat(store.desired("d").get(0).version()).isEmpty();
            store.setDesiredVersion(store.desired("d").get(0), "7");
            assertThat(store.desired("d"))
                    .containsExactly(new DesiredState("d", spec.target(), job.id(), Optional.of("7")));
            assertThat(store.desired("e")).isEmpty();

            store.claimJob("d", NOW);
            store.endAttempt(job.id(), 1, JobState.QUEUED, "busy", NOW, Optional.of(later));
            assertThat(store.job(job.id()).orElseThrow().notBefore()).contains(later);
            assertThat(store.claimJob("d", NOW)).isEmpty();
            assertThat(store.restartJob(job.id(), NOW))
                    .as("one that has not ended")
                    .isEmpty();
            assertThat(store.claimJob("d", later).orElseThrow().notBefore()).isEmpty();
            store.addProgress(job.id(), List.of(new CommandStatus(2, 0, Verb.GET, "./A", 200)), List.of());
            store.endAttempt(job.id(), 2, JobState.DONE, "", later, Optional.empty());
            assertThat(store.restartJob(job.id(), later)).hasValueSatisfying(restarted -> {
                assertThat(restarted.state()).isEqualTo(JobState.QUEUED);
                assertThat(restarted.attempts()).isZero();
                assertThat(restarted.statuses()).isEmpty();
            });
            assertThat(store.removeDesired("d", spec.target(), later)).isTrue();
            assertThat(store.job(job.id()).orElseThrow().reason()).isEqualTo("it is desired no longer");
            assertThat(store.desired("d")).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "MEMORY")
    void keeps_what_a_device_is_to_have_over_a_restart(Kind kind) {
        JobSpec.Reconcile spec = new JobSpec.Reconcile(Fixture.sampleMo(), "./MO/Example");
        Job job;
        try (Store store = kind.open(dir)) {
            job = store.setDesired("d", spec, NOW);
            store.claimJob("d", NOW);
            store.endAttempt(job.id(), 1, JobState.QUEUED, "busy", NOW, Optional.of(NOW.plusSeconds(60)));
        }
        try (Store store = kind.open(dir)) {
            assertThat(store.desired("d"))
                    .containsExactly(new DesiredState("d", spec.target(), job.id(), Optional.empty()));
            assertThat(store.claimJob("d", NOW)).isEmpty();
        }
    }

    @Test
    void says_which_store_cannot_be_opened() throws Exception {
        Files.writeString(dir.resolve("store.mv.db"), "no database");
        assertThatThrownBy(() -> JdbcStore.file(dir.resolve("store"), new SplittableRandom(1)))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("cannot open the store " + dir.resolve("store"));
    }

    @ParameterizedTest
    @EnumSource
    @Tag("SEC-7")
    void counts_failures_of_credentials_until_they_are_cleared(Kind kind) {
        try (Store store = kind.open(dir)) {
            assertThat(store.failures("d").count()).isZero();
            assertThat(store.addFailure("d", NOW)).isEqualTo(new Failures(1, NOW));
            assertThat(store.addFailure("d", NOW.plusSeconds(1))).isEqualTo(new Failures(2, NOW.plusSeconds(1)));
            assertThat(store.addFailure("", NOW).count()).isEqualTo(1);
            store.putDevice(device("d"));
            assertThat(store.failures("d")).isEqualTo(new Failures(2, NOW.plusSeconds(1)));
            store.clearFailures("d");
            assertThat(store.failures("d").count()).isZero();
            assertThat(store.failures("").count()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "MEMORY")
    @Tag("SEC-7")
    void failures_survive_a_restart(Kind kind) {
        try (Store store = kind.open(dir)) {
            store.addFailure("d", NOW);
        }
        try (Store store = kind.open(dir)) {
            assertThat(store.failures("d")).isEqualTo(new Failures(1, NOW));
        }
    }

    @ParameterizedTest
    @EnumSource
    @Tag("SEC-5")
    void a_nonce_is_used_once(Kind kind) {
        try (Store store = kind.open(dir)) {
            store.putDevice(device("d"));
            ByteString first = ByteString.of((byte) 1);
            assertThat(store.useClientNonce("d", first, ByteString.hex("AA"))).isTrue();
            assertThat(store.useClientNonce("d", first, ByteString.hex("BB"))).isFalse();
            assertThat(store.useClientNonce("other", first, ByteString.hex("BB")))
                    .isFalse();
            assertThat(store.device("d").orElseThrow().client().nonce()).isEqualTo(ByteString.hex("AA"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void the_audit_log_is_read_by_number_time_and_device(Kind kind) {
        try (Store store = kind.open(dir)) {
            store.addAudit(List.of(line(NOW, "d", "one"), line(NOW.plusSeconds(1), "e", "two")));
            store.addAudit(List.of(line(NOW.plusSeconds(2), "d", "three")));

            assertThat(outcomes(store, 0, NOW, Optional.empty(), 9)).containsExactly("one", "two", "three");
            assertThat(outcomes(store, 0, NOW, Optional.of("d"), 9)).containsExactly("one", "three");
            assertThat(outcomes(store, 0, NOW.plusSeconds(1), Optional.empty(), 9))
                    .containsExactly("two", "three");
            assertThat(outcomes(store, 1, NOW, Optional.empty(), 1)).containsExactly("two");
            assertThat(store.audit(AuditQuery.all(0, 9)).stream().map(AuditRecord::number))
                    .containsExactly(1L, 2L, 3L);
            assertThat(AuditCheck.of(store).broken()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void the_audit_log_takes_whatever_a_stranger_calls_itself(Kind kind) {
        try (Store store = kind.open(dir)) {
            store.addAudit(List.of(line(NOW, "\0\uD800" + "é😀".repeat(200), "x".repeat(2000))));

            AuditRecord kept = store.audit(AuditQuery.all(0, 9)).get(0);
            assertThat(kept.entry().device())
                    .startsWith(" ?é😀")
                    .endsWith("...")
                    .hasSizeLessThanOrEqualTo(255);
            assertThat(AuditCheck.of(store)).isEqualTo(new AuditCheck(1, OptionalLong.empty(), kept.hash()));
        }
    }

    private static AuditEntry line(Instant time, String device, String outcome) {
        return new AuditEntry(time, "actor", AuditOperation.COMMAND, device, "Get ./A", outcome);
    }

    private static List<String> outcomes(Store store, long after, Instant since, Optional<String> device, int limit) {
        return store.audit(new AuditQuery(after, since, device, limit)).stream()
                .map(found -> found.entry().outcome())
                .toList();
    }

    private static final Device DEVICE = new Device(
            "d",
            Device.Authentication.MD5,
            Account.of("card", "s3cret of the card"),
            Optional.of(Account.of("server", "s3cret of the server")),
            Optional.of(new Psk(ByteString.utf8("identity"), ByteString.utf8("s3cret key of TLS"))),
            Device.Transport.TLS);

    private static void putSecrets(Store store) {
        store.putDevice(DEVICE);
        Job job = store.addJob(
                Optional.of("d"),
                JobSpec.commands(ManagementCommand.add(
                        "./MO/key", Format.CHR, "text/plain", NodeValue.text("s3cret value given"))),
                NOW);
        store.claimJob("d", NOW);
        store.addProgress(
                job.id(),
                List.of(new CommandStatus(1, 0, Verb.ALERT, "", 200, List.of("s3cret answer"))),
                List.of(new NodeResult(
                        "./MO/key",
                        "chr",
                        Optional.empty(),
                        Optional.of(NodeValue.text("s3cret value read")),
                        StatusCode.OK)));
    }

    /** Everything in the directory of the store. */
    private String files() throws IOException {
        StringBuilder all = new StringBuilder();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(dir)) {
            for (Path file : files) {
                all.append(Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        return all.toString();
    }

    @Test
    @Tag("SEC-6")
    void a_file_shows_no_secret_and_no_value() throws IOException {
        try (Store store = JdbcStore.file(dir.resolve("store"), new SplittableRandom(1))) {
            putSecrets(store);
        }
        assertThat(files()).doesNotContain("s3cret", DEVICE.client().key(), "./MO/key");

        try (Store store = JdbcStore.file(dir.resolve("store"), new SplittableRandom(1))) {
            assertThat(store.device("d").orElseThrow().psk()).isEqualTo(DEVICE.psk());
        }
        assertThat(Files.getPosixFilePermissions(dir.resolve("store.key")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    @Tag("SEC-6")
    void a_file_from_before_shows_them_and_is_encrypted_when_it_is_opened() throws IOException {
        try (Store store = JdbcStore.open("jdbc:h2:file:" + dir.resolve("store"), "sa", "")) {
            putSecrets(store);
        }
        assertThat(files())
                .contains(
                        "s3cret key of TLS",
                        "s3cret value given",
                        DEVICE.client().key());

        try (Store store = JdbcStore.file(dir.resolve("store"), new SplittableRandom(1))) {
            assertThat(store.device("d").orElseThrow().psk()).isEqualTo(DEVICE.psk());
        }
        assertThat(files()).doesNotContain("s3cret", DEVICE.client().key());
    }

    @Test
    @Tag("SEC-6")
    void a_key_that_does_not_fit_is_refused() throws IOException {
        try (Store store = JdbcStore.file(dir.resolve("store"), new SplittableRandom(1))) {
            putSecrets(store);
        }
        Files.writeString(dir.resolve("store.key"), "00".repeat(32));
        assertThatThrownBy(() -> JdbcStore.file(dir.resolve("store"), new SplittableRandom(1)))
                .isInstanceOf(StoreException.class);
        Files.writeString(dir.resolve("store.key"), "00");
        assertThatThrownBy(() -> JdbcStore.file(dir.resolve("store"), new SplittableRandom(1)))
                .isInstanceOf(StoreException.class)
                .hasStackTraceContaining("holds no key of 32 bytes");
    }
}
