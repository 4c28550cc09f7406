// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.stream.Stream;
import org.bipline.cat.command.ProactiveCommand;
import org.bipline.cat.command.TerminalResponse;
import org.bipline.cat.envelope.Envelope;
import org.bipline.cat.object.Pdu;
import org.bipline.cat.tlv.ByteSink;
import org.bipline.cat.tlv.ByteString;
import org.bipline.cat.tlv.CatDecodingException;
import org.junit.jupiter.api.Test;

/** Decoding allocates its result and nothing else, and copies no byte of the PDU. */
final class AllocationTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    /** Object header, fields and a slice for each data object, with room for the class of the PDU; no copy fits into it. */
    private static final long BYTES_PER_OBJECT = 200;

    private static final long BYTES_PER_PDU = 400;
    private static final int ROUNDS = 3;

    private static Pdu decode(Vectors vector) throws CatDecodingException {
        return switch (vector.kind()) {
            case "proactive" -> ProactiveCommand.decode(vector.pdu()).pdu();
            case "envelope" -> Envelope.decode(vector.pdu()).pdu();
            default -> TerminalResponse.decode(vector.pdu()).pdu();
        };
    }

    private static long allocated() {
        return THREADS.getCurrentThreadAllocatedBytes();
    }

    @Test
    void a_PDU_of_the_test_specifications_costs_its_objects() throws Exception {
        List<Vectors> vectors = Stream.of("proactive", "terminal-response", "envelope")
                .flatMap(kind -> Vectors.of(kind, "ok").stream())
                .toList();
        long bytes = 0;
        long objects = 0;
        for (int round = 0; round < ROUNDS; round++) { // the first ones load the classes
            bytes = 0;
            objects = 0;
            for (Vectors vector : vectors) {
                long before = allocated();
                Pdu pdu = decode(vector);
                bytes += allocated() - before;
                objects += pdu.objects().size();
            }
        }
        assertThat(bytes).isBetween(1L, BYTES_PER_PDU * vectors.size() + BYTES_PER_OBJECT * objects);
    }

    @Test
    void the_length_of_a_value_costs_nothing() throws Exception {
        ByteString text = ByteString.wrap(new byte[60_000]);
        ByteString pdu = new ByteSink(4 + 5 + 4 + 4 + text.length())
                .u8(0xD0)
                .u8(0x82)
                .u16(5 + 4 + 4 + text.length())
                .bytes(ByteString.ofHex("8103012180" + "82028102"))
                .u8(0x8D)
                .u8(0x82)
                .u16(text.length())
                .bytes(text)
                .toByteString();
        long bytes = 0;
        for (int round = 0; round < ROUNDS; round++) {
            long before = allocated();
            ProactiveCommand command = ProactiveCommand.decode(pdu);
            bytes = allocated() - before;
            assertThat(command.pdu().objects()).hasSize(3);
        }
        assertThat(bytes).isBetween(1L, BYTES_PER_PDU + 3 * BYTES_PER_OBJECT);
    }
}
