// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime.vm;

import javacardx.crypto.AEADCipher;
import javacardx.crypto.Cipher;

/** Called by applets in the place of {@link Cipher#getInstance}, for {@link GcmCipher}. */
public final class Ciphers {
    private Ciphers() {}

    public static Cipher getInstance(byte algorithm, boolean externalAccess) {
        return algorithm == AEADCipher.ALG_AES_GCM ? new GcmCipher() : Cipher.getInstance(algorithm, externalAccess);
    }

    public static Cipher getInstance(byte cipher, byte padding, boolean externalAccess) {
        return cipher == AEADCipher.CIPHER_AES_GCM && padding == Cipher.PAD_NULL
                ? new GcmCipher()
                : Cipher.getInstance(cipher, padding, externalAccess);
    }
}
