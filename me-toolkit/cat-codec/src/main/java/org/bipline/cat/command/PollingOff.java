// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.command;

import static org.bipline.cat.object.TypeOfCommand.POLLING_OFF;

import org.bipline.cat.object.Pdu;

/** POLLING OFF: proactive polling is no longer needed. ETSI TS 102 223 clause 6.6.14. */
public record PollingOff(Pdu pdu) implements ProactiveCommand {
    static final CommandTable TABLE = CommandTable.of(POLLING_OFF, "6.6.14", PollingOff::new);

    public PollingOff {
        ProactiveCommand.check(pdu, TABLE);
    }
}
