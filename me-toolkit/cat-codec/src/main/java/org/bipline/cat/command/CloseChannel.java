// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.command;

import static org.bipline.cat.command.Row.optional;
import static org.bipline.cat.object.DataObjectType.ALPHA_IDENTIFIER;
import static org.bipline.cat.object.DataObjectType.FRAME_IDENTIFIER;
import static org.bipline.cat.object.DataObjectType.ICON_IDENTIFIER;
import static org.bipline.cat.object.DataObjectType.TEXT_ATTRIBUTE;
import static org.bipline.cat.object.TypeOfCommand.CLOSE_CHANNEL;

import org.bipline.cat.object.Pdu;

/** CLOSE CHANNEL. ETSI TS 102 223 clause 6.6.28. */
public record CloseChannel(Pdu pdu) implements ProactiveCommand {
    static final CommandTable TABLE = CommandTable.of(
            CLOSE_CHANNEL,
            "6.6.28",
            CloseChannel::new,
            optional(ALPHA_IDENTIFIER),
            optional(ICON_IDENTIFIER),
            optional(TEXT_ATTRIBUTE),
            optional(FRAME_IDENTIFIER));

    public CloseChannel {
        ProactiveCommand.check(pdu, TABLE);
    }

    /** Channel identifier 1 to 7 named by the destination device, or 0 when that is no channel. */
    public int channelIdentifier() {
        return devices().destinationChannel();
    }

    /**
     * Whether a channel in UICC server mode goes back to the LISTEN state when its connection is closed: bit 1 of the
     * qualifier; otherwise the port is closed too. ETSI TS 102 223 clause 8.6.
     */
    public boolean returnsToListen() {
        return details().qualifierBit(1);
    }
}
