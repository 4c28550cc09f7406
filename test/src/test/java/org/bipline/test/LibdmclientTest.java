// SPDX-License-Identifier: Apache-2.0
package org.bipline.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.bipline.dm.Format;
import org.bipline.dm.NodeValue;
import org.bipline.dm.server.Account;
import org.bipline.dm.server.Condition;
import org.bipline.dm.server.Device;
import org.bipline.dm.server.DmServer;
import org.bipline.dm.server.Job;
import org.bipline.dm.server.JobSpec;
import org.bipline.dm.server.JobState;
import org.bipline.dm.server.JobStep;
import org.bipline.dm.server.ManagementCommand;
import org.bipline.dm.server.MemoryStore;
import org.bipline.dm.server.UserInteraction;
import org.bipline.gateway.Gateway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Our server with an independent DM 1.2 client in C, {@code testdmclient} of libdmclient, by MD5. The user builds it ({@code
 * --enable-tests}) and names the program by {@code -Dlibdmclient=PATH}; its account is compiled in: server id, names and secrets below,
 * address 127.0.0.1:8080/funambol/dm.
 */
@Tag("MO-7")
class LibdmclientTest {
    private static final String PROGRAM = System.getProperty("libdmclient", "");
    private static final String LEAF = "./Vendor/memory/leaf";

    private static final String DEVICE = "DMCtest";

    @TempDir
    Path directory;

    private final MemoryStore store = new MemoryStore();

    @BeforeEach
    void know() {
        store.putDevice(Device.md5(DEVICE, Account.of("funambol", "funambol"), Account.of("funambol", "srvpwd")));
    }

    @BeforeEach
    void requireProgram() {
        assumeTrue(
                !PROGRAM.isEmpty() && Files.isExecutable(Path.of(PROGRAM)),
                "NOT RUN: sessions with libdmclient; build it and name its testdmclient by -Dlibdmclient=PATH");
    }

    private static ManagementCommand value(ManagementCommand.Verb verb, String text) {
        return verb == ManagementCommand.Verb.ADD
                ? ManagementCommand.add(LEAF, Format.CHR, "text/plain", NodeValue.text(text))
                : ManagementCommand.replace(LEAF, Format.CHR, "text/plain", NodeValue.text(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"XML", "WBXML"})
    void completes_a_session_with_every_command(String encoding) throws Exception {
        List<ManagementCommand> commands = List.of(
                ManagementCommand.get("./DevInfo/Man"),
                value(ManagementCommand.Verb.ADD, "first"),
                value(ManagementCommand.Verb.REPLACE, "second \u00e4"),
                ManagementCommand.get(LEAF),
                ManagementCommand.exec("./test/execute"),
                ManagementCommand.delete(LEAF));

        Job job = session(encoding, JobSpec.commands(commands.toArray(ManagementCommand[]::new)));

        assertThat(job.state()).as(job.reason()).isEqualTo(JobState.DONE);
        assertThat(job.results().stream()
                        .map(result -> result.value().orElseThrow().asText().orElseThrow()))
                .containsExactly("test manufacturer", "second \u00e4");
    }

    @ParameterizedTest
    @ValueSource(strings = {"XML", "WBXML"})
    void tells_what_the_client_refuses(String encoding) throws Exception {
        Job job = session(encoding, JobSpec.commands(ManagementCommand.get("./DevInfo/Nothing")));

        assertThat(job.state()).isEqualTo(JobState.FAILED);
        assertThat(job.reason()).contains("404");
    }

    @ParameterizedTest
    @ValueSource(strings = {"XML", "WBXML"})
    void asks_the_user_and_acts_on_what_he_says(String encoding) throws Exception {
        // The client does not survive an alert without options.
        UserInteraction.Options hints =
                UserInteraction.Options.NONE.minDisplayTime(10).maxDisplayTime(30);
        Job job = session(
                encoding,
                JobSpec.steps(
                        JobStep.of(UserInteraction.display("Management in progress")
                                .with(hints)),
                        JobStep.of(UserInteraction.confirm("Add it?").with(hints.defaultResponse("1"))),
                        JobStep.of(UserInteraction.textInput("Name?")
                                .with(hints.defaultResponse("nobody")
                                        .maxLength(30)
                                        .inputType(UserInteraction.InputType.PHONE_NUMBER)
                                        .echoType(UserInteraction.EchoType.PASSWORD))),
                        JobStep.of(UserInteraction.singleChoice("Which?", "red", "blue")
                                .with(hints)),
                        JobStep.of(UserInteraction.multipleChoice("Which ones?", "red", "blue", "green")
                                .with(hints)),
                        JobStep.of(value(ManagementCommand.Verb.ADD, "blue")).when(Condition.valueIs(3, "2")),
                        JobStep.of(UserInteraction.confirm("Delete it?").with(hints)),
                        JobStep.of(ManagementCommand.delete(LEAF)).when(Condition.statusIs(6, 200)),
                        JobStep.of(ManagementCommand.get(LEAF)).when(Condition.statusIs(6, 304))),
                "y",
                "+4912345",
                "2",
                "3",
                "n");

        assertThat(job.state()).as(job.reason()).isEqualTo(JobState.DONE);
        assertThat(job.statuses().stream().map(status -> status.step() + " " + status.code() + " " + status.answers()))
                .containsExactly(
                        "0 200 []",
                        "1 200 []",
                        "2 200 [+4912345]",
                        "3 200 [2]",
                        "4 200 [3]",
                        "5 200 []",
                        "6 304 []",
                        "8 200 []");
        assertThat(job.results().get(0).value()).contains(NodeValue.text("blue"));
        assertThat(Files.readString(directory.resolve("client.log")))
                .contains("min_disp: 10", "max_disp: 30", "max_resp_len: 30", "disp_msg: \"Name?\"")
                .contains("dflt_resp: \"nobody\"", "2: blue", "3: green");
    }

    @ParameterizedTest
    @ValueSource(strings = {"XML", "WBXML"})
    void does_several_commands_as_one_and_keeps_properties(String encoding) throws Exception {
        Job job = session(
                encoding,
                JobSpec.steps(
                        JobStep.atomic(
                                value(ManagementCommand.Verb.ADD, "first"),
                                value(ManagementCommand.Verb.REPLACE, "second")),
                        JobStep.of(ManagementCommand.get(LEAF)),
                        JobStep.of(ManagementCommand.replaceProperty(LEAF, "ACL", "Get=*&Replace=*&Delete=*")),
                        JobStep.of(ManagementCommand.getProperty(LEAF, "ACL")),
                        JobStep.of(ManagementCommand.getProperty(LEAF, "Name")),
                        JobStep.of(ManagementCommand.replaceProperty(LEAF, "Title", "title")),
                        JobStep.of(ManagementCommand.delete(LEAF)).when(Condition.statusIs(5, 406))));

        assertThat(job.state()).as(job.reason()).isEqualTo(JobState.DONE);
        assertThat(job.results().stream()
                        .map(result -> result.value().orElseThrow().asText().orElseThrow()))
                .containsExactly("second", "Get=*&Replace=*&Delete=*", "leaf");
        assertThat(job.statuses().get(job.statuses().size() - 1).verb()).isEqualTo(ManagementCommand.Verb.DELETE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"XML", "WBXML"})
    void gets_along_with_a_client_that_forgets_its_nonces(String encoding) throws Exception {
        for (String value : List.of("first", "second")) {
            Job job = session(
                    encoding, JobSpec.commands(value(ManagementCommand.Verb.ADD, value), ManagementCommand.get(LEAF)));
            assertThat(job.state()).as(job.reason()).isEqualTo(JobState.DONE);
            assertThat(job.results().get(0).value()).contains(NodeValue.text(value));
        }
        assertThat(store.sessions(DEVICE, 9)).hasSize(2);
    }

    private Job session(String encoding, JobSpec spec, String... answers) throws Exception {
        try (DmServer server = DmServer.builder(store, Clock.systemUTC(), new SplittableRandom(1))
                        .wire(WireLog.LISTENER)
                        .build();
                Gateway gateway = Gateway.builder(server)
                        .plain(new InetSocketAddress(InetAddress.getLoopbackAddress(), 8080))
                        .path("/funambol/dm")
                        .build()) {
            Job job = server.submit(DEVICE, spec);
            gateway.start();
            run(encoding, Files.write(directory.resolve("answers.txt"), List.of(answers)));
            return store.job(job.id()).orElseThrow();
        }
    }

    private void run(String encoding, Path answers) throws Exception {
        List<String> line = new ArrayList<>(List.of(PROGRAM, "-s", "funambol"));
        if (encoding.equals("WBXML")) {
            line.add("-w");
        }
        Process client = new ProcessBuilder(line)
                .directory(Path.of(PROGRAM).getParent().toFile())
                .redirectInput(answers.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("client.log").toFile())
                .start();
        assertThat(client.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }
}
