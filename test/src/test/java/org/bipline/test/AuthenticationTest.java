// SPDX-License-Identifier: Apache-2.0
package org.bipline.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bipline.dm.ByteString;
import org.bipline.dm.Format;
import org.bipline.dm.NodeValue;
import org.bipline.dm.server.Job;
import org.bipline.dm.server.JobSpec;
import org.bipline.dm.server.JobState;
import org.bipline.dm.server.ManagementCommand;
import org.bipline.dm.syncml.Command;
import org.bipline.dm.syncml.Status;
import org.bipline.dm.syncml.SyncMl;
import org.bipline.dm.syncml.SyncMlCodec;
import org.bipline.lab.card.DmAppletParameters;
import org.bipline.lab.card.SessionOutcome;
import org.bipline.test.DmMessages.Message;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Card and server prove themselves to each other, and nothing happens to an MO where one of them does not. */
class AuthenticationTest {
    private static final String LEAF = "./MO/One/Leaf";

    private final DmMessages messages = new DmMessages();
    private Fleet fleet;

    @BeforeEach
    void start() throws Exception {
        fleet = new Fleet("authentication", server -> server.wire(messages));
    }

    @AfterEach
    void stop() {
        fleet.close();
    }

    private static ManagementCommand replace(String value) {
        return ManagementCommand.replace(LEAF, Format.CHR, "text/plain", NodeValue.text(value));
    }

    private static final JobSpec CREATE = JobSpec.commands(
            ManagementCommand.addInterior("./MO/One", Optional.empty()),
            ManagementCommand.add(LEAF, Format.CHR, "text/plain", NodeValue.text("1")));

    private Job run(Phone phone, JobSpec spec) throws Exception {
        Job job = fleet.submit(1, spec);
        assertThat(phone.session().succeeded()).isTrue();
        Job after = fleet.job(job);
        assertThat(after.state()).as(after.reason()).isEqualTo(JobState.DONE);
        return after;
    }

    private static String value(Job job) {
        return job.results().getFirst().value().orElseThrow().asText().orElseThrow();
    }

    /** What a server that has the card's own secrets finds below {@code ./MO}. */
    private static String objects(Phone phone, String client, String server) throws Exception {
        try (Fleet other = new Fleet("other", settings -> {})) {
            other.know(1, client, server);
            Job job = other.submit(1, JobSpec.commands(ManagementCommand.get("./MO")));
            phone.server(other.address());
            assertThat(phone.session().succeeded()).isTrue();
            return value(other.job(job));
        }
    }

    private void nothingIsDone(DmAppletParameters card, String clientSecret, String serverSecret, int status)
            throws Exception {
        fleet.know(1);
        Job job = fleet.submit(1, CREATE);
        try (Phone phone = new Phone(Fleet.card(1, card), fleet.address())) {
            SessionOutcome outcome = phone.session();

            assertThat(outcome.succeeded()).isFalse();
            assertThat(outcome.dmStatus()).isEqualTo(status);
            assertThat(fleet.job(job).state()).isNotEqualTo(JobState.DONE);
            assertThat(fleet.job(job).statuses()).allMatch(answer -> answer.code() == 0 || answer.code() >= 400);
            assertThat(phone.openChannels()).isEmpty();
            assertThat(objects(phone, clientSecret, serverSecret)).isEmpty();
        }
    }

    @Test
    @Tag("SEC-2")
    void a_card_with_another_secret_is_given_no_command() throws Exception {
        nothingIsDone(fleet.parameters(1).client("card1", "wrong"), "wrong", Fleet.SERVER_SECRET, 401);
        assertThat(messages.fromServer())
                .allMatch(message -> message.model().body().commands().stream().allMatch(Status.class::isInstance));
    }

    @Test
    @Tag("SEC-2")
    void a_server_with_another_secret_gets_no_command_done() throws Exception {
        nothingIsDone(fleet.parameters(1).server(Fleet.SERVER, "wrong"), Fleet.CARD_SECRET, "wrong", 401);
        assertThat(messages.fromCard())
                .as("no result before the server is authenticated")
                .allMatch(message ->
                        message.model().body().commands().stream().noneMatch(Command.Results.class::isInstance));
    }

    @Test
    @Tag("SEC-5")
    void no_credentials_and_no_nonce_come_twice() throws Exception {
        try (Phone phone = new Phone(fleet.card(1), fleet.address())) {
            run(phone, CREATE);
            for (int i = 0; i < 5; i++) {
                run(phone, JobSpec.commands(replace("value " + i)));
            }
        }
        for (List<Message> side : List.of(messages.fromCard(), messages.fromServer())) {
            assertThat(side.stream().flatMap(message -> message.model().header().cred().stream()))
                    .hasSizeGreaterThan(5)
                    .extracting(cred -> cred.data())
                    .doesNotHaveDuplicates();
            assertThat(side.stream().flatMap(AuthenticationTest::nonces))
                    .hasSizeGreaterThan(5)
                    .doesNotHaveDuplicates();
        }
    }

    private static Stream<String> nonces(Message message) {
        return message.model().body().commands().stream()
                .filter(Status.class::isInstance)
                .flatMap(status -> ((Status) status).chal().stream())
                .flatMap(chal -> chal.meta().nextNonce().stream());
    }

    @Test
    @Tag("SEC-5")
    void the_server_refuses_the_first_message_of_an_earlier_session() throws Exception {
        try (Phone phone = new Phone(fleet.card(1), fleet.address())) {
            run(phone, CREATE);
            ByteString accepted = messages.fromCard().stream()
                    .filter(message -> message.model().header().cred().isPresent())
                    .reduce((earlier, later) -> later)
                    .orElseThrow()
                    .bytes();
            Job waiting = fleet.submit(1, JobSpec.commands(replace("2")));

            SyncMl answer = post(accepted);

            assertThat(answer.body().commands())
                    .allMatch(command ->
                            command instanceof Status status && !status.code().isSuccess());
            assertThat(fleet.job(waiting).state()).isEqualTo(JobState.QUEUED);
            assertThat(phone.session().succeeded()).isTrue();
            assertThat(fleet.job(waiting).state()).isEqualTo(JobState.DONE);
        }
    }

    private SyncMl post(ByteString message) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<byte[]> response = client.send(
                    HttpRequest.newBuilder(URI.create(
                                    "http://127.0.0.1:" + fleet.address().getPort() + "/dm"))
                            .header("Content-Type", SyncMlCodec.WBXML.mediaType())
                            .POST(HttpRequest.BodyPublishers.ofByteArray(message.toByteArray()))
                            .build(),
                    HttpResponse.BodyHandlers.ofByteArray());
            assertThat(response.statusCode()).isEqualTo(200);
            return SyncMlCodec.WBXML.decode(response.body());
        }
    }

    @Test
    @Tag("SEC-5")
    void the_card_refuses_the_commands_of_an_earlier_session() throws Exception {
        try (Phone phone = new Phone(fleet.card(1), fleet.address())) {
            run(phone, CREATE);
            messages.forget();
            run(phone, JobSpec.commands(replace("2")));
            List<ByteString> recorded =
                    messages.fromServer().stream().map(Message::bytes).toList();
            run(phone, JobSpec.commands(replace("3")));

            try (RawServer replaying = new RawServer((request, out) -> {
                int number = request.number() - 1;
                out.write(RawServer.ok(
                        recorded.get(Math.min(number, recorded.size() - 1)).toByteArray()));
                return true;
            })) {
                phone.server(replaying.address());
                assertThat(phone.session().succeeded()).isFalse();
                assertThat(replaying.requests()).isNotEmpty();
            }
            assertThat(phone.openChannels()).isEmpty();

            phone.server(fleet.address());
            assertThat(value(run(phone, JobSpec.commands(ManagementCommand.get(LEAF)))))
                    .isEqualTo("3");
        }
    }
}
