// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Random;
import org.bipline.cat.tlv.ByteString;
import org.bipline.cat.tlv.CatDecodingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PduTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 127, 128, 255, 256, 65_535})
    void values_of_every_length_form_round_trip(int length) throws Exception {
        Pdu pdu = Pdu.of(0xD0, new ChannelData(ByteString.wrap(new byte[length])));

        assertThat(Pdu.decode(pdu.encode())).isEqualTo(pdu);
        assertThat(pdu.first(ChannelData.class).orElseThrow().length()).isEqualTo(length);
    }

    @ParameterizedTest
    @CsvSource({
        "'', 0",
        "D0, 1",
        "D001, 1",
        "D080, 1",
        "D00100, 2",
        "D00180, 2",
        "D001FF, 2",
        "D0027F01, 2",
        "D0037F0000, 2",
        "D00103, 3",
        "D0020305, 3",
        "D003038101, 3",
        "D0038380FF, 3",
        "D0068103010203FF, 7"
    })
    void says_where_the_structure_is_broken(String hex, int offset) {
        CatDecodingException broken =
                catchThrowableOfType(CatDecodingException.class, () -> Pdu.decode(ByteString.ofHex(hex)));

        assertThat(broken).as(hex).isNotNull();
        assertThat(broken.clause()).startsWith("ETSI TS 101 220 clause 7.1");
        assertThat(broken.offset()).isEqualTo(offset);
    }

    @Test
    void a_malformed_value_is_a_value_with_its_fault() throws Exception {
        Pdu pdu = Pdu.decode(ByteString.ofHex("D003820181"));

        MalformedObject object = (MalformedObject) pdu.objects().get(0).object();
        assertThat(object.type()).isEqualTo(DataObjectType.DEVICE_IDENTITIES);
        assertThat(object.fault()).isEqualTo("length 1");
        assertThat(pdu.encode()).hasToString("D003820181");
    }

    @Test
    void offsets_count_from_the_first_byte_of_the_PDU() throws Exception {
        Pdu pdu = Pdu.decode(ByteString.ofHex("D0810D8103010200820281827F000100"));

        assertThat(pdu.offsetOf(0)).isEqualTo(3);
        assertThat(pdu.offsetOf(1)).isEqualTo(8);
        assertThat(pdu.offsetOf(2)).isEqualTo(12);
        assertThat(pdu.offsetOf(3)).isEqualTo(16);
    }

    @Test
    void whatever_is_read_is_written_back_to_the_same_bytes() {
        Random random = new Random(20_261_124);
        int read = 0;
        for (int i = 0; i < 30_000; i++) {
            byte[] bytes = new byte[2 + random.nextInt(40)];
            random.nextBytes(bytes);
            bytes[0] = (byte) 0xD0;
            bytes[1] = (byte) (bytes.length - 2);
            for (int at = 2; at < bytes.length; at += 2 + (bytes[at + 1] & 0x07)) {
                if (at + 1 >= bytes.length) {
                    break;
                }
                bytes[at + 1] &= 0x07;
            }
            ByteString pdu = ByteString.copyOf(bytes);
            try {
                Pdu decoded = Pdu.decode(pdu);
                assertThat(decoded.encode()).isEqualTo(pdu);
                decoded.objects().forEach(tlv -> tlv.object().fields());
                read++;
            } catch (CatDecodingException e) {
                assertThat(e.offset()).isBetween(0, bytes.length);
            }
        }
        assertThat(read).as("PDUs whose structure was right").isGreaterThan(5_000);
    }
}
