// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.ota;

import java.util.Arrays;
import java.util.Optional;
import org.bipline.cat.tlv.ByteString;

/**
 * What one kind of check is made with.
 *
 * @param length bytes of the check
 */
record PacketCheck(Check kind, Optional<RedundancyCheck> redundancy, Optional<OtaKeys> keys, int length) {
    /** Empty where the KID names none, or where there are no keys for it. */
    static Optional<PacketCheck> of(Check kind, int kid, Optional<OtaKeys> keys) {
        return switch (kind) {
            case NONE -> Optional.of(new PacketCheck(kind, Optional.empty(), keys, 0));
            case REDUNDANCY_CHECK ->
                RedundancyCheck.of(kid).map(crc -> new PacketCheck(kind, Optional.of(crc), keys, crc.length()));
            case CRYPTOGRAPHIC_CHECKSUM ->
                keys.map(k -> new PacketCheck(kind, Optional.empty(), keys, k.checksumLength()));
            case DIGITAL_SIGNATURE -> Optional.empty();
        };
    }

    ByteString over(ByteString message) {
        byte[] bytes = message.toBytes();
        byte[] value = switch (kind) {
            case NONE, DIGITAL_SIGNATURE -> new byte[0];
            case REDUNDANCY_CHECK -> redundancy.orElseThrow().over(bytes);
            case CRYPTOGRAPHIC_CHECKSUM -> keys.orElseThrow().checksum().checksum(bytes);
        };
        return ByteString.wrap(Arrays.copyOf(value, length));
    }
}
