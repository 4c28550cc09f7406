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
import org.bipline.dm.server.Device;
import org.bipline.dm.server.DmServer;
import org.bipline.dm.server.JdbcStore;
import org.bipline.dm.server.Job;
import org.bipline.dm.server.JobSpec;
import org.bipline.dm.server.JobState;
import org.bipline.dm.server.ManagementCommand;
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

    @TempDir
    Path directory;

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

        Job job = session(encoding, commands);

        assertThat(job.state()).as(job.reason()).isEqualTo(JobState.DONE);
        assertThat(job.results().stream()
                        .map(result -> result.value().orElseThrow().asText().orElseThrow()))
                .containsExactly("test manufacturer", "second \u00e4");
    }

    @ParameterizedTest
    @ValueSource(strings = {"XML", "WBXML"})
    void tells_what_the_client_refuses(String encoding) throws Exception {
        Job job = session(encoding, List.of(ManagementCommand.get("./DevInfo/Nothing")));

        assertThat(job.state()).isEqualTo(JobState.FAILED);
        assertThat(job.reason()).contains("404");
    }

    private Job session(String encoding, List<ManagementCommand> commands) throws Exception {
        Clock clock = Clock.systemUTC();
        try (JdbcStore store = JdbcStore.inMemory("libdmclient" + encoding);
                DmServer server =
                        DmServer.builder(store, clock, new SplittableRandom(1)).build()) {
            store.putDevice(
                    Device.md5("DMCtest", Account.of("funambol", "funambol"), Account.of("funambol", "srvpwd")));
            Job job = server.submit("DMCtest", new JobSpec.Commands(commands));
            Gateway.Builder gateway = Gateway.builder(server)
                    .bindAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 8080))
                    .path("/funambol/dm");
            try (Gateway listening = gateway.build()) {
                listening.start();
                run(encoding);
            }
            return store.job(job.id()).orElseThrow();
        }
    }

    private void run(String encoding) throws Exception {
        List<String> line = new ArrayList<>(List.of(PROGRAM, "-s", "funambol"));
        if (encoding.equals("WBXML")) {
            line.add("-w");
        }
        Process client = new ProcessBuilder(line)
                .directory(Path.of(PROGRAM).getParent().toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("client.log").toFile())
                .start();
        assertThat(client.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }
}
