// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.envelope;

import static org.bipline.cat.object.DataObjectType.MAC;

import java.util.Optional;
import org.bipline.cat.object.DataObject;
import org.bipline.cat.object.Pdu;

/** ENVELOPE CONTAINER: an envelope for an eCAT client. ETSI TS 102 223. */
public record EnvelopeContainer(Pdu pdu) implements Envelope {
    public EnvelopeContainer {
        Envelope.check(pdu, EnvelopeType.ENVELOPE_CONTAINER);
    }

    public Optional<DataObject> mac() {
        return pdu.first(MAC);
    }
}
