// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.ota;

import java.util.Optional;
import org.bipline.cat.tlv.ByteString;

/**
 * What a command packet says, without its check, padding and ciphering. ETSI TS 102 225 clause 5.1.
 *
 * @param kic key set version and algorithm of the ciphering, one byte
 * @param kid key set version and algorithm of the check, one byte
 * @param tar toolkit application reference, three bytes
 * @param counter 0 to 2^40 - 1
 * @param data the secured data
 */
public record CommandPacket(Spi spi, int kic, int kid, ByteString tar, long counter, ByteString data) {
    /** The counter after which a card takes no packet with a checked counter any more. */
    public static final long LAST_COUNTER = 0xFF_FFFF_FFFFL;

    public CommandPacket {
        if (counter < 0 || counter > LAST_COUNTER) {
            throw new IllegalArgumentException("counter " + counter + ", 0 to 2^40 - 1 expected");
        }
    }

    /** A packet whose KIc and KID name these keys. */
    public static CommandPacket of(Spi spi, OtaKeys keys, ByteString tar, long counter, ByteString data) {
        return new CommandPacket(spi, keys.kic(), keys.kid(), tar, counter, data);
    }

    /**
     * The packet as it goes over the air.
     *
     * @param keys those that KIc and KID name; not needed where the SPI wants no ciphering and no cryptographic checksum
     * @throws IllegalArgumentException when the SPI wants what there are no keys for, or a check that KID does not name
     */
    public SecuredPacket secure(Optional<OtaKeys> keys) {
        PacketCheck check = PacketCheck.of(spi.check(), kid, keys)
                .orElseThrow(() -> new IllegalArgumentException(
                        "no %s for KID %02X".formatted(spi.check().text(), kid)));
        if (spi.isCiphered() && keys.isEmpty()) {
            throw new IllegalArgumentException("no key to cipher with");
        }
        return SecuredPacket.of(this, check, spi.isCiphered() ? keys.map(OtaKeys::ciphering) : Optional.empty());
    }
}
