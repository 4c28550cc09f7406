// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.command;

import static org.bipline.cat.command.Row.optional;
import static org.bipline.cat.command.Row.required;
import static org.bipline.cat.object.DataObjectType.ALPHA_IDENTIFIER;
import static org.bipline.cat.object.DataObjectType.FRAME_IDENTIFIER;
import static org.bipline.cat.object.DataObjectType.GEOGRAPHICAL_LOCATION_PARAMETERS;
import static org.bipline.cat.object.DataObjectType.ICON_IDENTIFIER;
import static org.bipline.cat.object.DataObjectType.TEXT_ATTRIBUTE;
import static org.bipline.cat.object.TypeOfCommand.GEOGRAPHICAL_LOCATION_REQUEST;

import java.util.Optional;
import org.bipline.cat.object.AlphaIdentifier;
import org.bipline.cat.object.DataObject;
import org.bipline.cat.object.Pdu;

/** GEOGRAPHICAL LOCATION REQUEST; the location comes in an envelope. 3GPP TS 31.111. */
public record GeographicalLocationRequest(Pdu pdu) implements ProactiveCommand {
    static final CommandTable TABLE = CommandTable.usat(
            GEOGRAPHICAL_LOCATION_REQUEST,
            GeographicalLocationRequest::new,
            optional(ALPHA_IDENTIFIER),
            optional(ICON_IDENTIFIER),
            required(GEOGRAPHICAL_LOCATION_PARAMETERS),
            optional(TEXT_ATTRIBUTE),
            optional(FRAME_IDENTIFIER));

    public GeographicalLocationRequest {
        ProactiveCommand.check(pdu, TABLE);
    }

    public Optional<AlphaIdentifier> alphaIdentifier() {
        return pdu.first(AlphaIdentifier.class);
    }

    public Optional<DataObject> parameters() {
        return pdu.first(GEOGRAPHICAL_LOCATION_PARAMETERS);
    }
}
