// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.command;

import static org.bipline.cat.object.TypeOfCommand.MORE_TIME;

import org.bipline.cat.object.Pdu;

/** MORE TIME: the UICC needs more time to process. ETSI TS 102 223 clause 6.6.4. */
public record MoreTime(Pdu pdu) implements ProactiveCommand {
    static final CommandTable TABLE = CommandTable.of(MORE_TIME, "6.6.4", MoreTime::new);

    public MoreTime {
        ProactiveCommand.check(pdu, TABLE);
    }
}
