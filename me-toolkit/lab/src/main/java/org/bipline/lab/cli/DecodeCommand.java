// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.bipline.cat.tlv.ByteString;
import org.bipline.lab.Failure;
import org.bipline.lab.decode.Decoded;
import org.bipline.lab.decode.DecodedJson;
import org.bipline.lab.decode.DecodedText;
import org.bipline.lab.decode.Decoder;
import org.bipline.lab.decode.Kind;
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
            "Decodes proactive commands, terminal responses, envelopes and DM messages in WBXML, recognised by their "
                    + "first byte.",
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
            description = "What the items are: proactive, terminal-response, envelope, syncml.")
    private Optional<Kind> as;

    @Parameters(
            paramLabel = "HEX",
            arity = "1..*",
            description =
                    "Items in hexadecimal, blanks allowed within quotes; - reads one item a line from standard input.")
    private List<String> items;

    /** Reads the name of a kind. */
    static final class KindName implements ITypeConverter<Kind> {
        @Override
        public Kind convert(String name) {
            return Kind.of(name)
                    .orElseThrow(() -> new TypeConversionException(
                            "'" + name + "' is none of proactive, terminal-response, envelope, syncml"));
        }
    }

    /** Every item is decoded, also those behind a wrong one; each wrong one has its line on standard error. */
    @Override
    public Integer call() throws Failure {
        int exitCode = 0;
        for (String item : items) {
            exitCode = Math.max(exitCode, item.equals("-") ? standardInput() : decode(item));
        }
        return exitCode;
    }

    private int standardInput() throws Failure {
        int exitCode = 0;
        try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                exitCode = Math.max(exitCode, line.isBlank() ? 0 : decode(line));
            }
        } catch (IOException e) {
            throw new Failure(Failure.Kind.ENVIRONMENT, "cannot read standard input: " + e.getMessage(), e);
        }
        return exitCode;
    }

    private int decode(String item) {
        PrintWriter out = spec.commandLine().getOut();
        try {
            Decoded decoded = Decoder.decode(bytes(item), as);
            if (json) {
                out.println(DecodedJson.line(decoded));
            } else {
                DecodedText.print(decoded, out);
            }
            return 0;
        } catch (Failure e) {
            spec.commandLine().getErr().println("bipline: " + e.getMessage());
            return e.exitCode();
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
