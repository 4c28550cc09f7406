// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.command;

import static org.bipline.cat.command.Row.optional;
import static org.bipline.cat.command.Row.required;
import static org.bipline.cat.object.DataObjectType.ALPHA_IDENTIFIER;
import static org.bipline.cat.object.DataObjectType.ATTRIBUTE_INFORMATION;
import static org.bipline.cat.object.DataObjectType.FRAME_IDENTIFIER;
import static org.bipline.cat.object.DataObjectType.ICON_IDENTIFIER;
import static org.bipline.cat.object.DataObjectType.TEXT_ATTRIBUTE;
import static org.bipline.cat.object.TypeOfCommand.GET_SERVICE_INFORMATION;

import java.util.Optional;
import org.bipline.cat.object.AlphaIdentifier;
import org.bipline.cat.object.DataObject;
import org.bipline.cat.object.Pdu;

/** GET SERVICE INFORMATION of a service on a local bearer. ETSI TS 102 223 clause 6.6.33. */
public record GetServiceInformation(Pdu pdu) implements ProactiveCommand {
    static final CommandTable TABLE = CommandTable.of(
            GET_SERVICE_INFORMATION,
            "6.6.33",
            GetServiceInformation::new,
            optional(ALPHA_IDENTIFIER),
            optional(ICON_IDENTIFIER),
            required(ATTRIBUTE_INFORMATION),
            optional(TEXT_ATTRIBUTE),
            optional(FRAME_IDENTIFIER));

    public GetServiceInformation {
        ProactiveCommand.check(pdu, TABLE);
    }

    public Optional<AlphaIdentifier> alphaIdentifier() {
        return pdu.first(AlphaIdentifier.class);
    }

    public Optional<DataObject> attributeInformation() {
        return pdu.first(ATTRIBUTE_INFORMATION);
    }
}
