// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bipline.cat.profile.Facility;
import org.bipline.dm.ByteString;
import org.bipline.dm.NodeValue;
import org.bipline.dm.server.Account;
import org.bipline.dm.server.Psk;
import org.bipline.dm.tnds.MgmtNode;
import org.bipline.dm.tnds.MgmtTree;
import org.bipline.dm.tnds.Tnds;
import org.bipline.dm.tnds.TreeDiff;
import org.bipline.lab.Failure;
import org.bipline.lab.card.Accounts;
import org.bipline.lab.trace.Ladder;
import org.bipline.me.DmClientProfile;
import org.bipline.me.MeProfile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DemoTest {
    static final Accounts ACCOUNTS = new Accounts(
            "card",
            "client-s3cr3t",
            "bipline",
            "server-s3cr3t",
            Optional.of(new Psk(ByteString.utf8("some card"), ByteString.utf8("the key's s3cr3t"))));
    static final Accounts PLAIN = new Accounts("card", "client-s3cr3t", "bipline", "server-s3cr3t", Optional.empty());

    @TempDir
    Path directory;

    private final StringWriter console = new StringWriter();

    private DemoOptions options(Optional<Path> mo, Optional<InetSocketAddress> server) {
        return new DemoOptions(
                mo,
                directory,
                Optional.empty(),
                server,
                "/dm",
                server.isPresent() ? PLAIN : ACCOUNTS, // what is elsewhere in the tests is a bare server
                Optional.empty(),
                24576,
                Duration.ofSeconds(30),
                MeProfile.full(),
                Optional.empty());
    }

    /** The components of {@link DemoOptions}, to be changed. */
    private static final class Changes {
        Optional<Path> mo;
        Accounts accounts;
        Optional<String> clientPassword;
        int storeBytes;
        Duration timeout;
        MeProfile me;
        Optional<Path> keyLog;

        private Changes(DemoOptions from) {
            mo = from.mo();
            accounts = from.accounts();
            clientPassword = from.clientPassword();
            storeBytes = from.storeBytes();
            timeout = from.timeout();
            me = from.me();
            keyLog = from.keyLog();
        }
    }

    private static DemoOptions with(DemoOptions right, Consumer<Changes> change) {
        Changes o = new Changes(right);
        change.accept(o);
        return new DemoOptions(
                o.mo,
                right.out(),
                right.reader(),
                right.server(),
                right.path(),
                o.accounts,
                o.clientPassword,
                o.storeBytes,
                o.timeout,
                o.me,
                o.keyLog);
    }

    private void run(DemoOptions options) throws Failure {
        demo(options).run();
    }

    private Demo demo(DemoOptions options) {
        return new Demo(
                options,
                new PrintWriter(console),
                new Ladder.Style(false, false, true),
                Clock.systemUTC(),
                System::nanoTime,
                new Random(1));
    }

    private Failure failing(DemoOptions options) {
        Failure failure = catchThrowableOfType(Failure.class, () -> run(options));
        assertThat(failure.exitCode()).isEqualTo(1);
        assertThat(failure.getMessage()).doesNotContain("\n").contains("; ");
        assertThat(directory.resolve("report.html")).content().contains("FAILED");
        return failure;
    }

    private Path tnds(String nodes) throws IOException {
        return Files.writeString(
                directory.resolve("mo.xml"),
                "<MgmtTree xmlns='syncml:dmddf1.2'><VerDTD>1.2</VerDTD>" + nodes + "</MgmtTree>");
    }

    private static String node(String name, String content) {
        return "<Node><NodeName>" + name + "</NodeName>" + content + "</Node>";
    }

    private static String leaf(String name, String value) {
        return node(name, "<Value>" + value + "</Value>");
    }

    @Test
    @Tag("MO-2")
    @Tag("TR-1")
    @Tag("TR-2")
    void provisions_the_sample_and_reads_it_back_over_the_air() throws Exception {
        run(options(Optional.empty(), Optional.empty()));

        assertThat(console.toString())
                .contains("OPEN CHANNEL: TCP client remote 127.0.0.1:", "CLOSE CHANNEL: 00 performed successfully")
                .contains("TLS ClientHello, ", "TLS established with TLS_PSK_WITH_AES_128_", "HTTP POST /dm")
                .containsPattern("card interface +\\d+ APDUs, [\\d,]+ bytes")
                .containsPattern("DM payload +[\\d,]+ bytes in \\d+ messages")
                .contains("passed: ./MO/PerProviderSubscription, ", "equals what was given")
                .contains(
                        "OPEN CHANNEL: TCP server:5080",
                        "Alert 1101",
                        "passed: the ME has it in its tree",
                        "passed: the server finds what the user changed there: "
                                + "./MO/PerProviderSubscription/UpdateIdentifier")
                .containsPattern("policy, then card to ME +\\d+ APDUs, [\\d,]+ bytes; [\\d,]+ bytes in \\d+ messages");
        assertThat(console.toString().lines()).allMatch(line -> line.length() <= 120 || line.startsWith("see "));

        MgmtTree given = Tnds.readFile(Path.of("../../specs/mo/passpoint.xml"));
        MgmtTree read = Tnds.readFile(directory.resolve("card-tree.xml"));
        assertThat(TreeDiff.between(given, read)).isEmpty();

        MgmtNode device =
                Tnds.readFile(directory.resolve("device-tree.xml")).nodes().getFirst();
        assertThat(device.count()).isEqualTo(read.nodes().getFirst().count());
        assertThat(device.child("UpdateIdentifier").flatMap(MgmtNode::value).flatMap(NodeValue::asText))
                .contains("changed by the user");

        List<JsonNode> results = trace().stream()
                .filter(line -> line.path("command").asText().equals("Results")
                        && line.get("target").asText().startsWith("./MO"))
                .toList();
        assertThat(results.stream().filter(line -> line.get("to").asText().equals("server")))
                .as("every node, and the type of every interior node, came from the card, and what the user changed")
                .hasSize(given.nodes().getFirst().count()
                        + interiorNodes(given.nodes().getFirst())
                        + 1)
                .allMatch(line -> line.get("from").asText().equals("card"));
        assertThat(results.stream().filter(line -> line.get("to").asText().equals("card")))
                .as("what the card asks of the ME")
                .isNotEmpty()
                .allMatch(line -> line.get("from").asText().equals("ME"));
        assertThat(directory.resolve("report.html")).content().contains("PASSED");
    }

    private static int interiorNodes(MgmtNode node) {
        return (node.isInterior() ? 1 : 0)
                + node.children().stream().mapToInt(DemoTest::interiorNodes).sum();
    }

    @Test
    @Tag("MO-3")
    void the_card_tree_has_the_identifiers_of_interior_nodes() throws Exception {
        Path file = tnds(node(
                "Outer",
                ddfName("urn:example:mo:outer:1.0")
                        + node("Plain", leaf("A", "1"))
                        + node("Inner", ddfName("urn:example:mo:inner:2.0") + leaf("B", "2"))));
        run(options(Optional.of(file), Optional.empty()));

        MgmtNode read =
                Tnds.readFile(directory.resolve("card-tree.xml")).nodes().getFirst();
        assertThat(read.type()).contains("urn:example:mo:outer:1.0");
        assertThat(read.child("Plain").orElseThrow().type()).isEmpty();
        assertThat(read.child("Inner").orElseThrow().type()).contains("urn:example:mo:inner:2.0");
    }

    private static String ddfName(String urn) {
        return "<RTProperties><Format><node/></Format><Type><DDFName>" + urn + "</DDFName></Type></RTProperties>";
    }

    @Test
    @Tag("MO-5")
    void an_me_whose_tree_is_in_a_file_goes_on_with_it(@TempDir Path elsewhere) throws Exception {
        Path tree = elsewhere.resolve("device.xml");
        run(withTree(tree));
        assertThat(tree).content().contains("changed by the user", "<NodeName>CardSync</NodeName>");
        run(withTree(tree)); // a new card that knows nothing: its object takes the place of the old one

        Files.writeString(tree, "damaged");
        assertThatThrownBy(() -> run(withTree(tree)))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.exitCode()).isEqualTo(2))
                .hasMessageContaining("remove it to begin with the tree of the factory");
    }

    private DemoOptions withTree(Path tree) {
        DmClientProfile client = new DmClientProfile(
                Optional.of(5081),
                Optional.of(new DmClientProfile.Account("phone", "phone-s3cr3t", "card-s3cr3t")),
                Optional.of(tree),
                DmClientProfile.Guard.NONE);
        return withMe(MeProfile.full().with(b -> b.dmClient = Optional.of(client)));
    }

    private DemoOptions withMe(MeProfile me) {
        DemoOptions right = options(Optional.empty(), Optional.empty());
        return with(right, o -> o.me = me);
    }

    @Test
    @Tag("TR-6")
    void an_me_without_server_mode_gets_nothing_from_the_card() throws Exception {
        EnumSet<Facility> facilities = EnumSet.copyOf(MeProfile.full().facilities());
        facilities.remove(Facility.TCP_SERVER);
        run(withMe(MeProfile.full().with(b -> b.facilities = facilities)));

        assertThat(console.toString()).contains("equals what was given").doesNotContain("the ME has it in its tree");
        assertThat(directory.resolve("device-tree.xml")).doesNotExist();
    }

    /** Forms in which a secret could turn up. */
    private static Stream<String> forms(byte[] secret) {
        String hex = HexFormat.of().formatHex(secret);
        return Stream.of(
                new String(secret, StandardCharsets.ISO_8859_1),
                hex,
                hex.toUpperCase(Locale.ROOT),
                Base64.getEncoder()
                        .encodeToString(secret)
                        .replaceAll(".?=+$", "")); // its last bits depend on what follows
    }

    private void assertNowhere(List<byte[]> secrets, Set<String> exempt) throws IOException {
        List<String> forms = secrets.stream().flatMap(DemoTest::forms).toList();
        assertThat(console.toString()).doesNotContain(forms);
        try (Stream<Path> files = Files.list(directory)) {
            List<Path> left = files.filter(
                            file -> !exempt.contains(file.getFileName().toString()))
                    .toList();
            assertThat(left)
                    .extracting(file -> file.getFileName().toString())
                    .contains("trace.jsonl", "trace.pcap", "report.html");
            for (Path file : left) {
                assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain(forms);
            }
        }
    }

    @Test
    @Tag("SEC-6")
    void no_secret_is_in_what_it_leaves(@TempDir Path elsewhere) throws Exception {
        Demo demo = demo(withTree(elsewhere.resolve("device.xml")));
        demo.run();

        List<byte[]> secrets = new ArrayList<>();
        for (String text : List.of("client-s3cr3t", "server-s3cr3t", "phone-s3cr3t", "card-s3cr3t", "s3cr3t")) {
            secrets.add(text.getBytes(StandardCharsets.UTF_8));
        }
        secrets.add(ACCOUNTS.psk().orElseThrow().key().toByteArray());
        secrets.add(Account.of("card", "client-s3cr3t").key().getBytes(StandardCharsets.US_ASCII));
        secrets.add(Account.of("bipline", "server-s3cr3t").key().getBytes(StandardCharsets.US_ASCII));
        demo.pushKeys().forEach(key -> secrets.add(HexFormat.of().parseHex(key)));
        assertNowhere(secrets, Set.of());
    }

    /** A password in the object, which is sent to the card and read back. */
    private static final String VALUE = "Sup3rS3cretPassw0rd!";

    private void provisionPassword(boolean plain) throws Exception {
        EnumSet<Facility> facilities = EnumSet.copyOf(MeProfile.full().facilities());
        facilities.remove(Facility.TCP_SERVER); // the way to the device has no TLS
        DemoOptions right = withMe(MeProfile.full().with(b -> b.facilities = facilities));
        Path mo = Files.writeString(
                directory.resolve("mo.xml"),
                "<MgmtTree xmlns='syncml:dmddf1.2'><VerDTD>1.2</VerDTD>" + node("X", leaf("Password", VALUE))
                        + "</MgmtTree>");
        run(with(right, o -> {
            o.mo = Optional.of(mo);
            o.accounts = plain ? PLAIN : ACCOUNTS;
        }));
    }

    @Test
    @Tag("SEC-6")
    void over_TLS_no_value_is_in_a_trace_and_over_plain_TCP_it_would_be() throws Exception {
        List<byte[]> value = List.of(VALUE.getBytes(StandardCharsets.UTF_8));
        Set<String> given = Set.of("mo.xml", "card-tree.xml"); // what was given, and what was read back
        provisionPassword(false);
        assertNowhere(value, given);

        provisionPassword(true);
        assertThatThrownBy(() -> assertNowhere(value, given)).isInstanceOf(AssertionError.class);
    }

    @Test
    @Tag("SEC-6")
    void secrets_of_TLS_are_in_the_key_log_that_was_asked_for_and_nowhere_else(@TempDir Path elsewhere)
            throws Exception {
        Path keyLog = elsewhere.resolve("keys.txt");
        DemoOptions right = options(Optional.empty(), Optional.empty());
        run(with(right, o -> o.keyLog = Optional.of(keyLog)));

        assertThat(Files.getPosixFilePermissions(keyLog)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        List<String> lines = Files.readAllLines(keyLog);
        assertThat(lines).isNotEmpty().allMatch(line -> line.matches("CLIENT_RANDOM [0-9a-f]{64} [0-9a-f]{96}"));
        List<byte[]> masters = lines.stream()
                .map(line -> HexFormat.of().parseHex(line.substring(line.lastIndexOf(' ') + 1)))
                .toList();
        assertNowhere(masters, Set.of());
    }

    @Test
    @Tag("TR-3")
    void the_server_calls_the_card_by_a_push() throws Exception {
        run(options(Optional.empty(), Optional.empty()));
        assertThat(console.toString())
                .contains("DM applet triggered by FORMATTED_SMS_PP_ENV")
                .doesNotContain("MENU SELECTION");
    }

    @Test
    void tshark_names_every_command_of_the_trace() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/tshark")), "tshark is not installed");
        run(options(Optional.empty(), Optional.empty()));

        assertThat(tshark("-Y", "_ws.malformed")).isEmpty();
        Set<String> types = Set.copyOf(
                tshark("-Y", "gsm_sim.apdu.ins == 0x12", "-T", "fields", "-e", "etsi_cat.comp_tlv.cmd_type"));
        Set<String> traced = trace().stream()
                .filter(line -> line.get("kind").asText().equals("proactiveCommand"))
                .map(line -> String.format("0x%02x", line.get("type").asInt()))
                .collect(Collectors.toSet());
        assertThat(types).isEqualTo(traced).contains("0x40", "0x41", "0x42", "0x43");
    }

    static List<String> objects() {
        StringBuilder many = new StringBuilder();
        for (int i = 0; i < 60; i++) {
            many.append(leaf("N" + i, "value " + i));
        }
        String binary = Base64.getEncoder().encodeToString(new byte[] {0, 1, 2, (byte) 0xFF, 3, '<', '&'});
        List<String> objects = new ArrayList<>();
        objects.add(node("Many", many.toString()));
        objects.add(node("A", node("B", node("C", node("D", leaf("E", "deep"))))));
        objects.add(node(
                "Text",
                leaf("Greek", "\u03b3\u03bb\u03ce\u03c3\u03c3\u03b1")
                        + leaf("Emoji", "\ud83d\udcf6 &lt;&amp;&gt;")
                        + leaf("Lines", "one\ntwo\tthree")));
        objects.add(node("Empty", leaf("Value", "") + node("NoValue", "") + "<Node><NodeName>Bare</NodeName></Node>"));
        objects.add(node("Large", leaf("Big", "0123456789".repeat(200)) + leaf("After", "x")));
        objects.add(node(
                "Binary",
                node(
                        "Bytes",
                        "<RTProperties><Format><bin/></Format><Type><MIME>application/octet-stream</MIME></Type></RTProperties>"
                                + "<Value>" + binary + "</Value>")));
        objects.add(node(
                "Base64",
                node("A", "<RTProperties><Format><b64/></Format></RTProperties><Value>" + binary + "</Value>")));
        return objects;
    }

    @ParameterizedTest
    @MethodSource("objects")
    @Tag("MO-2")
    @Tag("MO-3")
    void provisions_objects_as_people_have_them(String object) throws Exception {
        run(options(Optional.of(tnds(object)), Optional.empty()));

        assertThat(console.toString()).contains("equals what was given");
    }

    @ParameterizedTest
    @ValueSource(strings = {"connectivity-3gpp.xml", "dmacc.xml"})
    void provisions_the_other_samples(String file) throws Exception {
        run(options(Optional.of(Path.of("../../specs/mo", file)), Optional.empty()));

        assertThat(console.toString()).contains("equals what was given");
    }

    @Test
    void a_wrong_password_is_named() {
        DemoOptions right = options(Optional.empty(), Optional.empty());
        Failure failure = failing(with(right, o -> o.clientPassword = Optional.of("wrong")));

        assertThat(failure).hasMessageContaining("credentials").hasMessageContaining("passwords");
    }

    @Test
    @Tag("INT-3")
    void an_object_too_large_for_the_card_is_named() throws Exception {
        Path large = tnds(node("Large", leaf("A", "x".repeat(3000))));
        DemoOptions right = options(Optional.of(large), Optional.empty());
        Failure failure = failing(with(right, o -> o.storeBytes = 3072));

        assertThat(failure).hasMessageContaining("./MO/Large").hasMessageContaining("420");
    }

    @Test
    void a_server_that_cannot_be_reached_is_named() throws Exception {
        InetSocketAddress address = FaultServer.nobody();

        assertThat(failing(options(Optional.empty(), Optional.of(address))))
                .hasMessageContaining("cannot reach the server at ")
                .hasMessageContaining(":" + address.getPort());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSH-2.0-OpenSSH_9.2\r\n",
                "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 6\r\n\r\n<html>",
                "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Type: application/vnd.syncml.dm+wbxml\r\nContent-Length: 4\r\n\r\nabcd",
                "HTTP/1.1 200 OK\r\nContent-Type: application/vnd.syncml.dm+wbxml\r\nContent-Length: 400\r\n\r\nabcd",
                "HTTP/1.1 200 OK\r\nContent-Type: application/vnd.syncml.dm+wbxml\r\nContent-Length: 400\r\n\r\n",
                ""
            })
    void a_server_that_answers_rubbish_or_cuts_the_connection_is_named(String answer) throws Exception {
        try (FaultServer server = FaultServer.answering(answer)) {
            assertThat(failing(options(Optional.empty(), Optional.of(server.address()))))
                    .hasMessageContaining(":" + server.address().getPort());
        }
    }

    @Test
    void a_server_that_says_nothing_ends_with_the_time_given() throws Exception {
        try (FaultServer server =
                new FaultServer(connection -> connection.getInputStream().readAllBytes())) {
            DemoOptions right = options(Optional.empty(), Optional.of(server.address()));
            Failure failure = failing(with(right, o -> o.timeout = Duration.ofMillis(300)));

            assertThat(failure).hasMessageContaining("no end of the session").hasMessageContaining("--timeout");
        }
    }

    @Test
    void an_earlier_tree_does_not_survive_a_failure() throws Exception {
        Path tree = Files.writeString(directory.resolve("card-tree.xml"), "of an earlier run");
        try (FaultServer server = FaultServer.answering("")) {
            failing(options(Optional.empty(), Optional.of(server.address())));
        }
        assertThat(tree).doesNotExist();
    }

    @Test
    void a_value_that_the_installation_would_refuse_is_wrong_input() {
        DemoOptions right = options(Optional.empty(), Optional.empty());
        assertThatThrownBy(() -> run(with(right, o -> o.storeBytes = 1)))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.exitCode()).isEqualTo(2))
                .hasMessageContaining("bytes of the store: 1 is not in 3072 to 32000");
    }

    private List<JsonNode> trace() throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(directory.resolve("trace.jsonl"))) {
            lines.add(mapper.readTree(line));
        }
        return lines;
    }

    private List<String> tshark(String... arguments) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                "/usr/bin/tshark", "-r", directory.resolve("trace.pcap").toString());
        builder.command().addAll(List.of(arguments));
        Process process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return text.lines().toList();
    }
}
