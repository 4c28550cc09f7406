// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import uicc.toolkit.TerminalProfile;
import uicc.toolkit.ToolkitException;

/** Queries of the terminal profile 29 01 D2: facilities 0, 3, 5, 8, 17, 20, 22 and 23. */
class TerminalProfileTest {
    @BeforeEach
    void set_profile() {
        TestRuntime.terminalProfile = new byte[] {0x29, 0x01, (byte) 0xD2};
    }

    @Test
    void a_facility_is_a_bit_counted_from_the_lowest_of_the_first_byte() {
        boolean[] expected = new boolean[40];
        for (int index : new int[] {0, 3, 5, 8, 17, 20, 22, 23}) {
            expected[index] = true;
        }
        for (int index = 0; index < expected.length; index++) {
            assertThat(TerminalProfile.check((short) index))
                    .as("facility " + index)
                    .isEqualTo(expected[index]);
            assertThat(TerminalProfile.check((byte) index))
                    .as("facility " + index)
                    .isEqualTo(expected[index]);
        }
    }

    @Test
    void a_negative_facility_is_a_bad_parameter() {
        assertBadInput(() -> TerminalProfile.check((byte) -128));
        assertBadInput(() -> TerminalProfile.check(Short.MIN_VALUE));
    }

    @Test
    void a_mask_asks_for_all_its_facilities_from_the_first_byte_of_the_profile() {
        byte[] mask = {(byte) 0xFF, 0x29, 0x01};
        assertThat(TerminalProfile.check(mask, (short) 1, (short) 2)).isTrue();
        assertThat(TerminalProfile.check(mask, (short) 0, (short) 2)).isFalse();
        assertThat(TerminalProfile.check(mask, (short) 0, (short) 0)).isTrue();
    }

    @Test
    void a_mask_beyond_the_profile_holds_only_if_it_asks_for_nothing_there() {
        assertThat(TerminalProfile.check(new byte[] {0, 0, 0, 0}, (short) 0, (short) 4))
                .isTrue();
        assertThat(TerminalProfile.check(new byte[] {0, 0, 0, 1}, (short) 0, (short) 4))
                .isFalse();
    }

    @Test
    void a_mask_out_of_its_array_is_refused() {
        assertThatNullPointerException().isThrownBy(() -> TerminalProfile.check(null, (short) 0, (short) 1));
        assertOutOfBounds(() -> TerminalProfile.check(new byte[2], (short) 3, (short) 0));
        assertOutOfBounds(() -> TerminalProfile.check(new byte[2], (short) -1, (short) 1));
        assertOutOfBounds(() -> TerminalProfile.check(new byte[2], (short) 0, (short) -1));
        assertOutOfBounds(() -> TerminalProfile.check(new byte[2], (short) 1, (short) 2));
    }

    @Test
    void a_value_is_the_facilities_between_two_indexes_the_lower_one_as_its_lowest_bit() {
        assertThat(TerminalProfile.getValue((short) 23, (short) 8)).isEqualTo((short) 0xD201);
        assertThat(TerminalProfile.getValue((short) 5, (short) 3)).isEqualTo((short) 5);
        assertThat(TerminalProfile.getValue((short) 26, (short) 20)).isEqualTo((short) 0x0D);
    }

    @Test
    void a_value_of_no_bit_or_more_than_sixteen_is_a_bad_parameter() {
        assertBadInput(() -> TerminalProfile.getValue((short) -1, (short) -3));
        assertBadInput(() -> TerminalProfile.getValue((short) 2, (short) -3));
        assertBadInput(() -> TerminalProfile.getValue((short) 2, (short) 3));
        assertBadInput(() -> TerminalProfile.getValue((short) 24, (short) 8));
    }

    @Test
    void a_copy_is_filled_with_zero_beyond_the_profile() {
        byte[] copy = {0x55, 0x55, 0x55, 0x55, 0x55};
        assertThat(TerminalProfile.copy((short) 1, copy, (short) 1, (short) 3)).isEqualTo((short) 4);
        assertThat(copy).containsExactly(0x55, 0x01, 0xD2, 0x00, 0x55);
        assertThat(TerminalProfile.copy((short) 0, copy, (short) 5, (short) 0)).isEqualTo((short) 5);
        assertBadInput(() -> TerminalProfile.copy((short) -1, copy, (short) 0, (short) 1));
        assertOutOfBounds(() -> TerminalProfile.copy((short) 0, copy, (short) 5, (short) 1));
    }

    private static void assertBadInput(ThrowingCallable call) {
        assertThatExceptionOfType(ToolkitException.class)
                .isThrownBy(call)
                .satisfies(e -> assertThat(e.getReason()).isEqualTo(ToolkitException.BAD_INPUT_PARAMETER));
    }

    private static void assertOutOfBounds(ThrowingCallable call) {
        assertThatExceptionOfType(ArrayIndexOutOfBoundsException.class).isThrownBy(call);
    }
}
