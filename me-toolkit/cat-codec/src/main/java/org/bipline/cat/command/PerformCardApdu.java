// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.command;

import static org.bipline.cat.command.Row.required;
import static org.bipline.cat.object.DataObjectType.C_APDU;
import static org.bipline.cat.object.TypeOfCommand.PERFORM_CARD_APDU;

import org.bipline.cat.object.CApdu;
import org.bipline.cat.object.Pdu;

/** PERFORM CARD APDU: an APDU for the card in an additional reader. ETSI TS 102 223 clause 6.6.17. */
public record PerformCardApdu(Pdu pdu) implements ProactiveCommand {
    static final CommandTable TABLE =
            CommandTable.of(PERFORM_CARD_APDU, "6.6.17", PerformCardApdu::new, required(C_APDU));

    public PerformCardApdu {
        ProactiveCommand.check(pdu, TABLE);
    }

    public CApdu apdu() {
        return pdu.required(CApdu.class);
    }
}
