// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.command;

import static org.bipline.cat.object.TypeOfCommand.POWER_OFF_CARD;

import org.bipline.cat.object.Pdu;

/** POWER OFF CARD in an additional reader. ETSI TS 102 223 clause 6.6.18. */
public record PowerOffCard(Pdu pdu) implements ProactiveCommand {
    static final CommandTable TABLE = CommandTable.of(POWER_OFF_CARD, "6.6.18", PowerOffCard::new);

    public PowerOffCard {
        ProactiveCommand.check(pdu, TABLE);
    }
}
