// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.bipline.cat.tlv.ByteString;
import org.junit.jupiter.api.Test;

final class TerminalProfileTest {
    @Test
    void bits_stand_where_the_standard_puts_them() {
        TerminalProfile profile = TerminalProfile.of(
                EnumSet.of(
                        Facility.PROFILE_DOWNLOAD,
                        Facility.OPEN_CHANNEL,
                        Facility.GET_CHANNEL_STATUS,
                        Facility.TCP_CLIENT_REMOTE),
                7);

        assertThat(profile.bytes()).hasToString("01" + "00".repeat(10) + "11" + "E0" + "000000" + "01");
        assertThat(profile.channels()).isEqualTo(7);
        assertThat(profile.supports(Facility.OPEN_CHANNEL)).isTrue();
        assertThat(profile.supports(Facility.CLOSE_CHANNEL)).isFalse();
    }

    @Test
    void a_short_profile_supports_nothing_behind_its_end() {
        TerminalProfile profile = new TerminalProfile(ByteString.of(0xFF));

        assertThat(profile.facilities()).hasSize(8).contains(Facility.TIMER_EXPIRATION);
        assertThat(profile.supports(Facility.OPEN_CHANNEL)).isFalse();
        assertThat(profile.channels()).isZero();
    }

    @Test
    void numbers_and_reserved_bits_are_told_beside_facilities() {
        // soft keys 3; 7 channels; 10 lines without keypad, 20 columns, width reduced by 2; 5 frames and a reserved bit
        TerminalProfile profile = new TerminalProfile(
                ByteString.ofHex("01" + "00".repeat(9) + "0300E0" + "4A1440" + "00".repeat(7) + "45"));

        assertThat(profile.fields())
                .containsEntry("softKeys", 3)
                .containsEntry("channels", 7)
                .containsEntry("charactersDown", 10)
                .containsEntry("charactersAcross", 20)
                .containsEntry("widthReductionInMenu", 2)
                .containsEntry("frames", 5)
                .containsEntry("facilities", List.of("profile download", "no keypad"))
                .containsEntry("reserved", List.of("byte 24 bit 7"));
    }

    @Test
    void every_facility_has_a_bit_of_its_own() {
        assertThat(Arrays.stream(Facility.values()).map(f -> f.byteNumber() * 8 + f.bit()))
                .doesNotHaveDuplicates();
        for (Facility facility : Facility.values()) {
            assertThat(TerminalProfile.of(Set.of(facility), 0).facilities()).containsExactly(facility);
        }
    }
}
