// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime.ota;

import java.util.zip.CRC32;

/** The two redundancy checks, as ISO/IEC 13239 has them. ETSI TS 102 225 clause 5.1.3.2. */
final class RedundancyCheck {
    private static final int CRC_16 = 0x01;
    private static final int CRC_32 = 0x05;
    private static final int POLYNOMIAL = 0x8408; // x16 + x12 + x5 + 1, the lowest power first

    private RedundancyCheck() {}

    /** Bytes of the check that a KID names, 0 where it names none. */
    static int length(int kid) {
        return switch (kid & 0x0F) {
            case CRC_16 -> 2;
            case CRC_32 -> 4;
            default -> 0;
        };
    }

    static byte[] of(byte[] message, int length) {
        long value = length == 2 ? crc16(message) : crc32(message);
        byte[] check = new byte[length];
        for (int i = 0; i < length; i++) {
            check[i] = (byte) (value >> (8 * (length - 1 - i)));
        }
        return check;
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
            for (int i = 0; i < 8; i++) {
                crc = (crc & 1) != 0 ? crc >> 1 ^ POLYNOMIAL : crc >> 1;
            }
        }
        return crc ^ 0xFFFF;
    }
}
