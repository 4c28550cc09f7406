// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.trace;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import org.bipline.cat.command.TerminalResponse;
import org.bipline.cat.envelope.CallControl;
import org.bipline.cat.envelope.CellBroadcastDownload;
import org.bipline.cat.envelope.Envelope;
import org.bipline.cat.envelope.EnvelopeContainer;
import org.bipline.cat.envelope.EventDownload;
import org.bipline.cat.envelope.GeographicalLocationReporting;
import org.bipline.cat.envelope.MenuSelection;
import org.bipline.cat.envelope.MmsNotificationDownload;
import org.bipline.cat.envelope.MmsTransferStatus;
import org.bipline.cat.envelope.MoShortMessageControl;
import org.bipline.cat.envelope.OtherEnvelope;
import org.bipline.cat.envelope.ProseReport;
import org.bipline.cat.envelope.SmsPpDownload;
import org.bipline.cat.envelope.TerminalApplications;
import org.bipline.cat.envelope.TimerExpiration;
import org.bipline.cat.envelope.UssdDownload;
import org.bipline.cat.object.Address;
import org.bipline.cat.object.BufferSize;
import org.bipline.cat.object.ChannelDataLength;
import org.bipline.cat.object.ChannelStatus;
import org.bipline.cat.object.ComprehensionTlv;
import org.bipline.cat.object.Pdu;
import org.bipline.cat.object.Result;
import org.bipline.cat.object.SsString;
import org.bipline.cat.object.UssdString;

/** Proactive commands, terminal responses and envelopes in words, their secrets masked. */
final class ToolkitText {
    private static final String MASK = "***";
    private static final byte MASK_BYTE = '*';

    private ToolkitText() {}

    /** General result, its cause, and what an ME tells beside it. */
    static String summary(TerminalResponse response) {
        List<String> parts = new ArrayList<>();
        response.result().ifPresent(result -> parts.add(result(result)));
        response.first(ChannelStatus.class).ifPresent(status -> parts.add(status(status)));
        response.first(BufferSize.class).ifPresent(size -> parts.add("buffer " + size.bytes()));
        response.first(ChannelDataLength.class)
                .ifPresent(length -> parts.add(length.code() == 0xFF ? "255 or more left" : length.code() + " left"));
        return parts.isEmpty() ? "no result" : String.join(", ", parts);
    }

    private static String result(Result result) {
        String text = String.format(
                Locale.ROOT,
                "%02X %s",
                result.generalResult(),
                result.general().map(r -> r.text()).orElse("reserved"));
        Optional<String> cause = result.bipError().map(e -> e.text());
        return cause.map(c -> text + " (" + c + ")").orElse(text);
    }

    private static String status(ChannelStatus status) {
        return "channel " + status.channelIdentifier()
                + (status.linkEstablished() ? " established" : " not established")
                + (status.information() == ChannelStatus.LINK_DROPPED ? ", link dropped" : "");
    }

    static String name(Envelope envelope) {
        if (envelope instanceof EventDownload download && download.event().isPresent()) {
            return download.event().get().name().replace('_', ' ');
        }
        return envelope.type()
                .map(type -> type.name().replace('_', ' '))
                .orElse("ENVELOPE " + Integer.toHexString(envelope.pdu().tag()));
    }

    /** What an envelope tells the card, in a few words; empty where its name says all. */
    static String summary(Envelope envelope) {
        return switch (envelope) {
            case CallControl e ->
                e.address()
                        .map(Address::number)
                        .or(() -> e.ssString().map(SsString::string))
                        .or(() -> e.ussdString().map(UssdString::text))
                        .orElse("");
            case CellBroadcastDownload e -> "";
            case EnvelopeContainer e -> "";
            case GeographicalLocationReporting e -> "";
            case MmsNotificationDownload e -> "";
            case MmsTransferStatus e -> "";
            case MoShortMessageControl e ->
                e.destination().map(to -> "to " + to.number()).orElse("");
            case ProseReport e -> "";
            case SmsPpDownload e ->
                e.tpdu().map(tpdu -> Labels.bytes(tpdu.length())).orElse("");
            case TerminalApplications e -> "";
            case UssdDownload e ->
                e.ussdString().map(ussd -> '"' + ussd.text() + '"').orElse("");
            case OtherEnvelope e -> "";
            case MenuSelection e ->
                (e.helpRequested() ? "help on item " : "item ")
                        + e.item().map(i -> Integer.toString(i.code())).orElse("missing");
            case TimerExpiration e -> e.timer().map(t -> "timer " + t.code()).orElse("");
            case EventDownload e -> {
                List<String> parts = new ArrayList<>();
                e.first(ChannelStatus.class).ifPresent(status -> parts.add(status(status)));
                e.first(ChannelDataLength.class)
                        .ifPresent(length ->
                                parts.add(length.code() == 0xFF ? "255 bytes or more" : Labels.bytes(length.code())));
                yield String.join(", ", parts);
            }
        };
    }

    /** Each data object as a field, secrets masked. */
    static List<Field> fields(Pdu pdu, IntPredicate secret) {
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < pdu.objects().size(); i++) {
            ComprehensionTlv tlv = pdu.objects().get(i);
            String value = secret.test(i) ? MASK : text(tlv.object().fields());
            fields.add(new Field(tlv.object().title(), value));
        }
        return fields;
    }

    private static String text(Object value) {
        if (value instanceof Map<?, ?> map) {
            Object name = map.get("name");
            if (name != null && map.containsKey("code")) {
                return name + " (" + map.get("code") + ")";
            }
            return map.entrySet().stream()
                    .map(e -> words(e.getKey().toString()) + " " + text(e.getValue()))
                    .collect(Collectors.joining(", "));
        }
        if (value instanceof List<?> list) {
            return list.stream().map(ToolkitText::text).collect(Collectors.joining(", "));
        }
        String text = String.valueOf(value);
        return text.isEmpty() ? "(empty)" : text;
    }

    /** {@code CHANNEL_STATUS} and {@code channelStatus} become {@code channel status}. */
    static String words(String name) {
        boolean constant = name.equals(name.toUpperCase(Locale.ROOT));
        String spaced = constant ? name.replace('_', ' ') : name.replaceAll("(?<=[a-z])(?=[A-Z])", " ");
        return spaced.toLowerCase(Locale.ROOT).replace("tcp", "TCP").replace("udp", "UDP");
    }

    /** The bytes of a PDU with asterisks in the place of its secrets. */
    static byte[] masked(Pdu pdu, IntPredicate secret) {
        byte[] bytes = pdu.encode().toBytes();
        for (int i = 0; i < pdu.objects().size(); i++) {
            if (secret.test(i)) {
                int end = pdu.offsetOf(i + 1);
                int length = pdu.objects().get(i).object().length();
                Arrays.fill(bytes, end - length, end, MASK_BYTE);
            }
        }
        return bytes;
    }
}
