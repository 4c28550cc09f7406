// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.https;

import javacard.security.AESKey;
import javacardx.crypto.Cipher;

/** What CAP files for Java Card 3.0.4, whose API has no AEADCipher, have in the place of AES-128-GCM. */
final class GcmProtection {
    private GcmProtection() {}

    static Cipher cipher() {
        return null;
    }

    static RecordProtection create(TlsRecords records, Cipher cipher, AESKey readKey, AESKey writeKey) {
        return null; // not called without a cipher
    }
}
