// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime.vm;

import com.licel.jcardsim.crypto.AsymmetricSignatureImpl;
import javacard.security.CryptoException;
import javacard.security.Signature;

/** Called by applets in the place of {@link Signature#getInstance}, which writes to the standard output of the JVM. */
public final class Signatures {
    private Signatures() {}

    public static Signature getInstance(byte algorithm, boolean externalAccess) {
        return switch (algorithm) {
            case Signature.ALG_RSA_SHA_ISO9796,
                    Signature.ALG_RSA_SHA_PKCS1,
                    Signature.ALG_RSA_MD5_PKCS1,
                    Signature.ALG_RSA_RIPEMD160_ISO9796,
                    Signature.ALG_RSA_RIPEMD160_PKCS1,
                    Signature.ALG_DSA_SHA,
                    Signature.ALG_RSA_SHA_RFC2409,
                    Signature.ALG_RSA_MD5_RFC2409,
                    Signature.ALG_ECDSA_SHA,
                    Signature.ALG_RSA_SHA_PKCS1_PSS,
                    Signature.ALG_RSA_MD5_PKCS1_PSS,
                    Signature.ALG_RSA_RIPEMD160_PKCS1_PSS,
                    Signature.ALG_RSA_SHA_ISO9796_MR,
                    Signature.ALG_RSA_RIPEMD160_ISO9796_MR,
                    Signature.ALG_ECDSA_SHA_256,
                    Signature.ALG_ECDSA_SHA_384,
                    Signature.ALG_ECDSA_SHA_224,
                    Signature.ALG_ECDSA_SHA_512,
                    Signature.ALG_RSA_SHA_224_PKCS1,
                    Signature.ALG_RSA_SHA_256_PKCS1,
                    Signature.ALG_RSA_SHA_384_PKCS1,
                    Signature.ALG_RSA_SHA_512_PKCS1,
                    Signature.ALG_RSA_SHA_224_PKCS1_PSS,
                    Signature.ALG_RSA_SHA_256_PKCS1_PSS,
                    Signature.ALG_RSA_SHA_384_PKCS1_PSS,
                    Signature.ALG_RSA_SHA_512_PKCS1_PSS -> asymmetric(algorithm);
            default -> Signature.getInstance(algorithm, externalAccess);
        };
    }

    private static Signature asymmetric(byte algorithm) {
        try {
            return new AsymmetricSignatureImpl(algorithm);
        } catch (CryptoException e) {
            throw e;
        } catch (RuntimeException e) { // jCardSim knows its name only
            throw new CryptoException(CryptoException.NO_SUCH_ALGORITHM);
        }
    }
}
