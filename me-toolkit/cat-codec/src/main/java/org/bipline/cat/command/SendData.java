// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.command;

import static org.bipline.cat.command.Row.optional;
import static org.bipline.cat.command.Row.required;
import static org.bipline.cat.object.DataObjectType.ALPHA_IDENTIFIER;
import static org.bipline.cat.object.DataObjectType.CHANNEL_DATA;
import static org.bipline.cat.object.DataObjectType.FRAME_IDENTIFIER;
import static org.bipline.cat.object.DataObjectType.ICON_IDENTIFIER;
import static org.bipline.cat.object.DataObjectType.TEXT_ATTRIBUTE;
import static org.bipline.cat.object.TypeOfCommand.SEND_DATA;

import org.bipline.cat.object.ChannelData;
import org.bipline.cat.object.Pdu;

/** SEND DATA. ETSI TS 102 223 clause 6.6.30. */
public record SendData(Pdu pdu) implements ProactiveCommand {
    static final CommandTable TABLE = CommandTable.of(
            SEND_DATA,
            "6.6.30",
            SendData::new,
            optional(ALPHA_IDENTIFIER),
            optional(ICON_IDENTIFIER),
            required(CHANNEL_DATA),
            optional(TEXT_ATTRIBUTE),
            optional(FRAME_IDENTIFIER));

    public SendData {
        ProactiveCommand.check(pdu, TABLE);
    }

    /** Channel identifier 1 to 7 named by the destination device, or 0 when that is no channel. */
    public int channelIdentifier() {
        return devices().destinationChannel();
    }

    public ChannelData data() {
        return pdu.required(ChannelData.class);
    }

    /** Whether the data, with all that is stored, goes out at once: bit 1 of the qualifier. */
    public boolean immediate() {
        return details().qualifierBit(1);
    }
}
