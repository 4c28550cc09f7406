// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat;

import static org.assertj.core.api.Assertions.assertThat;

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

/** Reading allocates its result and nothing else, and copies no byte of the PDU; writing allocates its result and a sink. */
final class AllocationTest {
    /** Header, array and position of a {@link ByteSink}. */
    private static final long SINK = 24;

    private static final int RUNS = 10;

    private static final List<Vectors> VECTORS = Stream.of("proactive", "terminal-response", "envelope")
            .flatMap(kind -> Vectors.of(kind, "ok").stream())
            .toList();

    private static Object read(Vectors vector) throws CatDecodingException {
        return switch (vector.kind()) {
            case "proactive" -> ProactiveCommand.parse(vector.pdu());
            case "envelope" -> Envelope.decode(vector.pdu());
            default -> TerminalResponse.decode(vector.pdu());
        };
    }

    private static Pdu pdu(Object read) {
        return switch (read) {
            case ProactiveCommand command -> command.pdu();
            case Envelope envelope -> envelope.pdu();
            case TerminalResponse response -> response.pdu();
            default -> throw new IllegalArgumentException(read.toString());
        };
    }

    @Test
    void reading_a_PDU_of_the_test_specifications_allocates_exactly_what_it_returns() throws Exception {
        for (Vectors vector : VECTORS) {
            assertThat(least(() -> read(vector)))
                    .as(vector.name())
                    .isEqualTo(new Weigher(vector.pdu()).of(read(vector)));
        }
    }

    @Test
    void writing_a_PDU_of_the_test_specifications_allocates_its_bytes() throws Exception {
        for (Vectors vector : VECTORS) {
            Pdu pdu = pdu(read(vector));
            ByteString written = pdu.encode();
            assertThat(written).isEqualTo(vector.pdu());
            assertThat(least(pdu::encode))
                    .as(vector.name())
                    .isEqualTo(new Weigher(ByteString.EMPTY).of(written) + SINK);
        }
    }

    @Test
    void the_length_of_a_value_costs_nothing() throws Exception {
        long ofEmpty = ofText(1);
        long ofLong = ofText(60_000);
        assertThat(ofLong).isEqualTo(ofEmpty);
    }

    /** The least that several runs of the work allocate: the first loads classes, and now and then the JVM links or compiles. */
    private static long least(Work work) throws CatDecodingException {
        long least = Long.MAX_VALUE;
        for (int run = 0; run < RUNS; run++) {
            long before = Weigher.allocated();
            work.run();
            least = Math.min(least, Weigher.allocated() - before);
        }
        return least;
    }

    private interface Work {
        Object run() throws CatDecodingException;
    }

    /** Bytes allocated to read a DISPLAY TEXT of so many characters. */
    private static long ofText(int length) throws CatDecodingException {
        ByteString text = ByteString.wrap(new byte[length]);
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
        assertThat(ProactiveCommand.parse(pdu).pdu().objects()).hasSize(3);
        return least(() -> ProactiveCommand.parse(pdu));
    }
}
