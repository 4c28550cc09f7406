// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.envelope;

import static org.bipline.cat.object.DataObjectType.MULTIMEDIA_MESSAGE_IDENTIFIER;
import static org.bipline.cat.object.DataObjectType.MULTIMEDIA_MESSAGE_TRANSFER_STATUS;

import java.util.Optional;
import org.bipline.cat.object.DataObject;
import org.bipline.cat.object.FileList;
import org.bipline.cat.object.Pdu;

/** MMS TRANSFER STATUS: how a multimedia message fared. ETSI TS 102 223 clause 7.6. */
public record MmsTransferStatus(Pdu pdu) implements Envelope {
    public MmsTransferStatus {
        Envelope.check(pdu, EnvelopeType.MMS_TRANSFER_STATUS);
    }

    public Optional<FileList> file() {
        return pdu.first(FileList.class);
    }

    public Optional<DataObject> identifier() {
        return pdu.first(MULTIMEDIA_MESSAGE_IDENTIFIER);
    }

    public Optional<DataObject> status() {
        return pdu.first(MULTIMEDIA_MESSAGE_TRANSFER_STATUS);
    }
}
