// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.ota;

import java.util.Objects;

/**
 * The keys of one key set version.
 *
 * @param version 1 to 15: the upper four bits of KIc and KID
 * @param ciphering the key that KIc names
 * @param checksum the key that KID names
 * @param checksumLength bytes of a cryptographic checksum: 8, or 4 where AES makes it
 */
public record OtaKeys(int version, OtaKey ciphering, OtaKey checksum, int checksumLength) {
    public OtaKeys {
        if (version < 1 || version > 15) {
            throw new IllegalArgumentException("key set version " + version + ", 1 to 15 expected");
        }
        Objects.requireNonNull(ciphering);
        boolean four = checksumLength == 4 && checksum.algorithm() == Algorithm.AES;
        if (checksumLength != 8 && !four) {
            throw new IllegalArgumentException(
                    "checksum of " + checksumLength + " bytes; 8, or 4 that AES makes, expected");
        }
    }

    /** KIc for these keys. */
    public int kic() {
        return version << 4 | ciphering.algorithm().code();
    }

    /** KID for a cryptographic checksum with these keys. */
    public int kid() {
        return version << 4 | checksum.algorithm().code();
    }
}
