// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.envelope;

import static org.bipline.cat.object.DataObjectType.REGISTRY_APPLICATION_DATA;

import java.util.Optional;
import org.bipline.cat.object.DataObject;
import org.bipline.cat.object.Pdu;

/** TERMINAL APPLICATIONS: the applications that registered with the terminal. ETSI TS 102 223 clause 7.8. */
public record TerminalApplications(Pdu pdu) implements Envelope {
    public TerminalApplications {
        Envelope.check(pdu, EnvelopeType.TERMINAL_APPLICATIONS);
    }

    public Optional<DataObject> registryApplicationData() {
        return pdu.first(REGISTRY_APPLICATION_DATA);
    }
}
