// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.profile;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.bipline.cat.tlv.ByteString;

/** The data of the TERMINAL PROFILE command, any number of bytes. ETSI TS 102 223 clause 5.2. */
public record TerminalProfile(ByteString bytes) {
    private static final int MAX_CHANNELS = 7;
    private static final int CHANNELS_BYTE = 13;
    private static final int CHANNELS_SHIFT = 5;

    /** A profile of these facilities, as short as it can be. */
    public static TerminalProfile of(Set<Facility> facilities, int channels) {
        if (channels < 0 || channels > MAX_CHANNELS) {
            throw new IllegalArgumentException(channels + " channels");
        }
        int length = channels > 0 ? CHANNELS_BYTE : 0;
        for (Facility facility : facilities) {
            length = Math.max(length, facility.byteNumber());
        }
        byte[] profile = new byte[length];
        for (Facility facility : facilities) {
            profile[facility.byteNumber() - 1] |= (byte) (1 << (facility.bit() - 1));
        }
        if (channels > 0) {
            profile[CHANNELS_BYTE - 1] |= (byte) (channels << CHANNELS_SHIFT);
        }
        return new TerminalProfile(ByteString.wrap(profile));
    }

    public boolean supports(Facility facility) {
        return ((octet(facility.byteNumber()) >> (facility.bit() - 1)) & 1) != 0;
    }

    /** Number of channels supported at a time, 0 to 7. */
    public int channels() {
        return octet(CHANNELS_BYTE) >> CHANNELS_SHIFT;
    }

    /** All facilities whose bit is set. */
    public Set<Facility> facilities() {
        EnumSet<Facility> supported = EnumSet.noneOf(Facility.class);
        Arrays.stream(Facility.values()).filter(this::supports).forEach(supported::add);
        return Collections.unmodifiableSet(supported);
    }

    private int octet(int number) {
        return number <= bytes.length() ? bytes.u8(number - 1) : 0;
    }
}
