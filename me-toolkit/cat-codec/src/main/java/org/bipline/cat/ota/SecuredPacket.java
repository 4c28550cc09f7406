// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.ota;

import java.security.MessageDigest;
import java.util.Optional;
import org.bipline.cat.tlv.ByteSink;
import org.bipline.cat.tlv.ByteString;

/**
 * A command packet as it goes over the air. Decoding and encoding are inverse. ETSI TS 102 225 clause 5.1; behind the user data
 * header of a short message, as here, there is no CPI and no CHI: 3GPP TS 31.115 clause 4.2.
 *
 * @param headerLength CHL: bytes from the SPI to the end of the check, 13 to 255
 * @param kic key set version and algorithm of the ciphering, one byte
 * @param kid key set version and algorithm of the check, one byte
 * @param tar toolkit application reference, three bytes: which application the packet is for
 * @param body what stands behind the TAR: counter, number of padding bytes, check and data, ciphered or not
 */
public record SecuredPacket(int headerLength, Spi spi, int kic, int kid, ByteString tar, ByteString body) {
    static final int TAR = 3;
    static final int COUNTER = 5;

    /** Counter and number of padding bytes. */
    static final int FIXED = COUNTER + 1;

    /** SPI, KIc, KID, TAR, counter and number of padding bytes: what CHL counts beside the check. */
    static final int HEADER_WITHOUT_CHECK = 13;

    private static final int BODY_AT = 10; // CPL (2), CHL, SPI (2), KIc, KID, TAR (3)
    private static final int COUNTED_BEFORE_BODY = 8; // of these, all but CPL
    private static final String CLAUSE = "ETSI TS 102 225 clause 5.1";

    public SecuredPacket {
        if (headerLength < HEADER_WITHOUT_CHECK || headerLength > 0xFF) {
            throw new IllegalArgumentException("command header length " + headerLength);
        }
        if (kic < 0 || kic > 0xFF || kid < 0 || kid > 0xFF) {
            throw new IllegalArgumentException("KIc %X, KID %X".formatted(kic, kid));
        }
        if (tar.length() != TAR) {
            throw new IllegalArgumentException("TAR " + tar);
        }
        if (body.length() < FIXED + headerLength - HEADER_WITHOUT_CHECK
                || body.length() > 0xFFFF - COUNTED_BEFORE_BODY) {
            throw new IllegalArgumentException("body of " + body.length() + " bytes for a header of " + headerLength);
        }
    }

    /**
     * Reads a packet that begins with CPL.
     *
     * @throws PacketException when its lengths and its bytes do not agree
     */
    public static SecuredPacket decode(ByteString packet) throws PacketException {
        if (packet.length() < BODY_AT + FIXED) {
            throw new PacketException("packet is cut", packet.length(), CLAUSE);
        }
        int packetLength = packet.u16(0);
        if (packetLength != packet.length() - 2) {
            throw new PacketException(
                    "command packet length %d but %d bytes".formatted(packetLength, packet.length() - 2), 0, CLAUSE);
        }
        int headerLength = packet.u8(2);
        if (headerLength < HEADER_WITHOUT_CHECK || headerLength > packetLength - 1) {
            throw new PacketException("command header length " + headerLength, 2, CLAUSE);
        }
        return new SecuredPacket(
                headerLength,
                new Spi(packet.u8(3), packet.u8(4)),
                packet.u8(5),
                packet.u8(6),
                packet.slice(7, BODY_AT),
                packet.slice(BODY_AT));
    }

    public ByteString encode() {
        return ByteString.join(start(), body);
    }

    /** What is never ciphered: CPL to TAR. */
    private ByteString start() {
        return new ByteSink(BODY_AT)
                .u16(COUNTED_BEFORE_BODY + body.length())
                .u8(headerLength)
                .u8(spi.first())
                .u8(spi.second())
                .u8(kic)
                .u8(kid)
                .bytes(tar)
                .toByteString();
    }

    /** Bytes of the check. */
    public int checkLength() {
        return headerLength - HEADER_WITHOUT_CHECK;
    }

    /** Secures a packet. */
    static SecuredPacket of(CommandPacket packet, PacketCheck check, Optional<OtaKey> cipher) {
        int filled = FIXED + check.length() + packet.data().length();
        int block = cipher.map(OtaKey::blockSize).orElse(1);
        int padding = (block - filled % block) % block;
        ByteString counter = new ByteSink(FIXED)
                .u8((int) (packet.counter() >> 32))
                .u16((int) (packet.counter() >> 16))
                .u16((int) packet.counter())
                .u8(padding)
                .toByteString();
        ByteString data = ByteString.join(packet.data(), ByteString.wrap(new byte[padding]));
        ByteString blank = ByteString.wrap(new byte[check.length()]);
        SecuredPacket unchecked = new SecuredPacket(
                HEADER_WITHOUT_CHECK + check.length(),
                packet.spi(),
                packet.kic(),
                packet.kid(),
                packet.tar(),
                ByteString.join(counter, blank, data));
        ByteString body = ByteString.join(counter, check.over(ByteString.join(unchecked.start(), counter, data)), data);
        return unchecked.withBody(
                cipher.map(key -> ByteString.wrap(key.encipher(body.toBytes()))).orElse(body));
    }

    private SecuredPacket withBody(ByteString other) {
        return new SecuredPacket(headerLength, spi, kic, kid, tar, other);
    }

    /**
     * Deciphers and checks the packet as a card does; whether the counter is one that a card takes is not asked here.
     *
     * @param keys those of the version that KIc and KID name; not needed where neither names any
     * @throws PacketException when keys are missing or the check is wrong
     */
    public CommandPacket open(Optional<OtaKeys> keys) throws PacketException {
        if (spi.isCiphered()) {
            OtaKey key = keys.filter(k -> k.version() == kic >> 4)
                    .map(OtaKeys::ciphering)
                    .filter(k -> isMeant(kic, k))
                    .orElseThrow(() -> new PacketException(
                            "no key for KIc %02X".formatted(kic), 5, "ETSI TS 102 225 clause 5.1.2"));
            if (body.length() % key.blockSize() != 0) {
                throw new PacketException(
                        "ciphered part of %d bytes".formatted(body.length()), BODY_AT, "ETSI TS 102 225 clause 5.1.2");
            }
            return withBody(ByteString.wrap(key.decipher(body.toBytes()))).checked(keys);
        }
        return checked(keys);
    }

    /** Whether an algorithm is the one of a KIc or KID, or left to both sides. */
    private static boolean isMeant(int indication, OtaKey key) {
        return Algorithm.of(indication)
                .filter(a -> a == Algorithm.IMPLICIT || a == key.algorithm())
                .isPresent();
    }

    private CommandPacket checked(Optional<OtaKeys> keys) throws PacketException {
        Optional<OtaKeys> meant = keys.filter(k -> k.version() == kid >> 4 && isMeant(kid, k.checksum()));
        PacketCheck check = PacketCheck.of(spi.check(), kid, meant)
                .filter(c -> c.length() == checkLength())
                .orElseThrow(() -> new PacketException(
                        "no %s of %d bytes for KID %02X".formatted(spi.check().text(), checkLength(), kid),
                        6,
                        "ETSI TS 102 225 clause 5.1.3"));
        int dataAt = FIXED + checkLength();
        ByteString counter = body.slice(0, FIXED);
        ByteString data = body.slice(dataAt);
        if (!isSame(check.over(ByteString.join(start(), counter, data)), body.slice(FIXED, dataAt))) {
            throw new PacketException(
                    spi.check().text() + " is wrong", BODY_AT + FIXED, "ETSI TS 102 225 clause 5.1.3");
        }
        int padding = counter.u8(COUNTER);
        if (padding > data.length()) {
            throw new PacketException("%d bytes of padding".formatted(padding), BODY_AT + COUNTER, CLAUSE);
        }
        long value = (long) counter.u8(0) << 32 | (long) counter.u16(1) << 16 | counter.u16(3);
        return new CommandPacket(spi, kic, kid, tar, value, data.slice(0, data.length() - padding));
    }

    static boolean isSame(ByteString expected, ByteString actual) {
        return MessageDigest.isEqual(expected.toBytes(), actual.toBytes());
    }
}
