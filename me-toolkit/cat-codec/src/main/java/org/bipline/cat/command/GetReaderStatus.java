// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.command;

import static org.bipline.cat.object.TypeOfCommand.GET_READER_STATUS;

import org.bipline.cat.object.Pdu;

/** GET READER STATUS of the additional readers. ETSI TS 102 223 clause 6.6.20. */
public record GetReaderStatus(Pdu pdu) implements ProactiveCommand {
    static final CommandTable TABLE = CommandTable.of(GET_READER_STATUS, "6.6.20", GetReaderStatus::new);

    public GetReaderStatus {
        ProactiveCommand.check(pdu, TABLE);
    }

    /** Whether the identifier of the reader is asked for, instead of its status: bit 1 of the qualifier. */
    public boolean identifierWanted() {
        return details().qualifierBit(1);
    }
}
