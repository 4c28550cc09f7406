// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.decode;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bipline.cat.command.Fault;
import org.bipline.cat.command.ProactiveCommand;
import org.bipline.cat.command.TerminalResponse;
import org.bipline.cat.envelope.Envelope;
import org.bipline.cat.envelope.EventDownload;
import org.bipline.cat.envelope.SmsPpDownload;
import org.bipline.cat.object.CommandDetails;
import org.bipline.cat.object.Device;
import org.bipline.cat.object.DeviceIdentities;
import org.bipline.cat.object.Pdu;
import org.bipline.cat.object.SmsContent;
import org.bipline.cat.object.TypeOfCommand;
import org.bipline.cat.ota.OtaKeys;
import org.bipline.cat.ota.PacketException;
import org.bipline.cat.profile.Facility;
import org.bipline.cat.profile.TerminalProfile;
import org.bipline.cat.tlv.ByteString;
import org.bipline.cat.tlv.CatDecodingException;
import org.bipline.dm.syncml.Command;
import org.bipline.dm.syncml.SyncMl;
import org.bipline.dm.syncml.SyncMlCodec;
import org.bipline.dm.syncml.SyncMlException;
import org.bipline.lab.Failure;

/** Decodes one item with the codec of its kind. */
public final class Decoder {
    private Decoder() {}

    /**
     * Decodes an item.
     *
     * @param kind what it is; told from its first byte when empty
     * @throws Failure when it is malformed, or its kind cannot be told
     */
    public static Decoded decode(ByteString item, Optional<Kind> kind) throws Failure {
        return decode(item, kind, Optional.empty());
    }

    /**
     * Decodes an item.
     *
     * @param keys those of secured packets, which without them show their headers
     */
    public static Decoded decode(ByteString item, Optional<Kind> kind, Optional<OtaKeys> keys) throws Failure {
        Kind known = kind.or(() -> Kind.of(item))
                .orElseThrow(() -> new Failure(
                        Failure.Kind.INPUT,
                        item + ": its first byte is that of nothing known; say what it is with --as"));
        try {
            return switch (known) {
                case ENVELOPE -> envelope(Envelope.decode(item), keys);
                case PROACTIVE_COMMAND, TERMINAL_RESPONSE, TERMINAL_PROFILE -> toolkit(item, known);
                case SECURED_PACKET -> SecuredPackets.decode(item, keys);
                case SYNCML -> syncMl(SyncMlCodec.WBXML.decode(item.toBytes()));
                case APDU -> new ApduLog().decode(1, ApduExchange.of(item, Optional.empty()));
            };
        } catch (CatDecodingException | SyncMlException | PacketException e) {
            throw new Failure(
                    Failure.Kind.INPUT, item + ": no " + known + ": " + e.getMessage() + "; correct it or use --as", e);
        }
    }

    /** Decodes what a toolkit command carries. */
    static Decoded toolkit(ByteString item, Kind kind) throws CatDecodingException {
        return switch (kind) {
            case PROACTIVE_COMMAND -> proactiveCommand(ProactiveCommand.parse(item));
            case TERMINAL_RESPONSE -> terminalResponse(TerminalResponse.decode(item));
            case ENVELOPE -> envelope(Envelope.decode(item), Optional.empty());
            case TERMINAL_PROFILE -> terminalProfile(new TerminalProfile(item));
            case SYNCML, SECURED_PACKET, APDU -> throw new IllegalArgumentException(kind + " is not of the toolkit");
        };
    }

    private static Decoded terminalProfile(TerminalProfile profile) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("channels", profile.channels());
        fields.put(
                "facilities", profile.facilities().stream().map(Facility::text).toList());
        return Decoded.of(
                        Kind.TERMINAL_PROFILE,
                        "TERMINAL PROFILE",
                        profile.bytes().toString())
                .withFields(fields);
    }

    private static Decoded proactiveCommand(ProactiveCommand command) {
        return of(
                Kind.PROACTIVE_COMMAND,
                command.name(),
                command.pdu(),
                command.faults().stream().map(Decoder::text).toList());
    }

    private static Decoded terminalResponse(TerminalResponse response) {
        String name = response.details()
                .flatMap(CommandDetails::command)
                .map(TypeOfCommand::text)
                .orElse("UNKNOWN");
        return of(
                Kind.TERMINAL_RESPONSE,
                name,
                response.pdu(),
                response.faults().stream().map(Decoder::text).toList());
    }

    private static Decoded envelope(Envelope envelope, Optional<OtaKeys> keys) {
        String type = envelope.type().map(t -> t.name().replace('_', ' ')).orElse("UNKNOWN");
        String event = envelope instanceof EventDownload download
                ? download.event().map(e -> " " + e.name().replace('_', ' ')).orElse("")
                : "";
        Decoded decoded = of(
                Kind.ENVELOPE,
                type + event,
                envelope.pdu(),
                envelope.faults().stream().map(Decoder::text).toList());
        return packet(envelope, keys)
                .map(packet -> decoded.withFields(Map.of("securedPacket", packet)))
                .orElse(decoded);
    }

    private static Optional<Map<String, Object>> packet(Envelope envelope, Optional<OtaKeys> keys) {
        if (!(envelope instanceof SmsPpDownload download) || download.tpdu().isEmpty()) {
            return Optional.empty();
        }
        try {
            return SecuredPackets.inMessage(SmsContent.of(download.tpdu().get()), keys);
        } catch (CatDecodingException e) { // the faults of the TPDU stand with its fields
            return Optional.empty();
        }
    }

    private static Decoded of(Kind kind, String name, Pdu pdu, List<String> faults) {
        Optional<DeviceIdentities> devices = pdu.first(DeviceIdentities.class);
        List<Decoded.Tlv> tlvs = pdu.objects().stream()
                .map(tlv -> new Decoded.Tlv(
                        String.format(Locale.ROOT, "%02X", tlv.object().tag()),
                        tlv.comprehensionRequired(),
                        tlv.object().title(),
                        tlv.object().value().toString(),
                        tlv.object().fields()))
                .toList();
        return new Decoded(
                kind,
                name,
                pdu.first(CommandDetails.class),
                devices.map(d -> device(d.source())),
                devices.map(d -> device(d.destination())),
                tlvs,
                Map.of(),
                Optional.empty(),
                pdu.encode().toString(),
                faults,
                Optional.empty());
    }

    private static String device(int code) {
        return Device.of(code).map(d -> d.text()).orElse(String.format(Locale.ROOT, "%02X", code));
    }

    private static String text(Fault fault) {
        return fault.text() + " (byte " + fault.offset() + ", " + fault.clause() + ")";
    }

    private static Decoded syncMl(SyncMl message) {
        String commands = message.body().commands().stream().map(Command::name).collect(Collectors.joining(", "));
        return new Decoded(
                Kind.SYNCML,
                "SyncML " + commands,
                Optional.empty(),
                Optional.of(message.header().source().uri()),
                Optional.of(message.header().target().uri()),
                List.of(),
                Map.of(),
                Optional.of(new String(SyncMlCodec.XML.encode(message), StandardCharsets.UTF_8)),
                ByteString.wrap(SyncMlCodec.WBXML.encode(message)).toString(),
                List.of(),
                Optional.empty());
    }
}
