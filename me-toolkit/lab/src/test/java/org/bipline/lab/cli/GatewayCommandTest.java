// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.bipline.dm.ByteString;
import org.bipline.dm.server.Account;
import org.bipline.dm.server.Device;
import org.bipline.dm.server.JdbcStore;
import org.bipline.dm.server.Psk;
import org.bipline.dm.server.Store;
import org.bipline.lab.demo.Demo;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GatewayCommandTest {
    private static final String DEVICES = "[{\"id\": \"" + Demo.DEVICE_ID + "\", \"clientName\": \"card\", "
            + "\"clientPassword\": \"c1\", \"serverName\": \"bipline\", \"serverPassword\": \"s1\"}]";
    private static final String KEY = "000102030405060708090A0B0C0D0E0F";
    private static final String SECURED_DEVICES =
            DEVICES.replace("}]", ", \"pskIdentity\": \"card1\", \"pskKey\": \"" + KEY + "\"}]");

    @TempDir
    Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... args) {
        return Bipline.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
    }

    /** Tells of the first line that begins so. */
    static final class Lines extends StringWriter {
        private final String beginning;
        final CompletableFuture<String> found = new CompletableFuture<>();

        Lines(String beginning) {
            this.beginning = beginning;
        }

        @Override
        public void flush() {
            toString()
                    .lines()
                    .filter(line -> line.startsWith(beginning))
                    .findFirst()
                    .ifPresent(found::complete);
        }
    }

    @Test
    @Tag("MO-2")
    void a_card_elsewhere_gets_the_jobs_of_a_gateway_that_runs_alone() throws Exception {
        Path devices = Files.writeString(directory.resolve("devices.json"), SECURED_DEVICES);
        Lines lines = new Lines("listening on https://127.0.0.1:");
        List<Integer> exitCodes = Collections.synchronizedList(new ArrayList<>());
        Thread gateway = Thread.ofVirtual()
                .start(() -> exitCodes.add(Bipline.run(
                        new PrintWriter(lines),
                        new PrintWriter(err, true),
                        "gateway",
                        "--bind=127.0.0.1:0",
                        "--data=" + directory.resolve("data"),
                        "--devices=" + devices,
                        "--device=" + Demo.DEVICE_ID,
                        "--job=../../specs/mo/passpoint.xml")));
        try {
            String url = lines.found.get(30, TimeUnit.SECONDS);
            String port = url.replaceAll(".*:(\\d+)/dm.*", "$1");
            String[] demo = {
                "demo",
                "--server=127.0.0.1:" + port,
                "--client-password=c1",
                "--server-password=s1",
                "--psk-identity=card1",
                "--psk-key=" + KEY,
                "--out=" + directory.resolve("out")
            };

            assertThat(run(demo)).as(err.toString()).isZero();
            assertThat(lines.toString()).contains("job 1 QUEUED", "job 1 RUNNING", "job 1 DONE");
            assertThat(out.toString()).contains("passed: the DM session with 127.0.0.1:" + port);

            assertThat(run(demo))
                    .as("another card of that name, without the nonces: " + err)
                    .isZero();

            demo[5] = "--psk-key=" + KEY.replace('0', '1');
            assertThat(run(demo)).isEqualTo(1);
            assertThat(err.toString()).contains("check that both have the same PSK identity and key");
            err.getBuffer().setLength(0);

            demo[5] = "--psk-key=" + KEY;
            demo[2] = "--client-password=wrong";
            assertThat(run(demo)).isEqualTo(1);
            assertThat(err.toString()).startsWith("bipline: card and server at 127.0.0.1:" + port + " do not accept");
        } finally {
            gateway.interrupt();
            gateway.join();
        }
        assertThat(exitCodes).containsExactly(0);
    }

    @Test
    void wrong_files_of_devices_are_refused_with_place_and_remedy() throws Exception {
        Path broken = Files.writeString(directory.resolve("broken.json"), "[{\n\"id\": 1,,}]");
        Path lacking = Files.writeString(directory.resolve("lacking.json"), "[{\"id\": \"x\"}]");
        Path unknown = Files.writeString(directory.resolve("unknown.json"), "[{\"name\": \"x\"}]");
        for (Path file : List.of(broken, lacking, unknown, directory.resolve("none.json"))) {
            assertThat(run("gateway", "--devices=" + file, "--data=" + directory))
                    .isEqualTo(2);
        }
        assertThat(err.toString().lines().toList())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("bipline: " + broken + ": line 2, column "),
                        line -> assertThat(line)
                                .isEqualTo("bipline: " + lacking + ": a device has no 'clientName'; add it"),
                        line -> assertThat(line)
                                .startsWith("bipline: " + unknown + ": line 1")
                                .contains("name"),
                        line -> assertThat(line).contains("none.json: cannot be read"));
    }

    @Test
    void devices_authenticate_themselves_as_their_file_says() throws Exception {
        Path file = Files.writeString(directory.resolve("devices.json"), """
                [{"id": "a", "clientName": "c", "clientPassword": "p", "serverName": "s", "serverPassword": "q"},
                 {"id": "b", "authentication": "MAC", "clientName": "c", "clientPassword": "p", "serverName": "s",
                  "serverPassword": "q"},
                 {"id": "c", "authentication": "basic", "clientName": "c", "clientPassword": "p"},
                 {"id": "d", "authentication": "none"}]
                """);

        assertThat(DeviceFile.read(file))
                .extracting(
                        Device::id,
                        Device::authentication,
                        device -> device.server().map(Account::name).orElse(""))
                .containsExactly(
                        tuple("a", Device.Authentication.MD5, "s"),
                        tuple("b", Device.Authentication.MAC, "s"),
                        tuple("c", Device.Authentication.BASIC, ""),
                        tuple("d", Device.Authentication.NONE, ""));
        Path unknown = Files.writeString(file, "[{\"id\": \"a\", \"authentication\": \"md4\"}]");
        assertThat(run("gateway", "--devices=" + unknown, "--data=" + directory))
                .isEqualTo(2);
        assertThat(err.toString())
                .isEqualToIgnoringNewLines(
                        "bipline: " + unknown + ": authentication 'md4' is not known; give MD5, MAC, basic or none");
    }

    @Test
    @Tag("SEC-8")
    void keys_of_TLS_are_those_of_the_file_of_devices() throws Exception {
        String key = "00112233445566778899AABBCCDDEEFF";
        String device = "{\"id\": \"a\", \"authentication\": \"none\"";
        Path file = Files.writeString(
                directory.resolve("psk.json"),
                "[" + device + ", \"pskIdentity\": \"card\", \"pskKey\": \"" + key + "\"}]");
        Psk psk = new Psk(ByteString.utf8("card"), ByteString.hex(key));
        assertThat(DeviceFile.read(file))
                .extracting(Device::psk, Device::transport)
                .containsExactly(tuple(Optional.of(psk), Device.Transport.TLS));
        Lines lines = new Lines("listening on https://127.0.0.1:");
        Thread gateway = start(lines, "--bind=127.0.0.1:0", "--data=" + directory.resolve("data"), "--devices=" + file);
        try {
            assertThat(lines.found.get(30, TimeUnit.SECONDS)).endsWith("/dm with pre-shared keys");
        } finally {
            gateway.interrupt();
            gateway.join();
        }
        assertThat(lines.toString()).as("nothing without TLS").doesNotContain("http://");
        assertThat(err.toString()).isEmpty();
        String given = device + ", \"pskIdentity\": \"card\", \"pskKey\": \"" + key + "\"";
        Files.writeString(file, "[" + given + ", \"transport\": \"plain\"}]");
        assertThat(DeviceFile.read(file)).extracting(Device::transport).containsExactly(Device.Transport.PLAIN);
        for (String wrong : List.of(
                device + ", \"transport\": \"TLS\"}",
                given + ", \"transport\": \"SSL\"}",
                given + "}, " + given.replace("\"a\"", "\"b\"") + "}",
                device + ", \"pskIdentity\": \"card\"}",
                device + ", \"pskIdentity\": \"card\", \"pskKey\": \"" + key + "F\"}",
                device + ", \"pskIdentity\": \"card\", \"pskKey\": \"C0FFEE\"}")) {
            Files.writeString(file, "[" + wrong + "]");
            assertThat(run("gateway", "--bind=127.0.0.1:0", "--data=" + directory, "--devices=" + file))
                    .as(wrong)
                    .isEqualTo(2);
        }
        assertThat(err.toString()).doesNotContain(key, "C0FFEE");
        assertThat(err.toString().lines().toList())
                .satisfiesExactly(
                        line -> assertThat(line)
                                .endsWith("'a' has to use TLS and has no key; give it pskIdentity and pskKey"),
                        line -> assertThat(line).endsWith("transport 'SSL' is not known; give TLS or plain"),
                        line -> assertThat(line)
                                .endsWith("pskIdentity 'card' is given twice; give each device its own"),
                        line -> assertThat(line).contains("a device has no 'pskKey'; add it"),
                        line -> assertThat(line).contains("pskKey of 'a' is wrong"),
                        line -> assertThat(line).contains("pskKey of 'a' is wrong"));
    }

    @Test
    @Tag("SEC-1")
    void an_identity_that_another_device_of_the_store_has_is_refused() throws Exception {
        String entry = "[{\"id\": \"%s\", \"authentication\": \"none\", \"pskIdentity\": \"card\", \"pskKey\": \""
                + "00".repeat(16) + "\"}]";
        try (Store store = JdbcStore.file(directory.resolve("dm"), new SplittableRandom(1))) {
            store.putDevice(DeviceFile.read(Files.writeString(directory.resolve("a.json"), entry.formatted("a")))
                    .getFirst());
        }
        Path other = Files.writeString(directory.resolve("b.json"), entry.formatted("b"));
        assertThat(run("gateway", "--bind=127.0.0.1:0", "--data=" + directory, "--devices=" + other))
                .isEqualTo(3);
        assertThat(err.toString())
                .isEqualToIgnoringNewLines(
                        "bipline: cannot store device b: another device has its PSK identity; correct"
                                + " the file of --devices, or give another directory with --data");
    }

    @Test
    @Tag("SEC-2")
    void a_card_without_TLS_gets_nothing_from_a_device_account_that_has_to_use_it() throws Exception {
        Lines lines = new Lines("listening on http://127.0.0.1:");
        Thread gateway = start(
                lines,
                "--bind=127.0.0.1:0",
                "--plain-port=0",
                "--data=" + directory.resolve("data"),
                "--devices=" + Files.writeString(directory.resolve("devices.json"), SECURED_DEVICES),
                "--job=../../specs/mo/passpoint.xml");
        try {
            String port = lines.found.get(30, TimeUnit.SECONDS).replaceAll(".*:(\\d+)/dm.*", "$1");
            String[] demo = {
                "demo",
                "--plain",
                "--server=127.0.0.1:" + port,
                "--client-password=c1",
                "--server-password=s1",
                "--out=" + directory.resolve("out")
            };
            assertThat(run(demo)).isEqualTo(1);
            assertThat(lines.toString()).contains("the device has to use TLS").doesNotContain("RUNNING");
        } finally {
            gateway.interrupt();
            gateway.join();
        }
        assertThat(run("demo", "--plain", "--psk-key=" + KEY)).isEqualTo(2);
        assertThat(run("demo", "--psk-key=" + KEY.substring(1))).isEqualTo(2);
        assertThat(err.toString())
                .contains("--plain goes without --psk-identity and --psk-key", "--psk-identity or --psk-key is wrong")
                .doesNotContain(KEY.substring(1));
    }

    @Test
    void a_gateway_to_which_nobody_can_connect_says_so() throws Exception {
        Lines lines = new Lines("listening on https://127.0.0.1:");
        Thread gateway = start(lines, "--bind=127.0.0.1:0", "--data=" + directory);
        try {
            lines.found.get(30, TimeUnit.SECONDS);
        } finally {
            gateway.interrupt();
            gateway.join();
        }
        assertThat(err.toString()).startsWith("bipline: no device has a key, so nobody can connect;");
        assertThat(run("gateway", "--plain-port=65536", "--data=" + directory)).isEqualTo(2);
    }

    static String description(String leaves) {
        return "<MgmtTree><VerDTD>1.2</VerDTD><Node><NodeName>X</NodeName><DFProperties><AccessType><Get/></AccessType>"
                + "<DFFormat><node/></DFFormat><Occurrence><One/></Occurrence><Scope><Dynamic/></Scope><DFType><DDFName>"
                + "urn:x:1.0</DDFName></DFType></DFProperties>" + leaves + "</Node></MgmtTree>";
    }

    static String leaf(String name, String format) {
        return "<Node><NodeName>" + name + "</NodeName><DFProperties><AccessType><Get/></AccessType><DFFormat><"
                + format
                + "/></DFFormat><Occurrence><One/></Occurrence><Scope><Dynamic/></Scope><DFType><MIME>text/plain</MIME>"
                + "</DFType></DFProperties></Node>";
    }

    static String object(String type) {
        return "<MgmtTree><VerDTD>1.2</VerDTD><Node><NodeName>X</NodeName><RTProperties><Format><node/></Format><Type><DDFName>"
                + type
                + "</DDFName></Type></RTProperties><Node><NodeName>Port</NodeName><RTProperties><Format><int/></Format>"
                + "</RTProperties><Value>80</Value></Node></Node></MgmtTree>";
    }

    @Test
    @Tag("MO-1")
    void objects_that_are_not_as_described_are_not_provisioned() throws Exception {
        Path job = Files.writeString(directory.resolve("x.xml"), object("urn:x:1.0"));
        Path descriptions = Files.createDirectory(directory.resolve("ddf"));
        Files.writeString(descriptions.resolve("x.xml"), description(leaf("Port", "bool") + leaf("Host", "chr")));

        assertThat(run("demo", "--mo=" + job, "--ddf=" + descriptions, "--out=" + directory))
                .isEqualTo(2);
        assertThat(run("gateway", "--job=" + job, "--ddf=" + descriptions, "--data=" + directory))
                .isEqualTo(2);
        String prefix = "bipline: " + job + ": ";
        List<String> once = List.of(
                prefix + "line 1, column 153: 'X/Port' has format int, described as bool; give it the format bool",
                prefix + "line 1, column 153: 'X/Port' has a value that is no bool; give it one that is",
                prefix + "line 1, column 31: 'X' has 0 of 'Host', described to occur exactly 1; add it",
                prefix + "not as " + descriptions + " describes it in 3 places; correct them, or the description");
        List<String> twice = new ArrayList<>(once);
        twice.addAll(once);
        assertThat(err.toString().lines().toList()).isEqualTo(twice);
    }

    @Test
    @Tag("MO-3")
    void objects_that_nothing_describes_are_told_and_provisioned() throws Exception {
        Path job = Files.writeString(directory.resolve("x.xml"), object("urn:new:1.0"));
        Path description = Files.writeString(directory.resolve("ddf.xml"), description(leaf("Port", "int")));

        assertThat(run("demo", "--mo=" + job, "--ddf=" + description, "--out=" + directory))
                .as(err.toString())
                .isZero();
        assertThat(err.toString().lines().toList())
                .containsExactly(
                        "bipline: " + job + ": not checked, as nothing in " + description + " describes urn:new:1.0");
    }

    @Test
    @Tag("MO-7")
    void hands_messages_on_to_a_server_elsewhere() throws Exception {
        Lines server = new Lines("listening on http://127.0.0.1:");
        Lines proxy = new Lines("listening on https://127.0.0.1:");
        Path devices = Files.writeString(directory.resolve("devices.json"), DEVICES);
        Thread behind = start(
                server,
                "--bind=127.0.0.1:0",
                "--plain-port=0",
                "--data=" + directory.resolve("data"),
                "--devices=" + devices,
                "--job=../../specs/mo/passpoint.xml");
        Thread before = null;
        try {
            String url = server.found.get(30, TimeUnit.SECONDS).replaceAll("listening on | without TLS", "");
            before = start(
                    proxy,
                    "--bind=127.0.0.1:0",
                    "--upstream=" + url,
                    "--devices="
                            + Files.writeString(
                                    directory.resolve("keys.json"),
                                    "[{\"id\": \"any\", \"authentication\":"
                                            + " \"none\", \"pskIdentity\": \"card1\", \"pskKey\": \"" + KEY + "\"}]"));
            String port = proxy.found.get(30, TimeUnit.SECONDS).replaceAll(".*:(\\d+)/dm.*", "$1");

            assertThat(run(
                            "demo",
                            "--server=127.0.0.1:" + port,
                            "--client-password=c1",
                            "--server-password=s1",
                            "--psk-identity=card1",
                            "--psk-key=" + KEY,
                            "--out=" + directory.resolve("out")))
                    .as(err.toString())
                    .isZero();
            assertThat(server.toString()).contains("job 1 DONE");
        } finally {
            for (Thread thread : before == null ? List.of(behind) : List.of(before, behind)) {
                thread.interrupt();
                thread.join();
            }
        }
    }

    @Test
    @Tag("MO-2")
    void devices_come_to_have_what_a_file_says() throws Exception {
        Files.writeString(directory.resolve("x.xml"), object("urn:x:1.0"));
        Path desired = Files.writeString(
                directory.resolve("desired.json"),
                "[{\"device\": \"" + Demo.DEVICE_ID + "\", \"mo\": \"x.xml\", \"target\": \"./MO/Y\"}]");
        Lines lines = new Lines("listening on http://127.0.0.1:");
        Thread gateway = start(
                lines,
                "--bind=127.0.0.1:0",
                "--plain-port=0",
                "--data=" + directory.resolve("data"),
                "--devices=" + Files.writeString(directory.resolve("devices.json"), DEVICES),
                "--desired=" + desired);
        try {
            String port = lines.found.get(30, TimeUnit.SECONDS).replaceAll(".*:(\\d+)/dm.*", "$1");
            assertThat(run(
                            "demo",
                            "--plain",
                            "--server=127.0.0.1:" + port,
                            "--client-password=c1",
                            "--server-password=s1",
                            "--out=" + directory.resolve("out")))
                    .as(err.toString())
                    .isZero();
            assertThat(lines.toString()).contains("job 1 QUEUED", "job 1 DONE");
        } finally {
            gateway.interrupt();
            gateway.join();
        }
    }

    @Test
    void a_wrong_file_of_desired_states_is_refused_with_the_remedy() throws Exception {
        Files.writeString(directory.resolve("x.xml"), object("urn:x:1.0"));
        Path desired = directory.resolve("desired.json");
        for (String wrong : List.of(
                "{}",
                "[{\"mo\": \"x.xml\"}]",
                "[{\"device\": \"d\"}]",
                "[{\"device\": \"d\", \"mo\": \"none.xml\"}]",
                "[{\"device\": \"d\", \"mo\": \"x.xml\", \"target\": \"MO\"}]")) {
            Files.writeString(desired, wrong);
            assertThat(run("gateway", "--desired=" + desired, "--data=" + directory))
                    .as(wrong)
                    .isEqualTo(2);
        }
        assertThat(err.toString().lines().toList())
                .satisfiesExactly(
                        line -> assertThat(line).contains(": line 1", "give a JSON list of objects with device and mo"),
                        line -> assertThat(line).endsWith("desired.json: an entry has no 'device'; add it"),
                        line -> assertThat(line).endsWith("desired.json: an entry has no 'mo'; add it"),
                        line -> assertThat(line).contains("none.xml: no such file"),
                        line -> assertThat(line).contains("target is no URI of a node"));
    }

    private Thread start(Lines lines, String... options) {
        List<String> args = new ArrayList<>(List.of("gateway"));
        args.addAll(List.of(options));
        return Thread.ofVirtual()
                .start(() ->
                        Bipline.run(new PrintWriter(lines), new PrintWriter(err, true), args.toArray(String[]::new)));
    }

    @Test
    void an_upstream_server_needs_a_url_and_takes_no_jobs() {
        assertThat(run("gateway", "--upstream=dm.example", "--bind=127.0.0.1:0"))
                .isEqualTo(2);
        assertThat(run("gateway", "--upstream=http://dm.example/", "--device=x"))
                .isEqualTo(2);
        assertThat(err.toString().lines().toList())
                .containsExactly(
                        "bipline: --upstream: no absolute http or https URL: dm.example; give one such as"
                                + " http://host:port/dm",
                        "bipline: --upstream goes without --job, --device, --desired and --ddf; give the jobs to the"
                                + " server at http://dm.example/");
    }

    @Test
    void a_port_in_use_is_the_environments_fault() throws Exception {
        try (var taken = new java.net.ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
            assertThat(run("gateway", "--bind=127.0.0.1:" + taken.getLocalPort(), "--data=" + directory))
                    .isEqualTo(3);
        }
        assertThat(err.toString())
                .startsWith("bipline: cannot listen on ")
                .contains("--bind")
                .hasLineCount(1);
    }
}
