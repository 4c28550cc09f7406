// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.envelope;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bipline.cat.object.ChannelDataLength;
import org.bipline.cat.object.ChannelStatus;
import org.bipline.cat.object.DataObject;
import org.bipline.cat.object.DeviceIdentities;
import org.bipline.cat.object.Event;
import org.bipline.cat.object.EventList;
import org.bipline.cat.object.Pdu;

/** EVENT DOWNLOAD: one event and what belongs to it. ETSI TS 102 223 clause 7.5. */
public record EventDownload(Pdu pdu) implements Envelope {
    public EventDownload {
        Envelope.check(pdu, EnvelopeType.EVENT_DOWNLOAD);
    }

    /** An event of the given source with its objects, in the order of the event's clause. */
    public static EventDownload of(Event event, DeviceIdentities devices, DataObject... objects) {
        List<DataObject> all = new ArrayList<>(List.of(EventList.of(event), devices));
        all.addAll(List.of(objects));
        return new EventDownload(Pdu.of(EnvelopeType.EVENT_DOWNLOAD.tag(), all.toArray(new DataObject[0])));
    }

    /** Data available: bytes wait in a channel's buffer. ETSI TS 102 223 clause 7.5.10. */
    public static EventDownload dataAvailable(ChannelStatus status, ChannelDataLength length) {
        return of(Event.DATA_AVAILABLE, DeviceIdentities.TERMINAL_TO_UICC, status, length);
    }

    /** Channel status: a channel met an error that no response told. ETSI TS 102 223 clause 7.5.11. */
    public static EventDownload channelStatus(ChannelStatus status) {
        return of(Event.CHANNEL_STATUS, DeviceIdentities.TERMINAL_TO_UICC, status);
    }

    /** The event, if its code is known. */
    public Optional<Event> event() {
        return pdu.first(EventList.class)
                .filter(l -> l.length() > 0)
                .flatMap(l -> Event.of(l.value().u8(0)));
    }
}
