// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.command;

import static org.bipline.cat.command.Row.required;
import static org.bipline.cat.object.DataObjectType.EVENT_LIST;
import static org.bipline.cat.object.TypeOfCommand.SET_UP_EVENT_LIST;

import org.bipline.cat.object.EventList;
import org.bipline.cat.object.Pdu;

/** SET UP EVENT LIST: the events that the UICC wants to be told from now on; an empty list stops all. ETSI TS 102 223 clause 6.6.16. */
public record SetUpEventList(Pdu pdu) implements ProactiveCommand {
    static final CommandTable TABLE =
            CommandTable.of(SET_UP_EVENT_LIST, "6.6.16", SetUpEventList::new, required(EVENT_LIST));

    public SetUpEventList {
        ProactiveCommand.check(pdu, TABLE);
    }

    public EventList eventList() {
        return pdu.required(EventList.class);
    }
}
