// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.command;

import static org.bipline.cat.command.Row.optional;
import static org.bipline.cat.command.Row.required;
import static org.bipline.cat.object.DataObjectType.ALPHA_IDENTIFIER;
import static org.bipline.cat.object.DataObjectType.DEVICE_FILTER;
import static org.bipline.cat.object.DataObjectType.FRAME_IDENTIFIER;
import static org.bipline.cat.object.DataObjectType.ICON_IDENTIFIER;
import static org.bipline.cat.object.DataObjectType.SERVICE_SEARCH;
import static org.bipline.cat.object.DataObjectType.TEXT_ATTRIBUTE;

import java.util.Optional;
import org.bipline.cat.object.AlphaIdentifier;
import org.bipline.cat.object.DataObject;
import org.bipline.cat.object.Pdu;
import org.bipline.cat.object.TypeOfCommand;

/** SERVICE SEARCH on a local bearer. ETSI TS 102 223 clause 6.6.32. */
public record ServiceSearch(Pdu pdu) implements ProactiveCommand {
    static final CommandTable TABLE = CommandTable.of(
            TypeOfCommand.SERVICE_SEARCH,
            "6.6.32",
            ServiceSearch::new,
            optional(ALPHA_IDENTIFIER),
            optional(ICON_IDENTIFIER),
            required(SERVICE_SEARCH),
            optional(DEVICE_FILTER),
            optional(TEXT_ATTRIBUTE),
            optional(FRAME_IDENTIFIER));

    public ServiceSearch {
        ProactiveCommand.check(pdu, TABLE);
    }

    public Optional<AlphaIdentifier> alphaIdentifier() {
        return pdu.first(AlphaIdentifier.class);
    }

    public Optional<DataObject> deviceFilter() {
        return pdu.first(DEVICE_FILTER);
    }
}
