// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.ota;

import java.util.Optional;
import org.bipline.cat.tlv.ByteSink;
import org.bipline.cat.tlv.ByteString;

/**
 * A response packet as it comes over the air. Decoding and encoding are inverse. ETSI TS 102 225 clause 5.2; behind the user
 * data header of a short message, as here, there is no RPI and no RHI: 3GPP TS 31.115 clause 4.4.
 *
 * @param headerLength RHL: bytes from the TAR to the end of the check, 10 to 255
 * @param tar toolkit application reference of the command packet, three bytes
 * @param body what stands behind the TAR: counter, number of padding bytes, status, check and data, ciphered or not
 */
public record SecuredResponse(int headerLength, ByteString tar, ByteString body) {
    /** User data header of the short message: length, identifier of a response packet, no value. The check covers it. */
    private static final ByteString USER_DATA_HEADER = ByteString.of(0x02, 0x71, 0x00);

    private static final int HEADER_WITHOUT_CHECK = 10; // TAR, counter, number of padding bytes, status
    private static final int BODY_AT = 6; // RPL (2), RHL, TAR (3)
    private static final int COUNTED_BEFORE_BODY = 4; // of these, all but RPL
    private static final int FIXED = SecuredPacket.FIXED + 1; // counter, number of padding bytes, status
    private static final String CLAUSE = "ETSI TS 102 225 clause 5.2";

    public SecuredResponse {
        if (headerLength < HEADER_WITHOUT_CHECK || headerLength > 0xFF) {
            throw new IllegalArgumentException("response header length " + headerLength);
        }
        if (tar.length() != SecuredPacket.TAR) {
            throw new IllegalArgumentException("TAR " + tar);
        }
        if (body.length() < FIXED + headerLength - HEADER_WITHOUT_CHECK
                || body.length() > 0xFFFF - COUNTED_BEFORE_BODY) {
            throw new IllegalArgumentException("body of " + body.length() + " bytes for a header of " + headerLength);
        }
    }

    /**
     * Reads a packet that begins with RPL.
     *
     * @throws PacketException when its lengths and its bytes do not agree
     */
    public static SecuredResponse decode(ByteString packet) throws PacketException {
        if (packet.length() < BODY_AT + FIXED) {
            throw new PacketException("packet is cut", packet.length(), CLAUSE);
        }
        int packetLength = packet.u16(0);
        if (packetLength != packet.length() - 2) {
            throw new PacketException(
                    "response packet length %d but %d bytes".formatted(packetLength, packet.length() - 2), 0, CLAUSE);
        }
        int headerLength = packet.u8(2);
        if (headerLength < HEADER_WITHOUT_CHECK || headerLength > packetLength - 1) {
            throw new PacketException("response header length " + headerLength, 2, CLAUSE);
        }
        return new SecuredResponse(headerLength, packet.slice(3, BODY_AT), packet.slice(BODY_AT));
    }

    /** Bytes of the check. */
    public int checkLength() {
        return headerLength - HEADER_WITHOUT_CHECK;
    }

    public ByteString encode() {
        return ByteString.join(start(), body);
    }

    private ByteString start() {
        return new ByteSink(BODY_AT)
                .u16(COUNTED_BEFORE_BODY + body.length())
                .u8(headerLength)
                .bytes(tar)
                .toByteString();
    }

    /**
     * Deciphers and checks the response to a packet. A card answers a packet whose check was wrong without security, whatever was
     * asked for: {@link ResponsePacket#genuine} tells.
     *
     * @param command the packet that it answers
     * @param keys those with which that packet was made
     * @throws PacketException when it is the answer to another packet, or its check is wrong
     */
    public ResponsePacket open(CommandPacket command, Optional<OtaKeys> keys) throws PacketException {
        if (!tar.equals(command.tar())) {
            throw new PacketException("response of TAR %s to a packet for %s".formatted(tar, command.tar()), 3, CLAUSE);
        }
        Spi spi = command.spi();
        PacketCheck check = PacketCheck.of(spi.receiptCheck(), kidOfResponse(command), keys)
                .orElseThrow(() -> new PacketException(
                        "no %s for KID %02X".formatted(spi.receiptCheck().text(), command.kid()), 2, CLAUSE));
        Optional<OtaKey> cipher = spi.isReceiptCiphered() ? keys.map(OtaKeys::ciphering) : Optional.empty();
        boolean inBlocks = body.length() % cipher.map(OtaKey::blockSize).orElse(1) == 0;
        if (headerLength == HEADER_WITHOUT_CHECK + check.length() && inBlocks) {
            ByteString clear = cipher.map(key -> ByteString.wrap(key.decipher(body.toBytes())))
                    .orElse(body);
            boolean secured = check.length() > 0 || cipher.isPresent();
            return new SecuredResponse(headerLength, tar, clear).checked(command, check, secured);
        }
        if (headerLength == HEADER_WITHOUT_CHECK) {
            return unsecured();
        }
        throw new PacketException(
                "check of %d bytes where the command packet asked for %d"
                        .formatted(headerLength - HEADER_WITHOUT_CHECK, check.length()),
                2,
                CLAUSE);
    }

    /** KID names the redundancy check of the command packet; where that had none, cards take CRC 16. */
    private static int kidOfResponse(CommandPacket command) {
        boolean unnamed = command.spi().receiptCheck() == Check.REDUNDANCY_CHECK
                && RedundancyCheck.of(command.kid()).isEmpty();
        return unnamed ? RedundancyCheck.CRC_16.code() : command.kid();
    }

    /** What is not ciphered and has no check, read as it stands. */
    public ResponsePacket unsecured() throws PacketException {
        return content(HEADER_WITHOUT_CHECK, false);
    }

    private ResponsePacket checked(CommandPacket command, PacketCheck check, boolean secured) throws PacketException {
        ByteString header = body.slice(0, FIXED);
        ByteString value = body.slice(FIXED, FIXED + check.length());
        ByteString data = body.slice(FIXED + check.length());
        ByteString covered = ByteString.join(USER_DATA_HEADER, start(), header, data);
        if (!SecuredPacket.isSame(check.over(covered), value)) {
            throw new PacketException(check.kind().text() + " is wrong", BODY_AT + FIXED, CLAUSE);
        }
        ResponsePacket packet = content(headerLength, secured);
        if (secured && packet.counter() != command.counter()) {
            throw new PacketException(
                    "response to counter %010X, not %010X".formatted(packet.counter(), command.counter()),
                    BODY_AT,
                    CLAUSE);
        }
        return packet;
    }

    private ResponsePacket content(int header, boolean genuine) throws PacketException {
        ByteString data = body.slice(FIXED + header - HEADER_WITHOUT_CHECK);
        int padding = body.u8(SecuredPacket.COUNTER);
        if (padding > data.length()) {
            throw new PacketException(
                    "%d bytes of padding".formatted(padding), BODY_AT + SecuredPacket.COUNTER, CLAUSE);
        }
        long counter = (long) body.u8(0) << 32 | (long) body.u16(1) << 16 | body.u16(3);
        return new ResponsePacket(
                tar, counter, body.u8(SecuredPacket.FIXED), data.slice(0, data.length() - padding), genuine);
    }
}
