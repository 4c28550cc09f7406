// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.command;

import static org.bipline.cat.command.Row.optional;
import static org.bipline.cat.command.Row.required;
import static org.bipline.cat.object.DataObjectType.FRAME_IDENTIFIER;
import static org.bipline.cat.object.DataObjectType.ICON_IDENTIFIER;
import static org.bipline.cat.object.DataObjectType.TEXT_ATTRIBUTE;
import static org.bipline.cat.object.DataObjectType.TEXT_STRING;
import static org.bipline.cat.object.TypeOfCommand.SET_UP_IDLE_MODE_TEXT;

import java.util.Optional;
import org.bipline.cat.object.IconIdentifier;
import org.bipline.cat.object.Pdu;
import org.bipline.cat.object.TextString;

/** SET UP IDLE MODE TEXT; a null text string removes the text. ETSI TS 102 223 clause 6.6.22. */
public record SetUpIdleModeText(Pdu pdu) implements ProactiveCommand {
    static final CommandTable TABLE = CommandTable.of(
            SET_UP_IDLE_MODE_TEXT,
            "6.6.22",
            SetUpIdleModeText::new,
            required(TEXT_STRING),
            optional(ICON_IDENTIFIER),
            optional(TEXT_ATTRIBUTE),
            optional(FRAME_IDENTIFIER));

    public SetUpIdleModeText {
        ProactiveCommand.check(pdu, TABLE);
    }

    public TextString text() {
        return pdu.required(TextString.class);
    }

    public Optional<IconIdentifier> iconIdentifier() {
        return pdu.first(IconIdentifier.class);
    }
}
