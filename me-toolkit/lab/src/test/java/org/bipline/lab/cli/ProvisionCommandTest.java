// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.bipline.lab.Failure;
import org.bipline.lab.demo.Demo;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs and desired states given to a gateway that runs. */
class ProvisionCommandTest {
    private static final String SAMPLE = "../../specs/mo/passpoint.xml";
    private static final String TARGET = "./MO/PerProviderSubscription";

    @TempDir
    Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final GatewayCommandTest.Lines lines = new GatewayCommandTest.Lines("listening on http://");
    private Thread gateway;
    private String port;

    @BeforeEach
    void startGateway() throws Exception {
        Path devices = Files.writeString(
                directory.resolve("devices.json"),
                "[{\"id\": \"" + Demo.DEVICE_ID + "\", \"clientName\": \"card\", \"clientPassword\": \"c1\","
                        + " \"serverName\": \"bipline\", \"serverPassword\": \"s1\"}]");
        String[] args = {
            "gateway",
            "--bind=127.0.0.1:0",
            "--plain-port=0",
            "--data=" + directory.resolve("data"),
            "--devices=" + devices,
            "--ddf="
                    + Files.writeString(
                            directory.resolve("ddf.xml"),
                            GatewayCommandTest.description(GatewayCommandTest.leaf("Port", "bool")))
        };
        gateway = Thread.ofVirtual().start(() -> Bipline.run(new PrintWriter(lines), new PrintWriter(err, true), args));
        port = lines.found.get(30, TimeUnit.SECONDS).replaceAll(".*:(\\d+)/dm.*", "$1");
    }

    @AfterEach
    void stopGateway() throws Exception {
        gateway.interrupt();
        gateway.join();
    }

    private int provision(String... args) {
        return provision(directory.resolve("data"), args);
    }

    private int provision(Path data, String... args) {
        return command("provision", data, args);
    }

    private int audit(String... args) {
        return command("audit", directory.resolve("data"), args);
    }

    private int command(String name, Path data, String... args) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        String[] all = Stream.concat(Stream.of(name, "--data=" + data), Stream.of(args))
                .toArray(String[]::new);
        return Bipline.run(new PrintWriter(out, true), new PrintWriter(err, true), all);
    }

    private void session() {
        assertThat(Bipline.run(
                        new PrintWriter(new StringWriter()),
                        new PrintWriter(err, true),
                        "demo",
                        "--plain",
                        "--server=127.0.0.1:" + port,
                        "--client-password=c1",
                        "--server-password=s1",
                        "--out=" + directory.resolve("out")))
                .as(err.toString())
                .isZero();
    }

    @Test
    @Tag("MO-2")
    void a_job_given_to_a_running_gateway_reaches_the_card() {
        assertThat(provision("--device=" + Demo.DEVICE_ID, SAMPLE))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).isEqualToIgnoringNewLines("job 1 QUEUED: " + TARGET + " for " + Demo.DEVICE_ID);
        session();

        assertThat(provision("--job=1")).isZero();
        assertThat(out.toString())
                .startsWith("job 1 DONE: " + TARGET + " for " + Demo.DEVICE_ID)
                .contains("  attempt 1, step 0: Add " + TARGET + " 200");
        assertThat(provision("--jobs")).isZero();
        assertThat(out.toString()).hasLineCount(1).startsWith("job 1 DONE");
    }

    @Test
    @Tag("MO-2")
    void a_desired_state_is_brought_about_told_and_forgotten() {
        assertThat(provision("--desired", "--device=" + Demo.DEVICE_ID, SAMPLE)).isZero();
        session();
        assertThat(provision("--desired", "--device=" + Demo.DEVICE_ID, "--wait=20", SAMPLE))
                .as("set already, and brought about: " + out)
                .isZero();
        assertThat(out.toString()).startsWith("job 1 DONE");

        assertThat(provision("--devices")).isZero();
        assertThat(out.toString())
                .startsWith(Demo.DEVICE_ID + ", MD5, " + TARGET + " by job 1; last session ended ")
                .contains("complete");
        assertThat(provision("--forget=" + TARGET, "--device=" + Demo.DEVICE_ID))
                .isZero();
        assertThat(provision("--forget=" + TARGET, "--device=" + Demo.DEVICE_ID))
                .isEqualTo(2);
        assertThat(err.toString())
                .isEqualToIgnoringNewLines(
                        "bipline: the gateway: " + Demo.DEVICE_ID + " is to have nothing at '" + TARGET + "'");
    }

    @Test
    @Tag("SEC-9")
    void the_audit_log_tells_who_did_what() {
        provision("--device=" + Demo.DEVICE_ID, SAMPLE);
        session();
        command("audit", directory.resolve("data"), "--admin=" + adminUrl(), "--token=guess");
        assertThat(err.toString()).contains("the token is missing or wrong");

        assertThat(audit()).isZero();
        assertThat(out.toString().lines())
                .anyMatch(
                        line -> line.matches(
                                "\\d+  \\S+  administrator at /127\\.0\\.0\\.1:\\d+  administration  POST /jobs\\?target=\\S+  201"))
                .anyMatch(line -> line.matches(
                        "\\d+  \\S+  somebody at /127\\.0\\.0\\.1:\\d+  administration  GET /audit\\?after=0  401"))
                .anyMatch(line -> line.contains("  " + Demo.DEVICE_ID + "  authenticated  session "))
                .anyMatch(line -> line.endsWith("  bipline  command  Add " + TARGET + "  200"))
                .anyMatch(line -> line.endsWith("  complete"));
        assertThat(out.toString()).doesNotContain("guess");
        assertThat(audit("--device=" + Demo.DEVICE_ID, "--since=2001-01-01T00:00:00Z"))
                .isZero();
        assertThat(out.toString()).contains("  command  ").doesNotContain("  401");
        assertThat(audit("--since=2999-01-01T00:00:00Z")).isZero();
        assertThat(out.toString()).isEmpty();
        assertThat(audit("--since=yesterday")).isEqualTo(2);
        assertThat(audit("--check")).isZero();
        assertThat(out.toString()).matches("\\d+ lines are as they were written, the last has hash [0-9A-F]{64}\\R");
    }

    private String adminUrl() {
        try {
            return AdminFile.read(directory.resolve("data")).url();
        } catch (Failure e) {
            throw new AssertionError(e);
        }
    }

    @Test
    @Tag("SEC-7")
    void an_operator_opens_credentials() {
        assertThat(audit("--unlock=" + Demo.DEVICE_ID)).isZero();
        assertThat(audit()).isZero();
        assertThat(out.toString()).contains("  unlocked\n");
        assertThat(audit("--unlock=ICCID:1")).isEqualTo(2);
        assertThat(err.toString()).contains("no device 'ICCID:1'");
    }

    @Test
    void waiting_for_a_job_that_no_card_fetches_fails() {
        assertThat(provision("--wait=1", SAMPLE)).isEqualTo(1);
        assertThat(out.toString()).isEqualToIgnoringNewLines("job 1 QUEUED: " + TARGET + " for the first that asks");
    }

    @Test
    @Tag("MO-1")
    void wrong_input_is_refused_with_place_reason_and_remedy() throws Exception {
        Path broken =
                Files.writeString(directory.resolve("broken.xml"), "<MgmtTree>\n<Node><Wrong/></Node></MgmtTree>");
        Path deviating = Files.writeString(
                directory.resolve("x.xml"),
                GatewayCommandTest.object("urn:x:1.0").replace("<Node><NodeName>P", "\n<Node><NodeName>P"));

        assertThat(provision(broken.toString())).isEqualTo(2);
        assertThat(err.toString()).startsWith("bipline: " + broken + ": line 2, column ");
        assertThat(provision(deviating.toString())).isEqualTo(2);
        assertThat(err.toString())
                .startsWith(
                        "bipline: the gateway: not as described in 2 places; correct them, or the description; line 2, column ")
                .contains("'X/Port' has format int, described as bool; give it the format bool");
        assertThat(provision("--device=nobody", SAMPLE)).isEqualTo(2);
        assertThat(err.toString())
                .isEqualToIgnoringNewLines(
                        "bipline: the gateway: no device 'nobody'; add it to the file of --devices of "
                                + "the gateway");
        assertThat(provision("--desired", SAMPLE)).isEqualTo(2);
        assertThat(provision("--target=x", SAMPLE)).isEqualTo(2);
        assertThat(err.toString()).contains("target is no URI of a node");
        assertThat(provision("--job=7")).isEqualTo(2);
        assertThat(err.toString()).isEqualToIgnoringNewLines("bipline: the gateway: no job 7");
        assertThat(provision()).isEqualTo(2);
        assertThat(provision("--token=wrong", "--jobs")).isEqualTo(2);
        assertThat(err.toString())
                .isEqualToIgnoringNewLines(
                        "bipline: the gateway: the token is missing or wrong; give the one of the gateway's admin.json");
    }

    @Test
    void says_where_no_gateway_runs() {
        assertThat(provision(directory.resolve("none"), "--jobs")).isEqualTo(3);
        assertThat(err.toString()).startsWith("bipline: no gateway runs with the directory ");
        assertThat(provision("--jobs", "--admin=http://127.0.0.1:1")).isEqualTo(3);
        assertThat(err.toString()).startsWith("bipline: no gateway answers at http://127.0.0.1:1; ");
        assertThat(provision("--jobs", "--admin=http://127.0.0.1:" + port)).isEqualTo(3);
        assertThat(err.toString()).contains("is no gateway's administration");
        assertThat(provision("--jobs", "--admin=:")).isEqualTo(2);
    }

    @Test
    void the_token_is_for_its_owner_only_and_gone_with_the_gateway() throws Exception {
        Path file = directory.resolve("data").resolve("admin.json");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        stopGateway();
        assertThat(file).doesNotExist();
    }

    @Test
    void the_administration_refuses_what_it_cannot_read_and_addresses_that_others_reach() throws Exception {
        AdminFile.Access access = AdminFile.read(directory.resolve("data"));
        for (List<String> wrong : List.of(
                List.of("POST", "/jobs", "", "line 1"),
                List.of("POST", "/jobs", "<MgmtTree/>", "MgmtTree has no Node"),
                List.of(
                        "POST",
                        "/jobs?mode=X",
                        GatewayCommandTest.object("urn:y:1.0"),
                        "mode 'X'; send one of [AUTO, "),
                List.of("PUT", "/desired", GatewayCommandTest.object("urn:y:1.0"), "no device ''"),
                List.of("DELETE", "/desired", "", "no device ''"),
                List.of("GET", "/jobs/1?wait=61", "", "no job 1"),
                List.of("GET", "/jobs/x", "", "'x' is no number of a job"),
                List.of("GET", "/audit?after=x", "", "after=x is no number of a line"),
                List.of("POST", "/jobs?device=%25zz", GatewayCommandTest.object("urn:y:1.0"), "no device '%zz'"),
                List.of("GET", "/nothing", "", "nothing at GET /nothing"))) {
            HttpResponse<String> response = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(access.url() + wrong.get(1)))
                                    .header("Authorization", "Bearer " + access.token())
                                    .method(wrong.get(0), BodyPublishers.ofString(wrong.get(2)))
                                    .build(),
                            BodyHandlers.ofString());
            assertThat(response.statusCode()).isIn(400, 404);
            assertThat(response.body()).contains(wrong.get(3));
        }
        InetSocketAddress everywhere = new InetSocketAddress(InetAddress.getByName("0.0.0.0"), 0);
        assertThat(Bipline.run(
                        new PrintWriter(out),
                        new PrintWriter(err, true),
                        "gateway",
                        "--admin=" + everywhere.getHostString() + ":0",
                        "--data=" + directory))
                .isEqualTo(2);
        assertThat(err.toString()).contains("is not on loopback");
    }
}
