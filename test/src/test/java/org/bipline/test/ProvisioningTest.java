// SPDX-License-Identifier: Apache-2.0
package org.bipline.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bipline.cat.command.CloseChannel;
import org.bipline.cat.command.OpenChannel;
import org.bipline.cat.command.ReceiveData;
import org.bipline.cat.command.SendData;
import org.bipline.cat.object.ChannelData;
import org.bipline.dm.ByteString;
import org.bipline.dm.Format;
import org.bipline.dm.NodeValue;
import org.bipline.dm.server.Job;
import org.bipline.dm.server.JobSpec;
import org.bipline.dm.server.JobState;
import org.bipline.dm.server.ManagementCommand;
import org.bipline.dm.server.NodeResult;
import org.bipline.dm.syncml.Command;
import org.bipline.dm.syncml.Item;
import org.bipline.dm.syncml.Status;
import org.bipline.dm.tnds.Tnds;
import org.bipline.test.DmMessages.Message;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Management objects and single leaves over the whole path: server, gateway, socket, ME, card. */
class ProvisioningTest {
    private static final int MAX_MSG_SIZE =
            1500; // of the server: smaller than the large values, so that these come in chunks

    /** What TS 102 221 and TS 102 223 give to an ME with a toolkit, and nothing else. */
    private static final Map<Integer, Set<Integer>> STANDARD_APDUS = Map.of(
            0x00, // SELECT, READ BINARY, READ RECORD, GET RESPONSE
            Set.of(0xA4, 0xB0, 0xB2, 0xC0),
            0x80, // TERMINAL PROFILE, FETCH, TERMINAL RESPONSE, ENVELOPE, STATUS
            Set.of(0x10, 0x12, 0x14, 0xC2, 0xF2));

    private static final Pattern CONTENT_LENGTH = Pattern.compile("(?i)\r\nContent-Length: *(\\d+)");

    private static final DmMessages MESSAGES = new DmMessages();
    private static Fleet fleet;
    private static int cards;

    private int number;
    private Phone phone;

    @BeforeAll
    static void start() throws Exception {
        fleet = new Fleet("provisioning", server -> server.wire(MESSAGES).maxMessageSize(MAX_MSG_SIZE));
    }

    @AfterAll
    static void stop() {
        fleet.close();
    }

    @BeforeEach
    void switchOn() throws Exception {
        number = ++cards;
        phone = new Phone(fleet.card(number), fleet.address());
        MESSAGES.forget();
    }

    @AfterEach
    void switchOff() {
        phone.close();
    }

    private Job run(JobSpec spec) throws Exception {
        Job job = fleet.submit(number, spec);
        phone.session();
        return fleet.job(job);
    }

    private Job run(ManagementCommand... commands) throws Exception {
        return run(JobSpec.commands(commands));
    }

    private static JobSpec.Provision provision(String document) throws Exception {
        return JobSpec.provision(Tnds.fromXml(document.getBytes(StandardCharsets.UTF_8)));
    }

    /** What the card returned of the MO, in the form of {@link MoFixtures#content}. */
    private static Map<String, String> content(List<NodeResult> results, String root) {
        Map<String, String> content = new TreeMap<>();
        for (NodeResult result : results) {
            assertThat(result.uri()).startsWith(root);
            content.put(
                    result.uri().substring(root.length()),
                    result.isInterior()
                            ? "node"
                            : result.value()
                                    .map(value -> value.octets().toHex().toLowerCase(Locale.ROOT))
                                    .orElse(""));
        }
        return content;
    }

    static Stream<Arguments> objects() throws Exception {
        return Stream.of(
                Arguments.of("Passpoint profile as handsets import it", MoFixtures.passpointProfile()),
                Arguments.of("67 nodes", MoFixtures.manyNodes()),
                Arguments.of("six levels", MoFixtures.deep()),
                Arguments.of("names", MoFixtures.names()),
                Arguments.of("values", MoFixtures.values()),
                Arguments.of("large values", MoFixtures.largeValues()),
                Arguments.of("binary values", MoFixtures.binaries()),
                file("passpoint.xml"),
                file("dmacc.xml"),
                file("connectivity-3gpp.xml"));
    }

    private static Arguments file(String name) throws Exception {
        return Arguments.of(
                name, Files.readString(Sources.ROOT.resolve("specs/mo").resolve(name)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("objects")
    @Tag("MO-2")
    @Tag("MO-3")
    @Tag("TR-1")
    @Tag("TR-2")
    void provisions_an_object_and_reads_the_same_back(String name, String document) throws Exception {
        JobSpec.Provision given = provision(document);

        Job job = run(given);

        assertThat(job.state()).as(job.reason()).isEqualTo(JobState.DONE);
        assertThat(content(job.results(), given.target())).isEqualTo(MoFixtures.content(document));
        assertOnlyStandardMechanisms();
        assertThat(phone.openChannels()).isEmpty();

        Job again = run(ManagementCommand.get("./MO"));
        assertThat(again.state())
                .as("a second session on the same card: " + again.reason())
                .isEqualTo(JobState.DONE);
        assertThat(text(again)).isEqualTo(given.target().substring("./MO/".length()));
    }

    /**
     * Every APDU is a standard one, and the channel data of SEND DATA and RECEIVE DATA are all the bytes that card and
     * server had from each other: no other way carried DM messages.
     */
    private void assertOnlyStandardMechanisms() throws Exception {
        assertThat(phone.apdus())
                .isNotEmpty()
                .allMatch(apdu ->
                        STANDARD_APDUS.getOrDefault(apdu.cla(), Set.of()).contains(apdu.ins()));
        assertThat(phone.commands(OpenChannel.class)).isNotEmpty();
        assertThat(phone.commands(CloseChannel.class)).hasSameSizeAs(phone.commands(OpenChannel.class));

        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        ByteArrayOutputStream received = new ByteArrayOutputStream();
        for (Phone.Exchange exchange : phone.exchanges()) {
            if (exchange.command() instanceof SendData send) {
                sent.writeBytes(send.data().value().toBytes());
            } else if (exchange.command() instanceof ReceiveData) {
                exchange.response()
                        .first(ChannelData.class)
                        .ifPresent(data -> received.writeBytes(data.value().toBytes()));
            }
        }
        assertThat(bodies(sent.toByteArray())).isEqualTo(bytes(MESSAGES.fromCard()));
        assertThat(bodies(received.toByteArray())).isEqualTo(bytes(MESSAGES.fromServer()));
    }

    private static List<ByteString> bytes(List<Message> messages) {
        return messages.stream().map(Message::bytes).toList();
    }

    /** The bodies of HTTP messages that follow each other, each with a Content-Length. RFC 9112. */
    private static List<ByteString> bodies(byte[] stream) {
        List<ByteString> bodies = new ArrayList<>();
        for (int at = 0; at < stream.length; ) {
            String rest = new String(stream, at, stream.length - at, StandardCharsets.ISO_8859_1);
            int header = rest.indexOf("\r\n\r\n") + 4;
            Matcher length = CONTENT_LENGTH.matcher(rest.substring(0, header));
            assertThat(length.find()).as(rest.substring(0, header)).isTrue();
            int body = at + header;
            at = body + Integer.parseInt(length.group(1));
            bodies.add(ByteString.of(Arrays.copyOfRange(stream, body, at)));
        }
        return bodies;
    }

    @Test
    @Tag("MO-2")
    void values_larger_than_a_message_go_in_chunks_both_ways() throws Exception {
        Job job = run(provision(MoFixtures.largeValues()));
        assertThat(job.state()).as(job.reason()).isEqualTo(JobState.DONE);

        List<Item> chunksDown = items(MESSAGES.fromServer(), Command.Add.class)
                .filter(Item::moreData)
                .toList();
        assertThat(chunksDown).hasSizeGreaterThan(3);
        assertThat(chunksDown.getFirst().meta().orElseThrow().size()).isPresent();
        assertThat(statuses(MESSAGES.fromCard())).contains(213);
        assertThat(items(MESSAGES.fromCard(), Command.Results.class).filter(Item::moreData))
                .extracting(item -> item.sourceUri().orElseThrow())
                .contains("./MO/Large/A", "./MO/Large/B", "./MO/Large/E", "./MO/Large/Below/C");
        assertThat(statuses(MESSAGES.fromServer())).contains(213);
        assertThat(MESSAGES.all())
                .filteredOn(message -> !message.fromCard())
                .allMatch(message -> message.bytes().length() <= 1536, "within MaxMsgSize of the card");
        assertThat(MESSAGES.fromCard()).allMatch(message -> message.bytes().length() <= MAX_MSG_SIZE);
    }

    private static <T extends Command.OnItems> Stream<Item> items(List<Message> messages, Class<T> kind) {
        return commands(messages).filter(kind::isInstance).flatMap(command -> kind.cast(command).items().stream());
    }

    private static Stream<Command> commands(List<Message> messages) {
        return messages.stream().flatMap(message -> message.model().body().commands().stream());
    }

    private static Stream<Integer> statuses(List<Message> messages) {
        return commands(messages)
                .filter(Status.class::isInstance)
                .map(status -> ((Status) status).code().number());
    }

    @Test
    @Tag("MO-2")
    void an_object_replaces_the_one_of_its_name_whole() throws Exception {
        assertThat(run(provision(MoFixtures.document(MoFixtures.node(
                                "Same",
                                MoFixtures.leaf("Gone", "1"),
                                MoFixtures.node("Both", MoFixtures.leaf("V", "1"))))))
                        .state())
                .isEqualTo(JobState.DONE);
        String document = MoFixtures.document(MoFixtures.node(
                "Same", MoFixtures.leaf("New", "2"), MoFixtures.node("Both", MoFixtures.leaf("V", "2"))));

        Job job = run(provision(document));

        assertThat(job.state()).as(job.reason()).isEqualTo(JobState.DONE);
        assertThat(content(job.results(), "./MO/Same")).isEqualTo(MoFixtures.content(document));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TNDS", "NODES"})
    @Tag("MO-2")
    void both_ways_to_provision_give_the_same_object(JobSpec.Mode mode) throws Exception {
        String document = MoFixtures.values();
        Job job = run(JobSpec.provision(Tnds.fromXml(document.getBytes(StandardCharsets.UTF_8)), "./MO/Values", mode));

        assertThat(job.state()).as(job.reason()).isEqualTo(JobState.DONE);
        assertThat(content(job.results(), "./MO/Values")).isEqualTo(MoFixtures.content(document));
    }

    private static ManagementCommand add(String uri, String value) {
        return ManagementCommand.add(uri, Format.CHR, "text/plain", NodeValue.text(value));
    }

    private static ManagementCommand replace(String uri, String value) {
        return ManagementCommand.replace(uri, Format.CHR, "text/plain", NodeValue.text(value));
    }

    private static String text(Job job) {
        return job.results().getLast().value().orElseThrow().asText().orElseThrow();
    }

    private static int lastStatus(Job job) {
        return job.statuses().getLast().code();
    }

    @Test
    @Tag("MO-2")
    void adds_replaces_reads_and_deletes_one_leaf() throws Exception {
        assertThat(run(ManagementCommand.addInterior("./MO/One", Optional.empty()), add("./MO/One/Leaf", "first"))
                        .state())
                .isEqualTo(JobState.DONE);
        assertThat(text(run(ManagementCommand.get("./MO/One/Leaf")))).isEqualTo("first");

        assertThat(run(replace("./MO/One/Leaf", "second")).state()).isEqualTo(JobState.DONE);
        assertThat(text(run(ManagementCommand.get("./MO/One/Leaf")))).isEqualTo("second");

        assertThat(lastStatus(run(add("./MO/One/Leaf", "third")))).isEqualTo(418);
        assertThat(lastStatus(run(replace("./MO/One/Other", "third")))).isEqualTo(404);
        assertThat(lastStatus(run(ManagementCommand.exec("./MO/One/Leaf")))).isIn(405, 406);
        assertThat(text(run(ManagementCommand.get("./MO/One/Leaf")))).isEqualTo("second");

        assertThat(run(ManagementCommand.delete("./MO/One/Leaf")).state()).isEqualTo(JobState.DONE);
        assertThat(lastStatus(run(ManagementCommand.get("./MO/One/Leaf")))).isEqualTo(404);
        assertThat(text(run(ManagementCommand.get("./MO/One")))).isEmpty();
    }

    @Test
    @Tag("MO-2")
    void a_large_leaf_goes_in_chunks_both_ways() throws Exception {
        String value = "abcdefgh".repeat(800);
        Job job = run(
                ManagementCommand.addInterior("./MO/One", Optional.empty()),
                add("./MO/One/Leaf", value),
                ManagementCommand.get("./MO/One/Leaf"));

        assertThat(job.state()).as(job.reason()).isEqualTo(JobState.DONE);
        assertThat(text(job)).isEqualTo(value);
        assertThat(items(MESSAGES.fromServer(), Command.Add.class).filter(Item::moreData))
                .hasSizeGreaterThan(3);
        assertThat(items(MESSAGES.fromCard(), Command.Results.class).filter(Item::moreData))
                .hasSizeGreaterThan(3);
    }
}
