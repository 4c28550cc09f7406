// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.push;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.bipline.cat.object.InformationElement;
import org.bipline.cat.object.ShortMessage;
import org.bipline.cat.object.SmsContent;
import org.bipline.cat.object.SmsTpdu;
import org.bipline.cat.ota.Check;
import org.bipline.cat.ota.CommandPacket;
import org.bipline.cat.ota.CounterMode;
import org.bipline.cat.ota.OtaKeys;
import org.bipline.cat.ota.PacketException;
import org.bipline.cat.ota.ReceiptRequest;
import org.bipline.cat.ota.SecuredResponse;
import org.bipline.cat.ota.Spi;
import org.bipline.cat.tlv.ByteString;
import org.bipline.cat.tlv.CatDecodingException;
import org.bipline.lab.Failure;

/**
 * A secured packet on its way to a card: the short messages that carry it, and the proof of receipt that comes back. Technical
 * specification clause 1, Notification.
 *
 * @param keys those that the packet names; none where it has neither ciphering nor checksum
 */
public record SecuredPush(CommandPacket command, Optional<OtaKeys> keys) {
    /** Ciphering, checksum and a counter that has to rise; a response packet that is secured in the same way. */
    public static final Spi SECURED = Spi.of(Check.CRYPTOGRAPHIC_CHECKSUM, true, CounterMode.HIGHER)
            .withReceipt(ReceiptRequest.ALWAYS, Check.CRYPTOGRAPHIC_CHECKSUM, true);

    /** (U)SIM data download: 3GPP TS 23.040 clause 9.2.3.9. */
    static final int PROTOCOL_IDENTIFIER = 0x7F;

    /** Eight bits, class 2: 3GPP TS 23.038 clause 4. */
    static final int DATA_CODING_SCHEME = 0xF6;

    /**
     * A packet with data, such as a notification, for an application.
     *
     * @param tar its toolkit application reference, three bytes
     * @param counter higher than that of the packet before
     */
    public static SecuredPush of(OtaKeys keys, Spi spi, ByteString tar, long counter, ByteString data) {
        return new SecuredPush(CommandPacket.of(spi, keys, tar, counter, data), Optional.of(keys));
    }

    /**
     * The SMS-DELIVERs that bring it to the card, as {@code MobileEquipment.receiveShortMessage} takes them.
     *
     * @param originator number that they come from, with a plus sign when it is international
     */
    public List<SmsTpdu> messages(String originator, OffsetDateTime time) {
        return ShortMessage.deliver(originator, time)
                .protocolIdentifier(PROTOCOL_IDENTIFIER)
                .concatenationReference((int) (command.counter() & 0xFF))
                .elementOfFirst(InformationElement.COMMAND_PACKET, ByteString.EMPTY)
                .data(DATA_CODING_SCHEME, command.secure(keys).encode());
    }

    /**
     * Reads what came back.
     *
     * @param userData with their header: of the SMS-DELIVER-REPORT, which the card gives in its response to the last envelope, or of
     *     an SMS-SUBMIT
     * @throws Failure when that is no response to this packet, or was altered
     */
    public Receipt receipt(ByteString userData) throws Failure {
        try {
            return receipt(SmsContent.decode(userData, true));
        } catch (CatDecodingException e) {
            throw new Failure(Failure.Kind.TESTED, "no response packet: " + e.getMessage(), e);
        }
    }

    Receipt receipt(SmsContent content) throws Failure {
        if (!content.has(InformationElement.RESPONSE_PACKET)) {
            throw new Failure(Failure.Kind.TESTED, "no response packet: no element 71 in " + content.encode());
        }
        try {
            return new Receipt(SecuredResponse.decode(content.body()).open(command, keys), command.spi());
        } catch (PacketException e) {
            throw new Failure(Failure.Kind.TESTED, "no response packet to this push: " + e.getMessage(), e);
        }
    }
}
