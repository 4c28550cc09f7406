// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.tlv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LengthTest {
    @ParameterizedTest
    @CsvSource({
        "0, 00",
        "1, 01",
        "127, 7F",
        "128, 8180",
        "255, 81FF",
        "256, 820100",
        "65535, 82FFFF",
        "65536, 83010000",
        "16777215, 83FFFFFF"
    })
    void writes_the_shortest_form_and_reads_it_back(int length, String hex) {
        int octets = Length.shortest(length);
        ByteSink sink = new ByteSink(octets);
        Length.write(sink, length, octets);
        ByteString field = sink.toByteString();

        assertThat(field).hasToString(hex);
        assertThat(Length.octetsAt(field, 0)).isEqualTo(octets);
        assertThat(Length.read(field, 0, octets)).isEqualTo(length);
    }

    @ParameterizedTest
    @CsvSource({"2, 8105", "3, 820005", "4, 83000005"})
    void reads_and_writes_a_longer_form_than_is_needed(int octets, String hex) {
        ByteString field = ByteString.ofHex(hex);
        assertThat(Length.octetsAt(field, 0)).isEqualTo(octets);
        assertThat(Length.read(field, 0, octets)).isEqualTo(5);

        ByteSink sink = new ByteSink(octets);
        Length.write(sink, 5, octets);
        assertThat(sink.toByteString()).isEqualTo(field);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "80", "81", "8201", "830102", "8401020304", "FF"})
    void a_field_that_is_cut_indefinite_or_too_long_is_none(String hex) {
        assertThat(Length.octetsAt(ByteString.ofHex(hex), 0)).isZero();
    }

    @Test
    void does_not_write_a_length_that_needs_more_octets() {
        assertThatThrownBy(() -> Length.write(new ByteSink(1), 128, 1)).isInstanceOf(IllegalArgumentException.class);
    }
}
