// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

/** TLVs with tags of one byte and lengths of one or two bytes, in the shortest BER form. */
final class Tlv {
    private static final byte TWO_BYTES = (byte) 0x81;

    private Tlv() {}

    /** Tells whether a whole TLV begins at {@code off} and ends by {@code end}. */
    static boolean isWhole(byte[] buf, short off, short end) {
        short size = (short) (end - off);
        if (size < 2) {
            return false;
        }
        byte first = buf[(short) (off + 1)];
        if (first < 0 && (first != TWO_BYTES || size < 3 || buf[(short) (off + 2)] >= 0)) {
            return false;
        }
        return length(buf, off) <= (short) (end - value(buf, off));
    }

    /** Length of the value of the TLV at {@code off}. */
    static short length(byte[] buf, short off) {
        byte first = buf[(short) (off + 1)];
        return first < 0 ? (short) (buf[(short) (off + 2)] & 0xFF) : first;
    }

    /** Offset of the value of the TLV at {@code off}. */
    static short value(byte[] buf, short off) {
        return (short) (off + (buf[(short) (off + 1)] < 0 ? 3 : 2));
    }

    /** Offset of the TLV behind that at {@code off}. */
    static short next(byte[] buf, short off) {
        return (short) (value(buf, off) + length(buf, off));
    }

    /** Offset of the first TLV with the tag among those, all whole, in {@code buf[off .. end)}; -1 if there is none. */
    static short find(byte[] buf, short off, short end, byte tag) {
        while (off < end && buf[off] != tag) {
            off = next(buf, off);
        }
        return off < end ? off : (short) -1;
    }
}
