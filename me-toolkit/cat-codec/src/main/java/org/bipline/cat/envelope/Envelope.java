// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.envelope;

import java.util.List;
import java.util.Optional;
import org.bipline.cat.command.Fault;
import org.bipline.cat.command.Structure;
import org.bipline.cat.object.DataObject;
import org.bipline.cat.object.DeviceIdentities;
import org.bipline.cat.object.Pdu;
import org.bipline.cat.tlv.ByteString;
import org.bipline.cat.tlv.CatDecodingException;

/**
 * The data of an ENVELOPE command: a typed view of its PDU, which keeps order, flags, unknown objects and length forms.
 * ETSI TS 102 223 clause 7.
 */
public sealed interface Envelope
        permits CallControl,
                CellBroadcastDownload,
                EnvelopeContainer,
                EventDownload,
                GeographicalLocationReporting,
                MenuSelection,
                MmsNotificationDownload,
                MmsTransferStatus,
                MoShortMessageControl,
                ProseReport,
                SmsPpDownload,
                TerminalApplications,
                TimerExpiration,
                UssdDownload,
                OtherEnvelope {
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

    /** The structure that the envelope's type and event have, if the type is known. */
    default Optional<Structure> structure() {
        return EnvelopeStructures.of(pdu());
    }

    /** What is wrong with the envelope: objects that are missing, malformed or not expected. */
    default List<Fault> faults() {
        return structure().map(structure -> structure.faults(pdu())).orElse(List.of());
    }

    default ByteString encode() {
        return pdu().encode();
    }

    /**
     * Reads the data field of an ENVELOPE command, be its set of objects complete or not: {@link #faults} tells.
     *
     * @throws CatDecodingException when its TLV structure is broken
     */
    static Envelope decode(ByteString bytes) throws CatDecodingException {
        Pdu pdu = Pdu.decode(bytes, EnvelopeStructures::meaning);
        EnvelopeType type = EnvelopeType.of(pdu.tag()).orElse(null);
        if (type == null) {
            return new OtherEnvelope(pdu);
        }
        return switch (type) {
            case MENU_SELECTION -> new MenuSelection(pdu);
            case TIMER_EXPIRATION -> new TimerExpiration(pdu);
            case EVENT_DOWNLOAD -> new EventDownload(pdu);
            case SMS_PP_DOWNLOAD -> new SmsPpDownload(pdu);
            case CELL_BROADCAST_DOWNLOAD -> new CellBroadcastDownload(pdu);
            case CALL_CONTROL -> new CallControl(pdu);
            case MO_SHORT_MESSAGE_CONTROL -> new MoShortMessageControl(pdu);
            case USSD_DOWNLOAD -> new UssdDownload(pdu);
            case MMS_TRANSFER_STATUS -> new MmsTransferStatus(pdu);
            case MMS_NOTIFICATION_DOWNLOAD -> new MmsNotificationDownload(pdu);
            case TERMINAL_APPLICATIONS -> new TerminalApplications(pdu);
            case GEOGRAPHICAL_LOCATION_REPORTING -> new GeographicalLocationReporting(pdu);
            case ENVELOPE_CONTAINER -> new EnvelopeContainer(pdu);
            case PROSE_REPORT -> new ProseReport(pdu);
        };
    }

    /** Refuses a PDU that is not of the type of the record it is put into. */
    static void check(Pdu pdu, EnvelopeType type) {
        if (pdu.tag() != type.tag()) {
            throw new IllegalArgumentException("not a " + type.text() + ": " + pdu);
        }
    }
}
