// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.command;

import static org.bipline.cat.object.TypeOfCommand.GET_CHANNEL_STATUS;

import org.bipline.cat.object.Pdu;

/** GET CHANNEL STATUS: the status of all channels. ETSI TS 102 223 clause 6.6.31. */
public record GetChannelStatus(Pdu pdu) implements ProactiveCommand {
    static final CommandTable TABLE = CommandTable.of(GET_CHANNEL_STATUS, "6.6.31", GetChannelStatus::new);

    public GetChannelStatus {
        ProactiveCommand.check(pdu, TABLE);
    }
}
