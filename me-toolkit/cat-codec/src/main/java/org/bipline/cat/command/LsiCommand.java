// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.command;

import static org.bipline.cat.command.Row.optional;
import static org.bipline.cat.object.DataObjectType.LSI_NUMBERS;
import static org.bipline.cat.object.TypeOfCommand.LSI_COMMAND;

import java.util.Optional;
import org.bipline.cat.object.DataObject;
import org.bipline.cat.object.Pdu;

/**
 * LSI COMMAND: what a UICC with several logical secure elements asks of the logical SE interfaces (LSI) beside the one that
 * fetched the command. ETSI TS 102 223.
 */
public record LsiCommand(Pdu pdu) implements ProactiveCommand {
    /** Qualifier: each of the LSIs has a proactive command to fetch. ETSI TS 102 223 clause 8.6. */
    public static final int PROACTIVE_SESSION_REQUEST = 0x00;
    /** Qualifier: the UICC platform is to be reset. ETSI TS 102 223 clause 8.6. */
    public static final int UICC_PLATFORM_RESET = 0x01;

    static final CommandTable TABLE = CommandTable.unnumbered(LSI_COMMAND, LsiCommand::new, optional(LSI_NUMBERS));

    public LsiCommand {
        ProactiveCommand.check(pdu, TABLE);
    }

    /** The interfaces that a proactive session request is for. */
    public Optional<DataObject> lsiNumbers() {
        return pdu.first(LSI_NUMBERS);
    }
}
