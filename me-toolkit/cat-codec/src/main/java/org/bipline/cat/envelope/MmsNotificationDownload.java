// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.envelope;

import static org.bipline.cat.object.DataObjectType.MULTIMEDIA_MESSAGE_NOTIFICATION;

import java.util.Optional;
import org.bipline.cat.object.DataObject;
import org.bipline.cat.object.Pdu;

/** MMS NOTIFICATION DOWNLOAD: a multimedia message waits. ETSI TS 102 223 clause 7.7. */
public record MmsNotificationDownload(Pdu pdu) implements Envelope {
    public MmsNotificationDownload {
        Envelope.check(pdu, EnvelopeType.MMS_NOTIFICATION_DOWNLOAD);
    }

    public Optional<DataObject> notification() {
        return pdu.first(MULTIMEDIA_MESSAGE_NOTIFICATION);
    }
}
