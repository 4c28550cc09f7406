// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumSet;
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
    void every_facility_has_a_bit_of_its_own() {
        assertThat(Arrays.stream(Facility.values()).map(f -> f.byteNumber() * 8 + f.bit()))
                .doesNotHaveDuplicates();
        for (Facility facility : Facility.values()) {
            assertThat(TerminalProfile.of(Set.of(facility), 0).facilities()).containsExactly(facility);
        }
    }
}
