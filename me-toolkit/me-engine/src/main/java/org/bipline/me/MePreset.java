// SPDX-License-Identifier: Apache-2.0
package org.bipline.me;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.bipline.cat.profile.Facility;

/** MEs with a name: three kinds of device, and full handsets each with one fault that MEs in the field show. */
public enum MePreset {
    /** {@link MeProfile#full()}. */
    FULL,
    /** {@link MeProfile#iotModule()}. */
    IOT_MODULE,
    /** {@link MeProfile#bipModem()}. */
    BIP_MODEM,
    /** Errors of channels have no additional information. */
    BIP_ERRORS_WITHOUT_CAUSE,
    /** REFRESH is answered as performed, and nothing is done. */
    REFRESH_IGNORED,
    /** The card gets no envelope: no menu selection, no event, no expired timer. */
    ENVELOPES_LOST,
    /** A channel's buffer has 128 bytes at most: a card that asks for more gets result 07. */
    SMALL_BUFFERS,
    /** Channels do not work during a call. */
    BUSY_DURING_CALLS,
    /** The terminal profile announces channels, and every command for them is beyond the terminal's capabilities. */
    CHANNELS_ANNOUNCED_IN_VAIN;

    private static final int SMALL_BUFFER = 128;

    public MeProfile profile() {
        MeProfile full = MeProfile.full();
        return switch (this) {
            case FULL -> full;
            case IOT_MODULE -> MeProfile.iotModule();
            case BIP_MODEM -> MeProfile.bipModem();
            case BIP_ERRORS_WITHOUT_CAUSE -> full.withQuirks(Quirk.BIP_ERROR_WITHOUT_CAUSE);
            case REFRESH_IGNORED -> full.withQuirks(Quirk.REFRESH_NOT_OBEYED);
            case ENVELOPES_LOST -> full.withQuirks(Quirk.ENVELOPES_SWALLOWED);
            case SMALL_BUFFERS -> full.withMaxBufferSize(SMALL_BUFFER);
            case BUSY_DURING_CALLS -> full.withQuirks(Quirk.NO_CHANNELS_DURING_CALL);
            case CHANNELS_ANNOUNCED_IN_VAIN ->
                full.refusing(Set.of(
                        Facility.OPEN_CHANNEL,
                        Facility.CLOSE_CHANNEL,
                        Facility.SEND_DATA,
                        Facility.RECEIVE_DATA,
                        Facility.GET_CHANNEL_STATUS));
        };
    }

    /** The name as the command line takes it: {@code small-buffers}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The preset of this name, in the form of the command line or that of the constant. */
    public static Optional<MePreset> of(String name) {
        String wanted = name.replace('-', '_').toUpperCase(Locale.ROOT);
        return Stream.of(values()).filter(p -> p.name().equals(wanted)).findFirst();
    }
}
