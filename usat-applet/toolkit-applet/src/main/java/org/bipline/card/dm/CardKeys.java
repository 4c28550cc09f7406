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
 */
@SuppressWarnings("deprecation") // of RandomData: what replaces its members came with Java Card 3.0.5
final class CardKeys {
    /** Bytes of a block of AES, and of a nonce with room for the number. */
    static final short BLOCK = 16;

    private static final short NUMBER = 14; // of the block, behind the nonce

    private final byte[] scratch;
    private final AESKey values;
    private final Cipher aes;
    private final RandomData random;

    /** @param scratch of 16 bytes at least, in RAM, which nothing else uses during a call */
    CardKeys(byte[] scratch) {
        this.scratch = scratch;
        random = RandomData.getInstance(RandomData.ALG_SECURE_RANDOM);
        aes = Cipher.getInstance(Cipher.ALG_AES_BLOCK_128_ECB_NOPAD, false);
        values = makeKey();
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
        aes.init(values, Cipher.MODE_ENCRYPT);
        aes.doFinal(scratch, (short) 0, BLOCK, scratch, (short) 0);
    }
}
