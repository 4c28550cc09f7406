// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.https;

import javacard.framework.JCSystem;
import javacard.framework.Util;

/** The pseudorandom function of TLS 1.2, P_SHA256. RFC 5246 clause 5. */
final class Prf {
    // offsets in work
    private static final short A = 0;
    private static final short OUTPUT = Hmac.LENGTH;
    private static final short WORK_SIZE = 2 * Hmac.LENGTH;

    private final Hmac hmac;
    private final byte[] work = JCSystem.makeTransientByteArray(WORK_SIZE, JCSystem.CLEAR_ON_RESET);

    Prf(Hmac hmac) {
        this.hmac = hmac;
    }

    /**
     * Writes {@code outLen} bytes, which may take the place of the secret only where one round gives them all.
     *
     * @param seed the label and behind it the seed proper, in {@code seed[seedOff .. seedOff + seedLen)}
     */
    void derive(
            byte[] secret,
            short secretOff,
            short secretLen,
            byte[] seed,
            short seedOff,
            short seedLen,
            byte[] out,
            short outOff,
            short outLen) {
        hmac.init(secret, secretOff, secretLen);
        hmac.update(seed, seedOff, seedLen);
        hmac.doFinal(work, A);
        while (outLen > 0) {
            hmac.init(secret, secretOff, secretLen);
            hmac.update(work, A, Hmac.LENGTH);
            hmac.update(seed, seedOff, seedLen);
            hmac.doFinal(work, OUTPUT);
            short count = outLen < Hmac.LENGTH ? outLen : Hmac.LENGTH;
            Util.arrayCopyNonAtomic(work, OUTPUT, out, outOff, count);
            outOff = (short) (outOff + count);
            outLen = (short) (outLen - count);
            if (outLen > 0) {
                hmac.init(secret, secretOff, secretLen);
                hmac.update(work, A, Hmac.LENGTH);
                hmac.doFinal(work, A);
            }
        }
        Util.arrayFillNonAtomic(work, (short) 0, WORK_SIZE, (byte) 0);
    }
}
