// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime.vm;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javacard.security.AESKey;
import javacard.security.CryptoException;
import javacard.security.Key;
import javacardx.crypto.AEADCipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-GCM with initial values of 12 bytes, as Java Card 3.0.5 describes it: text goes in and comes out without tag, which is asked
 * for, or checked, behind it. (That of jCardSim has the tag in its text, so that what it encrypts it does not decrypt.) NIST SP
 * 800-38D.
 */
public final class GcmCipher extends AEADCipher {
    private static final int IV = 12;
    private static final int BLOCK = 16;
    private static final int TAG = 16;

    private boolean encrypting;
    private byte[] key = {};
    private byte[] iv = {};
    private final ByteArrayOutputStream associated = new ByteArrayOutputStream();
    private final ByteArrayOutputStream plain = new ByteArrayOutputStream();
    private javax.crypto.Cipher counter;
    private byte[] tag = {};

    @Override
    public void init(Key newKey, byte mode) {
        throw new CryptoException(CryptoException.ILLEGAL_USE); // an initial value of zeros is no good
    }

    @Override
    public void init(Key newKey, byte mode, byte[] buf, short off, short len) {
        if (!(newKey instanceof AESKey aes) || len != IV || (mode != MODE_ENCRYPT && mode != MODE_DECRYPT)) {
            throw new CryptoException(CryptoException.ILLEGAL_VALUE);
        }
        if (!aes.isInitialized()) {
            throw new CryptoException(CryptoException.UNINITIALIZED_KEY);
        }
        encrypting = mode == MODE_ENCRYPT;
        key = new byte[aes.getSize() / Byte.SIZE];
        aes.getKey(key, (short) 0);
        iv = Arrays.copyOfRange(buf, off, off + len);
        associated.reset();
        plain.reset();
        tag = new byte[0];
        byte[] first = Arrays.copyOf(iv, BLOCK);
        first[BLOCK - 1] = 2; // the first block of the counter encrypts the tag
        try {
            counter = javax.crypto.Cipher.getInstance("AES/CTR/NoPadding");
            counter.init(javax.crypto.Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(first));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void init(
            Key newKey, byte mode, byte[] buf, short off, short len, short associatedLen, short textLen, short tagLen) {
        throw new CryptoException(CryptoException.ILLEGAL_USE); // for CCM
    }

    @Override
    public void updateAAD(byte[] buf, short off, short len) {
        require(plain.size() == 0);
        associated.write(buf, off, len);
    }

    @Override
    public short update(byte[] in, short inOff, short inLen, byte[] out, short outOff) {
        require(true);
        byte[] text = Arrays.copyOfRange(in, inOff, inOff + inLen);
        byte[] other = counter.update(text);
        byte[] result = other == null ? new byte[0] : other;
        plain.writeBytes(encrypting ? text : result);
        System.arraycopy(result, 0, out, outOff, result.length);
        return (short) result.length;
    }

    @Override
    public short doFinal(byte[] in, short inOff, short inLen, byte[] out, short outOff) {
        short length = update(in, inOff, inLen, out, outOff);
        try {
            javax.crypto.Cipher gcm = javax.crypto.Cipher.getInstance("AES/GCM/NoPadding");
            gcm.init(
                    javax.crypto.Cipher.ENCRYPT_MODE,
                    new SecretKeySpec(key, "AES"),
                    new GCMParameterSpec(TAG * Byte.SIZE, iv));
            gcm.updateAAD(associated.toByteArray());
            byte[] sealed = gcm.doFinal(plain.toByteArray());
            tag = Arrays.copyOfRange(sealed, sealed.length - TAG, sealed.length);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        counter = null;
        return length;
    }

    @Override
    public short retrieveTag(byte[] buf, short off, short len) {
        requireTag(encrypting, len);
        System.arraycopy(tag, 0, buf, off, len);
        return len;
    }

    @Override
    public boolean verifyTag(byte[] buf, short off, short len, short required) {
        requireTag(!encrypting, len);
        if (required > len) {
            throw new CryptoException(CryptoException.ILLEGAL_VALUE);
        }
        return MessageDigest.isEqual(Arrays.copyOf(tag, len), Arrays.copyOfRange(buf, off, off + len));
    }

    private void require(boolean condition) {
        if (counter == null) {
            throw new CryptoException(CryptoException.INVALID_INIT);
        }
        if (!condition) {
            throw new CryptoException(CryptoException.ILLEGAL_USE);
        }
    }

    private void requireTag(boolean mode, short len) {
        if (tag.length == 0 || !mode) {
            throw new CryptoException(CryptoException.ILLEGAL_USE);
        }
        if (len < 4 || len > TAG) {
            throw new CryptoException(CryptoException.ILLEGAL_VALUE);
        }
    }

    @Override
    public byte getAlgorithm() {
        return ALG_AES_GCM;
    }

    @Override
    public byte getCipherAlgorithm() {
        return CIPHER_AES_GCM;
    }

    @Override
    public byte getPaddingAlgorithm() {
        return PAD_NULL;
    }
}
