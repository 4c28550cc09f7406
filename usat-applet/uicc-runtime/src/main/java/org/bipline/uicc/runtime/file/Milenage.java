// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime.file;

import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/** The MILENAGE functions f1 to f5*, 3GPP TS 35.206 clause 4.1, with its recommended constants. */
final class Milenage {
    private static final int BLOCK = 16;

    private final Cipher kernel;
    private final byte[] opc;

    Milenage(byte[] key, byte[] opc) {
        this.kernel = kernel(key);
        this.opc = opc;
    }

    /** OPc, from the operator's OP. */
    static byte[] opc(byte[] key, byte[] op) {
        return xor(encrypt(kernel(key), op), op);
    }

    private static Cipher kernel(byte[] key) {
        try {
            Cipher cipher = Cipher.getInstance("AES/ECB/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"));
            return cipher;
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("no AES key", e);
        }
    }

    private static byte[] encrypt(Cipher kernel, byte[] block) {
        try {
            return kernel.doFinal(block);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] xor(byte[] a, byte[] b) {
        byte[] result = a.clone();
        for (int i = 0; i < result.length; i++) {
            result[i] ^= b[i];
        }
        return result;
    }

    /** f1 in the first 8 bytes, f1* in the last. */
    byte[] out1(byte[] rand, byte[] sqn, byte[] amf) {
        byte[] in = new byte[BLOCK];
        for (int half = 0; half < BLOCK; half += 8) {
            System.arraycopy(sqn, 0, in, half, 6);
            System.arraycopy(amf, 0, in, half + 6, 2);
        }
        byte[] rotated = rotate(xor(in, opc), 8);
        return xor(encrypt(kernel, xor(temp(rand), rotated)), opc);
    }

    /** f5 in the first 6 bytes, f2 in the last 8. */
    byte[] out2(byte[] rand) {
        return out(rand, 0, 1);
    }

    /** f3, the cipher key. */
    byte[] out3(byte[] rand) {
        return out(rand, 4, 2);
    }

    /** f4, the integrity key. */
    byte[] out4(byte[] rand) {
        return out(rand, 8, 4);
    }

    /** f5* in the first 6 bytes. */
    byte[] out5(byte[] rand) {
        return out(rand, 12, 8);
    }

    private byte[] temp(byte[] rand) {
        return encrypt(kernel, xor(rand, opc));
    }

    private byte[] out(byte[] rand, int rotation, int constant) {
        byte[] in = rotate(xor(temp(rand), opc), rotation);
        in[BLOCK - 1] ^= (byte) constant;
        return xor(encrypt(kernel, in), opc);
    }

    /** Cyclic rotation by whole bytes towards the most significant one. */
    private static byte[] rotate(byte[] block, int bytes) {
        byte[] rotated = new byte[BLOCK];
        for (int i = 0; i < BLOCK; i++) {
            rotated[i] = block[(i + bytes) % BLOCK];
        }
        return rotated;
    }
}
