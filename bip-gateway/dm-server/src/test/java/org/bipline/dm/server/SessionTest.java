// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bipline.dm.ByteString;
import org.bipline.dm.Format;
import org.bipline.dm.NodeValue;
import org.bipline.dm.syncml.AlertCode;
import org.bipline.dm.syncml.Command;
import org.bipline.dm.syncml.Item;
import org.bipline.dm.syncml.Location;
import org.bipline.dm.syncml.Meta;
import org.bipline.dm.syncml.Status;
import org.bipline.dm.syncml.StatusCode;
import org.bipline.dm.syncml.SyncBody;
import org.bipline.dm.syncml.SyncMl;
import org.bipline.dm.syncml.SyncMlCodec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class SessionTest {
    private final Fixture fixture = new Fixture();
    private final TestClient client = fixture.client();

    @AfterEach
    void close() {
        fixture.close();
    }

    private Job submit(ManagementCommand... commands) {
        return fixture.server.submit(Fixture.DEVICE, JobSpec.commands(commands));
    }

    private static List<Integer> codes(SyncMl message) {
        return message.body().commands().stream()
                .filter(Status.class::isInstance)
                .map(command -> ((Status) command).code().number())
                .toList();
    }

    /** Adds commands to the first message of the client. */
    private void alsoSend(Command... commands) {
        client.beforeSending = message -> {
            if (!message.header().msgId().equals("1")) {
                return message;
            }
            List<Command> all = new ArrayList<>(message.body().commands());
            all.addAll(List.of(commands));
            return new SyncMl(message.header(), new SyncBody(all, message.body().last()));
        };
    }

    @Test
    void a_package_without_commands_ends_a_session_without_jobs() {
        assertThat(client.runSession()).isTrue();

        assertThat(client.received).hasSize(1);
        assertThat(codes(client.received.get(0))).containsExactly(212, 200, 200);
        assertThat(client.received.get(0).body().last()).isTrue();
        SessionRecord record = fixture.store.sessions(Fixture.DEVICE, 5).get(0);
        assertThat(record.outcome()).isEqualTo("complete");
        assertThat(record.authenticated()).isTrue();
        assertThat(record.messages()).isEqualTo(1);
    }

    @Test
    void jobs_of_a_device_run_one_after_the_other_in_one_session() {
        Job first = submit(ManagementCommand.get("./MO"));
        Job second =
                fixture.server.submitToAny(JobSpec.commands(ManagementCommand.addInterior("./MO/A", Optional.empty())));
        Job other = fixture.server.submit("IMEI:1", JobSpec.commands(ManagementCommand.get("./MO")));
        assertThat(client.runSession()).isTrue();

        assertThat(fixture.job(first.id()).state()).isEqualTo(JobState.DONE);
        assertThat(fixture.job(second.id()).state()).isEqualTo(JobState.DONE);
        assertThat(fixture.job(second.id()).device()).contains(Fixture.DEVICE);
        assertThat(fixture.job(other.id()).state()).isEqualTo(JobState.QUEUED);
        assertThat(client.tree).containsKey("./MO/A");
    }

    @Test
    @Tag("MO-2")
    void single_commands_run_in_their_order_and_get_brings_values() {
        Job job = submit(
                ManagementCommand.addInterior("./MO/A", Optional.empty()),
                ManagementCommand.add("./MO/A/x", Format.CHR, "text/plain", NodeValue.text("1")),
                ManagementCommand.replace("./MO/A/x", Format.CHR, "text/plain", NodeValue.text("2")),
                ManagementCommand.get("./MO/A/x"),
                ManagementCommand.get("./MO/A"),
                ManagementCommand.exec("./MO/A/x"),
                ManagementCommand.delete("./MO/A/x"));
        assertThat(client.runSession()).isTrue();

        Job done = fixture.job(job.id());
        assertThat(done.state()).as(done.reason()).isEqualTo(JobState.DONE);
        assertThat(done.results()).hasSize(2);
        assertThat(done.results().get(0).value()).contains(NodeValue.text("2"));
        assertThat(done.results().get(1).isInterior()).isTrue();
        assertThat(done.results().get(1).children()).containsExactly("x");
        assertThat(client.executed).containsExactly("./MO/A/x");
        assertThat(client.tree).doesNotContainKey("./MO/A/x").containsKey("./MO/A");
    }

    @Test
    void a_failing_command_ends_its_job_and_the_next_job_runs() {
        Job failing = submit(ManagementCommand.delete("./MO/None"), ManagementCommand.exec("./MO"));
        Job next = submit(ManagementCommand.get("./MO"));
        assertThat(client.runSession()).isTrue();

        assertThat(fixture.job(failing.id()).state()).isEqualTo(JobState.FAILED);
        assertThat(fixture.job(failing.id()).reason())
                .isEqualTo("Delete ./MO/None: the client answered 404 Not found; check the URI, and that its parent"
                        + " exists");
        assertThat(client.executed).isEmpty();
        assertThat(fixture.job(next.id()).state()).isEqualTo(JobState.DONE);
    }

    @Test
    void asks_for_the_next_message_until_the_client_has_sent_final() {
        for (int i = 0; i < 30; i++) {
            client.tree.put("./MO/n" + i, new TestTree.Leaf(Format.CHR, "text/plain", NodeValue.text("v".repeat(50))));
        }
        client.sendLimit = 600;
        ManagementCommand[] gets = client.tree.keySet().stream()
                .filter(uri -> uri.startsWith("./MO/n"))
                .map(ManagementCommand::get)
                .toArray(ManagementCommand[]::new);
        Job job = submit(gets);
        assertThat(client.runSession()).isTrue();

        assertThat(fixture.job(job.id()).results()).hasSize(30);
        List<SyncMl> nexts = client.received.stream()
                .filter(message -> message.body().commands().stream()
                        .anyMatch(c -> c instanceof Command.Alert alert
                                && alert.code().equals(Optional.of(AlertCode.NEXT_MESSAGE))))
                .toList();
        assertThat(nexts)
                .hasSizeGreaterThan(3)
                .noneMatch(message -> message.body().last());
        assertThat(nexts).allMatch(message -> message.body().commands().size() == 2); // Status and Alert, nothing else
    }

    @Test
    @Tag("MO-2")
    void puts_large_results_together() {
        String large = "0123456789".repeat(500);
        client.tree.put("./MO/text", new TestTree.Leaf(Format.CHR, "text/plain", NodeValue.text(large)));
        client.tree.put(
                "./MO/octets",
                new TestTree.Leaf(
                        Format.BIN, "application/octet-stream", NodeValue.binary(ByteString.of(new byte[4000]))));
        client.sendLimit = 900;
        Job job = submit(ManagementCommand.get("./MO/text"), ManagementCommand.get("./MO/octets"));
        assertThat(client.runSession()).isTrue();

        Job done = fixture.job(job.id());
        assertThat(done.state()).as(done.reason()).isEqualTo(JobState.DONE);
        assertThat(done.results().get(0).value()).contains(NodeValue.text(large));
        assertThat(done.results().get(1).value().orElseThrow().octets().length())
                .isEqualTo(4000);
        assertThat(client.received.stream()
                        .filter(message -> codes(message).contains(213))
                        .count())
                .isGreaterThan(5);
    }

    @Test
    void refuses_a_large_result_whose_size_is_wrong() {
        client.tree.put("./MO/text", new TestTree.Leaf(Format.CHR, "text/plain", NodeValue.text("x".repeat(2000))));
        client.sendLimit = 900;
        client.beforeSending = message -> new SyncMl(
                message.header(),
                new SyncBody(
                        message.body().commands().stream()
                                .map(SessionTest::shrinkSize)
                                .toList(),
                        message.body().last()));
        Job job = submit(ManagementCommand.get("./MO/text"));
        client.runSession();

        assertThat(fixture.job(job.id()).state()).isEqualTo(JobState.FAILED);
        assertThat(fixture.job(job.id()).reason()).contains("424 Size mismatch");
        assertThat(client.received).anyMatch(message -> codes(message).contains(424));
    }

    private static Command shrinkSize(Command command) {
        if (!(command instanceof Command.Results results)
                || results.items().get(0).meta().flatMap(Meta::size).isEmpty()) {
            return command;
        }
        Item item = results.items().get(0);
        return Command.Results.of(
                results.cmdId(),
                results.msgRef().orElseThrow(),
                results.cmdRef(),
                new Item(
                        item.target(),
                        item.source(),
                        item.meta().map(meta -> meta.toBuilder().size(1999).build()),
                        item.data(),
                        item.moreData()));
    }

    @Test
    void refuses_a_result_larger_than_it_accepts() {
        fixture.server = fixture.builder().maxObjectSize(1000).build();
        client.tree.put("./MO/text", new TestTree.Leaf(Format.CHR, "text/plain", NodeValue.text("x".repeat(2000))));
        client.sendLimit = 900;
        Job job = submit(ManagementCommand.get("./MO/text"));
        client.runSession();

        assertThat(fixture.job(job.id()).reason()).contains("413");
        assertThat(client.received.get(0).header().meta().flatMap(Meta::maxObjSize))
                .contains(1000L);
    }

    @Test
    void tells_a_client_that_broke_off_a_large_result() {
        client.tree.put("./MO/text", new TestTree.Leaf(Format.CHR, "text/plain", NodeValue.text("x".repeat(2000))));
        client.sendLimit = 900;
        client.beforeSending = message -> { // the first chunk is said to be all of the package
            boolean chunk = message.body().commands().stream()
                    .anyMatch(c ->
                            c instanceof Command.Results r && r.items().get(0).moreData());
            return chunk
                    ? new SyncMl(message.header(), new SyncBody(message.body().commands(), true))
                    : message;
        };
        Job job = submit(ManagementCommand.get("./MO/text"));
        client.runSession();

        assertThat(fixture.job(job.id()).state()).isEqualTo(JobState.FAILED);
        assertThat(fixture.job(job.id()).reason()).contains("broke off");
        assertThat(client.received)
                .anyMatch(message -> message.body().commands().stream()
                        .anyMatch(c -> c instanceof Command.Alert alert
                                && alert.code().equals(Optional.of(AlertCode.NO_END_OF_DATA))
                                && alert.items().get(0).sourceUri().equals(Optional.of("./MO/text"))));
    }

    @Test
    void sends_a_large_object_again_once_when_the_client_counts_another_size() {
        int[] refused = {0};
        client.refusal = command ->
                command instanceof Command.Add add && !add.items().get(0).moreData() && refused[0]++ == 0
                        ? Optional.of(StatusCode.SIZE_MISMATCH)
                        : Optional.empty();
        Job job =
                submit(ManagementCommand.add("./MO/text", Format.CHR, "text/plain", NodeValue.text("x".repeat(4000))));
        assertThat(client.runSession()).isTrue();

        assertThat(fixture.job(job.id()).state())
                .as(fixture.job(job.id()).reason())
                .isEqualTo(JobState.DONE);
        assertThat(client.tree.get("./MO/text").value().octets().length()).isEqualTo(4000);
    }

    @Test
    void gives_up_a_large_object_when_the_size_is_wrong_twice() {
        client.refusal = command ->
                command instanceof Command.Add add && !add.items().get(0).moreData()
                        ? Optional.of(StatusCode.SIZE_MISMATCH)
                        : Optional.empty();
        Job job =
                submit(ManagementCommand.add("./MO/text", Format.CHR, "text/plain", NodeValue.text("x".repeat(4000))));
        client.runSession();

        assertThat(fixture.job(job.id()).reason()).contains("424 Size mismatch");
    }

    @Test
    void a_large_object_refused_in_the_middle_ends_and_the_session_goes_on() {
        int[] chunks = {0};
        client.refusal = command -> command instanceof Command.Add && ++chunks[0] == 2
                ? Optional.of(StatusCode.DEVICE_FULL)
                : Optional.empty();
        Job job =
                submit(ManagementCommand.add("./MO/text", Format.CHR, "text/plain", NodeValue.text("x".repeat(6000))));
        Job next = submit(ManagementCommand.get("./MO"));
        assertThat(client.runSession()).isTrue();

        assertThat(fixture.job(job.id()).reason()).contains("420 Device full");
        assertThat(chunks[0]).isEqualTo(2);
        assertThat(fixture.job(next.id()).state()).isEqualTo(JobState.DONE);
    }

    @Test
    void a_message_sent_again_is_answered_again_and_not_applied_twice() {
        Job job = submit(ManagementCommand.exec("./MO"), ManagementCommand.get("./MO"));
        List<DmRequest> requests = new ArrayList<>();
        TestClient twice = new TestClient(
                request -> {
                    requests.add(request);
                    DmResponse first = fixture.server.handle(request);
                    assertThat(fixture.server.handle(request)).isEqualTo(first);
                    return first;
                },
                Fixture.DEVICE,
                client.credentials,
                client.serverCredentials);
        twice.nonce = Fixture.CLIENT_NONCE;
        twice.serverNonce = Fixture.SERVER_NONCE;
        assertThat(twice.runSession()).isTrue();

        assertThat(fixture.job(job.id()).state()).isEqualTo(JobState.DONE);
        assertThat(fixture.job(job.id()).statuses()).hasSize(3); // Exec noted and answered, Get answered
        assertThat(twice.executed).hasSize(1);
        assertThat(fixture.store.sessions(Fixture.DEVICE, 9)).hasSize(1);
        assertThat(fixture.server.handle(requests.get(requests.size() - 1)).status())
                .as("even the last message of a session that is over")
                .isEqualTo(200);
        assertThat(fixture.store.sessions(Fixture.DEVICE, 9)).hasSize(1);
    }

    @Test
    void the_clients_abort_is_answered_and_leaves_the_job_for_the_next_session() {
        Job job = submit(ManagementCommand.get("./MO"), ManagementCommand.delete("./MO/x"));
        client.tree.put("./MO/x", new TestTree.Leaf(Format.CHR, "text/plain", NodeValue.text("1")));
        client.beforeSending = message -> message.header().msgId().equals("2")
                ? new SyncMl(
                        message.header(), new SyncBody(List.of(Command.Alert.of("1", AlertCode.SESSION_ABORT)), true))
                : message;
        client.runSession();

        assertThat(codes(client.received.get(1))).containsExactly(200, 200);
        assertThat(client.received.get(1).body().commands()).hasSize(2);
        assertThat(fixture.job(job.id()).state()).isEqualTo(JobState.QUEUED);
        assertThat(fixture.job(job.id()).reason()).contains("aborted by the client");

        client.beforeSending = message -> message;
        client.sessionId = "2";
        assertThat(client.runSession()).isTrue();
        assertThat(fixture.job(job.id()).state()).isEqualTo(JobState.DONE);
        assertThat(fixture.job(job.id()).attempts()).isEqualTo(2);
    }

    @Test
    void answers_alerts_and_refuses_commands_that_a_client_may_not_send() {
        alsoSend(
                Command.Alert.of("3", AlertCode.CLIENT_EVENT, Item.text("x")),
                Command.Alert.of("4", new AlertCode(1299)),
                Command.Get.of("5", Item.target("./MO")),
                Command.Replace.of(
                        "6", Item.builder().source("./MO/x").data("1").build()),
                Command.Add.of("7", Item.target("./MO/x")));
        assertThat(client.runSession()).isTrue();

        assertThat(codes(client.received.get(0))).containsExactly(212, 200, 200, 200, 406, 405, 405, 405);
    }

    @Test
    @Tag("TR-5")
    void a_client_that_has_missed_a_final_ends_the_session_and_the_job_waits_for_the_next() {
        Job job = submit(ManagementCommand.get("./MO"));
        client.beforeSending = message -> message.header().msgId().equals("1")
                ? message
                : new SyncMl(
                        message.header(),
                        new SyncBody(
                                List.of(
                                        message.body().commands().get(0),
                                        Command.Alert.of("9", AlertCode.NEXT_MESSAGE)),
                                false));
        assertThat(client.runSession()).isTrue();

        assertThat(client.received).hasSize(2);
        assertThat(client.received.get(1).body().last()).isTrue();
        assertThat(fixture.job(job.id()).state()).isEqualTo(JobState.QUEUED);
        assertThat(fixture.job(job.id()).reason()).contains("wait for each other's next message");
    }

    @Test
    void refuses_other_versions_of_the_protocol() {
        client.beforeSending = message ->
                new SyncMl(message.header().toBuilder().verProto("DM/1.1").build(), message.body());
        assertThat(client.runSession()).isFalse();
        assertThat(codes(client.received.get(0))).containsOnly(513);

        client.beforeSending =
                message -> new SyncMl(message.header().toBuilder().verDtd("1.1").build(), message.body());
        client.sessionId = "2";
        assertThat(client.runSession()).isFalse();
        assertThat(codes(client.received.get(1))).containsOnly(505);
    }

    @Test
    void a_status_that_never_comes_fails_the_job() {
        Job job = submit(ManagementCommand.delete("./MO"));
        client.beforeSending = message -> new SyncMl(
                message.header(),
                new SyncBody(
                        message.body().commands().stream()
                                .filter(c -> !(c instanceof Status status
                                        && status.cmd().equals("Delete")))
                                .toList(),
                        message.body().last()));
        client.runSession();

        assertThat(fixture.job(job.id()).reason())
                .isEqualTo("Delete ./MO: the client ended its package without a Status for it");
    }

    @Test
    @Tag("INT-2")
    void a_crash_of_the_server_in_the_middle_repeats_what_was_not_answered_and_no_more() {
        Job job = submit(
                ManagementCommand.addInterior("./MO/A", Optional.empty()),
                ManagementCommand.add("./MO/A/x", Format.CHR, "text/plain", NodeValue.text("1")),
                ManagementCommand.delete("./MO/A/x"),
                ManagementCommand.get("./MO/A"));
        for (int lost = 2; lost <= 4; lost++) { // messages 2, 3, 4 answer commands 1, 2, 3
            int cut = lost;
            client.sessionId = "s" + lost;
            client.beforeSending = message -> {
                // the client has applied the command; its answer is lost with the server
                if (!message.header().msgId().equals("2")) {
                    return message;
                }
                throw new TestClient.LinkLost();
            };
            assertThatThrownBy(client::runSession).isInstanceOf(TestClient.LinkLost.class);
            assertThat(fixture.job(job.id()).state()).isEqualTo(JobState.RUNNING);
            fixture.crashAndRestart();
            assertThat(fixture.job(job.id()).state()).as("cut %d", cut).isEqualTo(JobState.QUEUED);
        }
        client.beforeSending = message -> message;
        client.sessionId = "last";
        assertThat(client.runSession()).isTrue();

        Job done = fixture.job(job.id());
        assertThat(done.state()).as(done.reason()).isEqualTo(JobState.DONE);
        assertThat(client.tree).containsKey("./MO/A").doesNotContainKey("./MO/A/x");
        assertThat(done.attempts()).isEqualTo(4);
    }

    @Test
    @Tag("INT-2")
    void an_exec_whose_answer_was_lost_is_not_repeated() {
        Job job = submit(ManagementCommand.exec("./MO"));
        client.beforeSending = message -> {
            if (message.header().msgId().equals("2")) {
                throw new TestClient.LinkLost();
            }
            return message;
        };
        assertThatThrownBy(client::runSession).isInstanceOf(TestClient.LinkLost.class);
        fixture.crashAndRestart();
        client.beforeSending = message -> message;
        client.sessionId = "2";
        assertThat(client.runSession()).isTrue();

        assertThat(client.executed).hasSize(1);
        assertThat(fixture.job(job.id()).state()).isEqualTo(JobState.FAILED);
        assertThat(fixture.job(job.id()).reason()).contains("may have been executed");
    }

    @Test
    @Tag("INT-2")
    void a_provisioning_broken_at_any_message_converges_in_the_next_session() {
        for (int cut = 2; cut < 12; cut++) {
            Fixture own = new Fixture();
            TestClient broken = own.client();
            broken.maxMsgSize = 700;
            Job job = own.server.submit(Fixture.DEVICE, Fixture.provision(Fixture.largeMo(2, 1000)));
            String last = Integer.toString(cut);
            broken.beforeSending = message -> {
                if (message.header().msgId().equals(last)) {
                    throw new TestClient.LinkLost();
                }
                return message;
            };
            boolean wasCut = false;
            try {
                broken.runSession();
            } catch (TestClient.LinkLost e) {
                wasCut = true;
            }
            broken.beforeSending =
                    message -> message; // the same identifiers again, as a client without memory has them
            assertThat(broken.runSession()).as("cut %d", cut).isTrue();
            assertThat(own.job(job.id()).state())
                    .as("cut %d: %s", cut, own.job(job.id()).reason())
                    .isEqualTo(JobState.DONE);
            assertThat(own.job(job.id()).attempts()).isEqualTo(wasCut ? 2 : 1);
            own.close();
        }
    }

    @Test
    void sessions_expire() {
        Job job = submit(ManagementCommand.get("./MO"));
        client.beforeSending = message -> {
            if (message.header().msgId().equals("2")) {
                throw new TestClient.LinkLost();
            }
            return message;
        };
        assertThatThrownBy(client::runSession).isInstanceOf(TestClient.LinkLost.class);
        fixture.pass(Duration.ofMinutes(11));
        fixture.server.handle(DmRequest.of( // any message of anybody
                SyncMlCodec.WBXML.mediaType(),
                ByteString.of(SyncMlCodec.WBXML.encode(new SyncMl(
                        client.sentMessages.get(0).header().toBuilder()
                                .source(Location.of("IMEI:2"))
                                .build(),
                        new SyncBody(List.of(), true)))),
                "test"));

        assertThat(fixture.job(job.id()).state()).isEqualTo(JobState.QUEUED);
        assertThat(fixture.job(job.id()).reason()).contains("no message for too long");
    }

    @Test
    void many_unproven_sessions_do_not_push_out_a_proven_one() {
        fixture.server = fixture.builder().maxSessions(3).build();
        Job job = submit(ManagementCommand.get("./MO"), ManagementCommand.delete("./MO/none"));
        client.beforeSending = message -> {
            if (message.header().msgId().equals("2")) {
                for (int i = 0; i < 10; i++) {
                    TestClient stranger = new TestClient(
                            fixture.server::handle, "IMEI:" + i, client.credentials, client.serverCredentials);
                    stranger.runSession();
                }
            }
            return message;
        };
        assertThat(client.runSession()).isTrue();
        assertThat(fixture.job(job.id()).state()).isEqualTo(JobState.FAILED); // of the Delete, not of the session
        assertThat(fixture.job(job.id()).attempts()).isEqualTo(1);
    }

    @Test
    void closing_the_server_leaves_the_job_for_the_next() {
        Job job = submit(ManagementCommand.get("./MO"));
        client.beforeSending = message -> {
            if (message.header().msgId().equals("2")) {
                throw new TestClient.LinkLost();
            }
            return message;
        };
        assertThatThrownBy(client::runSession).isInstanceOf(TestClient.LinkLost.class);
        fixture.server.close();

        assertThat(fixture.job(job.id()).state()).isEqualTo(JobState.QUEUED);
        assertThat(fixture.events).contains("ended 1: the server was closed");
    }
}
