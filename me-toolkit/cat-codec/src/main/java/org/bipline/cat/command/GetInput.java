// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.command;

import static org.bipline.cat.command.Row.optional;
import static org.bipline.cat.command.Row.required;
import static org.bipline.cat.object.DataObjectType.DEFAULT_TEXT;
import static org.bipline.cat.object.DataObjectType.DURATION;
import static org.bipline.cat.object.DataObjectType.FRAME_IDENTIFIER;
import static org.bipline.cat.object.DataObjectType.ICON_IDENTIFIER;
import static org.bipline.cat.object.DataObjectType.RESPONSE_LENGTH;
import static org.bipline.cat.object.DataObjectType.TEXT_ATTRIBUTE;
import static org.bipline.cat.object.DataObjectType.TEXT_STRING;
import static org.bipline.cat.object.TypeOfCommand.GET_INPUT;

import java.util.Optional;
import org.bipline.cat.object.CommandDetails;
import org.bipline.cat.object.DefaultText;
import org.bipline.cat.object.Duration;
import org.bipline.cat.object.IconIdentifier;
import org.bipline.cat.object.Pdu;
import org.bipline.cat.object.ResponseLength;
import org.bipline.cat.object.TextString;

/** GET INPUT: text from the user. ETSI TS 102 223 clause 6.6.3. */
public record GetInput(Pdu pdu) implements ProactiveCommand {
    static final CommandTable TABLE = CommandTable.of(
            GET_INPUT,
            "6.6.3",
            GetInput::new,
            required(TEXT_STRING),
            required(RESPONSE_LENGTH),
            optional(DEFAULT_TEXT).secretIf(GetInput::isHidden),
            optional(ICON_IDENTIFIER),
            optional(TEXT_ATTRIBUTE),
            optional(FRAME_IDENTIFIER),
            optional(DURATION));

    public GetInput {
        ProactiveCommand.check(pdu, TABLE);
    }

    public TextString text() {
        return pdu.required(TextString.class);
    }

    public ResponseLength responseLength() {
        return pdu.required(ResponseLength.class);
    }

    public Optional<DefaultText> defaultText() {
        return pdu.first(DefaultText.class);
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

    private static boolean isHidden(Pdu pdu) {
        return pdu.first(CommandDetails.class)
                .filter(details -> details.qualifierBit(3))
                .isPresent();
    }

    /** Whether the input is not shown: bit 3 of the qualifier. */
    public boolean hidden() {
        return details().qualifierBit(3);
    }

    /** Whether the input is returned packed: bit 4 of the qualifier. */
    public boolean packed() {
        return details().qualifierBit(4);
    }

    /** Whether help is available: bit 8 of the qualifier. */
    public boolean helpAvailable() {
        return details().qualifierBit(8);
    }
}
