// SPDX-License-Identifier: Apache-2.0
package org.bipline.test.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.bipline.cat.command.ProactiveCommand;
import org.bipline.cat.command.TerminalResponse;
import org.bipline.cat.envelope.Envelope;
import org.bipline.cat.tlv.ByteString;
import org.bipline.cat.tlv.CatDecodingException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * The CAT codec, in nanoseconds per PDU. {@code typical} are the commands of a data session over BIP as the ME decodes
 * them, checks included; {@code vectors} are all PDUs of {@code specs/vectors/cat}, most of them menus and texts. Goal: 5
 * million typical PDUs decoded per second and core, 200 ns each.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class CodecBench {
    private static final int TYPICAL = 8;
    private static final int VECTORS = 256;
    private static final List<String> SESSION = List.of(
            // OPEN CHANNEL, SEND DATA, RECEIVE DATA, GET CHANNEL STATUS, CLOSE CHANNEL, TIMER MANAGEMENT, POLL
            // INTERVAL,
            // SET UP EVENT LIST
            "D02781030140018202818235010339020578470908696E7465726E65743C03020050" + "3E0521C0A80001",
            "D01C8103014301820281213611" + "160301000C010000080303000102030405",
            "D00C8103014200820281213701" + "C8",
            "D009810301440082028182",
            "D009810301410082028121",
            "D011810301270082028182240101" + "2503000001",
            "D00D8103010300820281828402011E",
            "D00D810301050082028182990209" + "0A");

    private static final ByteString RESPONSE = ByteString.ofHex("8103014300820282818301003701FF");
    private static final ByteString ENVELOPE = ByteString.ofHex("D60E99010982028281B8028100B701FF");

    private ByteString[] typical;
    private ProactiveCommand[] commands;
    private ByteString[] vectors;
    private ProactiveCommand[] decodedVectors;

    @Setup
    public void setUp() throws IOException, CatDecodingException {
        typical = SESSION.stream().map(ByteString::ofHex).toArray(ByteString[]::new);
        commands = new ProactiveCommand[TYPICAL];
        for (int i = 0; i < TYPICAL; i++) {
            commands[i] = ProactiveCommand.decode(typical[i]);
        }
        List<ByteString> proactive = new ArrayList<>();
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve("specs/vectors/cat"))) {
            folder = folder.getParent();
        }
        try (Stream<Path> files =
                Files.list(folder.resolve("specs/vectors/cat")).sorted()) {
            for (Path file : files.toList()) {
                List<String> lines = Files.readAllLines(file);
                if (lines.get(0).startsWith("# proactive") && file.toString().endsWith("-ok.txt")) {
                    proactive.add(ByteString.ofHex(lines.get(1)));
                }
            }
        }
        vectors = new ByteString[VECTORS];
        decodedVectors = new ProactiveCommand[VECTORS];
        for (int i = 0; i < VECTORS; i++) {
            vectors[i] = proactive.get(i % proactive.size());
            decodedVectors[i] = ProactiveCommand.decode(vectors[i]);
        }
    }

    @Benchmark
    @OperationsPerInvocation(TYPICAL)
    public void decodeTypical(Blackhole sink) throws CatDecodingException {
        for (ByteString pdu : typical) {
            sink.consume(ProactiveCommand.decode(pdu));
        }
    }

    @Benchmark
    @OperationsPerInvocation(TYPICAL)
    public void encodeTypical(Blackhole sink) {
        for (ProactiveCommand command : commands) {
            sink.consume(command.encode());
        }
    }

    @Benchmark
    @OperationsPerInvocation(VECTORS)
    public void decodeVectors(Blackhole sink) throws CatDecodingException {
        for (ByteString pdu : vectors) {
            sink.consume(ProactiveCommand.decode(pdu));
        }
    }

    @Benchmark
    @OperationsPerInvocation(VECTORS)
    public void encodeVectors(Blackhole sink) {
        for (ProactiveCommand command : decodedVectors) {
            sink.consume(command.encode());
        }
    }

    @Benchmark
    public TerminalResponse decodeResponse() throws CatDecodingException {
        return TerminalResponse.decode(RESPONSE);
    }

    @Benchmark
    public Envelope decodeEnvelope() throws CatDecodingException {
        return Envelope.decode(ENVELOPE);
    }
}
