// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.bipline.dm.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PcapTest {
    @TempDir
    Path directory;

    @Test
    void writes_command_and_response_behind_a_gsmtap_header() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        SampleTrace.into(new Pcap(out));

        ByteBuffer file = ByteBuffer.wrap(out.toByteArray());
        assertThat(file.getInt(0)).isEqualTo(0xA1B2C3D4);
        assertThat(file.getInt(20)).isEqualTo(101);
        assertThat(file.getInt(24 + 4))
                .as("microseconds: start and the first millisecond")
                .isEqualTo(1006);
        assertThat(file.getShort(24 + 16 + 20 + 2)).as("UDP port").isEqualTo((short) 4729);
        byte[] payload = Arrays.copyOfRange(file.array(), 24 + 16 + 28, 24 + 16 + 28 + 16 + 9);
        assertThat(ByteString.of(payload)).hasToString("02040400" + "00".repeat(12) + "00A40004023F006121");
    }

    @Test
    void pads_a_command_of_four_bytes_and_leaves_out_le_behind_command_data() throws IOException {
        assertThat(payload("80500000", "9000")).isEqualTo("8050000000" + "9000");
        assertThat(payload("80C2000003D60100" + "00", "6105")).isEqualTo("80C2000003D60100" + "6105");
        assertThat(payload("00B0000000", "FF9000")).isEqualTo("00B0000000" + "FF9000");
    }

    private static String payload(String command, String response) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        At at = new At(0, java.time.Instant.EPOCH, "s", Party.ME, Party.CARD);
        try (Pcap pcap = new Pcap(out)) {
            pcap.accept(new TraceEvent.Apdu(at, ByteString.hex(command), ByteString.hex(response)));
        }
        byte[] file = out.toByteArray();
        return ByteString.of(file, 24 + 16 + 44, file.length - 24 - 16 - 44).toHex();
    }

    @Test
    void tshark_reads_it_without_a_malformed_packet_and_names_every_proactive_command() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/tshark")), "tshark is not installed");
        Path file = directory.resolve("sample.pcap");
        SampleTrace.into(new Pcap(file));

        assertThat(tshark(file, "-Y", "_ws.malformed")).isEmpty();
        assertThat(tshark(
                        file,
                        "-o",
                        "ip.check_checksum:TRUE",
                        "-o",
                        "udp.check_checksum:TRUE",
                        "-Y",
                        "ip.checksum.status != 1 || udp.checksum.status != 1"))
                .isEmpty();
        assertThat(tshark(file, "-Y", "gsm_sim.apdu.ins == 0x12", "-T", "fields", "-e", "etsi_cat.comp_tlv.cmd_type"))
                .containsExactly("0x40", "0x43", "0x43", "0x42");
        assertThat(tshark(file, "-Y", "gsm_sim.apdu.ins == 0x14", "-T", "fields", "-e", "etsi_cat.comp_tlv.result"))
                .containsExactly("0x00", "0x00", "0x00", "0x00");
        assertThat(tshark(
                        file,
                        "-Y",
                        "etsi_cat.comp_tlv.cmd_type == 0x40",
                        "-T",
                        "fields",
                        "-e",
                        "etsi_cat.comp_tlv.transport.port"))
                .contains("8080");
    }

    private static List<String> tshark(Path file, String... arguments) throws Exception {
        ProcessBuilder builder = new ProcessBuilder("/usr/bin/tshark", "-r", file.toString());
        builder.command().addAll(List.of(arguments));
        builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        Process process = builder.start();
        List<String> lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        assertThat(process.waitFor()).isZero();
        return lines;
    }
}
