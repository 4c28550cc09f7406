// SPDX-License-Identifier: Apache-2.0
package org.bipline.gateway;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.bipline.dm.ByteString;

/**
 * Pre-shared keys of TLS clients by their identities.
 *
 * <p>Every identity has a key: one that nobody was given has one derived from a secret of this object, so that a client
 * cannot tell an identity that is not known from a key that is wrong (RFC 4279 clause 2 permits the answer
 * {@code decrypt_error} to both; here both fail as any record with a wrong MAC does). The same identity has the same
 * derived key each time.
 */
public final class PskKeys {
    /** Bytes of an identity. */
    public static final int MIN_IDENTITY = 1;

    /** The card has room for no longer one. */
    public static final int MAX_IDENTITY = 64;

    /** Bytes of a key; as many as the key of AES-128 has. */
    public static final int MIN_KEY = 16;

    public static final int MAX_KEY = 32;

    private static final String HMAC = "HmacSHA256";

    private final Map<ByteString, ByteString> keys;
    private final SecretKeySpec secret;

    /**
     * Keys by identity.
     *
     * @param random gives the secret
     * @throws IllegalArgumentException when an identity or a key is too short or too long; the message does not tell the key
     */
    public PskKeys(Map<ByteString, ByteString> keys, SecureRandom random) {
        keys.forEach(PskKeys::check);
        this.keys = Map.copyOf(keys);
        byte[] bytes = new byte[MAX_KEY];
        random.nextBytes(bytes);
        secret = new SecretKeySpec(bytes, HMAC);
    }

    /**
     * Checks what might become an entry.
     *
     * @throws IllegalArgumentException as the constructor would
     */
    public static void check(ByteString identity, ByteString key) {
        check("identity", identity, MIN_IDENTITY, MAX_IDENTITY);
        check("key", key, MIN_KEY, MAX_KEY);
    }

    private static void check(String what, ByteString value, int min, int max) {
        if (value.length() < min || value.length() > max) {
            throw new IllegalArgumentException(
                    "PSK " + what + " of " + value.length() + " bytes, expected " + min + " to " + max);
        }
    }

    public boolean isEmpty() {
        return keys.isEmpty();
    }

    /** The key of an identity. Derives one in any case: the time must not tell whether it is needed. */
    byte[] key(byte[] identity) {
        byte[] derived = Arrays.copyOf(derive(identity), MIN_KEY);
        ByteString known = keys.get(ByteString.of(identity));
        return known == null ? derived : known.toByteArray();
    }

    private byte[] derive(byte[] identity) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(secret);
            return mac.doFinal(identity);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + HMAC, e);
        }
    }

    /** How many, and nothing of them. */
    @Override
    public String toString() {
        return "PskKeys[" + keys.size() + "]";
    }
}
