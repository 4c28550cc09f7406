// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.command;

import static org.bipline.cat.command.Row.conditional;
import static org.bipline.cat.command.Row.optional;
import static org.bipline.cat.object.DataObjectType.ADDRESS;
import static org.bipline.cat.object.DataObjectType.ALPHA_IDENTIFIER;
import static org.bipline.cat.object.DataObjectType.CAPABILITY_CONFIGURATION_PARAMETERS;
import static org.bipline.cat.object.DataObjectType.DURATION;
import static org.bipline.cat.object.DataObjectType.FRAME_IDENTIFIER;
import static org.bipline.cat.object.DataObjectType.ICON_IDENTIFIER;
import static org.bipline.cat.object.DataObjectType.IMS_URI;
import static org.bipline.cat.object.DataObjectType.MEDIA_TYPE;
import static org.bipline.cat.object.DataObjectType.SUBADDRESS;
import static org.bipline.cat.object.DataObjectType.TEXT_ATTRIBUTE;
import static org.bipline.cat.object.TypeOfCommand.SET_UP_CALL;

import java.util.List;
import java.util.Optional;
import org.bipline.cat.object.Address;
import org.bipline.cat.object.AlphaIdentifier;
import org.bipline.cat.object.DataObject;
import org.bipline.cat.object.Duration;
import org.bipline.cat.object.IconIdentifier;
import org.bipline.cat.object.Pdu;

/** SET UP CALL. ETSI TS 102 223 clause 6.6.12. */
public record SetUpCall(Pdu pdu) implements ProactiveCommand {
    static final CommandTable TABLE = CommandTable.of(
            SET_UP_CALL,
            "6.6.12",
            SetUpCall::new,
            optional(ALPHA_IDENTIFIER).times(2),
            conditional(ADDRESS, pdu -> pdu.first(IMS_URI).isEmpty()),
            optional(IMS_URI),
            optional(CAPABILITY_CONFIGURATION_PARAMETERS).times(2),
            optional(SUBADDRESS),
            optional(DURATION),
            optional(ICON_IDENTIFIER).times(2),
            optional(TEXT_ATTRIBUTE).times(2),
            optional(FRAME_IDENTIFIER),
            optional(MEDIA_TYPE));

    public SetUpCall {
        ProactiveCommand.check(pdu, TABLE);
    }

    public Optional<Address> address() {
        return pdu.first(Address.class);
    }

    public Optional<AlphaIdentifier> confirmationPhase() {
        return pdu.first(AlphaIdentifier.class);
    }

    public Optional<Duration> duration() {
        return pdu.first(Duration.class);
    }

    public Optional<IconIdentifier> iconIdentifier() {
        return pdu.first(IconIdentifier.class);
    }

    public Optional<DataObject> capabilityConfigurationParameters() {
        return pdu.first(CAPABILITY_CONFIGURATION_PARAMETERS);
    }

    public Optional<DataObject> subaddress() {
        return pdu.first(SUBADDRESS);
    }

    /** Whether the ME tries again when the network refuses: bit 1 of the qualifier. */
    public boolean redial() {
        return details().qualifierBit(1);
    }

    /** The alpha identifier of the call set-up phase: the one behind the address. */
    public Optional<AlphaIdentifier> callSetUpPhase() {
        List<AlphaIdentifier> identifiers = pdu.all(AlphaIdentifier.class);
        int address = pdu.indexOf(Address.class);
        int first = pdu.indexOf(AlphaIdentifier.class);
        if (identifiers.size() > 1) {
            return Optional.of(identifiers.get(1));
        }
        return address >= 0 && first > address ? Optional.of(identifiers.get(0)) : Optional.empty();
    }
}
