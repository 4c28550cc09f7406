// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.envelope;

import static org.bipline.cat.object.DataObjectType.CELL_BROADCAST_PAGE;

import java.util.Optional;
import org.bipline.cat.object.DataObject;
import org.bipline.cat.object.Pdu;

/** CELL BROADCAST DOWNLOAD: a page for the UICC. 3GPP TS 31.111 clause 7.1.1. */
public record CellBroadcastDownload(Pdu pdu) implements Envelope {
    public CellBroadcastDownload {
        Envelope.check(pdu, EnvelopeType.CELL_BROADCAST_DOWNLOAD);
    }

    public Optional<DataObject> page() {
        return pdu.first(CELL_BROADCAST_PAGE);
    }
}
