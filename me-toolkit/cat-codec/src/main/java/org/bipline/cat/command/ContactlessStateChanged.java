// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.command;

import static org.bipline.cat.command.Row.required;
import static org.bipline.cat.object.DataObjectType.CONTACTLESS_FUNCTIONALITY_STATE;
import static org.bipline.cat.object.TypeOfCommand.CONTACTLESS_STATE_CHANGED;

import java.util.Optional;
import org.bipline.cat.object.DataObject;
import org.bipline.cat.object.Pdu;

/** CONTACTLESS STATE CHANGED: the UICC tells the state of its contactless functionality. ETSI TS 102 223 clause 6.6.41. */
public record ContactlessStateChanged(Pdu pdu) implements ProactiveCommand {
    static final CommandTable TABLE = CommandTable.of(
            CONTACTLESS_STATE_CHANGED,
            "6.6.41",
            ContactlessStateChanged::new,
            required(CONTACTLESS_FUNCTIONALITY_STATE));

    public ContactlessStateChanged {
        ProactiveCommand.check(pdu, TABLE);
    }

    public Optional<DataObject> state() {
        return pdu.first(CONTACTLESS_FUNCTIONALITY_STATE);
    }
}
