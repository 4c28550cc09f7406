// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.envelope;

import java.util.Optional;
import org.bipline.cat.object.DataObject;
import org.bipline.cat.object.DeviceIdentities;
import org.bipline.cat.object.Pdu;
import org.bipline.cat.tlv.ByteString;
import org.bipline.cat.tlv.CatDecodingException;

/**
 * The data of an ENVELOPE command: a typed view of its PDU, which keeps order, flags, unknown objects and length forms.
 * ETSI TS 102 223 clause 7.
 */
public sealed interface Envelope permits MenuSelection, TimerExpiration, EventDownload, OtherEnvelope {
    Pdu pdu();

    default Optional<EnvelopeType> type() {
        return EnvelopeType.of(pdu().tag());
    }

    default Optional<DeviceIdentities> devices() {
        return pdu().first(DeviceIdentities.class);
    }

    /** The first object of this kind. */
    default <T extends DataObject> Optional<T> first(Class<T> kind) {
        return pdu().first(kind);
    }

    default ByteString encode() {
        return pdu().encode();
    }

    /**
     * Reads the data field of an ENVELOPE command.
     *
     * @throws CatDecodingException when its TLV structure is broken
     */
    static Envelope decode(ByteString bytes) throws CatDecodingException {
        Pdu pdu = Pdu.decode(bytes);
        EnvelopeType type = EnvelopeType.of(pdu.tag()).orElse(null);
        if (type == EnvelopeType.MENU_SELECTION) {
            return new MenuSelection(pdu);
        }
        if (type == EnvelopeType.TIMER_EXPIRATION) {
            return new TimerExpiration(pdu);
        }
        return type == EnvelopeType.EVENT_DOWNLOAD ? new EventDownload(pdu) : new OtherEnvelope(pdu);
    }

    /** Refuses a PDU that is not of the type of the record it is put into. */
    static void check(Pdu pdu, EnvelopeType type) {
        if (pdu.tag() != type.tag()) {
            throw new IllegalArgumentException("not a " + type.text() + ": " + pdu);
        }
    }
}
