// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.envelope;

import java.util.List;
import java.util.Optional;
import org.bipline.cat.object.Address;
import org.bipline.cat.object.LocationInformation;
import org.bipline.cat.object.Pdu;

/** MO SHORT MESSAGE CONTROL: the UICC is asked about a short message that is to be sent. 3GPP TS 31.111 clause 7.3.2. */
public record MoShortMessageControl(Pdu pdu) implements Envelope {
    public MoShortMessageControl {
        Envelope.check(pdu, EnvelopeType.MO_SHORT_MESSAGE_CONTROL);
    }

    /** The service centre: the first address. */
    public Optional<Address> serviceCentre() {
        return pdu.first(Address.class);
    }

    /** The destination: the second address. */
    public Optional<Address> destination() {
        List<Address> addresses = pdu.all(Address.class);
        return addresses.size() < 2 ? Optional.empty() : Optional.of(addresses.get(1));
    }

    public Optional<LocationInformation> location() {
        return pdu.first(LocationInformation.class);
    }
}
