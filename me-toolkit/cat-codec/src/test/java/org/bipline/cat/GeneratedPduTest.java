// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.bipline.cat.command.ProactiveCommand;
import org.bipline.cat.command.TerminalResponse;
import org.bipline.cat.envelope.Envelope;
import org.bipline.cat.envelope.EnvelopeType;
import org.bipline.cat.object.ComprehensionTlv;
import org.bipline.cat.object.DataObjectType;
import org.bipline.cat.object.Event;
import org.bipline.cat.object.Pdu;
import org.bipline.cat.object.TypeOfCommand;
import org.bipline.cat.tlv.ByteSink;
import org.bipline.cat.tlv.ByteString;
import org.bipline.cat.tlv.CatDecodingException;
import org.bipline.cat.tlv.Length;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * PDUs made from a seed: well-formed ones of every kind, with unknown objects, either flag, tags of either form and lengths
 * of every form, come back to the same bytes; cut and altered ones are read or refused.
 */
final class GeneratedPduTest {
    private static final int PDUS = 4_000;
    private static final int MAX_OBJECTS = 12;
    private static final int MAX_VALUE = 300;

    private final Vocabulary vocabulary = new Vocabulary();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 20_261_124})
    void decoding_and_encoding_are_inverse_on_every_well_formed_PDU(long seed) throws Exception {
        Random random = new Random(seed);
        for (int i = 0; i < PDUS; i++) {
            ByteString pdu = vocabulary.pdu(random);

            assertThat(reencoded(pdu)).isEqualTo(pdu);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {3, 4})
    void a_cut_or_altered_PDU_is_read_or_refused(long seed) {
        Random random = new Random(seed);
        int refused = 0;
        for (int i = 0; i < PDUS; i++) {
            byte[] bytes = vocabulary.pdu(random).toBytes();
            for (int change = random.nextInt(3); change >= 0; change--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(0x100);
            }
            ByteString altered = ByteString.copyOf(bytes).slice(0, 1 + random.nextInt(bytes.length));
            try {
                assertThat(reencoded(altered)).isEqualTo(altered);
            } catch (CatDecodingException e) {
                assertThat(e.offset()).isBetween(0, altered.length());
                assertThat(e.clause()).isNotEmpty();
                refused++;
            }
        }
        assertThat(refused).isBetween(PDUS / 2, PDUS - 1);
    }

    /** Reads the PDU as what its first byte says, shows and checks all of it, and writes it back. */
    private static ByteString reencoded(ByteString pdu) throws CatDecodingException {
        int first = pdu.u8(0);
        Pdu read;
        if (first == ProactiveCommand.TAG) {
            ProactiveCommand command = ProactiveCommand.parse(pdu);
            command.faults();
            command.partlyComprehended();
            read = command.pdu();
        } else if (EnvelopeType.of(first).isPresent()) {
            Envelope envelope = Envelope.decode(pdu);
            envelope.faults();
            read = envelope.pdu();
        } else {
            TerminalResponse response = TerminalResponse.decode(pdu);
            response.faults();
            read = response.pdu();
        }
        List<ComprehensionTlv> objects = read.objects();
        for (int i = 0; i < objects.size(); i++) {
            assertThat(objects.get(i).object().fields()).isNotNull();
            assertThat(objects.get(i).encode()).isEqualTo(pdu.slice(read.offsetOf(i), read.offsetOf(i + 1)));
        }
        return read.encode();
    }

    /** What PDUs are made of. */
    private static final class Vocabulary {
        private final DataObjectType[] types = DataObjectType.values();
        private final TypeOfCommand[] commands = TypeOfCommand.values();
        private final Event[] events = Event.values();
        private final EnvelopeType[] envelopes = EnvelopeType.values();

        ByteString pdu(Random random) {
            int kind = random.nextInt(3);
            int tag = kind == 0 ? ProactiveCommand.TAG : envelopes[random.nextInt(envelopes.length)].tag();
            ByteString key = kind < 2
                    ? ByteString.of(
                            random.nextInt(0x100),
                            commands[random.nextInt(commands.length)].code(),
                            random.nextInt(0x20))
                    : ByteString.of(events[random.nextInt(events.length)].code());
            ByteSink sink = new ByteSink(MAX_OBJECTS * (MAX_VALUE + 8));
            int length = object(sink, random, kind < 2 ? 0x01 : 0x19, key, false);
            for (int i = random.nextInt(MAX_OBJECTS - 1); i > 0; i--) {
                boolean known = random.nextInt(8) > 0;
                int object = known ? types[random.nextInt(types.length)].tag() : 1 + random.nextInt(0x7FFF);
                length += object(sink, random, object, value(random), object > 0x7E || random.nextInt(10) == 0);
            }
            // the sink is longer than what was written
            ByteString content =
                    filled(sink, MAX_OBJECTS * (MAX_VALUE + 8) - length).slice(0, length);
            if (kind == 1) {
                return content;
            }
            int octets = octets(random, length);
            ByteSink whole = new ByteSink(1 + octets + length).u8(tag);
            Length.write(whole, length, octets);
            return whole.bytes(content).toByteString();
        }

        private static ByteString filled(ByteSink sink, int left) {
            return sink.bytes(ByteString.wrap(new byte[left])).toByteString();
        }

        private static ByteString value(Random random) {
            int bound = random.nextInt(20) == 0 ? MAX_VALUE : 24;
            byte[] value = new byte[random.nextInt(bound)];
            random.nextBytes(value);
            return ByteString.wrap(value);
        }

        private static int object(ByteSink sink, Random random, int tag, ByteString value, boolean longTag) {
            int flag = random.nextInt(2);
            int octets = octets(random, value.length());
            if (longTag) {
                sink.u8(0x7F).u16(flag << 15 | tag);
            } else {
                sink.u8(flag << 7 | tag);
            }
            Length.write(sink, value.length(), octets);
            sink.bytes(value);
            return (longTag ? 3 : 1) + octets + value.length();
        }

        /** Mostly the shortest form of a length, sometimes a longer one. */
        private static int octets(Random random, int length) {
            int shortest = Length.shortest(length);
            return random.nextInt(6) == 0 ? shortest + random.nextInt(Length.MAX_OCTETS - shortest + 1) : shortest;
        }
    }
}
