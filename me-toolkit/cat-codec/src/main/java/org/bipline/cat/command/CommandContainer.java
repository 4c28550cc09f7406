// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.command;

import static org.bipline.cat.command.CommandTable.optional;
import static org.bipline.cat.object.DataObjectType.CARD_ATR;
import static org.bipline.cat.object.DataObjectType.C_APDU;
import static org.bipline.cat.object.DataObjectType.MAC;
import static org.bipline.cat.object.TypeOfCommand.COMMAND_CONTAINER;

import java.util.Optional;
import org.bipline.cat.object.DataObject;
import org.bipline.cat.object.Pdu;

/** COMMAND CONTAINER for an eCAT client. The eCAT sequence number has the tag of Card ATR, the encrypted list that of C-APDU. ETSI TS 102 223 clause 6.6.42. */
public record CommandContainer(Pdu pdu) implements ProactiveCommand {
    static final CommandTable TABLE = CommandTable.of(
            COMMAND_CONTAINER, "6.6.42", CommandContainer::new, optional(CARD_ATR), optional(MAC), optional(C_APDU));

    public CommandContainer {
        ProactiveCommand.check(pdu, TABLE);
    }

    public Optional<DataObject> mac() {
        return pdu.first(MAC);
    }
}
