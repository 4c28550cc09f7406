// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.envelope;

import static org.bipline.cat.command.Row.conditional;
import static org.bipline.cat.command.Row.optional;
import static org.bipline.cat.command.Row.required;
import static org.bipline.cat.object.DataObjectType.*;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.bipline.cat.command.Structure;
import org.bipline.cat.object.DataObjectType;
import org.bipline.cat.object.EventList;
import org.bipline.cat.object.Pdu;
import org.bipline.cat.object.TagMeaning;
import org.bipline.cat.tlv.ByteString;

/** The structures of envelopes, by BER-TLV tag and event. ETSI TS 102 223 clause 7, 3GPP TS 31.111 clause 7. */
final class EnvelopeStructures {
    private static final Map<EnvelopeType, Structure> BY_TYPE = new EnumMap<>(EnvelopeType.class);

    static {
        for (EnvelopeType type : EnvelopeType.values()) {
            BY_TYPE.put(type, structure(type));
        }
    }

    private EnvelopeStructures() {}

    /** What the tags mean in an envelope of this tag, and of this event if it is an event download. */
    static TagMeaning meaning(int berTag, ByteString pdu, int event, int end) {
        EnvelopeType type = EnvelopeType.of(berTag).orElse(null);
        if (type == null) {
            return TagMeaning.USUAL;
        }
        return type == EnvelopeType.EVENT_DOWNLOAD && end > event
                ? EventStructures.of(pdu.u8(event))
                : BY_TYPE.get(type);
    }

    static Optional<Structure> of(Pdu pdu) {
        return EnvelopeType.of(pdu.tag())
                .map(type -> type == EnvelopeType.EVENT_DOWNLOAD ? ofEvent(pdu) : BY_TYPE.get(type));
    }

    private static Structure ofEvent(Pdu pdu) {
        return pdu.first(EventList.class)
                .filter(events -> events.length() > 0)
                .map(events -> EventStructures.of(events.value().u8(0)))
                .orElse(EventStructures.ofNone());
    }

    private static Structure structure(EnvelopeType type) {
        String name = type.name().replace('_', ' ');
        return switch (type) {
            case MENU_SELECTION ->
                Structure.of(
                        name,
                        "ETSI TS 102 223 clause 7.2",
                        required(DEVICE_IDENTITIES),
                        required(ITEM_IDENTIFIER),
                        optional(HELP_REQUEST));
            case TIMER_EXPIRATION ->
                Structure.of(
                        name,
                        "ETSI TS 102 223 clause 7.4",
                        required(DEVICE_IDENTITIES),
                        required(TIMER_IDENTIFIER),
                        required(TIMER_VALUE));
            case EVENT_DOWNLOAD -> EventStructures.ofNone();
            case SMS_PP_DOWNLOAD ->
                Structure.of(
                        name,
                        "3GPP TS 31.111 clause 7.1.1",
                        required(DEVICE_IDENTITIES),
                        optional(ADDRESS),
                        conditional(SMS_TPDU, pdu -> lacks(pdu, CDMA_SMS_TPDU)),
                        optional(CDMA_SMS_TPDU));
            case CELL_BROADCAST_DOWNLOAD ->
                Structure.of(
                        name,
                        "3GPP TS 31.111 clause 7.1.2",
                        required(DEVICE_IDENTITIES),
                        required(CELL_BROADCAST_PAGE));
            case CALL_CONTROL ->
                Structure.of(
                        name,
                        "3GPP TS 31.111 clause 7.3.1",
                        required(DEVICE_IDENTITIES),
                        conditional(ADDRESS, EnvelopeStructures::controlsNothingElse),
                        optional(CAPABILITY_CONFIGURATION_PARAMETERS).times(2),
                        optional(SUBADDRESS),
                        optional(SS_STRING),
                        optional(USSD_STRING),
                        optional(PDP_CONTEXT_ACTIVATION_PARAMETERS),
                        optional(EPS_PDN_CONNECTION_ACTIVATION_PARAMETERS),
                        optional(PDU_SESSION_ESTABLISHMENT_PARAMETERS),
                        optional(IMS_URI),
                        optional(LOCATION_INFORMATION),
                        optional(BC_REPEAT_INDICATOR),
                        optional(MEDIA_TYPE),
                        optional(ALPHA_IDENTIFIER));
            case MO_SHORT_MESSAGE_CONTROL ->
                Structure.of(
                        name,
                        "3GPP TS 31.111 clause 7.3.2",
                        required(DEVICE_IDENTITIES),
                        required(ADDRESS).times(2),
                        required(LOCATION_INFORMATION));
            case USSD_DOWNLOAD ->
                Structure.of(name, "3GPP TS 31.111 clause 7.6", required(DEVICE_IDENTITIES), required(USSD_STRING));
            case MMS_TRANSFER_STATUS ->
                Structure.of(
                        name,
                        "ETSI TS 102 223 clause 7.6",
                        required(DEVICE_IDENTITIES),
                        required(FILE_LIST),
                        optional(MULTIMEDIA_MESSAGE_IDENTIFIER),
                        required(MULTIMEDIA_MESSAGE_TRANSFER_STATUS));
            case MMS_NOTIFICATION_DOWNLOAD ->
                Structure.of(
                        name,
                        "ETSI TS 102 223 clause 7.7",
                        required(DEVICE_IDENTITIES),
                        required(MULTIMEDIA_MESSAGE_NOTIFICATION),
                        optional(LAST_ENVELOPE));
            case TERMINAL_APPLICATIONS ->
                Structure.of(
                        name,
                        "ETSI TS 102 223 clause 7.8",
                        required(DEVICE_IDENTITIES),
                        required(REGISTRY_APPLICATION_DATA).repeated(),
                        optional(LAST_ENVELOPE));
            case GEOGRAPHICAL_LOCATION_REPORTING ->
                Structure.of(
                        name,
                        "3GPP TS 31.111 clause 7.10",
                        required(DEVICE_IDENTITIES),
                        conditional(GAD_SHAPES, pdu -> lacks(pdu, NMEA_SENTENCE)),
                        optional(NMEA_SENTENCE));
            case ENVELOPE_CONTAINER ->
                Structure.of(
                        name,
                        "ETSI TS 102 223",
                        required(DEVICE_IDENTITIES),
                        optional(ENCAPSULATED_ENVELOPE_TYPE),
                        optional(ECAT_SEQUENCE_NUMBER),
                        optional(MAC),
                        optional(ENCRYPTED_TLV_LIST));
            case PROSE_REPORT ->
                Structure.of(name, "3GPP TS 31.111", required(DEVICE_IDENTITIES), required(PROSE_REPORT_DATA));
        };
    }

    private static boolean lacks(Pdu pdu, DataObjectType type) {
        return pdu.first(type).isEmpty();
    }

    /** Whether neither a service, nor a context, nor a call over IMS is what the UICC is asked about. */
    private static boolean controlsNothingElse(Pdu pdu) {
        return lacks(pdu, SS_STRING)
                && lacks(pdu, USSD_STRING)
                && lacks(pdu, PDP_CONTEXT_ACTIVATION_PARAMETERS)
                && lacks(pdu, EPS_PDN_CONNECTION_ACTIVATION_PARAMETERS)
                && lacks(pdu, PDU_SESSION_ESTABLISHMENT_PARAMETERS)
                && lacks(pdu, IMS_URI);
    }
}
