// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.command;

import static org.bipline.cat.command.Row.optional;
import static org.bipline.cat.command.Row.required;
import static org.bipline.cat.object.DataObjectType.ALPHA_IDENTIFIER;
import static org.bipline.cat.object.DataObjectType.AT_COMMAND;
import static org.bipline.cat.object.DataObjectType.FRAME_IDENTIFIER;
import static org.bipline.cat.object.DataObjectType.ICON_IDENTIFIER;
import static org.bipline.cat.object.DataObjectType.TEXT_ATTRIBUTE;
import static org.bipline.cat.object.TypeOfCommand.RUN_AT_COMMAND;

import java.util.Optional;
import org.bipline.cat.object.AlphaIdentifier;
import org.bipline.cat.object.AtCommand;
import org.bipline.cat.object.IconIdentifier;
import org.bipline.cat.object.Pdu;

/** RUN AT COMMAND. ETSI TS 102 223 clause 6.6.23. */
public record RunAtCommand(Pdu pdu) implements ProactiveCommand {
    static final CommandTable TABLE = CommandTable.of(
            RUN_AT_COMMAND,
            "6.6.23",
            RunAtCommand::new,
            optional(ALPHA_IDENTIFIER),
            required(AT_COMMAND),
            optional(ICON_IDENTIFIER),
            optional(TEXT_ATTRIBUTE),
            optional(FRAME_IDENTIFIER));

    public RunAtCommand {
        ProactiveCommand.check(pdu, TABLE);
    }

    public Optional<AlphaIdentifier> alphaIdentifier() {
        return pdu.first(AlphaIdentifier.class);
    }

    public AtCommand command() {
        return pdu.required(AtCommand.class);
    }

    public Optional<IconIdentifier> iconIdentifier() {
        return pdu.first(IconIdentifier.class);
    }
}
