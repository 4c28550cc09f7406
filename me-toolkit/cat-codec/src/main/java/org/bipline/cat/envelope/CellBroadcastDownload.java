// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.envelope;

import static org.bipline.cat.object.DataObjectType.CELL_BROADCAST_PAGE;

import java.util.Optional;
import org.bipline.cat.object.DataObject;
import org.bipline.cat.object.Device;
import org.bipline.cat.object.DeviceIdentities;
import org.bipline.cat.object.Pdu;
import org.bipline.cat.object.PlainObject;
import org.bipline.cat.tlv.ByteString;

/** CELL BROADCAST DOWNLOAD: a page for the UICC. 3GPP TS 31.111 clause 7.1.2. */
public record CellBroadcastDownload(Pdu pdu) implements Envelope {
    public CellBroadcastDownload {
        Envelope.check(pdu, EnvelopeType.CELL_BROADCAST_DOWNLOAD);
    }

    /** The page as it was broadcast. */
    public static CellBroadcastDownload of(ByteString page) {
        return new CellBroadcastDownload(Pdu.of(
                EnvelopeType.CELL_BROADCAST_DOWNLOAD.tag(),
                DeviceIdentities.of(Device.NETWORK, Device.UICC),
                new PlainObject(CELL_BROADCAST_PAGE, page)));
    }

    public Optional<DataObject> page() {
        return pdu.first(CELL_BROADCAST_PAGE);
    }
}
