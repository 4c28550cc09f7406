// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.command;

import static org.bipline.cat.command.Row.conditional;
import static org.bipline.cat.command.Row.optional;
import static org.bipline.cat.object.DataObjectType.ADDRESS;
import static org.bipline.cat.object.DataObjectType.ALPHA_IDENTIFIER;
import static org.bipline.cat.object.DataObjectType.CDMA_SMS_TPDU;
import static org.bipline.cat.object.DataObjectType.FRAME_IDENTIFIER;
import static org.bipline.cat.object.DataObjectType.ICON_IDENTIFIER;
import static org.bipline.cat.object.DataObjectType.IMS_URI;
import static org.bipline.cat.object.DataObjectType.SMS_TPDU_TO_NETWORK;
import static org.bipline.cat.object.DataObjectType.TEXT_ATTRIBUTE;
import static org.bipline.cat.object.TypeOfCommand.SEND_SHORT_MESSAGE;

import java.util.Optional;
import org.bipline.cat.object.Address;
import org.bipline.cat.object.AlphaIdentifier;
import org.bipline.cat.object.IconIdentifier;
import org.bipline.cat.object.Pdu;
import org.bipline.cat.object.SmsTpdu;

/** SEND SHORT MESSAGE. ETSI TS 102 223 clause 6.6.9. */
public record SendShortMessage(Pdu pdu) implements ProactiveCommand {
    static final CommandTable TABLE = CommandTable.of(
            SEND_SHORT_MESSAGE,
            "6.6.9",
            SendShortMessage::new,
            optional(ALPHA_IDENTIFIER),
            optional(ADDRESS),
            conditional(SMS_TPDU_TO_NETWORK, pdu -> pdu.first(CDMA_SMS_TPDU).isEmpty()),
            optional(CDMA_SMS_TPDU),
            optional(IMS_URI),
            optional(ICON_IDENTIFIER),
            optional(TEXT_ATTRIBUTE),
            optional(FRAME_IDENTIFIER));

    public SendShortMessage {
        ProactiveCommand.check(pdu, TABLE);
    }

    public Optional<AlphaIdentifier> alphaIdentifier() {
        return pdu.first(AlphaIdentifier.class);
    }

    public Optional<Address> serviceCentre() {
        return pdu.first(Address.class);
    }

    public Optional<SmsTpdu> tpdu() {
        return pdu.first(SmsTpdu.class);
    }

    public Optional<IconIdentifier> iconIdentifier() {
        return pdu.first(IconIdentifier.class);
    }

    /** Whether the ME packs the user data: bit 1 of the qualifier. */
    public boolean packingRequired() {
        return details().qualifierBit(1);
    }
}
