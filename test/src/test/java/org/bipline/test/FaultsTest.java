// SPDX-License-Identifier: Apache-2.0
package org.bipline.test;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.bipline.cat.command.TimerManagement;
import org.bipline.dm.Format;
import org.bipline.dm.NodeValue;
import org.bipline.dm.server.Job;
import org.bipline.dm.server.JobSpec;
import org.bipline.dm.server.JobState;
import org.bipline.dm.server.ManagementCommand;
import org.bipline.dm.server.NodeResult;
import org.bipline.dm.tnds.Tnds;
import org.bipline.lab.card.DmAppletParameters;
import org.bipline.me.VirtualClock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a server does, the card keeps its tree, holds no channel, and has its next session. */
@Tag("INT-1")
class FaultsTest {
    private static final String TYPE = "Content-Type: application/vnd.syncml.dm+wbxml\r\n";
    private static final String OK = "HTTP/1.1 200 OK\r\n";

    private static final JobSpec CREATE = JobSpec.commands(
            ManagementCommand.addInterior("./MO/One", Optional.empty()),
            add("./MO/One/Leaf", "1"),
            add("./MO/One/Large", "x".repeat(2000)));
    private static final JobSpec CHANGE = JobSpec.commands(
            ManagementCommand.replace("./MO/One/Leaf", Format.CHR, "text/plain", NodeValue.text("2")),
            ManagementCommand.delete("./MO/One/Large"),
            add("./MO/One/New", "3"));
    private static final JobSpec READ = JobSpec.commands(
            ManagementCommand.get("./MO"),
            ManagementCommand.get("./MO/One"),
            ManagementCommand.get("./MO/One/Leaf"),
            ManagementCommand.get("./MO/One/Large"));
    private static final Map<String, String> CREATED =
            Map.of("./MO", "One", "./MO/One", "Leaf/Large", "./MO/One/Leaf", "1", "./MO/One/Large", "x".repeat(2000));

    private static Fleet fleet;

    /** Knows the cards, and has neither jobs nor nonces: it sees what the card holds, and does nothing else. */
    private static Fleet reader;

    private static int number;

    @BeforeAll
    static void start() throws Exception {
        fleet = new Fleet("faults", server -> {});
        reader = new Fleet("reader", server -> {});
    }

    @AfterAll
    static void stop() {
        fleet.close();
        reader.close();
    }

    private static ManagementCommand add(String uri, String value) {
        return ManagementCommand.add(uri, Format.CHR, "text/plain", NodeValue.text(value));
    }

    private static Job run(Fleet server, Phone phone, JobSpec spec) throws Exception {
        phone.server(server.address());
        Job job = server.submit(number, spec);
        phone.session();
        return server.job(job);
    }

    private static void done(Job job) {
        assertThat(job.state()).as(job.reason()).isEqualTo(JobState.DONE);
    }

    private static Map<String, String> tree(Phone phone) throws Exception {
        reader.know(number);
        Job job = run(reader, phone, READ);
        done(job);
        Map<String, String> tree = new TreeMap<>();
        for (NodeResult result : job.results()) {
            tree.put(result.uri(), result.value().flatMap(NodeValue::asText).orElse(""));
        }
        return tree;
    }

    private static Phone withTree(DmAppletParameters card) throws Exception {
        fleet.know(number);
        Phone phone = new Phone(Fleet.card(number, card), fleet.address());
        done(run(fleet, phone, CREATE));
        assertThat(tree(phone)).isEqualTo(CREATED);
        return phone;
    }

    private static Phone withTree() throws Exception {
        number++;
        return withTree(fleet.parameters(number));
    }

    private static void unharmed(Phone phone) throws Exception {
        assertThat(phone.openChannels()).isEmpty();
        assertThat(tree(phone)).isEqualTo(CREATED);
        done(run(fleet, phone, CHANGE));
    }

    static Stream<Arguments> answers() {
        return Stream.of(
                Arguments.of(0x11, "SSH-2.0-server\r\n\r\n"),
                Arguments.of(0x12, "HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n"),
                Arguments.of(0x12, "HTTP/1.1 404 Not Found\r\n" + TYPE + "Content-Length: 1\r\n\r\nx"),
                Arguments.of(0x14, OK + "X: " + "y".repeat(9000) + "\r\n\r\n"),
                Arguments.of(0x15, OK + TYPE + "Content-Length: many\r\n\r\nabc"),
                Arguments.of(0x16, OK + TYPE + "Transfer-Encoding: gzip\r\n\r\nabc"),
                Arguments.of(0x17, OK + TYPE + "Transfer-Encoding: chunked\r\n\r\nxyz\r\n"),
                Arguments.of(0x19, OK + TYPE + "Content-Length: 400\r\n\r\nabcd"),
                Arguments.of(0x1A, ""),
                Arguments.of(0x1B, OK + "Content-Type: text/html\r\nContent-Length: 6\r\n\r\n<html>"),
                Arguments.of(0x22, OK + TYPE + "Content-Length: 4\r\n\r\nabcd"),
                Arguments.of(0x22, OK + TYPE + "Content-Length: 0\r\n\r\n"));
    }

    @ParameterizedTest(name = "reason {0}")
    @MethodSource("answers")
    @Tag("INT-3")
    @Tag("TR-5")
    void an_answer_that_is_none_changes_nothing(int reason, String answer) throws Exception {
        try (Phone phone = withTree()) {
            try (RawServer faulty = new RawServer((request, out) -> {
                out.write(answer.getBytes(ISO_8859_1));
                return false;
            })) {
                phone.server(faulty.address());
                assertThat(phone.session().reason()).isEqualTo(reason);
            }
            unharmed(phone);
        }
    }

    @Test
    @Tag("TR-5")
    void a_server_that_refuses_the_connection_changes_nothing() throws Exception {
        try (Phone phone = withTree()) {
            phone.server(RawServer.nobody());

            assertThat(phone.session()).matches(outcome -> outcome.reason() == 0x02 && outcome.generalResult() == 0x3A);
            unharmed(phone);
        }
    }

    @Test
    @Tag("TR-5")
    void a_server_that_never_answers_is_given_up() throws Exception {
        number++;
        fleet.know(number);
        VirtualClock clock = new VirtualClock();
        try (Phone phone = new Phone(
                        Fleet.card(number, fleet.parameters(number)), fleet.address(), me -> me.clock(clock));
                RawServer silent = new RawServer((request, out) -> {
                    await().until(phone.openChannels()::isEmpty);
                    return false;
                })) {
            done(run(fleet, phone, CREATE));
            phone.forget();
            phone.server(silent.address());
            phone.startSession();
            await().until(() -> !silent.requests().isEmpty()
                    && !phone.commands(TimerManagement.class).isEmpty());
            for (int minutes = 0; minutes < 3; minutes++) {
                clock.advance(Duration.ofMinutes(1));
                phone.me().menuItems(); // comes back when the ME has done what the time brought
            }
            phone.awaitIdle();

            assertThat(phone.outcome())
                    .hasValueSatisfying(outcome -> assertThat(outcome.reason()).isEqualTo(0x20));
            unharmed(phone);
        }
    }

    /** A server before the real one that changes the first answer; the others pass. */
    private static RawServer before(Fleet real, UnaryOperator<byte[]> firstAnswer) throws IOException {
        AtomicBoolean first = new AtomicBoolean(true);
        HttpClient client = HttpClient.newHttpClient();
        URI uri = URI.create("http://127.0.0.1:" + real.address().getPort() + "/dm");
        return new RawServer((request, out) -> {
            try {
                byte[] body = client.send(
                                HttpRequest.newBuilder(uri)
                                        .header("Content-Type", "application/vnd.syncml.dm+wbxml")
                                        .POST(HttpRequest.BodyPublishers.ofByteArray(
                                                request.body().toByteArray()))
                                        .build(),
                                HttpResponse.BodyHandlers.ofByteArray())
                        .body();
                boolean change = first.getAndSet(false);
                out.write(change ? firstAnswer.apply(body) : RawServer.ok(body));
                return !change;
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        });
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.01, 0.1, 0.2, 0.3, 0.5, 0.7, 0.9, 0.99, 0.999})
    @Tag("TR-5")
    void commands_that_come_in_part_have_no_effect(double share) throws Exception {
        try (Phone phone = withTree()) {
            Job job = fleet.submit(number, CHANGE);
            try (RawServer cutting = before(fleet, body -> {
                byte[] whole = RawServer.ok(body);
                return Arrays.copyOf(whole, Math.min((int) (whole.length * share), whole.length - 1));
            })) {
                phone.server(cutting.address());
                assertThat(phone.session().reason()).isIn(0x19, 0x1A);
            }
            assertThat(phone.openChannels()).isEmpty();
            assertThat(tree(phone)).isEqualTo(CREATED);
            phone.server(fleet.address());
            phone.session();
            done(fleet.job(job));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 10, 100, 200})
    @Tag("INT-3")
    void commands_of_a_truncated_message_have_no_effect(int missing) throws Exception {
        try (Phone phone = withTree()) {
            Job job = fleet.submit(number, CHANGE);
            try (RawServer truncating =
                    before(fleet, body -> RawServer.ok(Arrays.copyOf(body, body.length - missing)))) {
                phone.server(truncating.address());
                assertThat(phone.session().reason()).isEqualTo(0x22);
            }
            assertThat(phone.openChannels()).isEmpty();
            assertThat(tree(phone)).isEqualTo(CREATED);
            phone.server(fleet.address());
            phone.session();
            done(fleet.job(job));
        }
    }

    static Stream<Arguments> tooLarge() {
        return Stream.of(
                Arguments.of(
                        "bytes",
                        MoFixtures.document(MoFixtures.node(
                                "Big", MoFixtures.leaf("A", "a"), MoFixtures.leaf("B", "b".repeat(3000))))),
                Arguments.of("nodes", MoFixtures.manyNodes()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tooLarge")
    @Tag("INT-3")
    void an_object_that_does_not_fit_leaves_nothing_behind(String name, String document) throws Exception {
        number++;
        try (Phone phone = withTree(fleet.parameters(number).storeBytes(4700).storeNodes(100))) {
            for (JobSpec.Mode mode : List.of(JobSpec.Mode.TNDS, JobSpec.Mode.NODES)) {
                Job job =
                        run(fleet, phone, JobSpec.provision(Tnds.fromXml(document.getBytes(UTF_8)), "./MO/Big", mode));

                assertThat(job.state()).isEqualTo(JobState.FAILED);
                assertThat(job.statuses()).anyMatch(status -> status.code() == 420);
                assertThat(tree(phone)).isEqualTo(CREATED);
            }
            unharmed(phone);
        }
    }

    @Test
    @Tag("INT-3")
    void a_value_that_does_not_fit_leaves_the_old_one() throws Exception {
        number++;
        try (Phone phone = withTree(fleet.parameters(number).storeBytes(4700))) {
            Job job = run(
                    fleet,
                    phone,
                    JobSpec.commands(ManagementCommand.replace(
                            "./MO/One/Leaf", Format.CHR, "text/plain", NodeValue.text("y".repeat(3000)))));

            assertThat(job.state()).isEqualTo(JobState.FAILED);
            assertThat(job.statuses().getLast().code()).isEqualTo(420);
            unharmed(phone);
        }
    }
}
