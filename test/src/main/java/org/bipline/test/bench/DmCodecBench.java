// SPDX-License-Identifier: Apache-2.0
package org.bipline.test.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.bipline.dm.DmDecodingException;
import org.bipline.dm.Format;
import org.bipline.dm.syncml.AlertCode;
import org.bipline.dm.syncml.Command;
import org.bipline.dm.syncml.Cred;
import org.bipline.dm.syncml.Item;
import org.bipline.dm.syncml.Location;
import org.bipline.dm.syncml.Meta;
import org.bipline.dm.syncml.Status;
import org.bipline.dm.syncml.StatusCode;
import org.bipline.dm.syncml.SyncBody;
import org.bipline.dm.syncml.SyncHdr;
import org.bipline.dm.syncml.SyncMl;
import org.bipline.dm.syncml.SyncMlCodec;
import org.bipline.dm.syncml.Transcoder;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The server's codecs on the three messages of a session (package 1, package 2 with 20 commands, package 3 with 20 statuses and 10
 * results), beside libwbxml on the same messages; the score is the time for all three. Goals: WBXML to XML and back at least 5 times as
 * fast as libwbxml, from and to the model at least 10 times. The comparison needs a C compiler and libwbxml2-dev; its rows are missing
 * where they are.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class DmCodecBench {
    private final List<SyncMl> model = List.of(packageOne(), packageTwo(), packageThree());
    private final List<byte[]> wbxml =
            model.stream().map(SyncMlCodec.WBXML::encode).toList();
    private final List<byte[]> xml = model.stream().map(SyncMlCodec.XML::encode).toList();

    @Benchmark
    public int wbxmlToXml() throws DmDecodingException {
        int size = 0;
        for (byte[] message : wbxml) {
            size += Transcoder.toXml(message).length;
        }
        return size;
    }

    @Benchmark
    public int xmlToWbxml() throws DmDecodingException {
        int size = 0;
        for (byte[] message : xml) {
            size += Transcoder.toWbxml(message).length;
        }
        return size;
    }

    @Benchmark
    public int wbxmlToModel() throws DmDecodingException {
        return decode(SyncMlCodec.WBXML, wbxml);
    }

    @Benchmark
    public int xmlToModel() throws DmDecodingException {
        return decode(SyncMlCodec.XML, xml);
    }

    private static int decode(SyncMlCodec codec, List<byte[]> messages) throws DmDecodingException {
        int commands = 0;
        for (byte[] message : messages) {
            commands += codec.decode(message).body().commands().size();
        }
        return commands;
    }

    @Benchmark
    public int modelToWbxml() {
        return encode(SyncMlCodec.WBXML);
    }

    @Benchmark
    public int modelToXml() {
        return encode(SyncMlCodec.XML);
    }

    private int encode(SyncMlCodec codec) {
        int size = 0;
        for (SyncMl message : model) {
            size += codec.encode(message).length;
        }
        return size;
    }

    @Benchmark
    @OperationsPerInvocation(Libwbxml.ROUNDS)
    public int libwbxmlWbxmlToXml(Libwbxml libwbxml) throws IOException {
        return libwbxml.convert('x');
    }

    @Benchmark
    @OperationsPerInvocation(Libwbxml.ROUNDS)
    public int libwbxmlXmlToWbxml(Libwbxml libwbxml) throws IOException {
        return libwbxml.convert('w');
    }

    /** The library in a process of its own, built when the benchmark runs. */
    @State(Scope.Benchmark)
    public static class Libwbxml {
        static final int ROUNDS = 200;

        private Process process;

        @Setup
        public void setUp(DmCodecBench messages) throws IOException, InterruptedException {
            Path directory = Files.createTempDirectory("libwbxml");
            Path source = directory.resolve("libwbxml.c");
            try (InputStream in = DmCodecBench.class.getResourceAsStream("libwbxml.c")) {
                Files.copy(Objects.requireNonNull(in), source);
            }
            Path program = directory.resolve("libwbxml");
            String[] build = {
                "cc", "-O2", "-I/usr/include/libwbxml-1.0", "-o", program.toString(), source.toString(), "-lwbxml2"
            };
            if (new ProcessBuilder(build).inheritIO().start().waitFor() != 0) {
                throw new IllegalStateException("no comparison with libwbxml: install gcc and libwbxml2-dev");
            }
            List<String> command = new ArrayList<>(List.of(program.toString(), Integer.toString(ROUNDS)));
            for (int i = 0; i < messages.model.size(); i++) {
                command.add(Files.write(directory.resolve(i + ".wbxml"), messages.wbxml.get(i))
                        .toString());
                command.add(Files.write(directory.resolve(i + ".xml"), messages.xml.get(i))
                        .toString());
            }
            process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        }

        int convert(char request) throws IOException {
            process.getOutputStream().write(request);
            process.getOutputStream().flush();
            int answer = process.getInputStream().read();
            if (answer != '.') {
                throw new IllegalStateException("libwbxml refused a message");
            }
            return answer;
        }

        @TearDown
        public void tearDown() throws InterruptedException {
            try {
                process.getOutputStream().close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            process.waitFor();
        }
    }

    private static SyncHdr.Builder header() {
        return SyncHdr.builder()
                .sessionId("1F")
                .msgId(2)
                .target(Location.of("http://dm.example.com:8080/dm"))
                .source(Location.of("ICCID:8988211000000000001", "card"));
    }

    private static SyncMl packageOne() {
        SyncHdr header = header().cred(new Cred(Meta.of(Format.B64, "syncml:auth-md5"), "Zz6EivR3yeaaENcRN6lpAQ=="))
                .meta(Meta.builder().maxMsgSize(1536).maxObjSize(24576).build())
                .build();
        List<Item> deviceInformation = IntStream.of(1, 2, 3, 4, 5)
                .mapToObj(i -> Item.builder()
                        .source("./DevInfo/Leaf" + i)
                        .data("value " + i)
                        .build())
                .toList();
        return new SyncMl(
                header,
                new SyncBody(
                        List.of(
                                new Command.Alert(
                                        "1", Optional.of(AlertCode.CLIENT_INITIATED), Optional.empty(), List.of()),
                                new Command.Replace("2", Optional.empty(), deviceInformation)),
                        true));
    }

    private static SyncMl packageTwo() {
        List<Command> commands = new ArrayList<>();
        commands.add(status(1, StatusCode.AUTHENTICATION_ACCEPTED));
        for (int i = 2; i < 12; i++) {
            String uri = "./MO/PerProviderSubscription/Cred01/Credential/Leaf" + i;
            commands.add(new Command.Get(
                    Integer.toString(i),
                    Optional.empty(),
                    List.of(Item.builder().target(uri).build())));
        }
        for (int i = 12; i < 22; i++) {
            String uri = "./MO/PerProviderSubscription/Cred01/HomeSP/Leaf" + i;
            commands.add(new Command.Replace(
                    Integer.toString(i),
                    Optional.of(Meta.of(Format.CHR, "text/plain")),
                    List.of(Item.builder()
                            .target(uri)
                            .data("a value of some thirty characters")
                            .build())));
        }
        return new SyncMl(header().build(), new SyncBody(commands, true));
    }

    private static SyncMl packageThree() {
        List<Command> commands = new ArrayList<>();
        for (int i = 1; i < 21; i++) {
            commands.add(status(i, StatusCode.OK));
        }
        for (int i = 21; i < 31; i++) {
            commands.add(new Command.Results(
                    Integer.toString(i),
                    Optional.of("2"),
                    Integer.toString(i - 19),
                    Optional.of(Meta.of(Format.CHR, "text/plain")),
                    List.of(),
                    List.of(),
                    List.of(Item.builder()
                            .source("./MO/PerProviderSubscription/Cred01/Credential/Leaf" + i)
                            .data("a value of some thirty characters")
                            .build())));
        }
        return new SyncMl(header().build(), new SyncBody(commands, true));
    }

    private static Status status(int number, StatusCode code) {
        return Status.builder()
                .cmdId(Integer.toString(number))
                .msgRef("1")
                .cmdRef(Integer.toString(number))
                .cmd("Replace")
                .code(code)
                .build();
    }
}
