// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.command;

import static org.bipline.cat.command.Row.optional;
import static org.bipline.cat.command.Row.required;
import static org.bipline.cat.object.DataObjectType.DURATION;
import static org.bipline.cat.object.DataObjectType.FRAME_IDENTIFIER;
import static org.bipline.cat.object.DataObjectType.ICON_IDENTIFIER;
import static org.bipline.cat.object.DataObjectType.IMMEDIATE_RESPONSE;
import static org.bipline.cat.object.DataObjectType.TEXT_ATTRIBUTE;
import static org.bipline.cat.object.DataObjectType.TEXT_STRING;
import static org.bipline.cat.object.TypeOfCommand.DISPLAY_TEXT;

import java.util.Optional;
import org.bipline.cat.object.Duration;
import org.bipline.cat.object.ImmediateResponse;
import org.bipline.cat.object.Pdu;
import org.bipline.cat.object.TextString;

/** DISPLAY TEXT. ETSI TS 102 223 clause 6.6.1. */
public record DisplayText(Pdu pdu) implements ProactiveCommand {
    static final CommandTable TABLE = CommandTable.of(
            DISPLAY_TEXT,
            "6.6.1",
            DisplayText::new,
            required(TEXT_STRING),
            optional(ICON_IDENTIFIER),
            optional(IMMEDIATE_RESPONSE),
            optional(DURATION),
            optional(TEXT_ATTRIBUTE),
            optional(FRAME_IDENTIFIER));

    public DisplayText {
        ProactiveCommand.check(pdu, TABLE);
    }

    public TextString text() {
        return pdu.required(TextString.class);
    }

    public Optional<Duration> duration() {
        return pdu.first(Duration.class);
    }

    /** Whether the response is wanted before the text is cleared. */
    public boolean immediateResponse() {
        return pdu.indexOf(ImmediateResponse.class) >= 0;
    }

    /** Whether the text is of high priority: bit 1 of the qualifier. */
    public boolean highPriority() {
        return details().qualifierBit(1);
    }

    /** Whether the user clears the text, instead of a delay: bit 8 of the qualifier. */
    public boolean waitForUser() {
        return details().qualifierBit(8);
    }
}
