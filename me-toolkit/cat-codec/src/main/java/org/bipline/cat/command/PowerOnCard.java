// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.command;

import static org.bipline.cat.object.TypeOfCommand.POWER_ON_CARD;

import org.bipline.cat.object.Pdu;

/** POWER ON CARD in an additional reader. ETSI TS 102 223 clause 6.6.19. */
public record PowerOnCard(Pdu pdu) implements ProactiveCommand {
    static final CommandTable TABLE = CommandTable.of(POWER_ON_CARD, "6.6.19", PowerOnCard::new);

    public PowerOnCard {
        ProactiveCommand.check(pdu, TABLE);
    }
}
