// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.command;

import static org.bipline.cat.command.Row.optional;
import static org.bipline.cat.command.Row.required;
import static org.bipline.cat.object.DataObjectType.ALPHA_IDENTIFIER;
import static org.bipline.cat.object.DataObjectType.FRAME_IDENTIFIER;
import static org.bipline.cat.object.DataObjectType.ICON_IDENTIFIER;
import static org.bipline.cat.object.DataObjectType.SS_STRING;
import static org.bipline.cat.object.DataObjectType.TEXT_ATTRIBUTE;
import static org.bipline.cat.object.TypeOfCommand.SEND_SS;

import java.util.Optional;
import org.bipline.cat.object.AlphaIdentifier;
import org.bipline.cat.object.IconIdentifier;
import org.bipline.cat.object.Pdu;
import org.bipline.cat.object.SsString;

/** SEND SS: a supplementary service operation. ETSI TS 102 223 clause 6.6.10. */
public record SendSs(Pdu pdu) implements ProactiveCommand {
    static final CommandTable TABLE = CommandTable.of(
            SEND_SS,
            "6.6.10",
            SendSs::new,
            optional(ALPHA_IDENTIFIER),
            required(SS_STRING),
            optional(ICON_IDENTIFIER),
            optional(TEXT_ATTRIBUTE),
            optional(FRAME_IDENTIFIER));

    public SendSs {
        ProactiveCommand.check(pdu, TABLE);
    }

    public Optional<AlphaIdentifier> alphaIdentifier() {
        return pdu.first(AlphaIdentifier.class);
    }

    public SsString ssString() {
        return pdu.required(SsString.class);
    }

    public Optional<IconIdentifier> iconIdentifier() {
        return pdu.first(IconIdentifier.class);
    }
}
