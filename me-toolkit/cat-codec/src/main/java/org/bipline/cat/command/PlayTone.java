// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.command;

import static org.bipline.cat.command.Row.optional;
import static org.bipline.cat.object.DataObjectType.ALPHA_IDENTIFIER;
import static org.bipline.cat.object.DataObjectType.DURATION;
import static org.bipline.cat.object.DataObjectType.FRAME_IDENTIFIER;
import static org.bipline.cat.object.DataObjectType.ICON_IDENTIFIER;
import static org.bipline.cat.object.DataObjectType.TEXT_ATTRIBUTE;
import static org.bipline.cat.object.DataObjectType.TONE;
import static org.bipline.cat.object.TypeOfCommand.PLAY_TONE;

import java.util.Optional;
import org.bipline.cat.object.AlphaIdentifier;
import org.bipline.cat.object.Duration;
import org.bipline.cat.object.IconIdentifier;
import org.bipline.cat.object.Pdu;
import org.bipline.cat.object.Tone;

/** PLAY TONE. ETSI TS 102 223 clause 6.6.5. */
public record PlayTone(Pdu pdu) implements ProactiveCommand {
    static final CommandTable TABLE = CommandTable.of(
            PLAY_TONE,
            "6.6.5",
            PlayTone::new,
            optional(ALPHA_IDENTIFIER),
            optional(TONE),
            optional(DURATION),
            optional(ICON_IDENTIFIER),
            optional(TEXT_ATTRIBUTE),
            optional(FRAME_IDENTIFIER));

    public PlayTone {
        ProactiveCommand.check(pdu, TABLE);
    }

    public Optional<AlphaIdentifier> alphaIdentifier() {
        return pdu.first(AlphaIdentifier.class);
    }

    public Optional<Tone> tone() {
        return pdu.first(Tone.class);
    }

    public Optional<Duration> duration() {
        return pdu.first(Duration.class);
    }

    public Optional<IconIdentifier> iconIdentifier() {
        return pdu.first(IconIdentifier.class);
    }

    /** Whether the alert vibrates as well, if the terminal can: bit 1 of the qualifier. */
    public boolean vibrate() {
        return details().qualifierBit(1);
    }
}
