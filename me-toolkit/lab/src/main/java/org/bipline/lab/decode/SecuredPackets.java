// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.decode;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bipline.cat.object.Fields;
import org.bipline.cat.object.InformationElement;
import org.bipline.cat.object.SmsContent;
import org.bipline.cat.ota.Algorithm;
import org.bipline.cat.ota.Check;
import org.bipline.cat.ota.CommandPacket;
import org.bipline.cat.ota.OtaKeys;
import org.bipline.cat.ota.PacketException;
import org.bipline.cat.ota.RedundancyCheck;
import org.bipline.cat.ota.ResponsePacket;
import org.bipline.cat.ota.SecuredPacket;
import org.bipline.cat.ota.SecuredResponse;
import org.bipline.cat.ota.Spi;
import org.bipline.cat.tlv.ByteString;
import org.bipline.cat.tlv.CatDecodingException;

/** Decodes secured packets in user data of short messages: their headers, and with keys what they say. */
final class SecuredPackets {
    private SecuredPackets() {}

    /** User data that begin with the header of a command or response packet in one part. */
    static boolean begins(ByteString item) {
        return item.length() > 3
                && item.u8(0) == 2
                && (item.u8(1) == InformationElement.COMMAND_PACKET || item.u8(1) == InformationElement.RESPONSE_PACKET)
                && item.u8(2) == 0;
    }

    /** A packet with its user data header. */
    static Decoded decode(ByteString item, Optional<OtaKeys> keys) throws CatDecodingException, PacketException {
        SmsContent content = SmsContent.decode(item, true);
        if (content.has(InformationElement.RESPONSE_PACKET)) {
            SecuredResponse response = SecuredResponse.decode(content.body());
            return decoded("response packet", content, response.encode()).withFields(fields(response));
        }
        SecuredPacket packet = SecuredPacket.decode(content.body());
        Decoded decoded = decoded("command packet", content, packet.encode());
        try {
            return decoded.withFields(fields(packet, keys));
        } catch (PacketException e) { // the header can be read all the same
            return decoded.withFields(header(packet).toMap()).withFaults(List.of(e.getMessage()));
        }
    }

    private static Decoded decoded(String name, SmsContent content, ByteString packet) {
        String hex = new SmsContent(content.header(), packet).encode().toString();
        return Decoded.of(Kind.SECURED_PACKET, name, hex);
    }

    /** The fields of a packet that a short message carries; empty where it carries none, or a part of one. */
    static Optional<Map<String, Object>> inMessage(SmsContent content, Optional<OtaKeys> keys) {
        if (content.part().isPresent() || !begins(content.encode())) {
            return Optional.empty();
        }
        try {
            Decoded decoded = decode(content.encode(), keys);
            Fields fields = Fields.of().put("name", decoded.name());
            decoded.fields().forEach(fields::put);
            if (!decoded.faults().isEmpty()) {
                fields.put("fault", decoded.faults().get(0));
            }
            return Optional.of(fields.toMap());
        } catch (CatDecodingException | PacketException e) {
            return Optional.of(Map.of("fault", e.getMessage()));
        }
    }

    private static Map<String, Object> fields(SecuredPacket packet, Optional<OtaKeys> keys) throws PacketException {
        Spi spi = packet.spi();
        boolean needsKeys = spi.isCiphered() || spi.check() == Check.CRYPTOGRAPHIC_CHECKSUM;
        Fields fields = header(packet);
        if (needsKeys && keys.isEmpty()) {
            return fields.toMap();
        }
        CommandPacket clear = packet.open(keys);
        return fields.put("counter", "%010X".formatted(clear.counter()))
                .put("securedData", clear.data())
                .toMap();
    }

    private static Fields header(SecuredPacket packet) {
        Spi spi = packet.spi();
        boolean redundancy = spi.check() == Check.REDUNDANCY_CHECK;
        return Fields.of()
                .put("check", spi.check().text())
                .put("ciphered", spi.isCiphered())
                .put("counterMode", spi.counterMode().text())
                .put("receipt", spi.receipt().text())
                .put("receiptCheck", spi.receiptCheck().text())
                .put("receiptCiphered", spi.isReceiptCiphered())
                .put("receiptBySubmit", spi.isReceiptBySubmit())
                .put("kic", packet.kic(), Algorithm.of(packet.kic()))
                .put("kid", packet.kid(), redundancy ? RedundancyCheck.of(packet.kid()) : Algorithm.of(packet.kid()))
                .put("keyset", packet.kic() >> 4)
                .put("tar", packet.tar())
                .put("checkLength", packet.checkLength())
                .put("body", packet.body());
    }

    /** Whether a response is ciphered stands in the command that it answers: what has no check is taken for clear. */
    private static Map<String, Object> fields(SecuredResponse response) throws PacketException {
        Fields fields = Fields.of().put("tar", response.tar());
        if (response.checkLength() > 0) {
            return fields.put("checkLength", response.checkLength())
                    .put("body", response.body())
                    .toMap();
        }
        ResponsePacket clear = response.unsecured();
        return fields.put("counter", "%010X".formatted(clear.counter()))
                .put("status", clear.code(), clear.status())
                .put("meaning", clear.text())
                .put("data", clear.data())
                .toMap();
    }
}
