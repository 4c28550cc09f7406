// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.https;

import javacard.framework.Util;

/**
 * What is done to the fragment of a record once there are keys, one class for each kind of cipher suite. It works in the buffer of
 * the record layer, and keeps its keys in the secrets of it, of which only one kind is in use at a time. RFC 5246 clause 6.2.3.
 */
abstract class RecordProtection {
    // a pseudo header: sequence number, then type, version and length of the content; it is authenticated with the
    // content
    static final short PSEUDO_HEADER_SIZE = 13;
    private static final short PSEUDO_LENGTH = 11;

    /** Bytes of the key block that it takes. Clause 6.3. */
    final short keyBlock;
    /** Bytes of a fragment before the content. */
    final short prefix;
    /** Longest fragment. */
    final short maxFragment;

    RecordProtection(short keyBlock, short prefix, short maxFragment) {
        this.keyBlock = keyBlock;
        this.prefix = prefix;
        this.maxFragment = maxFragment;
    }

    /** Takes the keys of the client. */
    abstract void setKeys(byte[] block, short off);

    /**
     * Opens the fragment of {@code length} bytes at the begin of the buffer. Whatever is wrong with it raises the same alert.
     *
     * @param header offset of the pseudo header in the secrets; its length field is written
     * @return bytes of content, which stands behind {@link #prefix} bytes
     */
    abstract short open(short header, short length);

    /**
     * Protects {@code length} bytes of content at an offset of the buffer.
     *
     * @param header offset of the pseudo header in the secrets, complete
     * @return bytes of the fragment, which begins {@link #prefix} bytes before the content
     */
    abstract short seal(short header, short content, short length);

    static void setLength(byte[] secrets, short header, short length) {
        Util.setShort(secrets, (short) (header + PSEUDO_LENGTH), length);
    }
}
