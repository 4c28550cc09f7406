// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.https;

import javacard.framework.Util;
import javacard.security.AESKey;
import javacard.security.RandomData;
import javacardx.crypto.Cipher;

/** AES-128-CBC and HMAC-SHA256: the MAC is encrypted with content and padding. RFC 5246 clause 6.2.3.2. */
@SuppressWarnings("deprecation") // of RandomData: what replaces its members came with Java Card 3.0.5
final class CbcProtection extends MacProtection {
    /** Block of the cipher, and so the length of IVs. */
    static final short BLOCK = 16;

    private static final short MAX_PADDING = 256; // with its length
    private static final short MIN_LENGTH = 4 * BLOCK; // IV, and MAC with one byte of padding at least

    private final Cipher cipher = Cipher.getInstance(Cipher.ALG_AES_BLOCK_128_CBC_NOPAD, false);
    private final RandomData random;
    private final AESKey readKey;
    private final AESKey writeKey;

    CbcProtection(TlsRecords records, Hmac hmac, RandomData random, AESKey readKey, AESKey writeKey) {
        super(records, hmac, (short) (2 * Hmac.LENGTH + 2 * BLOCK), BLOCK, (short)
                (BLOCK + TlsRecords.MAX_FRAGMENT + Hmac.LENGTH + MAX_PADDING));
        this.random = random;
        this.readKey = readKey;
        this.writeKey = writeKey;
    }

    @Override
    void setKeys(byte[] block, short off) {
        super.setKeys(block, off);
        off = (short) (off + 2 * Hmac.LENGTH);
        writeKey.setKey(block, off);
        readKey.setKey(block, (short) (off + BLOCK));
    }

    /**
     * Decrypts, and checks padding and MAC with the same work whatever the padding is: all bytes that could be padding are looked
     * at, a wrong one counts as none, the MAC is computed in any case, and as many blocks are digested as for no padding.
     */
    @Override
    short open(short header, short length) {
        TlsAlert.require(length >= MIN_LENGTH && (short) (length & (BLOCK - 1)) == 0, TlsAlert.BAD_RECORD_MAC);
        cipher.init(readKey, Cipher.MODE_DECRYPT, buffer, (short) 0, BLOCK);
        cipher.doFinal(buffer, BLOCK, (short) (length - BLOCK), buffer, BLOCK);

        short last = (short) (length - 1);
        short longest = (short) (last - BLOCK - Hmac.LENGTH); // content, without padding
        short padding = (short) (buffer[last] & 0xFF);
        short fits = (short) ~ones((short) (longest - padding)); // all ones or none, as the other masks
        short wrong = (short) ~fits;
        padding &= fits;
        short first = (short) (last - padding);
        for (short i = length < (short) (MAX_PADDING + BLOCK) ? BLOCK : (short) (length - MAX_PADDING);
                i < length;
                i++) {
            wrong |= (short) ((buffer[i] ^ padding) & 0xFF & ~ones((short) (i - first)));
        }

        short content = (short) (longest - padding);
        wrong |= difference(header, BLOCK, content);
        hmac.idle(buffer, (short) (Hmac.blocks((short) (longest + PSEUDO_HEADER_SIZE))
                - Hmac.blocks((short) (content + PSEUDO_HEADER_SIZE))));
        TlsAlert.require(wrong == 0, TlsAlert.BAD_RECORD_MAC);
        return content;
    }

    /** All ones for a negative number, else none. */
    private static short ones(short number) {
        return (short) (number >> 15);
    }

    @Override
    short seal(short header, short content, short length) {
        short toEncrypt = super.seal(header, content, length);
        short padding = (short) (BLOCK - 1 - (short) (toEncrypt & (BLOCK - 1)));
        Util.arrayFillNonAtomic(buffer, (short) (content + toEncrypt), (short) (padding + 1), (byte) padding);
        toEncrypt = (short) (toEncrypt + padding + 1);
        short iv = (short) (content - BLOCK);
        random.generateData(buffer, iv, BLOCK);
        cipher.init(writeKey, Cipher.MODE_ENCRYPT, buffer, iv, BLOCK);
        cipher.doFinal(buffer, content, toEncrypt, buffer, content);
        return (short) (BLOCK + toEncrypt);
    }
}
