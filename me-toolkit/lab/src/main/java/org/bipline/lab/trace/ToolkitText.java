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
import org.bipline.cat.command.CloseChannel;
import org.bipline.cat.command.DisplayText;
import org.bipline.cat.command.OpenChannel;
import org.bipline.cat.command.PollInterval;
import org.bipline.cat.command.ProactiveCommand;
import org.bipline.cat.command.ProvideLocalInformation;
import org.bipline.cat.command.ReceiveData;
import org.bipline.cat.command.Refresh;
import org.bipline.cat.command.SendData;
import org.bipline.cat.command.SetUpEventList;
import org.bipline.cat.command.SetUpMenu;
import org.bipline.cat.command.TerminalResponse;
import org.bipline.cat.command.TimerManagement;
import org.bipline.cat.envelope.Envelope;
import org.bipline.cat.envelope.EventDownload;
import org.bipline.cat.envelope.MenuSelection;
import org.bipline.cat.envelope.TimerExpiration;
import org.bipline.cat.object.BufferSize;
import org.bipline.cat.object.ChannelDataLength;
import org.bipline.cat.object.ChannelStatus;
import org.bipline.cat.object.ComprehensionTlv;
import org.bipline.cat.object.Event;
import org.bipline.cat.object.Item;
import org.bipline.cat.object.OtherAddress;
import org.bipline.cat.object.Pdu;
import org.bipline.cat.object.Result;
import org.bipline.cat.tlv.ByteString;

/** Proactive commands, terminal responses and envelopes in words, their secrets masked. */
final class ToolkitText {
    private static final String MASK = "***";
    private static final byte MASK_BYTE = '*';
    private static final String[] TIMER_ACTIONS = {"start", "deactivate", "get current value", "reserved"};

    private ToolkitText() {}

    /** What a command asks for, in a few words. */
    static String summary(ProactiveCommand command) {
        return switch (command) {
            case OpenChannel c -> open(c);
            case CloseChannel c -> "channel " + c.channelIdentifier();
            case SendData c ->
                "channel " + c.channelIdentifier() + ", "
                        + Labels.bytes(c.data().length()) + (c.immediate() ? ", immediately" : ", store");
            case ReceiveData c ->
                "channel " + c.channelIdentifier() + ", up to "
                        + Labels.bytes(c.requested().code());
            case SetUpMenu c ->
                c.removesMenu()
                        ? "remove"
                        : c.title().text() + ": "
                                + c.items().stream().map(Item::text).collect(Collectors.joining(", "));
            case SetUpEventList c -> events(c.eventList().value());
            case DisplayText c -> "\"" + c.text().text() + "\"";
            case ProvideLocalInformation c ->
                c.information().map(i -> words(i.name())).orElse("");
            case TimerManagement c -> "timer " + c.timerIdentifier().code() + ", " + TIMER_ACTIONS[c.action()];
            case PollInterval c ->
                c.interval().timeInterval() + " " + c.interval().fields().get("timeUnit");
            case Refresh c -> "qualifier " + c.details().commandQualifier();
            default -> "";
        };
    }

    private static String open(OpenChannel c) {
        String protocol = c.transportProtocol().map(p -> words(p.name())).orElse("bearer only");
        String port = c.transportLevel().map(t -> ":" + t.port()).orElse("");
        String address = c.destination()
                .flatMap(OtherAddress::address)
                .map(a -> " " + a.getHostAddress())
                .orElse("");
        return protocol + address + port + ", buffer " + c.bufferSize().bytes();
    }

    private static String events(ByteString codes) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < codes.length(); i++) {
            int code = codes.u8(i);
            names.add(Event.of(code).map(e -> words(e.name())).orElse("event " + code));
        }
        return names.isEmpty() ? "none" : String.join(", ", names);
    }

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

    static String summary(Envelope envelope) {
        return switch (envelope) {
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
            default -> "";
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
    private static String words(String name) {
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
