// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bipline.dm.Format;
import org.bipline.dm.NodeValue;
import org.bipline.dm.server.TestClient.UserAnswer;
import org.bipline.dm.syncml.AlertCode;
import org.bipline.dm.syncml.Command;
import org.bipline.dm.syncml.Item;
import org.bipline.dm.syncml.Meta;
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

/** Commands beyond Add, Replace, Get and Delete; groups, conditions, events of the client. */
@Tag("MO-2")
class CommandsTest {
    private final Fixture fixture = new Fixture();
    private final TestClient client = fixture.client();

    @AfterEach
    void close() {
        fixture.close();
    }

    private Job run(JobStep... steps) {
        Job job = fixture.server.submit(Fixture.DEVICE, JobSpec.steps(steps));
        assertThat(client.runSession()).isTrue();
        return fixture.job(job.id());
    }

    private static JobStep add(String uri, String value) {
        return JobStep.of(ManagementCommand.add(uri, Format.CHR, "text/plain", NodeValue.text(value)));
    }

    private static List<String> answers(Job job) {
        return job.statuses().stream()
                .map(status -> status.step() + " " + status.verb() + " " + status.code())
                .toList();
    }

    private <T extends Command> List<T> received(Class<T> type) {
        return client.received.stream()
                .flatMap(message -> message.body().commands().stream())
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    @Test
    void copies_a_leaf_and_gives_an_exec_its_correlator_and_value() {
        Job job = run(
                add("./MO/A", "1"),
                JobStep.of(ManagementCommand.copy("./MO/A", "./MO/B")),
                JobStep.of(ManagementCommand.exec(
                        "./MO/A", Optional.of("job 7"), Format.CHR, "text/plain", NodeValue.text("now"))));

        assertThat(job.state()).as(job.reason()).isEqualTo(JobState.DONE);
        assertThat(client.tree.get("./MO/B").value()).isEqualTo(NodeValue.text("1"));
        assertThat(client.executed).containsExactly("./MO/A job 7");
        assertThat(received(Command.Exec.class).get(0).items().get(0).data().flatMap(d -> d.asText()))
                .contains("now");
    }

    @ParameterizedTest
    @EnumSource
    void asks_the_user_and_keeps_what_he_answered(SyncMlCodec codec) {
        client.codec = codec;
        List<Command.Alert> shown = new ArrayList<>();
        client.user = alert -> {
            shown.add(alert);
            return switch (alert.code().orElseThrow().number()) {
                case 1102 -> UserAnswer.of(200, "CNN");
                case 1103 -> UserAnswer.of(200, "2");
                case 1104 -> UserAnswer.of(200, "3", "2");
                default -> UserAnswer.of(200);
            };
        };
        UserInteraction.Options hints =
                UserInteraction.Options.NONE.minDisplayTime(10).maxDisplayTime(30);
        Job job = run(
                JobStep.of(UserInteraction.display("Management in progress").with(hints)),
                JobStep.of(UserInteraction.confirm("Add the access point?").with(hints.defaultResponse("1"))),
                JobStep.of(UserInteraction.textInput("Name of the service")
                        .with(hints.defaultResponse("John Doe")
                                .maxLength(30)
                                .inputType(UserInteraction.InputType.ALPHANUMERIC)
                                .echoType(UserInteraction.EchoType.TEXT))),
                JobStep.of(UserInteraction.singleChoice("Which?", "CNN", "Mobilbank")),
                JobStep.of(UserInteraction.multipleChoice("Which ones?", "CNN", "Mobilbank", "Game Channel")));

        assertThat(job.state()).as(job.reason()).isEqualTo(JobState.DONE);
        assertThat(job.statuses().stream().map(CommandStatus::answers))
                .containsExactly(List.of(), List.of(), List.of("CNN"), List.of("2"), List.of("3", "2"));
        assertThat(shown.stream().map(alert -> alert.code().orElseThrow().number()))
                .containsExactly(1100, 1101, 1102, 1103, 1104);
        assertThat(texts(shown.get(0))).containsExactly("MINDT=10&MAXDT=30", "Management in progress");
        assertThat(texts(shown.get(2)))
                .containsExactly("MINDT=10&MAXDT=30&DR=John+Doe&MAXLEN=30&IT=A&ET=T", "Name of the service");
        assertThat(texts(shown.get(4))).containsExactly("", "Which ones?", "CNN", "Mobilbank", "Game Channel");
    }

    private static List<String> texts(Command.Alert alert) {
        return alert.items().stream()
                .map(item -> item.data().flatMap(data -> data.asText()).orElse(""))
                .toList();
    }

    @Test
    void a_user_who_says_no_ends_the_job() {
        client.user = alert -> UserAnswer.of(304);
        Job job = run(JobStep.of(UserInteraction.confirm("Delete it?")), JobStep.of(ManagementCommand.delete("./MO")));

        assertThat(job.state()).isEqualTo(JobState.FAILED);
        assertThat(job.reason())
                .isEqualTo("Alert 1101 confirm or reject: the client answered 304 Not modified; the user, or the node,"
                        + " said no");
        assertThat(client.tree).containsKey("./MO");
    }

    @Test
    void conditions_on_answers_choose_what_is_sent() {
        client.user = alert -> UserAnswer.of(200, "2");
        Job job = run(
                JobStep.of(UserInteraction.singleChoice("Colour?", "red", "blue")),
                add("./MO/Red", "").when(Condition.valueIs(0, "1")),
                add("./MO/Blue", "").when(Condition.valueIs(0, "2")),
                JobStep.of(ManagementCommand.get("./MO/Blue")).when(Condition.statusIs(2, 200)),
                add("./MO/Empty", "").when(Condition.valueIs(3, "")),
                add("./MO/Full", "").when(Condition.valueIsNot(3, "")));

        assertThat(job.state()).as(job.reason()).isEqualTo(JobState.DONE);
        assertThat(client.tree).containsKeys("./MO/Blue", "./MO/Empty").doesNotContainKeys("./MO/Red", "./MO/Full");
        assertThat(answers(job)).containsExactly("0 Alert 200", "2 Add 200", "3 Get 200", "4 Add 200");
    }

    @Test
    void a_failure_on_which_a_later_step_decides_does_not_end_the_job() {
        Job job = run(
                JobStep.of(ManagementCommand.get("./MO/A")),
                add("./MO/A", "new").when(Condition.statusIs(0, 404)),
                JobStep.of(ManagementCommand.delete("./MO/A")).when(Condition.statusIsNot(0, 404)));

        assertThat(job.state()).as(job.reason()).isEqualTo(JobState.DONE);
        assertThat(answers(job)).containsExactly("0 Get 404", "1 Add 200");
    }

    @Test
    void conditions_hold_over_a_break_of_the_session() {
        client.user = alert -> UserAnswer.of(304);
        Job job = fixture.server.submit(
                Fixture.DEVICE,
                JobSpec.steps(
                        JobStep.of(UserInteraction.confirm("Now?")),
                        add("./MO/Now", "").when(Condition.statusIs(0, 200)),
                        add("./MO/Later", "").when(Condition.statusIs(0, 304)),
                        add("./MO/End", "")));
        client.beforeSending = message -> {
            if (message.header().msgId().equals("3")) { // the Add is done, its answer lost
                throw new TestClient.LinkLost();
            }
            return message;
        };
        assertThatThrownBy(client::runSession).isInstanceOf(TestClient.LinkLost.class);
        client.beforeSending = message -> message;
        client.sessionId = "2";
        assertThat(client.runSession()).isTrue();

        Job done = fixture.job(job.id());
        assertThat(done.state()).as(done.reason()).isEqualTo(JobState.DONE);
        assertThat(client.tree).containsKeys("./MO/Later", "./MO/End").doesNotContainKey("./MO/Now");
        assertThat(received(Command.Alert.class)).as("asked once").hasSize(1);
    }

    @Test
    void a_condition_looks_back_only() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JobSpec.steps(add("./A", "").when(Condition.statusIs(0, 200))))
                .withMessageContaining("step 0 has a condition on step 0");
    }

    @Test
    @Tag("INT-1")
    void an_atomic_does_all_or_nothing() {
        Job done = run(JobStep.atomic(
                add("./MO/A", "1").commands().get(0),
                add("./MO/B", "2").commands().get(0)));
        assertThat(done.state()).as(done.reason()).isEqualTo(JobState.DONE);
        assertThat(answers(done)).containsExactly("0 Atomic 200", "0 Add 200", "0 Add 200");

        client.sessionId = "2";
        Job failed = run(JobStep.atomic(
                ManagementCommand.delete("./MO/A"),
                add("./MO/B", "3").commands().get(0)));
        assertThat(failed.state()).isEqualTo(JobState.FAILED);
        assertThat(failed.reason()).startsWith("Add ./MO/B: the client answered 418 Already exists");
        assertThat(answers(failed)).containsExactly("0 Atomic 507", "0 Delete 200", "0 Add 418");
        assertThat(client.tree).containsKey("./MO/A");
    }

    @Test
    @Tag("INT-2")
    void an_atomic_whose_answer_was_lost_is_not_done_twice() {
        Job job = fixture.server.submit(
                Fixture.DEVICE,
                JobSpec.steps(JobStep.atomic(
                        ManagementCommand.addInterior("./MO/A", Optional.empty()),
                        add("./MO/A/x", "1").commands().get(0),
                        add("./MO/A/y", "2").commands().get(0))));
        client.beforeSending = message -> {
            if (message.header().msgId().equals("2")) {
                throw new TestClient.LinkLost();
            }
            return message;
        };
        assertThatThrownBy(client::runSession).isInstanceOf(TestClient.LinkLost.class);
        client.beforeSending = message -> message;
        client.sessionId = "2";
        assertThat(client.runSession()).isTrue();

        assertThat(fixture.job(job.id()).state())
                .as(fixture.job(job.id()).reason())
                .isEqualTo(JobState.DONE);
        assertThat(client.tree).containsKeys("./MO/A", "./MO/A/x", "./MO/A/y");
    }

    @Test
    void a_sequence_stops_where_the_user_says_no() {
        client.user = alert -> UserAnswer.of(304);
        Job job = run(
                JobStep.sequence(
                        ManagementCommand.get("./MO"),
                        UserInteraction.confirm("Delete it?"),
                        ManagementCommand.delete("./MO")),
                add("./MO/Kept", "").when(Condition.statusIs(0, 304)));

        assertThat(job.state()).as(job.reason()).isEqualTo(JobState.DONE);
        assertThat(answers(job))
                .containsExactly("0 Sequence 200", "0 Get 200", "0 Alert 304", "0 Delete 215", "1 Add 200");
        assertThat(job.results()).hasSize(1);
        assertThat(client.tree).containsKey("./MO/Kept");
    }

    @Test
    void get_is_not_legal_in_atomic() {
        assertThatIllegalArgumentException().isThrownBy(() -> JobStep.atomic(ManagementCommand.get("./MO")));
    }

    @ParameterizedTest
    @EnumSource
    void reads_a_subtree_in_one_get(SyncMlCodec codec) {
        client.codec = codec;
        Job job = run(
                JobStep.of(ManagementCommand.addInterior("./MO/A", Optional.empty())),
                add("./MO/A/x", "1"),
                JobStep.of(ManagementCommand.list("./MO/A", ManagementCommand.ListAttribute.STRUCT)),
                JobStep.of(ManagementCommand.list("./MO/A", ManagementCommand.ListAttribute.STRUCT_DATA)));

        assertThat(job.state()).as(job.reason()).isEqualTo(JobState.DONE);
        assertThat(job.results().stream()
                        .map(result -> result.uri() + " " + result.format() + " "
                                + result.value().flatMap(NodeValue::asText).orElse("-")))
                .containsExactly("./MO/A node -", "./MO/A/x chr -", "./MO/A node -", "./MO/A/x chr 1");
    }

    @Test
    void reads_and_writes_properties() {
        Job job = run(
                JobStep.of(ManagementCommand.replaceProperty("./MO", "ACL", "Add=*&Get=dm-server")),
                JobStep.of(ManagementCommand.getProperty("./MO", "ACL")));

        assertThat(job.state()).as(job.reason()).isEqualTo(JobState.DONE);
        assertThat(client.properties).containsEntry("./MO?prop=ACL", "Add=*&Get=dm-server");
        assertThat(job.results().get(0).value()).contains(NodeValue.text("Add=*&Get=dm-server"));
    }

    private void alsoSend(Command... commands) {
        client.beforeSending = message -> {
            if (!message.header().msgId().equals("1")) {
                return message;
            }
            List<Command> all = new ArrayList<>(message.body().commands());
            all.addAll(List.of(commands));
            return new SyncMl(message.header(), new SyncBody(all, true));
        };
    }

    private List<Integer> alertCodes() {
        return received(Status.class).stream()
                .filter(status ->
                        status.cmdRef().equals("90") || status.cmdRef().equals("91"))
                .map(status -> status.code().number())
                .toList();
    }

    @Test
    void keeps_generic_alerts_and_answers_them() {
        Item item = Item.builder()
                .source("./MO/Fumo")
                .meta(Meta.builder()
                        .type("urn:oma:at:fumo:1.0:update")
                        .format(Format.INT)
                        .mark("critical")
                        .build())
                .data("200")
                .build();
        Item second = Item.builder()
                .meta(Meta.builder()
                        .type("Reversed-Domain-Name: org.example.event")
                        .build())
                .build();
        alsoSend(new Command.Alert(
                "90", Optional.of(AlertCode.GENERIC_ALERT), Optional.of("job 7"), List.of(item, second)));
        assertThat(client.runSession()).isTrue();

        assertThat(alertCodes()).containsExactly(200);
        List<ClientEvent> events = fixture.store.events(Fixture.DEVICE, 5);
        assertThat(events).hasSize(2);
        ClientEvent update = events.get(1); // the newest first
        assertThat(update.source()).contains("./MO/Fumo");
        assertThat(update.type()).contains("urn:oma:at:fumo:1.0:update");
        assertThat(update.format()).isEqualTo("int");
        assertThat(update.mark()).isEqualTo("critical");
        assertThat(update.correlator()).contains("job 7");
        assertThat(update.data()).contains(NodeValue.text("200"));
        assertThat(update.time()).isEqualTo(fixture.now);
        assertThat(events.get(0).mark()).isEqualTo("informational");
        assertThat(fixture.events).contains("event 1226 generic alert");
    }

    @Test
    void a_generic_alert_without_a_type_is_incomplete() {
        alsoSend(
                Command.Alert.of("90", AlertCode.GENERIC_ALERT, Item.text("what?")),
                Command.Alert.of("91", AlertCode.CLIENT_EVENT, Item.text("./DevDetail changed")));
        assertThat(client.runSession()).isTrue();

        assertThat(alertCodes()).containsExactly(412, 200);
        assertThat(fixture.store.events(Fixture.DEVICE, 5)).hasSize(1);
    }

    @Test
    void a_generic_alert_in_chunks_is_put_together() {
        List<Item> chunks = List.of(
                Item.builder()
                        .source("./MO/Log")
                        .meta(Meta.builder()
                                .type("Content-Type: text/plain")
                                .size(8)
                                .build())
                        .data("half")
                        .moreData(true)
                        .build(),
                Item.builder().source("./MO/Log").data("full").build());
        client.beforeSending = message -> {
            int number = Integer.parseInt(message.header().msgId());
            if (number > 2) {
                return message;
            }
            List<Command> all = new ArrayList<>(message.body().commands());
            all.add(Command.Alert.of("90", AlertCode.GENERIC_ALERT, chunks.get(number - 1)));
            return new SyncMl(message.header(), new SyncBody(all, number == 2));
        };
        client.runSession();

        assertThat(alertCodes()).containsExactly(213, 200);
        ClientEvent event = fixture.store.events(Fixture.DEVICE, 5).get(0);
        assertThat(event.data()).contains(NodeValue.text("halffull"));
        assertThat(event.source()).contains("./MO/Log");
        assertThat(received(Command.Alert.class).stream()
                        .map(alert -> alert.code().orElseThrow()))
                .as("the client is asked for the next message")
                .contains(AlertCode.NEXT_MESSAGE);
    }

    @Test
    void a_result_that_says_no_more_than_its_code_is_a_failure_in_words() {
        client.refusal = command -> command instanceof Command.Copy
                ? Optional.of(StatusCode.OPTIONAL_FEATURE_NOT_SUPPORTED)
                : Optional.empty();
        Job job = run(JobStep.of(ManagementCommand.copy("./MO/A", "./MO/B")));

        assertThat(job.reason())
                .isEqualTo(
                        "Copy ./MO/A to ./MO/B: the client answered 406 Optional feature not supported; the client does"
                                + " not have this feature");
    }
}
