// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.command;

import static org.bipline.cat.command.Row.optional;
import static org.bipline.cat.object.DataObjectType.ECAT_SEQUENCE_NUMBER;
import static org.bipline.cat.object.DataObjectType.ENCRYPTED_TLV_LIST;
import static org.bipline.cat.object.DataObjectType.MAC;
import static org.bipline.cat.object.TypeOfCommand.COMMAND_CONTAINER;

import java.util.Optional;
import org.bipline.cat.object.DataObject;
import org.bipline.cat.object.Pdu;

/** COMMAND CONTAINER for an eCAT client. ETSI TS 102 223 clause 6.6.42. */
public record CommandContainer(Pdu pdu) implements ProactiveCommand {
    static final CommandTable TABLE = CommandTable.of(
            COMMAND_CONTAINER,
            "6.6.42",
            CommandContainer::new,
            optional(ECAT_SEQUENCE_NUMBER),
            optional(MAC),
            optional(ENCRYPTED_TLV_LIST));

    public CommandContainer {
        ProactiveCommand.check(pdu, TABLE);
    }

    public Optional<DataObject> mac() {
        return pdu.first(MAC);
    }
}
