// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.https;

import javacard.framework.JCSystem;
import javacard.framework.Util;
import javacard.security.MessageDigest;

/**
 * HMAC with SHA-256, on the digest of the card: {@code Signature.ALG_HMAC_SHA_256} is an option of Java Card 3.0.4 that many cards
 * which have SHA-256 leave out. RFC 2104.
 */
final class Hmac {
    static final short LENGTH = 32;
    private static final short BLOCK = 64;
    private static final byte IPAD = 0x36;
    private static final byte OPAD = 0x5C;

    private final MessageDigest sha256 = MessageDigest.getInstance(MessageDigest.ALG_SHA_256, false);
    private final byte[] pad = JCSystem.makeTransientByteArray(BLOCK, JCSystem.CLEAR_ON_RESET);

    /** Begins with a key of any length. */
    void init(byte[] key, short off, short len) {
        Util.arrayFillNonAtomic(pad, (short) 0, BLOCK, (byte) 0);
        sha256.reset();
        if (len > BLOCK) {
            sha256.doFinal(key, off, len, pad, (short) 0);
        } else {
            Util.arrayCopyNonAtomic(key, off, pad, (short) 0, len);
        }
        mask(IPAD);
        sha256.update(pad, (short) 0, BLOCK);
    }

    void update(byte[] buf, short off, short len) {
        sha256.update(buf, off, len);
    }

    /** Writes {@link #LENGTH} bytes and forgets the key. */
    void doFinal(byte[] out, short off) {
        sha256.doFinal(pad, (short) 0, (short) 0, out, off);
        mask((byte) (IPAD ^ OPAD));
        sha256.update(pad, (short) 0, BLOCK);
        sha256.doFinal(out, off, LENGTH, out, off);
        Util.arrayFillNonAtomic(pad, (short) 0, BLOCK, (byte) 0);
    }

    /**
     * Blocks that the digest works through for a message of {@code len} bytes, less a constant: SHA-256 adds nine bytes and
     * fills the block.
     */
    static short blocks(short len) {
        return (short) ((short) (len + 8) / BLOCK);
    }

    /** Works through as many blocks, of no meaning; {@code buf} has at least one. */
    void idle(byte[] buf, short blocks) {
        for (; blocks > 0; blocks--) {
            sha256.update(buf, (short) 0, BLOCK);
        }
        sha256.reset();
    }

    private void mask(byte value) {
        for (short i = 0; i < BLOCK; i++) {
            pad[i] ^= value;
        }
    }
}
