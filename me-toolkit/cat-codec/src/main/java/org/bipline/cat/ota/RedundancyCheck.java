// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.ota;

import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.bipline.cat.object.Coded;

/** The redundancy checks that a KID names, as HDLC (ISO/IEC 13239) has them. ETSI TS 102 225 clause 5.1.3.2. */
public enum RedundancyCheck implements Coded {
    CRC_16(0x1, 2),
    CRC_32(0x5, 4);

    private static final int POLYNOMIAL_16 = 0x8408; // x^16 + x^12 + x^5 + 1, the lowest power first

    private final int code;
    private final int length;

    RedundancyCheck(int code, int length) {
        this.code = code;
        this.length = length;
    }

    @Override
    public int code() {
        return code;
    }

    @Override
    public String text() {
        return "CRC " + 8 * length;
    }

    /** Bytes of the check. */
    int length() {
        return length;
    }

    /** The check in a KID; empty where it names a proprietary one or none. */
    public static Optional<RedundancyCheck> of(int indication) {
        return Stream.of(values()).filter(c -> c.code == (indication & 0x0F)).findFirst();
    }

    byte[] over(byte[] message) {
        long value = switch (this) {
            case CRC_16 -> crc16(message);
            case CRC_32 -> crc32(message);
        };
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (value >> (8 * (length - 1 - i)));
        }
        return bytes;
    }

    private static long crc32(byte[] message) {
        CRC32 crc = new CRC32();
        crc.update(message);
        return crc.getValue();
    }

    private static int crc16(byte[] message) {
        int crc = 0xFFFF;
        for (byte octet : message) {
            crc ^= octet & 0xFF;
            for (int bit = 0; bit < 8; bit++) {
                crc = crc >> 1 ^ ((crc & 1) == 0 ? 0 : POLYNOMIAL_16);
            }
        }
        return ~crc & 0xFFFF;
    }
}
