// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.envelope;

import static org.bipline.cat.object.DataObjectType.GAD_SHAPES;
import static org.bipline.cat.object.DataObjectType.NMEA_SENTENCE;

import java.util.Optional;
import org.bipline.cat.object.DataObject;
import org.bipline.cat.object.Pdu;

/** GEOGRAPHICAL LOCATION REPORTING: the answer to GEOGRAPHICAL LOCATION REQUEST. 3GPP TS 31.111 clause 7.10. */
public record GeographicalLocationReporting(Pdu pdu) implements Envelope {
    public GeographicalLocationReporting {
        Envelope.check(pdu, EnvelopeType.GEOGRAPHICAL_LOCATION_REPORTING);
    }

    public Optional<DataObject> gadShape() {
        return pdu.first(GAD_SHAPES);
    }

    public Optional<DataObject> nmeaSentence() {
        return pdu.first(NMEA_SENTENCE);
    }
}
