// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.https;

import javacard.framework.Util;
import javacard.security.AESKey;
import javacard.security.CryptoException;
import javacardx.crypto.AEADCipher;
import javacardx.crypto.Cipher;

/**
 * AES-128-GCM, of Java Card 3.0.5 or newer: CAP files for 3.0.4 have another class of this name, which offers nothing. RFC 5288
 * clause 3.
 */
final class GcmProtection extends RecordProtection {
    private static final short KEY = 16;
    private static final short SALT = 4; // the nonce's part from the key block
    private static final short EXPLICIT = 8; // its other part, which is sent: the sequence number
    private static final short NONCE = SALT + EXPLICIT;
    private static final short TAG = 16;

    private static final short READ_SALT = TlsRecords.KEYS;
    private static final short WRITE_SALT = READ_SALT + SALT;

    private final byte[] buffer;
    private final byte[] secrets;
    private final AEADCipher cipher;
    private final AESKey readKey;
    private final AESKey writeKey;

    private GcmProtection(TlsRecords records, AEADCipher cipher, AESKey readKey, AESKey writeKey) {
        super((short) (2 * (KEY + SALT)), EXPLICIT, (short) (EXPLICIT + TlsRecords.MAX_FRAGMENT + TAG));
        buffer = records.buffer;
        secrets = records.secrets;
        this.cipher = cipher;
        this.readKey = readKey;
        this.writeKey = writeKey;
    }

    /** The cipher, or null where the platform has none; to be asked at installation. */
    static Cipher cipher() {
        try {
            return Cipher.getInstance(AEADCipher.ALG_AES_GCM, false);
        } catch (CryptoException e) {
            return null;
        }
    }

    static RecordProtection create(TlsRecords records, Cipher cipher, AESKey readKey, AESKey writeKey) {
        return new GcmProtection(records, (AEADCipher) cipher, readKey, writeKey);
    }

    @Override
    void setKeys(byte[] block, short off) {
        writeKey.setKey(block, off);
        readKey.setKey(block, (short) (off + KEY));
        off = (short) (off + 2 * KEY);
        Util.arrayCopyNonAtomic(block, off, secrets, WRITE_SALT, SALT);
        Util.arrayCopyNonAtomic(block, (short) (off + SALT), secrets, READ_SALT, SALT);
    }

    @Override
    short open(short header, short length) {
        short content = (short) (length - EXPLICIT - TAG);
        TlsAlert.require(content >= 0, TlsAlert.BAD_RECORD_MAC);
        setLength(secrets, header, content);
        init(readKey, Cipher.MODE_DECRYPT, READ_SALT, header, (short) 0);
        cipher.doFinal(buffer, EXPLICIT, content, buffer, EXPLICIT);
        TlsAlert.require(cipher.verifyTag(buffer, (short) (EXPLICIT + content), TAG, TAG), TlsAlert.BAD_RECORD_MAC);
        return content;
    }

    @Override
    short seal(short header, short content, short length) {
        short explicit = (short) (content - EXPLICIT);
        Util.arrayCopyNonAtomic(secrets, header, buffer, explicit, EXPLICIT);
        init(writeKey, Cipher.MODE_ENCRYPT, WRITE_SALT, header, explicit);
        cipher.doFinal(buffer, content, length, buffer, content);
        cipher.retrieveTag(buffer, (short) (content + length), TAG);
        return (short) (EXPLICIT + length + TAG);
    }

    private void init(AESKey key, byte mode, short salt, short header, short explicit) {
        Util.arrayCopyNonAtomic(secrets, salt, buffer, TlsRecords.WORK, SALT);
        Util.arrayCopyNonAtomic(buffer, explicit, buffer, (short) (TlsRecords.WORK + SALT), EXPLICIT);
        cipher.init(key, mode, buffer, TlsRecords.WORK, NONCE);
        cipher.updateAAD(secrets, header, PSEUDO_HEADER_SIZE);
    }
}
