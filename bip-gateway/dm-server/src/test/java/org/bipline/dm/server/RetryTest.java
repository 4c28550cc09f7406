// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.bipline.dm.Format;
import org.bipline.dm.NodeValue;
import org.bipline.dm.server.TestClient.UserAnswer;
import org.bipline.dm.syncml.Command;
import org.bipline.dm.syncml.StatusCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Jobs that the client cannot do for the time being. */
@Tag("MO-2")
class RetryTest {
    private static final JobSpec ADD =
            JobSpec.commands(ManagementCommand.add("./MO/A", Format.CHR, "text/plain", NodeValue.text("1")));

    private final Fixture fixture = new Fixture();
    private final TestClient client = fixture.client();
    private int sessions;

    @AfterEach
    void close() {
        fixture.close();
    }

    private void session() {
        client.sessionId = Integer.toString(++sessions);
        assertThat(client.runSession()).isTrue();
    }

    private Job submit(JobSpec spec) {
        return fixture.server.submit(Fixture.DEVICE, spec);
    }

    private void refuse(Class<? extends Command> commands, int code) {
        client.refusal = command -> commands.isInstance(command) ? Optional.of(new StatusCode(code)) : Optional.empty();
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 417, 500, 503})
    void what_fails_for_the_time_being_is_done_in_a_session_after_the_delay(int code) {
        refuse(Command.Add.class, code);
        Job job = submit(ADD);
        session();

        assertThat(fixture.job(job.id()).state()).isEqualTo(JobState.QUEUED);
        assertThat(fixture.job(job.id()).reason()).startsWith("attempt 1: Add ./MO/A: the client answered " + code);
        assertThat(fixture.job(job.id()).notBefore()).contains(fixture.now.plusSeconds(60));
        client.refusal = command -> Optional.empty();
        fixture.pass(Duration.ofSeconds(59));
        session();
        assertThat(fixture.job(job.id()).state()).isEqualTo(JobState.QUEUED);
        fixture.pass(Duration.ofSeconds(1));
        session();

        assertThat(fixture.job(job.id()).state()).isEqualTo(JobState.DONE);
        assertThat(fixture.job(job.id()).attempts()).isEqualTo(2);
        assertThat(client.tree).containsKey("./MO/A");
    }

    @Test
    void the_delay_doubles_up_to_64_times_and_the_attempts_are_limited() {
        fixture.server = fixture.builder()
                .maxAttempts(9)
                .retryDelay(Duration.ofSeconds(1))
                .build();
        refuse(Command.Add.class, 503);
        Job job = submit(ADD);
        for (int delay : new int[] {1, 2, 4, 8, 16, 32, 64, 64}) {
            session();
            assertThat(fixture.job(job.id()).notBefore()).contains(fixture.now.plusSeconds(delay));
            fixture.pass(Duration.ofSeconds(delay));
        }
        session();

        assertThat(fixture.job(job.id()).state()).isEqualTo(JobState.FAILED);
        assertThat(fixture.job(job.id()).reason())
                .startsWith("given up after 9 attempts; the last: Add ./MO/A: the client answered 503");
    }

    @Test
    void a_job_that_waits_holds_up_those_behind_it_which_may_build_on_it() {
        refuse(Command.Add.class, 503);
        Job first = submit(ADD);
        Job second = submit(
                JobSpec.commands(ManagementCommand.replace("./MO/A", Format.CHR, "text/plain", NodeValue.text("2"))));
        session();
        assertThat(fixture.job(second.id()).state()).isEqualTo(JobState.QUEUED);
        client.refusal = command -> Optional.empty();
        fixture.pass(Duration.ofMinutes(1));
        session();

        assertThat(fixture.job(first.id()).state()).isEqualTo(JobState.DONE);
        assertThat(fixture.job(second.id()).state()).isEqualTo(JobState.DONE);
        assertThat(client.tree.get("./MO/A").value()).isEqualTo(NodeValue.text("2"));
    }

    @Test
    void the_user_is_asked_again_and_the_steps_before_are_not_repeated() {
        client.user = alert -> UserAnswer.of(408);
        Job job = submit(JobSpec.steps(
                JobStep.of(ManagementCommand.exec("./MO")),
                JobStep.of(UserInteraction.confirm("Now?")),
                JobStep.of(ManagementCommand.add("./MO/A", Format.CHR, "text/plain", NodeValue.text("1")))));
        session();
        client.user = alert -> UserAnswer.of(200);
        fixture.pass(Duration.ofMinutes(1));
        session();

        assertThat(fixture.job(job.id()).state())
                .as(fixture.job(job.id()).reason())
                .isEqualTo(JobState.DONE);
        assertThat(client.executed).hasSize(1);
    }

    @Test
    void an_object_is_provisioned_and_read_back_later() {
        refuse(Command.Get.class, 500);
        Job job = submit(Fixture.provision(Fixture.sampleMo()));
        session();
        assertThat(fixture.job(job.id()).reason())
                .startsWith("attempt 1: reading back: Get ./MO/Example: the client answered 500");
        client.refusal = command -> Optional.empty();
        fixture.pass(Duration.ofMinutes(1));
        session();

        assertThat(fixture.job(job.id()).state())
                .as(fixture.job(job.id()).reason())
                .isEqualTo(JobState.DONE);
    }

    @Test
    void an_exec_that_failed_and_a_group_that_is_not_legal_are_not_repeated() {
        refuse(Command.Exec.class, 500);
        Job exec = submit(JobSpec.commands(ManagementCommand.exec("./MO")));
        session();
        refuse(Command.Atomic.class, 500);
        Job atomic = submit(JobSpec.steps(JobStep.atomic(ManagementCommand.delete("./MO/A"))));
        session();

        assertThat(fixture.job(exec.id()).state()).isEqualTo(JobState.FAILED);
        assertThat(fixture.job(atomic.id()).state()).isEqualTo(JobState.FAILED);
    }

    @Test
    void an_atomic_is_repeated_where_one_of_its_commands_failed_for_the_time_being() {
        refuse(Command.Add.class, 503);
        Job job = submit(JobSpec.steps(JobStep.atomic(
                ManagementCommand.add("./MO/A", Format.CHR, "text/plain", NodeValue.text("1")),
                ManagementCommand.delete("./MO/A"))));
        session();

        assertThat(fixture.job(job.id()).state()).isEqualTo(JobState.QUEUED);
    }
}
