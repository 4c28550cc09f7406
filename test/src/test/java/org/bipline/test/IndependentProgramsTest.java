// SPDX-License-Identifier: Apache-2.0
package org.bipline.test;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bipline.cat.command.ProactiveCommand;
import org.bipline.cat.command.TerminalResponse;
import org.bipline.cat.envelope.Envelope;
import org.bipline.cat.envelope.EventDownload;
import org.bipline.cat.object.CommandDetails;
import org.bipline.cat.object.DeviceIdentities;
import org.bipline.cat.tlv.ByteString;
import org.bipline.dm.NodeValue;
import org.bipline.dm.server.Job;
import org.bipline.dm.server.JobSpec;
import org.bipline.dm.server.JobState;
import org.bipline.dm.syncml.Command;
import org.bipline.dm.syncml.SyncMlCodec;
import org.bipline.dm.syncml.Transcoder;
import org.bipline.dm.tnds.Tnds;
import org.bipline.lab.card.Accounts;
import org.bipline.lab.demo.Demo;
import org.bipline.lab.demo.DemoOptions;
import org.bipline.lab.trace.Ladder;
import org.bipline.test.DmMessages.Message;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** Programs that others wrote read what goes over the card interface and what the DM messages say as we do. */
class IndependentProgramsTest {
    @TempDir
    static Path directory;

    private static Path trace;

    /** What is compared of a frame; -1 for what it does not have. */
    private record Frame(int ins, int type, int qualifier, int source, int destination, int result, int event) {}

    private static synchronized Path trace() throws Exception {
        if (trace == null) {
            DemoOptions options = new DemoOptions(
                    Optional.empty(),
                    directory.resolve("demo"),
                    Optional.empty(),
                    Optional.empty(),
                    "/dm",
                    new Accounts("card", "card secret", "server", "server secret"),
                    Optional.empty(),
                    24576,
                    Duration.ofSeconds(30));
            new Demo(
                            options,
                            new PrintWriter(Writer.nullWriter()),
                            new Ladder.Style(false, false, true),
                            Clock.systemUTC(),
                            System::nanoTime,
                            new Random(1))
                    .run();
            trace = options.out().resolve("trace.pcap");
        }
        return trace;
    }

    private static List<String> tshark(String... arguments) throws Exception {
        List<String> line = new ArrayList<>(List.of("tshark", "-n", "-r", trace().toString()));
        line.addAll(List.of(arguments));
        return new String(Programs.run(line.toArray(String[]::new)), UTF_8)
                .lines()
                .toList();
    }

    @Test
    void tshark_finds_nothing_malformed_and_knows_each_proactive_command() throws Exception {
        Programs.require("tshark", "tshark");

        assertThat(tshark("-Y", "_ws.malformed")).isEmpty();
        assertThat(tshark("-Y", "_ws.expert.severity >= 0x600000"))
                .as("warnings and errors")
                .isEmpty();
        long fetches = tshark("-Y", "gsm_sim.apdu.ins == 0x12").size();
        List<String> named = tshark("-Y", "gsm_sim.apdu.ins == 0x12", "-T", "pdml").stream()
                .filter(line -> line.contains("\"etsi_cat.comp_tlv.cmd_type\""))
                .map(line -> line.replaceFirst(".*showname=\"Command Type: ([^(]*) \\(0x.*", "$1"))
                .toList();
        assertThat(named).hasSize((int) fetches);
        assertThat(named)
                .contains("OPEN CHANNEL", "SEND DATA", "RECEIVE DATA", "CLOSE CHANNEL", "SET UP MENU")
                .allMatch(name -> name.matches("[A-Z ]+"));
    }

    @Test
    void tshark_reads_each_frame_as_our_decoder() throws Exception {
        Programs.require("tshark", "tshark");
        String prefix = "etsi_cat.comp_tlv.";
        List<Frame> theirs = tshark(Stream.of(
                                Stream.of("-T", "fields", "-E", "separator=|", "-E", "occurrence=f"),
                                Stream.of("-e", "gsm_sim.apdu.ins", "-e", prefix + "cmd_type"),
                                Stream.of("-e", prefix + "cmd_qual", "-e", prefix + "cmd_qual.send_data"),
                                Stream.of("-e", prefix + "cmd_qual.timer_mgmt", "-e", prefix + "cmd_qual.loci"),
                                Stream.of("-e", prefix + "src_dev", "-e", prefix + "dst_dev"),
                                Stream.of("-e", prefix + "result", "-e", prefix + "event"))
                        .flatMap(part -> part)
                        .toArray(String[]::new))
                .stream()
                .map(IndependentProgramsTest::frame)
                .toList();

        List<Frame> ours = new ArrayList<>();
        for (byte[] exchange : exchanges(Files.readAllBytes(trace()))) {
            ours.add(frame(exchange));
        }
        assertThat(theirs).hasSizeGreaterThan(100).isEqualTo(ours);
    }

    private static Frame frame(String line) {
        List<Integer> f = Arrays.stream(line.split("\\|", -1))
                .map(field -> field.isEmpty() ? -1 : Integer.decode(field))
                .toList();
        int qualifier = f.subList(2, 6).stream().mapToInt(value -> value).max().orElse(-1);
        boolean event = f.get(9) >= 0 && f.get(0) == 0xC2;
        boolean command = f.get(1) >= 0;
        return new Frame(
                f.get(0),
                f.get(1),
                qualifier,
                command || event ? f.get(6) : -1,
                command || event ? f.get(7) : -1,
                f.get(8),
                event ? f.get(9) : -1);
    }

    private static Frame frame(byte[] exchange) throws Exception {
        int ins = exchange[1] & 0xFF;
        return switch (ins) {
            case 0x12 -> {
                ProactiveCommand command = ProactiveCommand.parse(ByteString.wrap(exchange, 5, exchange.length - 7));
                yield frame(ins, command.details(), command.devices(), -1);
            }
            case 0x14 -> {
                TerminalResponse response = TerminalResponse.decode(ByteString.wrap(exchange, 5, exchange[4] & 0xFF));
                yield frame(
                        ins,
                        response.details().orElseThrow(),
                        response.devices().orElseThrow(),
                        response.result().orElseThrow().generalResult());
            }
            case 0xC2 -> {
                Envelope envelope = Envelope.decode(ByteString.wrap(exchange, 5, exchange[4] & 0xFF));
                yield envelope instanceof EventDownload download
                        ? new Frame(
                                ins,
                                -1,
                                -1,
                                download.devices().orElseThrow().source(),
                                download.devices().orElseThrow().destination(),
                                -1,
                                download.event().orElseThrow().code())
                        : new Frame(ins, -1, -1, -1, -1, -1, -1);
            }
            default -> new Frame(ins, -1, -1, -1, -1, -1, -1);
        };
    }

    private static Frame frame(int ins, CommandDetails details, DeviceIdentities devices, int result) {
        return new Frame(
                ins,
                details.typeOfCommand(),
                details.commandQualifier(),
                devices.source(),
                devices.destination(),
                result,
                -1);
    }

    /** The APDU exchanges of a capture: behind IP, UDP and GSMTAP headers of 20, 8 and 16 bytes. */
    private static List<byte[]> exchanges(byte[] capture) {
        List<byte[]> exchanges = new ArrayList<>();
        ByteBuffer in = ByteBuffer.wrap(capture).position(24);
        while (in.hasRemaining()) {
            byte[] packet = new byte[in.position(in.position() + 8).getInt()];
            in.getInt();
            in.get(packet);
            exchanges.add(Arrays.copyOfRange(packet, 44, packet.length));
        }
        return exchanges;
    }

    @Test
    @Tag("MO-7")
    void libwbxml_reads_and_writes_every_message_of_both_ends_as_we_do() throws Exception {
        Programs.requireLibwbxml();
        List<Message> messages = messages();

        int compared = 0;
        for (Message message : messages) {
            byte[] wbxml = message.bytes().toByteArray();
            byte[] theirs = Programs.wbxml2xml(wbxml, directory);
            assertThat(canonical(octetsAsBase64(theirs, message))).isEqualTo(canonical(Transcoder.toXml(wbxml)));
            if (hasBinary(message)) {
                continue; // the tool writes octets as they are, which is no XML that it could read again
            }
            assertThat(SyncMlCodec.WBXML.decode(Programs.xml2wbxml(theirs, directory)))
                    .isEqualTo(message.model());
            compared++;
        }
        assertThat(compared).isGreaterThan(20).isGreaterThan(messages.size() / 2);
        assertThat(messages.stream().filter(message -> !hasBinary(message)).map(Message::fromCard))
                .contains(true, false);
    }

    private static boolean hasBinary(Message message) {
        return binaries(message).findAny().isPresent();
    }

    private static Stream<NodeValue> binaries(Message message) {
        return message.model().body().commands().stream()
                .filter(Command.OnItems.class::isInstance)
                .flatMap(command -> ((Command.OnItems) command).items().stream())
                .flatMap(item -> item.data().stream())
                .flatMap(data -> data.asValue().stream())
                .filter(NodeValue.Binary.class::isInstance);
    }

    /**
     * The tool's document with binary values as Base64. The tool puts octets into CDATA sections or escapes them like
     * text; a TNDS object that is whole it decodes, and all of them it calls XML.
     */
    private static byte[] octetsAsBase64(byte[] document, Message message) throws Exception {
        String text = new String(document, ISO_8859_1);
        for (NodeValue binary : binaries(message).toList()) {
            byte[] octets = binary.octets().toByteArray();
            String base64 = Base64.getEncoder().encodeToString(octets);
            int tree = text.indexOf("<MgmtTree");
            if (tree >= 0) {
                int end = text.indexOf("</MgmtTree>") + "</MgmtTree>".length();
                assertThat(canonical(text.substring(tree, end).getBytes(ISO_8859_1)))
                        .isEqualTo(canonical(Tnds.toXml(Tnds.fromWbxml(binary.octets()))));
                text = text.substring(0, tree).replace("dmtnds+xml", "dmtnds+wbxml") + base64 + text.substring(end);
            } else {
                String section = new String(octets, ISO_8859_1);
                String escaped = section.replace("&", "&amp;")
                        .replace("<", "&lt;")
                        .replace(">", "&gt;")
                        .replace("\r", "&#13;");
                assertThat(text).containsAnyOf("<![CDATA[" + section + "]]>", "<Data>" + escaped + "</Data>");
                text = text.replace("dmtnds+xml", "dmtnds+wbxml")
                        .replace("<![CDATA[" + section + "]]>", base64)
                        .replace("<Data>" + escaped + "</Data>", "<Data>" + base64 + "</Data>");
            }
        }
        return text.getBytes(ISO_8859_1);
    }

    /** The messages of several sessions, which provision objects as a whole and node by node. */
    private static List<Message> messages() throws Exception {
        DmMessages messages = new DmMessages();
        try (Fleet fleet = new Fleet(
                        "libwbxml", server -> server.listener(messages).maxMessageSize(1500));
                Phone phone = new Phone(fleet.card(1), fleet.address())) {
            for (String document : List.of(
                    MoFixtures.passpointProfile(), MoFixtures.names(), MoFixtures.manyNodes(), MoFixtures.deep())) {
                for (JobSpec.Mode mode : List.of(JobSpec.Mode.NODES, JobSpec.Mode.TNDS)) {
                    Job job = fleet.submit(
                            1, JobSpec.provision(Tnds.fromXml(document.getBytes(UTF_8)), "./MO/Object", mode));
                    phone.session();
                    assertThat(fleet.job(job).state()).isEqualTo(JobState.DONE);
                }
            }
        }
        return messages.all();
    }

    /** Elements with their namespaces, and texts without the blanks around them, in the order of the document. */
    private static String canonical(byte[] xml) throws Exception {
        return element(Programs.parse(xml).getDocumentElement());
    }

    private static String element(Element element) {
        List<Node> children = new ArrayList<>();
        for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            children.add(child);
        }
        String content = children.stream().anyMatch(Element.class::isInstance)
                ? children.stream()
                        .filter(Element.class::isInstance)
                        .map(child -> element((Element) child))
                        .collect(Collectors.joining())
                : element.getTextContent().strip();
        return "\n{" + element.getNamespaceURI() + "}" + element.getLocalName() + "[" + content + "]";
    }
}
