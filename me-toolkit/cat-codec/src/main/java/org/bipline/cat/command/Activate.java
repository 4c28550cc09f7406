// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.command;

import static org.bipline.cat.command.Row.required;
import static org.bipline.cat.object.DataObjectType.ACTIVATE_DESCRIPTOR;
import static org.bipline.cat.object.TypeOfCommand.ACTIVATE;

import java.util.Optional;
import org.bipline.cat.object.DataObject;
import org.bipline.cat.object.Pdu;

/** ACTIVATE an interface of the terminal. ETSI TS 102 223 clause 6.6.40. */
public record Activate(Pdu pdu) implements ProactiveCommand {
    static final CommandTable TABLE = CommandTable.of(ACTIVATE, "6.6.40", Activate::new, required(ACTIVATE_DESCRIPTOR));

    public Activate {
        ProactiveCommand.check(pdu, TABLE);
    }

    public Optional<DataObject> descriptor() {
        return pdu.first(ACTIVATE_DESCRIPTOR);
    }
}
