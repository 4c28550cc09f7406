// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.bipline.dm.Format;
import org.bipline.dm.NodeValue;
import org.bipline.dm.syncml.Command;
import org.bipline.dm.syncml.Status;
import org.bipline.dm.syncml.StatusCode;
import org.bipline.dm.tnds.MgmtNode;
import org.bipline.dm.tnds.MgmtTree;
import org.bipline.dm.tnds.Tnds;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Jobs that bring an MO to a desired state; attempts that break. */
@Tag("MO-2")
class ReconcileTest {
    private static final String TARGET = "./MO/Example";

    private final Fixture fixture = new Fixture();
    private final TestClient client = fixture.client();
    private int sessions;

    @AfterEach
    void close() {
        fixture.close();
    }

    private Job run(JobSpec spec) {
        Job job = fixture.server.submit(Fixture.DEVICE, spec);
        session();
        return fixture.job(job.id());
    }

    private void session() {
        client.received.clear();
        client.sessionId = Integer.toString(++sessions);
        assertThat(client.runSession()).isTrue();
    }

    private Job reconcile(MgmtNode mo) {
        return run(new JobSpec.Reconcile(mo, TARGET));
    }

    /** The sample, with one leaf changed, one added, one removed, a subtree added and a leaf become an interior node. */
    private static MgmtNode changed() {
        return MgmtNode.interior("Example")
                .type("urn:example:mo:1.0")
                .child(MgmtNode.leaf("Name", "Brot"))
                .child(MgmtNode.interior("Empty"))
                .child(Fixture.sampleMo().child("Key").orElseThrow())
                .child(MgmtNode.interior("Inner")
                        .child(MgmtNode.named("Number").format(Format.INT).value(NodeValue.text("42")))
                        .child(MgmtNode.interior("More").child(MgmtNode.leaf("x", "1"))))
                .build();
    }

    private List<String> changes() {
        return client.received.stream()
                .flatMap(message -> message.body().commands().stream())
                .flatMap(command -> command instanceof Command.Container group
                        ? group.commands().stream()
                        : List.of(command).stream())
                .filter(command -> !(command instanceof Status) && !(command instanceof Command.Get))
                .map(command -> command.name() + " "
                        + ((Command.OnItems) command).items().get(0).targetUri().orElseThrow())
                .toList();
    }

    @Test
    void provides_what_is_not_there() {
        Job job = reconcile(Fixture.sampleMo());

        assertThat(job.state()).as(job.reason()).isEqualTo(JobState.DONE);
        assertThat(changes()).containsExactly("Add " + TARGET);
        assertThat(client.tree).containsKey("./MO/Example/Inner/Number");
    }

    @Test
    void sends_nothing_where_nothing_differs() {
        reconcile(Fixture.sampleMo());
        Job job = reconcile(Fixture.sampleMo());

        assertThat(job.state()).isEqualTo(JobState.DONE);
        assertThat(job.reason()).isEqualTo("nothing differed");
        assertThat(changes()).isEmpty();
    }

    @Test
    @Tag("INT-1")
    void sends_the_difference_only_and_all_of_it_or_nothing() {
        reconcile(Fixture.sampleMo());
        Job job = reconcile(changed());

        assertThat(job.state()).as(job.reason()).isEqualTo(JobState.DONE);
        assertThat(job.reason()).isEqualTo("6 changes");
        assertThat(changes())
                .containsExactlyInAnyOrder(
                        "Replace ./MO/Example/Name",
                        "Delete ./MO/Example/Empty",
                        "Add ./MO/Example/Empty",
                        "Add ./MO/Example/Inner/More",
                        "Add ./MO/Example/Inner/More/x",
                        "Delete ./MO/Example/Inner/Void");
        assertThat(job.statuses().stream().map(CommandStatus::verb)).contains(ManagementCommand.Verb.ATOMIC);
        assertThat(job.tree().orElseThrow().descendant("Inner/More/x").flatMap(MgmtNode::value))
                .contains(NodeValue.text("1"));
    }

    @Test
    void goes_level_by_level_where_the_client_has_no_atomic() {
        reconcile(Fixture.sampleMo());
        client.refusal = command -> command instanceof Command.Atomic
                ? Optional.of(StatusCode.OPTIONAL_FEATURE_NOT_SUPPORTED)
                : Optional.empty();
        Job job = reconcile(changed());

        assertThat(job.state()).as(job.reason()).isEqualTo(JobState.DONE);
        assertThat(client.tree).containsKey("./MO/Example/Inner/More/x").doesNotContainKey("./MO/Example/Inner/Void");
    }

    @Test
    void a_large_difference_goes_in_several_messages() {
        reconcile(Fixture.largeMo(3, 1000).toBuilder().name("Example").build());
        Job job = reconcile(Fixture.largeMo(4, 2000).toBuilder().name("Example").build());

        assertThat(job.state()).as(job.reason()).isEqualTo(JobState.DONE);
        assertThat(job.reason()).isEqualTo("4 changes");
    }

    @Test
    void a_change_that_the_client_refuses_fails_the_job_and_changes_nothing() {
        reconcile(Fixture.sampleMo());
        client.refusedUris.add("./MO/Example/Inner/More/x");
        Job job = reconcile(changed());

        assertThat(job.state()).isEqualTo(JobState.FAILED);
        assertThat(job.reason()).startsWith("Add ./MO/Example/Inner/More/x: the client answered 420 Device full");
        assertThat(client.tree.get("./MO/Example/Name").value()).isEqualTo(NodeValue.text("Käse"));
    }

    @Test
    @Tag("INT-2")
    void broken_at_any_message_it_converges_and_does_nothing_twice() {
        for (int cut = 2; cut < 9; cut++) {
            client.tree.keySet().removeIf(uri -> uri.startsWith(TARGET));
            reconcile(Fixture.sampleMo());
            Job job = fixture.server.submit(Fixture.DEVICE, new JobSpec.Reconcile(changed(), TARGET));
            String last = Integer.toString(cut);
            client.sessionId = "cut" + cut;
            client.received.clear();
            client.beforeSending = message -> {
                if (message.header().msgId().equals(last)) {
                    throw new TestClient.LinkLost();
                }
                return message;
            };
            try {
                client.runSession();
            } catch (TestClient.LinkLost e) { // as was asked for; a short session ends before
                assertThat(fixture.job(job.id()).state()).isEqualTo(JobState.RUNNING);
            }
            client.beforeSending = message -> message;
            boolean applied = client.tree.containsKey("./MO/Example/Inner/More/x");
            session();
            assertThat(fixture.job(job.id()).state())
                    .as("cut %d: %s", cut, fixture.job(job.id()).reason())
                    .isEqualTo(JobState.DONE);
            if (applied) {
                assertThat(changes()).as("cut %d", cut).isEmpty();
            }
        }
    }

    @Test
    void a_job_whose_sessions_always_break_is_given_up() {
        fixture.server = fixture.builder().maxAttempts(3).build();
        Job job = fixture.server.submit(Fixture.DEVICE, JobSpec.commands(ManagementCommand.get("./MO")));
        client.beforeSending = message -> {
            if (message.header().msgId().equals("2")) {
                throw new TestClient.LinkLost();
            }
            return message;
        };
        for (int attempt = 1; attempt <= 3; attempt++) {
            assertThat(fixture.job(job.id()).state())
                    .as("before attempt %d", attempt)
                    .isIn(JobState.QUEUED, JobState.RUNNING);
            client.sessionId = "try" + attempt;
            assertThatThrownBy(client::runSession).isInstanceOf(TestClient.LinkLost.class);
        }
        client.beforeSending = message -> message;
        session();

        assertThat(fixture.job(job.id()).state()).isEqualTo(JobState.FAILED);
        assertThat(fixture.job(job.id()).reason()).startsWith("given up after 3 attempts");
    }

    @Test
    @Tag("SEC-6")
    void a_leaf_that_nobody_can_read_is_sent_anew() {
        reconcile(Fixture.sampleMo());
        client.refusal = command -> command instanceof Command.Get get
                        && get.items().get(0).targetUri().orElseThrow().equals(TARGET + "/Name")
                ? Optional.of(StatusCode.COMMAND_NOT_ALLOWED)
                : Optional.empty();
        Job job = reconcile(Fixture.sampleMo());

        assertThat(job.state()).as(job.reason()).isEqualTo(JobState.DONE);
        assertThat(changes()).containsExactly("Replace " + TARGET + "/Name");
    }

    @Test
    void a_desired_state_survives_in_the_store() {
        Job job = fixture.server.submit(Fixture.DEVICE, new JobSpec.Reconcile(changed(), TARGET));

        JobSpec.Reconcile kept = (JobSpec.Reconcile) fixture.job(job.id()).spec();
        assertThat(kept.target()).isEqualTo(TARGET);
        assertThat(Tnds.toWbxml(MgmtTree.of(kept.mo()))).isEqualTo(Tnds.toWbxml(MgmtTree.of(changed())));
    }

    @Test
    void tells_clients_where_to_send_further_messages() {
        fixture.server =
                fixture.builder().respUri("http://dm.example/dm?farm=2").build();
        session();

        assertThat(client.received)
                .allMatch(message -> message.header().respUri().equals(Optional.of("http://dm.example/dm?farm=2")));
    }
}
