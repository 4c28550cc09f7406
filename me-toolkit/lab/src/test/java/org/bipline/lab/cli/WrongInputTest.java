// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each command says in one line what is wrong with its input and what to do, and ends with the exit code of the fault. */
class WrongInputTest {
    private static final String LONG = "0123456789012345678901234567890123456789";

    @TempDir
    Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void files() throws Exception {
        Files.writeString(directory.resolve("text"), "nonsense\n");
        Files.createDirectory(directory.resolve("empty"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nonsense | Unmatched argument at index 0: 'nonsense'; see bipline --help",
                "--log loud decode 00 | 'loud' is no log level; give error, warn, info, debug or trace; see bipline --help",
                "demo extra | Unmatched argument at index 1: 'extra'; see bipline demo --help",
                "demo --mo | Missing required parameter for option '--mo' (FILE); see bipline demo --help",
                "demo --ddf @none | @none: cannot be read; give the path of a device description",
                "demo --ddf @text | @text: line 1, column 1: text before the root element;"
                        + " give a device description (root element MgmtTree)",
                "demo --ddf @empty | @empty: no device description (*.xml) in it; give one that has some",
                "demo --server 127.0.0.1 | Invalid value for option '--server':"
                        + " '127.0.0.1' is not HOST:PORT with a port of 0 to 65535; see bipline demo --help",
                "demo --server host.invalid:80 | Invalid value for option '--server':"
                        + " host 'host.invalid' is not known; see bipline demo --help",
                "demo --path dm | Invalid value for option '--path': 'dm' is no path;"
                        + " give / and visible ASCII characters without spaces; see bipline demo --help",
                "demo --path /" + LONG + LONG + " --out @new"
                        + " | HTTP path: 81 bytes, where 1 to 64 are allowed; correct the option",
                "demo --me none.yaml | none.yaml: cannot be read; give the path of a YAML file, or a preset: full, iot-module, bip-modem, "
                        + "bip-errors-without-cause, refresh-ignored, envelopes-lost, small-buffers, busy-during-calls, "
                        + "channels-announced-in-vain",
                "demo --me @text | @text: line 1, column 1: no fields with values;"
                        + " correct it, specs/technical-specification.md clause 14 has the fields",
                "demo --client " + LONG + " --out @new"
                        + " | client name: 40 bytes, where 1 to 32 are allowed; correct the option",
                "demo --client-password " + LONG + " --out @new"
                        + " | client secret: 40 bytes, where 1 to 32 are allowed; correct the option",
                "demo --server-id " + LONG + " --out @new"
                        + " | server identifier: 40 bytes, where 1 to 32 are allowed; correct the option",
                "demo --store-bytes 100 --out @new"
                        + " | bytes of the store: 100 is not in 3072 to 32000; correct the option",
                "demo --store-bytes x | Invalid value for option '--store-bytes': 'x' is not an int;"
                        + " see bipline demo --help",
                "demo --timeout 0 | --timeout is 0; give 1 or more seconds",
                "card --host host.invalid | host 'host.invalid' is not known; give another with --host",
                "card --port 70000 | --port is 70000; give 1 to 65535",
                "card --applet x.Y | Missing required argument(s): --jar=FILE; see bipline card --help",
                "card --applet x.Y --jar @none | @none: no such file; give the applet's class files with --jar",
                "card --applet x.Y --jar @empty | installation refused with 6A88: applet class: there is no x.Y"
                        + " (GlobalPlatform Card Specification, INSTALL [for install]);"
                        + " correct --applet, --jar, --aid or --install-parameters",
                "card --applet java.lang.String --jar @empty | installation refused with 6A80: applet class:"
                        + " it has no install method (GlobalPlatform Card Specification, INSTALL [for install]);"
                        + " correct --applet, --jar, --aid or --install-parameters",
                "card --applet x.Y --jar @empty --aid 00 | installation refused with 6A80: instance AID:"
                        + " an AID has 5 to 16 bytes, not 1 (ISO/IEC 7816-5);"
                        + " correct --applet, --jar, --aid or --install-parameters",
                "card --applet x.Y --jar @empty --aid zz | Invalid value for option '--aid': 'zz' is not hexadecimal;"
                        + " see bipline card --help",
                "card --applet x.Y --jar @empty --install-parameters C901 | installation refused with 6A80:"
                        + " application specific parameters (C9) (offset 0, value C9): 1 bytes should follow, not 0"
                        + " (GlobalPlatform Card Specification clause 11.5.2.3.7); correct --install-parameters",
                "card --profile @none | @none cannot be read (@none); give a file with --profile or --ota-keys",
                "card --profile @text | @text: line 1: the structure is missing;"
                        + " correct it, specs/card-profile.md has the form",
                "card --iccid 12x | ICCID is 1 to 20 digits, not 12x; correct the option",
                "card --imsi 1 | IMSI is 6 to 15 digits, not 1; correct the option",
                "card --server 127.0.0.1:0 | port: 0 is not in 1 to 65535; correct the option",
                "gateway --bind 127.0.0.1 | Invalid value for option '--bind':"
                        + " '127.0.0.1' is not HOST:PORT with a port of 0 to 65535; see bipline gateway --help",
                "gateway --path x | Invalid value for option '--path': 'x' is no path;"
                        + " give / and visible ASCII characters without spaces; see bipline gateway --help",
                "gateway --devices @empty | @empty: cannot be read; give the path of a JSON file",
                "gateway --job @none | @none: no such file; give the path of a TNDS file (root element MgmtTree)",
                "gateway --job @text | @text: line 1, column 1: text before the root element;"
                        + " correct the markup there",
                "gateway --upstream ::: | --upstream: Expected scheme name at index 0: :::;"
                        + " give one such as http://host:port/dm",
                "decode | Missing required parameter: 'HEX'; see bipline decode --help",
                "decode XY | 'XY' is not hexadecimal; give pairs of the digits 0 to F",
                "decode D0 | D0: no proactive: shorter than tag and length"
                        + " (offset 1, ETSI TS 101 220 clause 7.1.2); correct it or use --as",
                "decode --as x 00 | Invalid value for option '--as': 'x' is none of proactive, terminal-response,"
                        + " envelope, terminal-profile, syncml, secured-packet, apdu; see bipline decode --help",
                "decode --as syncml 00 | 00: no syncml: offset 0: WBXML version byte 00, expected 01 to 03;"
                        + " correct it or use --as",
                "decode --as apdu 00 | line 1: 00 is no command APDU: its length is not that of header, Lc and data;"
                        + " give it whole, with a length of one byte"
            })
    void wrong_use_and_wrong_input_end_with_2(String arguments, String message) {
        assertThat(run(arguments)).isEqualTo(2);
        assertLine(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "demo --out @text | cannot write to @text (@text); give another directory with --out",
                "gateway --data @text | cannot open the store in @text (@text);"
                        + " end the other gateway that uses it, or give another directory with --data"
            })
    void a_fault_of_the_environment_ends_with_3(String arguments, String message) {
        assertThat(run(arguments)).isEqualTo(3);
        assertLine(message);
    }

    @Test
    void so_does_a_reader_that_is_not_there_whether_or_not_a_PC_SC_service_is() {
        assertThat(run("demo --reader nowhere --out @new")).isEqualTo(3);
        assertThat(err.toString()).startsWith("bipline: ").contains("; ").hasLineCount(1);
    }

    private int run(String arguments) {
        return Bipline.run(
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                inDirectory(arguments).split(" "));
    }

    private void assertLine(String message) {
        assertThat(err.toString()).isEqualToNormalizingNewlines("bipline: " + inDirectory(message) + "\n");
        assertThat(out.toString()).isEmpty();
    }

    private String inDirectory(String text) {
        return text.replace("@", directory + "/");
    }
}
