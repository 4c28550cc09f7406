// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.tlv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class ByteStringTest {
    private static final ByteString BYTES = ByteString.ofHex("00017f80FFfe");

    @Test
    void reads_unsigned_and_shows_itself_in_upper_case() {
        assertThat(BYTES).hasToString("00017F80FFFE");
        assertThat(BYTES.u8(4)).isEqualTo(0xFF);
        assertThat(BYTES.u16(3)).isEqualTo(0x80FF);
        assertThat(BYTES.length()).isEqualTo(6);
    }

    @Test
    void a_slice_equals_the_same_bytes_from_elsewhere() {
        ByteString slice = BYTES.slice(1, 4);

        assertThat(slice).isEqualTo(ByteString.of(0x01, 0x7F, 0x80)).hasSameHashCodeAs(ByteString.ofHex("017F80"));
        assertThat(slice.slice(1)).isEqualTo(ByteString.ofHex("7F80"));
        assertThat(slice).isNotEqualTo(ByteString.ofHex("017F81")).isNotEqualTo(BYTES);
        assertThat(BYTES.slice(6)).isSameAs(ByteString.EMPTY);
    }

    @Test
    void reads_nothing_beyond_its_own_end() {
        ByteString slice = BYTES.slice(0, 2);

        assertThatThrownBy(() -> slice.u8(2)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> slice.u16(1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> slice.slice(0, 3)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> slice.u8(-1)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void a_copy_stays_as_it_was() {
        byte[] array = {1, 2};
        ByteString copy = ByteString.copyOf(array);
        array[0] = 9;
        copy.toBytes()[1] = 9;

        assertThat(copy).hasToString("0102");
    }

    @Test
    void takes_no_number_that_is_no_byte() {
        assertThatThrownBy(() -> ByteString.of(256)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ByteString.ofHex("0")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ByteString.ofHex("0G")).isInstanceOf(IllegalArgumentException.class);
    }
}
