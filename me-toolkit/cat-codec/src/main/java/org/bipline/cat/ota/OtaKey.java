// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.ota;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Locale;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bipline.cat.tlv.ByteString;

/** A key for secured packets, and what is done with it. ETSI TS 102 225 clauses 5.1.2 and 5.1.3.1. Its text tells only the algorithm. */
public final class OtaKey {
    private static final int DES_KEY = 8;

    private final Algorithm algorithm;
    private final SecretKeySpec key;

    private OtaKey(Algorithm algorithm, SecretKeySpec key) {
        this.algorithm = algorithm;
        this.key = key;
    }

    /** A key of AES: 16, 24 or 32 bytes. */
    public static OtaKey aes(ByteString key) {
        requireLength("an AES key", key, 16, 24, 32);
        return new OtaKey(Algorithm.AES, new SecretKeySpec(key.toBytes(), "AES"));
    }

    /** Keys of triple DES: two in 16 bytes or three in 24. */
    public static OtaKey tripleDes(ByteString keys) {
        requireLength("keys of triple DES", keys, 2 * DES_KEY, 3 * DES_KEY);
        boolean two = keys.length() == 2 * DES_KEY;
        byte[] three = Arrays.copyOf(keys.toBytes(), 3 * DES_KEY);
        if (two) {
            System.arraycopy(three, 0, three, 2 * DES_KEY, DES_KEY);
        }
        return new OtaKey(two ? Algorithm.TRIPLE_DES_2 : Algorithm.TRIPLE_DES_3, new SecretKeySpec(three, "DESede"));
    }

    /** A key of DES, 8 bytes: for cards that have nothing better. */
    public static OtaKey des(ByteString key) {
        requireLength("a DES key", key, DES_KEY);
        return new OtaKey(Algorithm.DES, new SecretKeySpec(key.toBytes(), "DES"));
    }

    /**
     * A key in text: {@code aes:HEX}, {@code 3des:HEX} or {@code des:HEX}.
     *
     * @throws IllegalArgumentException when it is none of these; the message does not repeat it
     */
    public static OtaKey parse(String text) {
        int colon = text.indexOf(':');
        String name = colon < 0 ? "" : text.substring(0, colon).toLowerCase(Locale.ROOT);
        ByteString bytes;
        try {
            bytes = ByteString.ofHex(text.substring(colon + 1));
        } catch (IllegalArgumentException e) { // whose message repeats digits
            throw new IllegalArgumentException("a key is aes:HEX, 3des:HEX or des:HEX");
        }
        return switch (name) {
            case "aes" -> aes(bytes);
            case "3des" -> tripleDes(bytes);
            case "des" -> des(bytes);
            default -> throw new IllegalArgumentException("a key is aes:HEX, 3des:HEX or des:HEX");
        };
    }

    private static void requireLength(String what, ByteString key, int... lengths) {
        if (Arrays.stream(lengths).noneMatch(length -> length == key.length())) {
            throw new IllegalArgumentException(
                    "%s: %d bytes, not %s".formatted(what, key.length(), Arrays.toString(lengths)));
        }
    }

    public Algorithm algorithm() {
        return algorithm;
    }

    /** Bytes of a block of the cipher. */
    int blockSize() {
        return algorithm == Algorithm.AES ? Cmac.BLOCK : DES_KEY;
    }

    byte[] encipher(byte[] blocks) {
        return cbc(Cipher.ENCRYPT_MODE, blocks);
    }

    byte[] decipher(byte[] blocks) {
        return cbc(Cipher.DECRYPT_MODE, blocks);
    }

    /** CBC over whole blocks with an initial chaining value of zero. */
    private byte[] cbc(int mode, byte[] blocks) {
        try {
            Cipher cipher = Cipher.getInstance(key.getAlgorithm() + "/CBC/NoPadding");
            cipher.init(mode, key, new IvParameterSpec(new byte[blockSize()]));
            return cipher.doFinal(blocks);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(algorithm + " of " + blocks.length + " bytes", e);
        }
    }

    /** CMAC with AES; with DES the last block of CBC over the message, filled with zeros to whole blocks. */
    byte[] checksum(byte[] message) {
        if (algorithm == Algorithm.AES) {
            return Cmac.of(this::encipher, message);
        }
        int blocks = Math.max(1, (message.length + DES_KEY - 1) / DES_KEY);
        byte[] chain = encipher(Arrays.copyOf(message, blocks * DES_KEY));
        return Arrays.copyOfRange(chain, chain.length - DES_KEY, chain.length);
    }

    @Override
    public String toString() {
        return algorithm + " key";
    }
}
