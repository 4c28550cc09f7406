// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime.file;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Finds the parts of BER-TLV data objects: tags of one to three bytes, lengths of one to four. ETSI TS 101 220 clause 7.1. */
final class DataObjects {
    private DataObjects() {}

    /** Bytes of the tag that begins here, 0 where there is no whole tag of at most three bytes. */
    static int tagLength(byte[] data, int offset, int end) {
        if (offset >= end) {
            return 0;
        }
        int length = 1;
        if ((data[offset] & 0x1F) == 0x1F) {
            do {
                length++;
                if (length > 3 || offset + length > end) {
                    return 0;
                }
            } while ((data[offset + length - 1] & 0x80) != 0);
        }
        return length;
    }

    /** The bytes of a tag as a number, without sign: tags of two and three bytes are larger than those of one. */
    static int tag(byte[] data, int offset, int length) {
        int tag = 0;
        for (int i = 0; i < length; i++) {
            tag = tag << 8 | (data[offset + i] & 0xFF);
        }
        return tag;
    }

    /** Bytes of the whole object that begins here: tag, length and value. A length field that is cut or too long is a fault. */
    static int objectLength(byte[] data, int offset, int end) {
        int tagLength = tagLength(data, offset, end);
        int at = offset + tagLength;
        if (tagLength == 0 || at >= end) {
            throw FileFault.INCORRECT_PARAMETERS.thrown();
        }
        int length = data[at++] & 0xFF;
        if (length > 0x7F) {
            int more = length & 0x7F;
            if (more < 1 || more > 3 || at + more > end) {
                throw FileFault.INCORRECT_PARAMETERS.thrown();
            }
            length = tag(data, at, more);
            at += more;
        }
        return at - offset + length;
    }

    /** The objects of a sequence, each whole, by their tags. */
    static Map<Integer, byte[]> read(byte[] data) {
        Map<Integer, byte[]> objects = new LinkedHashMap<>();
        for (int at = 0; at < data.length; ) {
            int length = objectLength(data, at, data.length);
            if (at + length > data.length) {
                throw FileFault.INCORRECT_PARAMETERS.thrown();
            }
            objects.put(tag(data, at, tagLength(data, at, data.length)), Arrays.copyOfRange(data, at, at + length));
            at += length;
        }
        return objects;
    }
}
