// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.bipline.cat.ota.OtaKeys;
import org.bipline.cat.tlv.ByteString;
import org.bipline.lab.Failure;
import org.bipline.lab.decode.ApduLog;
import org.bipline.lab.decode.Decoded;
import org.bipline.lab.decode.DecodedJson;
import org.bipline.lab.decode.DecodedText;
import org.bipline.lab.decode.Decoder;
import org.bipline.lab.decode.Kind;
import org.bipline.lab.push.OtaKeyFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code bipline decode}. */
@Command(
        name = "decode",
        description = {
            "Decodes proactive commands, terminal responses, envelopes, secured packets behind their user data header "
                    + "(027000, 027100) and DM messages in WBXML, recognised by their first bytes, and logs of APDUs, recognised by their marks (>> and <<, APDU:, -> and so on).",
            ""
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class DecodeCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--json", description = "One JSON object a line.")
    private boolean json;

    @Option(
            names = "--as",
            paramLabel = "KIND",
            converter = KindName.class,
            description = "What the items are: proactive, terminal-response, envelope, terminal-profile, syncml, "
                    + "secured-packet, apdu.")
    private Optional<Kind> as;

    @Option(
            names = "--ota-keys",
            paramLabel = "FILE",
            description = "File with ota statements, as specs/card-profile.md has them, to open secured packets.")
    private Optional<Path> otaKeys;

    @Option(names = "--keyset", paramLabel = "VERSION", description = "Which of its keysets, where it has several.")
    private Optional<Integer> keyset;

    private Optional<OtaKeys> keys = Optional.empty();

    @Parameters(
            paramLabel = "HEX",
            arity = "1..*",
            description =
                    "Items in hexadecimal, blanks allowed within quotes; - reads one item a line from standard input.")
    private List<String> items;

    private Optional<ApduLog> log = Optional.empty();
    private int lines;
    private int exitCode;

    /** Reads the name of a kind. */
    static final class KindName implements ITypeConverter<Kind> {
        @Override
        public Kind convert(String name) {
            return Kind.of(name)
                    .orElseThrow(() -> new TypeConversionException("'" + name + "' is none of " + Kind.names()));
        }
    }

    /** Every item is decoded, also those behind a wrong one; each wrong one has its line on standard error. */
    @Override
    public Integer call() throws Failure {
        if (otaKeys.isPresent()) {
            keys = Optional.of(OtaKeyFile.read(otaKeys.get(), keyset).keys());
        }
        if (as.filter(kind -> kind == Kind.APDU).isPresent()) {
            log = Optional.of(new ApduLog());
        }
        for (String item : items) {
            if (item.equals("-")) {
                standardInput();
            } else {
                line(item);
            }
        }
        log.ifPresent(open -> print(open::end, ""));
        return exitCode;
    }

    private void standardInput() throws Failure {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                line(line);
            }
        } catch (IOException e) {
            throw new Failure(Failure.Kind.ENVIRONMENT, "cannot read standard input: " + e.getMessage(), e);
        }
    }

    /** One item, or one line of a log. The first line that can only be of a log makes one of all that follows. */
    private void line(String line) {
        int number = ++lines;
        if (as.isEmpty() && log.isEmpty() && ApduLog.recognises(line)) {
            log = Optional.of(new ApduLog());
        }
        if (log.isPresent()) {
            ApduLog open = log.get();
            print(() -> open.accept(number, line), "line " + number + ": ");
        } else if (!ApduLog.isComment(line)) {
            print(() -> List.of(Decoder.decode(bytes(line), as, keys)), "");
        }
    }

    private interface Decoding {
        List<Decoded> run() throws Failure;
    }

    private void print(Decoding decoding, String place) {
        PrintWriter out = spec.commandLine().getOut();
        try {
            for (Decoded decoded : decoding.run()) {
                if (json) {
                    out.println(DecodedJson.line(decoded));
                } else {
                    DecodedText.print(decoded, out);
                }
            }
        } catch (Failure e) {
            spec.commandLine().getErr().println("bipline: " + place + e.getMessage());
            exitCode = Math.max(exitCode, e.exitCode());
        }
    }

    private static ByteString bytes(String item) throws Failure {
        try {
            return ByteString.ofHex(item.replaceAll("\\s+", ""));
        } catch (IllegalArgumentException e) {
            throw new Failure(
                    Failure.Kind.INPUT, "'" + item + "' is not hexadecimal; give pairs of the digits 0 to F", e);
        }
    }
}
