// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.https;

import javacard.framework.Util;

/** HMAC-SHA256 and no cipher, for TLS_PSK_WITH_NULL_SHA256; what {@link CbcProtection} adds a cipher to. RFC 5246 clause 6.2.3.1. */
class MacProtection extends RecordProtection {
    private static final short READ_KEY = TlsRecords.KEYS;
    private static final short WRITE_KEY = READ_KEY + Hmac.LENGTH;

    final byte[] buffer;
    private final byte[] secrets;
    final Hmac hmac;

    MacProtection(TlsRecords records, Hmac hmac) {
        this(records, hmac, (short) (2 * Hmac.LENGTH), (short) 0, (short) (TlsRecords.MAX_FRAGMENT + Hmac.LENGTH));
    }

    MacProtection(TlsRecords records, Hmac hmac, short keyBlock, short prefix, short maxFragment) {
        super(keyBlock, prefix, maxFragment);
        buffer = records.buffer;
        secrets = records.secrets;
        this.hmac = hmac;
    }

    @Override
    void setKeys(byte[] block, short off) {
        Util.arrayCopyNonAtomic(block, off, secrets, WRITE_KEY, Hmac.LENGTH);
        Util.arrayCopyNonAtomic(block, (short) (off + Hmac.LENGTH), secrets, READ_KEY, Hmac.LENGTH);
    }

    @Override
    short open(short header, short length) {
        short content = (short) (length - Hmac.LENGTH);
        TlsAlert.require(content >= 0, TlsAlert.BAD_RECORD_MAC);
        TlsAlert.require(difference(header, (short) 0, content) == 0, TlsAlert.BAD_RECORD_MAC);
        return content;
    }

    /** 0 if the MAC behind the content is right; all its bytes are looked at. */
    final short difference(short header, short off, short content) {
        setLength(secrets, header, content);
        mac(READ_KEY, header, off, content, TlsRecords.WORK);
        short wrong = 0;
        for (short i = 0; i < Hmac.LENGTH; i++) {
            wrong |= (short) (buffer[(short) (off + content + i)] ^ buffer[(short) (TlsRecords.WORK + i)]);
        }
        return wrong;
    }

    @Override
    short seal(short header, short content, short length) {
        mac(WRITE_KEY, header, content, length, (short) (content + length));
        return (short) (length + Hmac.LENGTH);
    }

    /** MAC over pseudo header and content, written to the buffer. */
    private void mac(short key, short header, short off, short len, short to) {
        hmac.init(secrets, key, Hmac.LENGTH);
        hmac.update(secrets, header, PSEUDO_HEADER_SIZE);
        hmac.update(buffer, off, len);
        hmac.doFinal(buffer, to);
    }
}
