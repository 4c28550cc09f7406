// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.command;

import static org.bipline.cat.command.Row.optional;
import static org.bipline.cat.object.DataObjectType.SA_TEMPLATE;
import static org.bipline.cat.object.TypeOfCommand.ENCAPSULATED_SESSION_CONTROL;

import org.bipline.cat.object.Pdu;

/** ENCAPSULATED SESSION CONTROL of an eCAT client. ETSI TS 102 223 clause 6.6.43. */
public record EncapsulatedSessionControl(Pdu pdu) implements ProactiveCommand {
    static final CommandTable TABLE = CommandTable.of(
            ENCAPSULATED_SESSION_CONTROL, "6.6.43", EncapsulatedSessionControl::new, optional(SA_TEMPLATE));

    public EncapsulatedSessionControl {
        ProactiveCommand.check(pdu, TABLE);
    }
}
