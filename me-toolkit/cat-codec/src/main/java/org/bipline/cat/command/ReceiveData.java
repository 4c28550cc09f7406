// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.command;

import static org.bipline.cat.command.Row.optional;
import static org.bipline.cat.command.Row.required;
import static org.bipline.cat.object.DataObjectType.ALPHA_IDENTIFIER;
import static org.bipline.cat.object.DataObjectType.CHANNEL_DATA_LENGTH;
import static org.bipline.cat.object.DataObjectType.FRAME_IDENTIFIER;
import static org.bipline.cat.object.DataObjectType.ICON_IDENTIFIER;
import static org.bipline.cat.object.DataObjectType.TEXT_ATTRIBUTE;
import static org.bipline.cat.object.TypeOfCommand.RECEIVE_DATA;

import org.bipline.cat.object.ChannelDataLength;
import org.bipline.cat.object.Pdu;

/** RECEIVE DATA: hand over received bytes. ETSI TS 102 223 clause 6.6.29. */
public record ReceiveData(Pdu pdu) implements ProactiveCommand {
    static final CommandTable TABLE = CommandTable.of(
            RECEIVE_DATA,
            "6.6.29",
            ReceiveData::new,
            optional(ALPHA_IDENTIFIER),
            optional(ICON_IDENTIFIER),
            required(CHANNEL_DATA_LENGTH),
            optional(TEXT_ATTRIBUTE),
            optional(FRAME_IDENTIFIER));

    public ReceiveData {
        ProactiveCommand.check(pdu, TABLE);
    }

    /** Channel identifier 1 to 7 named by the destination device, or 0 when that is no channel. */
    public int channelIdentifier() {
        return devices().destinationChannel();
    }

    public ChannelDataLength requested() {
        return pdu.required(ChannelDataLength.class);
    }
}
