// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.command;

import static org.bipline.cat.object.TypeOfCommand.GET_FRAMES_STATUS;

import org.bipline.cat.object.Pdu;

/** GET FRAMES STATUS. ETSI TS 102 223 clause 6.6.36. */
public record GetFramesStatus(Pdu pdu) implements ProactiveCommand {
    static final CommandTable TABLE = CommandTable.of(GET_FRAMES_STATUS, "6.6.36", GetFramesStatus::new);

    public GetFramesStatus {
        ProactiveCommand.check(pdu, TABLE);
    }
}
