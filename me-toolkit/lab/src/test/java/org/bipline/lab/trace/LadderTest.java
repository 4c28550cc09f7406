// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class LadderTest {
    @Test
    void condenses_runs_of_data_and_of_file_commands() throws IOException {
        assertThat(print(new Ladder.Style(false, false, false)))
                .containsExactly(
                        "  seconds card     ME       gateway  server",
                        "    0.001 |<-------|        |        |  2 commands on files, first SELECT MF, 6121",
                        "    0.004 o        |        |        |  DM triggered by MENU_SELECTION",
                        "    0.006 |------->|        |        |  OPEN CHANNEL: TCP 127.0.0.1:8080, buffer 1500",
                        "    0.007 |        |------->|        |  channel 1 open to 127.0.0.1:8080, buffer 1,500 bytes",
                        "    0.009 |<-------|        |        |  OPEN CHANNEL: performed",
                        "    0.011 |------->|        |        |  SEND DATA x2: 8 bytes",
                        "    0.018 |        |------->|        |  channel 1, 8 bytes",
                        "    0.019 |        |------->|        |  HTTP POST /dm, 412 bytes",
                        "    0.020 |------------------------->|  DM message 1 of session 1, 412 bytes: Alert 1201, Final",
                        "    0.021 |<-------------------------|  Add ./MO/Passpoint TNDS, 1,932 bytes",
                        "    0.022 |        |<-------|        |  HTTP 200, 1,200 bytes",
                        "    0.023 |        |<-------|        |  channel 1, 15 bytes",
                        "    0.023 |<-------|        |        |  RECEIVE DATA: 15 bytes",
                        "    0.029 |------------------------->|  Status 200 for Add ./MO/Passpoint",
                        "    0.030 |------------------------->|  Status 404 for Get ./MO/Other",
                        "    0.031 o        |        |        |  EF 6F07 updated",
                        "    0.032 |<-------|        |        |  dropped: CHANNEL STATUS (not in the event list)",
                        "    0.033 |---------------->|        |  TLS ClientHello, 60 bytes",
                        "    0.034 |<----------------|        |  TLS ServerHello, ServerHelloDone, 94 bytes",
                        "    0.036 |        |        o        |  TLS established with TLS_PSK_WITH_AES_128_CBC_SHA256",
                        "    0.037 |---------------->|        |  TLS application data x2, 144 bytes",
                        "    0.039 |        |<-------|        |  channel 1 closed: closed by </script><img src=x onerror=alert(1)>?\"&",
                        "    0.040 |        o        |        |  powered down",
                        "    0.041 |        o        |        |  fail at line 3");
    }

    @Test
    void prints_every_step_with_its_bytes_when_verbose() throws IOException {
        List<String> lines = print(new Ladder.Style(true, false, true));

        assertThat(lines)
                .containsSequence(
                        "    0.003 │◀───────│        │        │  READ BINARY, 9000",
                        "          00B000000A",
                        "          980102030405060708099000")
                .contains("    0.011 │───────▶│        │        │  SEND DATA: 4 bytes");
        assertThat(lines).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(120));
    }

    @Test
    void colours_the_text_by_layer_and_what_failed_in_red() throws IOException {
        assertThat(print(new Ladder.Style(false, true, false)))
                .contains(
                        "    0.029 |------------------------->|  \u001B[32mStatus 200 for Add ./MO/Passpoint\u001B[0m",
                        "    0.030 |------------------------->|  \u001B[31mStatus 404 for Get ./MO/Other\u001B[0m");
    }

    private static List<String> print(Ladder.Style style) throws IOException {
        StringWriter text = new StringWriter();
        SampleTrace.into(new Ladder(new PrintWriter(text), style));
        return text.toString().lines().toList();
    }
}
