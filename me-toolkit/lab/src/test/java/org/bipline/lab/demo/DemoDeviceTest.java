// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.bipline.dm.server.Job;
import org.bipline.dm.server.JobSpec;
import org.bipline.dm.server.JobState;
import org.bipline.dm.server.ManagementCommand;
import org.bipline.dm.tnds.MgmtNode;
import org.bipline.dm.tnds.MgmtTree;
import org.bipline.lab.Failure;
import org.bipline.lab.card.DmAppletParameters;
import org.bipline.lab.trace.Recorder;
import org.bipline.lab.trace.Trace;
import org.bipline.lab.trace.TraceEvent;
import org.bipline.me.MeProfile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** After whatever a server did, the card has the tree that it had, and is ready for the next session. */
class DemoDeviceTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final JobSpec FIRST = provision("First", "one");

    private final Recorder recorder = new Recorder();
    private final Trace trace = recorder.trace();
    private final Random random = new Random(1);
    private final AtomicReference<InetSocketAddress> destination = new AtomicReference<>();
    private DemoServer server;
    private DemoDevice device;

    private static JobSpec provision(String name, String value) {
        return JobSpec.provision(MgmtTree.of(MgmtNode.interior(name)
                .child(MgmtNode.leaf("Value", value))
                .child(MgmtNode.leaf("Long", "x".repeat(1500)))
                .build()));
    }

    @BeforeEach
    void provisions_an_object() throws Failure {
        server = server();
        device = new DemoDevice(
                trace,
                "1",
                "the server",
                DemoDevice.simulatedCard(
                        trace,
                        "1",
                        new DmAppletParameters()
                                .destination(new InetSocketAddress("192.0.2.1", 80))
                                .client(DemoTest.PLAIN.client(), DemoTest.PLAIN.clientPassword())
                                .server(DemoTest.PLAIN.server(), DemoTest.PLAIN.serverPassword()),
                        ""),
                requested -> destination.get(),
                MeProfile.full(),
                Optional.empty());
        device.powerOn(LIMIT);
        assertThat(device.outcome()).isEmpty();
        assertThat(run(server, FIRST).state()).isEqualTo(JobState.DONE);
    }

    @AfterEach
    void close() {
        device.close();
        server.close();
    }

    private DemoServer server() throws Failure {
        DemoServer made =
                new DemoServer(trace, "1", "/dm", DemoTest.PLAIN, Clock.systemUTC(), random, Optional.empty());
        made.register(DemoDevice.DEVICE_ID);
        return made;
    }

    private Job run(DemoServer with, JobSpec spec) throws Failure {
        Job job = with.submit(DemoDevice.DEVICE_ID, spec);
        destination.set(with.address());
        device.runSession(LIMIT);
        return with.job(job);
    }

    /** Another server, which has the account but neither the jobs nor the nonces, reads what is below ./MO. */
    private String names() throws Failure {
        try (DemoServer other = server()) {
            Job job = run(other, JobSpec.commands(ManagementCommand.get("./MO")));
            assertThat(job.state()).as(job.reason()).isEqualTo(JobState.DONE);
            return job.results().getFirst().value().orElseThrow().asText().orElseThrow();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rubbish",
                "HTTP/1.1 200 OK\r\nContent-Type: application/vnd.syncml.dm+wbxml\r\nContent-Length: 4\r\n\r\nabcd",
                "HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n",
                ""
            })
    @Tag("INT-1")
    @Tag("INT-3")
    void survives_a_server_that_answers_rubbish(String answer) throws Exception {
        try (FaultServer faulty = FaultServer.answering(answer)) {
            destination.set(faulty.address());
            device.runSession(LIMIT);
        }

        assertThat(device.outcome())
                .hasValueSatisfying(outcome -> assertThat(outcome.succeeded()).isFalse());
        assertThat(names()).isEqualTo("First");
        assertThat(run(server, provision("Second", "two")).state()).isEqualTo(JobState.DONE);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100, 500, 1200, 1700, 2000})
    @Tag("INT-1")
    void a_connection_cut_at_any_point_of_an_add_leaves_the_object_whole_or_absent(int bytes) throws Exception {
        Job job = server.submit(DemoDevice.DEVICE_ID, provision("Second", "two"));
        try (FaultServer cutting = FaultServer.cutting(server.address(), bytes)) {
            destination.set(cutting.address());
            device.runSession(LIMIT);
        }
        assertThat(device.outcome())
                .hasValueSatisfying(outcome -> assertThat(outcome.succeeded()).isFalse());
        assertThat(names()).isIn("First", "First/Second", "Second/First");

        destination.set(server.address());
        device.runSession(LIMIT);
        assertThat(server.job(job).state()).isEqualTo(JobState.DONE);
    }

    @Test
    void survives_a_server_that_is_gone() throws Exception {
        destination.set(FaultServer.nobody());
        device.runSession(LIMIT);

        assertThat(device.outcome())
                .hasValueSatisfying(
                        outcome -> assertThat(outcome.explanation("x")).startsWith("cannot reach"));
        assertThat(names()).isEqualTo("First");
    }

    @Test
    @Tag("INT-3")
    void refuses_an_object_that_does_not_fit_and_keeps_the_others() throws Exception {
        JobSpec large = JobSpec.provision(MgmtTree.of(MgmtNode.interior("Large")
                .child(MgmtNode.leaf("A", "x".repeat(12_000)))
                .child(MgmtNode.leaf("B", "x".repeat(12_000)))
                .build()));

        Job job = run(server, large);

        assertThat(job.state()).isEqualTo(JobState.FAILED);
        assertThat(job.reason()).contains("; ");
        assertThat(names()).isEqualTo("First");
    }

    @Test
    void tells_of_each_session_in_the_trace() throws Exception {
        assertThat(recorder.all(TraceEvent.AppletTriggered.class))
                .anyMatch(triggered -> triggered.applet().equals("DM applet")
                        && triggered.event().equals("MENU_SELECTION"));
        assertThat(recorder.all(TraceEvent.HttpRequest.class))
                .isNotEmpty()
                .allMatch(request -> request.target().equals("/dm"));
    }
}
