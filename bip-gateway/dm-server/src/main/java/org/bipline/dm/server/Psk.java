// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.server;

import java.util.Objects;
import org.bipline.dm.ByteString;

/**
 * Pre-shared key by which a device and the server prove to each other who they are in TLS. RFC 4279.
 *
 * @param identity what the device calls the key, 1 to 64 bytes, for no other device
 * @param key 16 to 32 bytes; no message and no {@link #toString} tells it
 */
public record Psk(ByteString identity, ByteString key) {
    /** Bytes of an identity. */
    public static final int MIN_IDENTITY = 1;

    /** The card has room for no longer one. */
    public static final int MAX_IDENTITY = 64;

    /** Bytes of a key; as many as the key of AES-128 has. */
    public static final int MIN_KEY = 16;

    public static final int MAX_KEY = 32;

    public Psk {
        Objects.requireNonNull(identity);
        Objects.requireNonNull(key);
        check("identity", identity, MIN_IDENTITY, MAX_IDENTITY);
        check("key", key, MIN_KEY, MAX_KEY);
    }

    private static void check(String what, ByteString value, int min, int max) {
        if (value.length() < min || value.length() > max) {
            throw new IllegalArgumentException(
                    "PSK " + what + " of " + value.length() + " bytes, expected " + min + " to " + max);
        }
    }

    /** The identity without the key. */
    @Override
    public String toString() {
        return "Psk[" + identity + "]";
    }
}
