// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.https;

import javacard.framework.Util;

/** The pseudorandom function of TLS 1.2, P_SHA256. RFC 5246 clause 5. */
final class Prf {
    private final Hmac hmac;
    private final byte[] work;
    private final short a; // offset of A(i) in work

    /** Takes {@link Hmac#LENGTH} bytes of an array of the caller to work in, from {@code a} on. */
    Prf(Hmac hmac, byte[] work, short a) {
        this.hmac = hmac;
        this.work = work;
        this.a = a;
    }

    /**
     * Writes {@code outLen} bytes, and what is missing to the last whole round of {@link Hmac#LENGTH}. They may take the place of
     * the secret only where one round gives them all.
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
        hmac.doFinal(work, a);
        while (outLen > 0) {
            hmac.init(secret, secretOff, secretLen);
            hmac.update(work, a, Hmac.LENGTH);
            hmac.update(seed, seedOff, seedLen);
            hmac.doFinal(out, outOff);
            outOff = (short) (outOff + Hmac.LENGTH);
            outLen = (short) (outLen - Hmac.LENGTH);
            if (outLen > 0) {
                hmac.init(secret, secretOff, secretLen);
                hmac.update(work, a, Hmac.LENGTH);
                hmac.doFinal(work, a);
            }
        }
        Util.arrayFillNonAtomic(work, a, Hmac.LENGTH, (byte) 0);
    }
}
