// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime.ota;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A key for secured packets and what is done with it: ciphering in CBC mode with an initial chaining value of zero, and the
 * cryptographic checksum. ETSI TS 102 225 clauses 5.1.2 and 5.1.3.1.
 */
public final class SecurityKey {
    private static final int ALGORITHM = 0x0F;
    private static final int AES = 0x02;
    private static final int TRIPLE_DES_WITH_TWO_KEYS = 0x05;
    private static final int TRIPLE_DES_WITH_THREE_KEYS = 0x09;
    private static final int DES_KEY = 8;

    private final int algorithm;
    private final SecretKeySpec key;

    private SecurityKey(int algorithm, SecretKeySpec key) {
        this.algorithm = algorithm;
        this.key = key;
    }

    /** A key of 16, 24 or 32 bytes; {@code IllegalArgumentException} for another length. */
    public static SecurityKey aes(byte[] key) {
        if (key.length != 16 && key.length != 24 && key.length != 32) {
            throw new IllegalArgumentException("an AES key has 16, 24 or 32 bytes, not " + key.length);
        }
        return new SecurityKey(AES, new SecretKeySpec(key, "AES"));
    }

    /** Two keys in 16 bytes or three in 24; {@code IllegalArgumentException} for another length. */
    public static SecurityKey tripleDes(byte[] keys) {
        if (keys.length != 2 * DES_KEY && keys.length != 3 * DES_KEY) {
            throw new IllegalArgumentException("keys of triple DES have 16 or 24 bytes, not " + keys.length);
        }
        byte[] three = Arrays.copyOf(keys, 3 * DES_KEY);
        if (keys.length == 2 * DES_KEY) {
            System.arraycopy(keys, 0, three, 2 * DES_KEY, DES_KEY);
        }
        int algorithm = keys.length == 2 * DES_KEY ? TRIPLE_DES_WITH_TWO_KEYS : TRIPLE_DES_WITH_THREE_KEYS;
        return new SecurityKey(algorithm, new SecretKeySpec(three, "DESede"));
    }

    /** Whether a KIc or KID names this algorithm, or leaves it to what the card knows. */
    boolean isMeantBy(int indication) {
        int named = indication & ALGORITHM;
        return named == 0 || named == algorithm;
    }

    boolean isAes() {
        return algorithm == AES;
    }

    int blockSize() {
        return isAes() ? 16 : 8;
    }

    byte[] encipher(byte[] blocks) {
        return cbc(Cipher.ENCRYPT_MODE, blocks);
    }

    byte[] decipher(byte[] blocks) {
        return cbc(Cipher.DECRYPT_MODE, blocks);
    }

    private byte[] cbc(int mode, byte[] blocks) {
        try {
            Cipher cipher = Cipher.getInstance(key.getAlgorithm() + "/CBC/NoPadding");
            cipher.init(mode, key, new IvParameterSpec(new byte[blockSize()]));
            return cipher.doFinal(blocks);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no whole blocks, or no such cipher", e);
        }
    }

    /** CMAC of 16 bytes (NIST SP 800-38B), or the last block of CBC over the message filled with zeros. */
    byte[] checksum(byte[] message) {
        int block = blockSize();
        int blocks = Math.max(1, (message.length + block - 1) / block);
        byte[] filled = Arrays.copyOf(message, blocks * block);
        if (isAes()) {
            boolean whole = message.length == filled.length;
            byte[] subkey = doubled(encipher(new byte[block]));
            if (!whole) {
                filled[message.length] = (byte) 0x80;
                subkey = doubled(subkey);
            }
            for (int i = 0; i < block; i++) {
                filled[filled.length - block + i] ^= subkey[i];
            }
        }
        byte[] chain = encipher(filled);
        return Arrays.copyOfRange(chain, chain.length - block, chain.length);
    }

    /** Doubling in the field of 2^128 elements. */
    private static byte[] doubled(byte[] value) {
        byte[] result = new byte[value.length];
        for (int i = 0; i < value.length; i++) {
            int next = i + 1 < value.length ? (value[i + 1] & 0x80) >> 7 : 0;
            result[i] = (byte) (value[i] << 1 | next);
        }
        result[value.length - 1] ^= (byte) (value[0] < 0 ? 0x87 : 0);
        return result;
    }
}
