// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.bipline.dm.NodeValue;
import org.bipline.dm.auth.Credentials;
import org.bipline.dm.syncml.Command;
import org.bipline.dm.syncml.Status;
import org.bipline.dm.syncml.StatusCode;
import org.bipline.dm.tnds.MgmtNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a device is to have, looked after in each session. */
@Tag("MO-2")
class DesiredStateTest {
    private static final String TARGET = "./MO/Example";
    private static final String OTHER = "./MO/Other";

    private final Fixture fixture = new Fixture();
    private TestClient client = fixture.client();
    private int sessions;

    @AfterEach
    void close() {
        fixture.close();
    }

    private Job set(MgmtNode mo, String target) {
        return fixture.server.setDesired(client.id, new JobSpec.Reconcile(mo, target));
    }

    /** What the server sent in one session, but for what it reads to compare. */
    private List<String> session() {
        client.received.clear();
        client.sessionId = Integer.toString(++sessions);
        assertThat(client.runSession()).isTrue();
        return client.received.stream()
                .flatMap(message -> message.body().commands().stream())
                .flatMap(command -> command instanceof Command.Container group
                        ? group.commands().stream()
                        : List.of(command).stream())
                .filter(command -> !(command instanceof Status))
                .map(command -> command.name() + " "
                        + ((Command.OnItems) command).items().get(0).targetUri().orElseThrow())
                .toList();
    }

    private static MgmtNode changed() {
        return MgmtNode.interior("Example")
                .type("urn:example:mo:1.0")
                .child(MgmtNode.leaf("Name", "Brot"))
                .child(MgmtNode.leaf("Empty", ""))
                .child(Fixture.sampleMo().child("Key").orElseThrow())
                .child(Fixture.sampleMo().child("Inner").orElseThrow())
                .build();
    }

    @Test
    void an_unchanged_card_costs_one_get() {
        Job job = set(Fixture.sampleMo(), TARGET);
        set(Fixture.largeMo(2, 10), OTHER);
        assertThat(session()).contains("Add " + TARGET, "Add " + OTHER);
        assertThat(fixture.job(job.id()).state()).isEqualTo(JobState.DONE);

        for (int i = 0; i < 3; i++) {
            assertThat(session()).containsExactly("Get ./MO?prop=VerNo");
        }
    }

    @Test
    void what_was_changed_on_the_card_is_put_right_and_nothing_else_is_sent() {
        Job job = set(Fixture.sampleMo(), TARGET);
        session();
        client.tree.remove("./MO/Example/Inner/Number");
        fixture.server.submit(
                client.id,
                JobSpec.commands(ManagementCommand.replace(
                        "./MO/Example/Name", MgmtNode.leaf("Name", "Brot").build())));

        assertThat(session())
                .contains("Add ./MO/Example/Inner/Number", "Replace ./MO/Example/Name")
                .doesNotContain("Add " + TARGET, "Replace " + TARGET);
        assertThat(fixture.job(job.id()).reason()).isEqualTo("2 changes");
        assertThat(session()).containsExactly("Get ./MO?prop=VerNo");
    }

    @Test
    void a_new_state_takes_the_place_of_the_old_one() {
        Job old = set(Fixture.sampleMo(), TARGET);
        Job job = set(changed(), TARGET);

        assertThat(fixture.job(old.id()).state()).isEqualTo(JobState.FAILED);
        assertThat(fixture.job(old.id()).reason()).isEqualTo("job " + job.id() + " took its place");
        assertThat(fixture.store.desired(client.id))
                .containsExactly(new DesiredState(client.id, TARGET, job.id(), Optional.empty()));
        session();
        assertThat(client.tree.get("./MO/Example/Name").value()).isEqualTo(NodeValue.text("Brot"));
    }

    @Test
    void the_same_state_set_again_changes_nothing() {
        Job job = set(Fixture.sampleMo(), TARGET);
        session();

        assertThat(set(Fixture.sampleMo(), TARGET).id()).isEqualTo(job.id());
        assertThat(session()).containsExactly("Get ./MO?prop=VerNo");
    }

    @Test
    void what_is_desired_no_longer_stays_as_it_is() {
        set(Fixture.sampleMo(), TARGET);
        session();
        assertThat(fixture.store.removeDesired(client.id, TARGET, fixture.now)).isTrue();
        assertThat(fixture.store.removeDesired(client.id, TARGET, fixture.now)).isFalse();
        client.tree.remove("./MO/Example/Name");

        assertThat(session()).isEmpty();
        assertThat(client.tree).containsKey(TARGET);
    }

    @Test
    void what_the_card_refuses_is_not_tried_again_before_something_has_changed() {
        Job job = set(Fixture.sampleMo(), TARGET);
        client.refusedUris.add(TARGET);
        session();
        assertThat(fixture.job(job.id()).state()).isEqualTo(JobState.FAILED);
        assertThat(session()).containsExactly("Get ./MO?prop=VerNo");

        client.refusedUris.clear();
        fixture.server.submit(
                client.id, JobSpec.commands(ManagementCommand.addInterior("./MO/Room", Optional.empty())));
        session();
        session();
        assertThat(fixture.job(job.id()).state())
                .as(fixture.job(job.id()).reason())
                .isEqualTo(JobState.DONE);
    }

    @Test
    void a_card_without_version_numbers_is_compared_in_each_session() {
        client.refusal = command -> command instanceof Command.Get get
                        && get.items().get(0).targetUri().orElseThrow().endsWith("VerNo")
                ? Optional.of(StatusCode.OPTIONAL_FEATURE_NOT_SUPPORTED)
                : Optional.empty();
        set(Fixture.sampleMo(), TARGET);
        session();
        client.tree.remove("./MO/Example/Name");

        assertThat(session()).contains("Add ./MO/Example/Name");
        assertThat(session()).contains("Get " + TARGET).noneMatch(sent -> !sent.startsWith("Get"));
    }

    @Test
    void the_version_numbers_of_other_clients_are_not_relied_on() {
        fixture.store.putDevice(
                Device.md5("IMEI:1", Account.of("card", "card secret"), Account.of("dm-server", "server secret")));
        client = new TestClient(
                request -> fixture.server.handle(request),
                "IMEI:1",
                Credentials.of("card", "card secret"),
                Credentials.of("dm-server", "server secret"));
        set(Fixture.sampleMo(), TARGET);
        session();

        assertThat(session()).contains("Get " + TARGET).noneMatch(sent -> sent.endsWith("VerNo"));
    }

    @Test
    void survives_a_restart_of_the_server() {
        set(Fixture.sampleMo(), TARGET);
        session();
        fixture.crashAndRestart();

        assertThat(session()).containsExactly("Get ./MO?prop=VerNo");
    }
}
