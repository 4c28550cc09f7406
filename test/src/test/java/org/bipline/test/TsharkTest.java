// SPDX-License-Identifier: Apache-2.0
package org.bipline.test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bipline.cat.command.ProactiveCommand;
import org.bipline.cat.command.TerminalResponse;
import org.bipline.cat.envelope.Envelope;
import org.bipline.cat.envelope.EventDownload;
import org.bipline.cat.object.CommandDetails;
import org.bipline.cat.object.DeviceIdentities;
import org.bipline.cat.object.GeneralResult;
import org.bipline.cat.object.TypeOfCommand;
import org.bipline.cat.tlv.ByteString;
import org.bipline.dm.server.Psk;
import org.bipline.lab.card.Accounts;
import org.bipline.lab.demo.Demo;
import org.bipline.lab.demo.DemoOptions;
import org.bipline.lab.trace.At;
import org.bipline.lab.trace.Ladder;
import org.bipline.lab.trace.Party;
import org.bipline.lab.trace.Pcap;
import org.bipline.lab.trace.TraceEvent;
import org.bipline.me.MeProfile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * tshark reads each frame of a long trace as we do: a whole session of the demo; then all vectors as they cross the card
 * interface; then each type of command, fetched and answered, and each general result.
 *
 * <p>What tshark (4.0) does otherwise:
 *
 * <ul>
 *   <li>it does not look into envelopes but {@link #DISSECTED these};
 *   <li>it does not know LSI COMMAND, which is newer than it;
 *   <li>it calls GEOGRAPHICAL LOCATION REQUEST that of 3GPP, from whose TS 31.111 it is.
 * </ul>
 */
class TsharkTest {
    private static final int FETCH = 0x12;
    private static final int TERMINAL_RESPONSE = 0x14;
    private static final int ENVELOPE = 0xC2;

    /** Envelopes of SMS-PP download, event download and timer expiration. */
    private static final List<Integer> DISSECTED = List.of(0xD1, 0xD6, 0xD7);

    private static final Map<String, String> NAMED_OTHERWISE = Map.of(
            "LSI COMMAND", "Unknown",
            "GEOGRAPHICAL LOCATION REQUEST", "3GPP GEOGRAPHICAL LOCATION REQUEST",
            "END OF PROACTIVE SESSION", "End of the proactive session");

    private static final String PREFIX = "etsi_cat.comp_tlv.";
    private static final List<String> QUALIFIERS = List.of(
            "cmd_qual",
            "cmd_qual.send_data",
            "cmd_qual.timer_mgmt",
            "cmd_qual.loci",
            "cmd_qual.refresh",
            "cmd_qual.send_short_msg");
    private static final List<String> FIELDS = List.of("cmd_type", "src_dev", "dst_dev", "result", "event");

    @TempDir
    static Path directory;

    private static List<Path> captures;

    /** What is compared of a frame; -1 for what it does not have. */
    private record Frame(int ins, int type, int qualifier, int source, int destination, int result, int event) {}

    @BeforeAll
    static void writeTraces() throws Exception {
        Programs.require("tshark", "tshark");
        captures = List.of(session(), exchanges());
    }

    private static Path session() throws Exception {
        DemoOptions options = new DemoOptions(
                Optional.empty(),
                directory.resolve("demo"),
                Optional.empty(),
                Optional.empty(),
                "/dm",
                new Accounts(
                        "card",
                        "card secret",
                        "server",
                        "server secret",
                        Optional.of(new Psk(
                                org.bipline.dm.ByteString.utf8("card"), org.bipline.dm.ByteString.of(new byte[16])))),
                Optional.empty(),
                24576,
                Duration.ofSeconds(30),
                MeProfile.full(),
                Optional.empty());
        new Demo(
                        options,
                        new PrintWriter(Writer.nullWriter()),
                        new Ladder.Style(false, false, true),
                        Clock.systemUTC(),
                        System::nanoTime,
                        new Random(1))
                .run();
        return options.out().resolve("trace.pcap");
    }

    private static Path exchanges() throws Exception {
        Path capture = directory.resolve("exchanges.pcap");
        try (Pcap pcap = new Pcap(capture);
                Stream<Path> vectors = Files.list(Sources.ROOT.resolve("specs/vectors/cat"))) {
            for (Path vector : vectors.sorted().toList()) {
                List<String> lines = Files.readAllLines(vector);
                String pdu = lines.get(1);
                if (lines.getFirst().startsWith("# proactive,")) {
                    fetch(pcap, pdu);
                } else {
                    send(pcap, lines.getFirst().startsWith("# terminal-response,") ? TERMINAL_RESPONSE : ENVELOPE, pdu);
                }
            }
            for (TypeOfCommand type : TypeOfCommand.values()) {
                String details = "810301%02X00".formatted(type.code());
                fetch(pcap, "D009" + details + "82028182");
                send(pcap, TERMINAL_RESPONSE, details + "82028281" + "830100");
            }
            for (GeneralResult result : GeneralResult.values()) {
                send(pcap, TERMINAL_RESPONSE, "810301210082028281" + "8302%02X00".formatted(result.code()));
            }
        }
        return capture;
    }

    private static void fetch(Pcap pcap, String pdu) throws Exception {
        exchange(pcap, "80120000%02X".formatted(pdu.length() / 2 & 0xFF), pdu + "9000");
    }

    private static void send(Pcap pcap, int ins, String pdu) throws Exception {
        exchange(pcap, "80%02X0000%02X%s".formatted(ins, pdu.length() / 2, pdu), "9000");
    }

    private static void exchange(Pcap pcap, String command, String response) throws Exception {
        At at = new At(0, Instant.EPOCH, "1", Party.ME, Party.CARD);
        pcap.accept(new TraceEvent.Apdu(
                at, org.bipline.dm.ByteString.hex(command), org.bipline.dm.ByteString.hex(response)));
    }

    private static List<String> tshark(Path capture, String... arguments) throws Exception {
        List<String> line = new ArrayList<>(List.of("tshark", "-n", "-r", capture.toString()));
        line.addAll(List.of(arguments));
        return new String(Programs.run(line.toArray(String[]::new)), UTF_8)
                .lines()
                .toList();
    }

    @Test
    void finds_nothing_malformed() throws Exception {
        for (Path capture : captures) {
            assertThat(tshark(capture, "-Y", "_ws.malformed")).isEmpty();
            assertThat(tshark(capture, "-Y", "_ws.expert.severity >= 0x600000"))
                    .as("warnings and errors")
                    .isEmpty();
        }
    }

    @Test
    void names_each_command_as_our_decoder() throws Exception {
        Pattern name =
                Pattern.compile(".*\"etsi_cat.comp_tlv.cmd_type\" showname=\"Command Type: ([^\"]*) \\(0x(..)\\)\".*");
        Map<Integer, String> theirs = new TreeMap<>();
        for (Path capture : captures) {
            for (String line : tshark(capture, "-Y", "gsm_sim.apdu.ins == 0x12", "-T", "pdml")) {
                Matcher matcher = name.matcher(line);
                if (matcher.matches()) {
                    theirs.put(Integer.parseInt(matcher.group(2), 16), matcher.group(1));
                }
            }
        }

        Map<Integer, String> ours = new TreeMap<>();
        for (TypeOfCommand type : TypeOfCommand.values()) {
            ours.put(type.code(), NAMED_OTHERWISE.getOrDefault(type.text(), type.text()));
        }
        assertThat(theirs).isEqualTo(ours);
    }

    @Test
    void reads_type_qualifier_devices_result_and_event_of_each_frame_as_our_decoder() throws Exception {
        for (Path capture : captures) {
            List<String> arguments =
                    new ArrayList<>(List.of("-T", "fields", "-E", "separator=|", "-E", "occurrence=f"));
            Stream.of(
                            Stream.of("gsm_sim.apdu.ins"),
                            FIELDS.stream().map(PREFIX::concat),
                            QUALIFIERS.stream().map(PREFIX::concat))
                    .flatMap(fields -> fields)
                    .forEach(field -> arguments.addAll(List.of("-e", field)));
            List<Frame> theirs = tshark(capture, arguments.toArray(String[]::new)).stream()
                    .map(TsharkTest::frame)
                    .toList();

            List<Frame> ours = new ArrayList<>();
            for (byte[] exchange : exchangesOf(Files.readAllBytes(capture))) {
                ours.add(frame(exchange));
            }
            assertThat(theirs).hasSizeGreaterThan(200).isEqualTo(ours);
        }
    }

    private static Frame frame(String line) {
        List<Integer> f = Arrays.stream(line.split("\\|", -1))
                .map(field -> field.isEmpty() ? -1 : Integer.decode(field))
                .toList();
        int qualifier = f.subList(1 + FIELDS.size(), f.size()).stream()
                .mapToInt(value -> value)
                .max()
                .orElseThrow();
        int event = f.get(0) == ENVELOPE ? f.get(5) : -1; // elsewhere it is in the list of SET UP EVENT LIST
        return new Frame(f.get(0), f.get(1), qualifier, f.get(2), f.get(3), f.get(4), event);
    }

    private static Frame frame(byte[] exchange) throws Exception {
        int ins = exchange[1] & 0xFF;
        return switch (ins) {
            case FETCH -> {
                ProactiveCommand command = ProactiveCommand.parse(ByteString.wrap(exchange, 5, exchange.length - 7));
                yield frame(ins, command.details(), command.devices(), -1);
            }
            case TERMINAL_RESPONSE -> {
                TerminalResponse response = TerminalResponse.decode(ByteString.wrap(exchange, 5, exchange[4] & 0xFF));
                yield frame(
                        ins,
                        response.details().orElseThrow(),
                        response.devices().orElseThrow(),
                        response.result().orElseThrow().generalResult());
            }
            case ENVELOPE -> {
                Envelope envelope = Envelope.decode(ByteString.wrap(exchange, 5, exchange[4] & 0xFF));
                if (!DISSECTED.contains(envelope.pdu().tag())) {
                    yield new Frame(ins, -1, -1, -1, -1, -1, -1);
                }
                DeviceIdentities devices =
                        envelope.pdu().first(DeviceIdentities.class).orElseThrow();
                int event = envelope instanceof EventDownload download
                        ? download.event().orElseThrow().code()
                        : -1;
                yield new Frame(ins, -1, -1, devices.source(), devices.destination(), -1, event);
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
    private static List<byte[]> exchangesOf(byte[] capture) {
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
}
