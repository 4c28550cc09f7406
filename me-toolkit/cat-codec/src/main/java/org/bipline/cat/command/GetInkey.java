// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.command;

import static org.bipline.cat.command.Row.optional;
import static org.bipline.cat.command.Row.required;
import static org.bipline.cat.object.DataObjectType.DURATION;
import static org.bipline.cat.object.DataObjectType.FRAME_IDENTIFIER;
import static org.bipline.cat.object.DataObjectType.ICON_IDENTIFIER;
import static org.bipline.cat.object.DataObjectType.TEXT_ATTRIBUTE;
import static org.bipline.cat.object.DataObjectType.TEXT_STRING;
import static org.bipline.cat.object.TypeOfCommand.GET_INKEY;

import java.util.Optional;
import org.bipline.cat.object.Duration;
import org.bipline.cat.object.IconIdentifier;
import org.bipline.cat.object.Pdu;
import org.bipline.cat.object.TextString;

/** GET INKEY: one character or a yes or no from the user. ETSI TS 102 223 clause 6.6.2. */
public record GetInkey(Pdu pdu) implements ProactiveCommand {
    static final CommandTable TABLE = CommandTable.of(
            GET_INKEY,
            "6.6.2",
            GetInkey::new,
            required(TEXT_STRING),
            optional(ICON_IDENTIFIER),
            optional(DURATION),
            optional(TEXT_ATTRIBUTE),
            optional(FRAME_IDENTIFIER));

    public GetInkey {
        ProactiveCommand.check(pdu, TABLE);
    }

    public TextString text() {
        return pdu.required(TextString.class);
    }

    public Optional<IconIdentifier> iconIdentifier() {
        return pdu.first(IconIdentifier.class);
    }

    public Optional<Duration> duration() {
        return pdu.first(Duration.class);
    }

    /** Whether any character of the alphabet is taken, instead of digits alone: bit 1 of the qualifier. */
    public boolean alphabet() {
        return details().qualifierBit(1);
    }

    /** Whether the alphabet is UCS2: bit 2 of the qualifier. */
    public boolean ucs2() {
        return details().qualifierBit(2);
    }

    /** Whether yes or no is asked for: bit 3 of the qualifier. */
    public boolean yesNo() {
        return details().qualifierBit(3);
    }

    /** Whether the digit is taken without confirmation and not shown: bit 4 of the qualifier. */
    public boolean immediateDigit() {
        return details().qualifierBit(4);
    }

    /** Whether help is available: bit 8 of the qualifier. */
    public boolean helpAvailable() {
        return details().qualifierBit(8);
    }
}
