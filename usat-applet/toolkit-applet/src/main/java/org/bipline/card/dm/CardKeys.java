// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

import javacard.framework.Util;
import javacard.security.AESKey;
import javacard.security.KeyBuilder;
import javacard.security.RandomData;
import javacardx.crypto.Cipher;

/**
 * The keys of this card, made at its installation and known to nobody else. Values are enciphered by AES-128 in counter mode
 * (NIST SP 800-38A clause 6.5): the counter block is a nonce of 14 random bytes, which stands before the value, and the number of the block.
 * Seals are made by MAC algorithm 2 of ISO/IEC 9797-1 with AES-128 and padding method 2, under two further keys.
 */
@SuppressWarnings("deprecation") // of RandomData: what replaces its members came with Java Card 3.0.5
final class CardKeys {
    /** Bytes of a block of AES, and of a nonce with room for the number. */
    static final short BLOCK = 16;

    private static final short NUMBER = 14; // of the block, behind the nonce

    /** Where the scratch memory has, behind the chaining value of a seal, the number of bytes in the block that is not full. */
    private static final short FILLED = BLOCK;

    private static final byte PADDING = (byte) 0x80;

    private final byte[] scratch;
    private final AESKey values;
    private final AESKey seals;
    private final AESKey lastOfSeals;
    private final Cipher aes;
    private final RandomData random;

    /** @param scratch of 17 bytes at least, in RAM, which nothing else uses during a call */
    CardKeys(byte[] scratch) {
        this.scratch = scratch;
        random = RandomData.getInstance(RandomData.ALG_SECURE_RANDOM);
        aes = Cipher.getInstance(Cipher.ALG_AES_BLOCK_128_ECB_NOPAD, false);
        values = makeKey();
        seals = makeKey();
        lastOfSeals = makeKey();
    }

    private AESKey makeKey() {
        AESKey key = (AESKey) KeyBuilder.buildKey(KeyBuilder.TYPE_AES, KeyBuilder.LENGTH_AES_128, false);
        random.generateData(scratch, (short) 0, BLOCK);
        key.setKey(scratch, (short) 0);
        Util.arrayFillNonAtomic(scratch, (short) 0, BLOCK, (byte) 0);
        return key;
    }

    /** Leaves a new nonce in the scratch memory. */
    void makeNonce() {
        random.generateData(scratch, (short) 0, NUMBER);
        Util.setShort(scratch, NUMBER, (short) 0);
    }

    /** Leaves the key stream of a block in the scratch memory. */
    void makeKeyStream(byte[] nonce, short off, short number) {
        Util.arrayCopyNonAtomic(nonce, off, scratch, (short) 0, NUMBER);
        Util.setShort(scratch, NUMBER, number);
        encipher(values);
    }

    // --- seals: the chaining value stands in the scratch memory until the end

    /** Begins a seal with the block that stands in the scratch memory. */
    void beginSeal() {
        scratch[FILLED] = 0;
        encipher(seals);
    }

    void updateSeal(byte b) {
        scratch[scratch[FILLED]] ^= b;
        scratch[FILLED]++;
        if (scratch[FILLED] == BLOCK) {
            scratch[FILLED] = 0;
            encipher(seals);
        }
    }

    void updateSeal(byte[] buf, short off, short len) {
        for (short end = (short) (off + len); off < end; off++) {
            updateSeal(buf[off]);
        }
    }

    /** Leaves the seal in the scratch memory. */
    void endSeal() {
        scratch[scratch[FILLED]] ^= PADDING;
        encipher(seals);
        encipher(lastOfSeals);
    }

    private void encipher(AESKey key) {
        aes.init(key, Cipher.MODE_ENCRYPT);
        aes.doFinal(scratch, (short) 0, BLOCK, scratch, (short) 0);
    }
}
