// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.decode;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.bipline.cat.tlv.ByteString;
import org.bipline.lab.Failure;

/** Any item and any line of a log is decoded or refused, and what is decoded is one line of JSON and can be printed. */
final class DecodeFuzzTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** The first byte says what the others are: an item of a kind or of the one that its first byte tells, or a log. */
    @FuzzTest(maxDuration = "10m")
    void any_bytes_are_decoded_or_refused(byte[] bytes) throws JsonProcessingException {
        if (bytes.length == 0) {
            return;
        }
        ByteString rest = ByteString.wrap(bytes, 1, bytes.length - 1);
        Kind[] kinds = Kind.values();
        int choice = (bytes[0] & 0xFF) % (2 * kinds.length);
        if (choice >= kinds.length + 1) {
            log(new String(rest.toBytes(), StandardCharsets.UTF_8));
            return;
        }
        try {
            check(Decoder.decode(rest, choice < kinds.length ? Optional.of(kinds[choice]) : Optional.empty()));
        } catch (Failure e) {
            assertThat(e.getMessage()).isNotEmpty();
        }
    }

    private static void log(String text) throws JsonProcessingException {
        ApduLog log = new ApduLog();
        int number = 0;
        for (String line : text.lines().toList()) {
            ApduLog.recognises(line);
            try {
                check(log.accept(++number, line));
            } catch (Failure e) {
                assertThat(e.getMessage()).isNotEmpty();
            }
        }
        try {
            check(log.end());
        } catch (Failure e) {
            throw new AssertionError("a command that was accepted", e);
        }
    }

    private static void check(List<Decoded> decoded) throws JsonProcessingException {
        for (Decoded one : decoded) {
            check(one);
        }
    }

    private static void check(Decoded decoded) throws JsonProcessingException {
        String line = DecodedJson.line(decoded);
        assertThat(line.lines()).hasSize(1);
        JsonNode json = MAPPER.readTree(line);
        assertThat(json.get("hex").asText()).isEqualTo(decoded.hex());
        DecodedText.print(decoded, new PrintWriter(Writer.nullWriter()));
    }
}
