// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.envelope;

import static org.bipline.cat.object.DataObjectType.CAPABILITY_CONFIGURATION_PARAMETERS;
import static org.bipline.cat.object.DataObjectType.SUBADDRESS;

import java.util.Optional;
import org.bipline.cat.object.Address;
import org.bipline.cat.object.DataObject;
import org.bipline.cat.object.LocationInformation;
import org.bipline.cat.object.Pdu;
import org.bipline.cat.object.SsString;
import org.bipline.cat.object.UssdString;

/** CALL CONTROL: the UICC is asked about a call, a supplementary service operation, a USSD operation or a context. ETSI TS 102 223 clause 7.3.1. */
public record CallControl(Pdu pdu) implements Envelope {
    public CallControl {
        Envelope.check(pdu, EnvelopeType.CALL_CONTROL);
    }

    public Optional<Address> address() {
        return pdu.first(Address.class);
    }

    public Optional<SsString> ssString() {
        return pdu.first(SsString.class);
    }

    public Optional<UssdString> ussdString() {
        return pdu.first(UssdString.class);
    }

    public Optional<DataObject> capabilityConfigurationParameters() {
        return pdu.first(CAPABILITY_CONFIGURATION_PARAMETERS);
    }

    public Optional<DataObject> subaddress() {
        return pdu.first(SUBADDRESS);
    }

    public Optional<LocationInformation> location() {
        return pdu.first(LocationInformation.class);
    }
}
