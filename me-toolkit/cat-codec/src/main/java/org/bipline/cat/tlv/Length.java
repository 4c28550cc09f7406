// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.tlv;

/** The length field of BER-TLV and COMPREHENSION-TLV objects. ETSI TS 101 220 clauses 7.1.1 and 7.1.2. */
public final class Length {
    /** Octets of the longest form. */
    public static final int MAX_OCTETS = 4;

    private Length() {}

    /** Octets of the shortest form of a length. */
    public static int shortest(int length) {
        if (length < 0x80) {
            return 1;
        }
        return length < 0x100 ? 2 : length < 0x10000 ? 3 : 4;
    }

    /** Octets, one to four, of the length field that starts at the index, or 0 when no such field starts there. */
    public static int octetsAt(ByteString bytes, int index) {
        if (index >= bytes.length()) {
            return 0;
        }
        int first = bytes.u8(index);
        int octets = first < 0x80 ? 1 : first - 0x80 + 1;
        return (octets == 1 && first >= 0x80) || octets > MAX_OCTETS || octets > bytes.length() - index ? 0 : octets;
    }

    /** The length coded by the field of so many octets at the index. */
    public static int read(ByteString bytes, int index, int octets) {
        if (octets == 1) {
            return bytes.u8(index);
        }
        int length = 0;
        for (int i = 1; i < octets; i++) {
            length = (length << 8) | bytes.u8(index + i);
        }
        return length;
    }

    /** Writes a length in a field of so many octets, which may be more than the shortest form has. */
    public static void write(ByteSink sink, int length, int octets) {
        if (octets < shortest(length) || octets > MAX_OCTETS) {
            throw new IllegalArgumentException("length " + length + " in " + octets + " octets");
        }
        if (octets > 1) {
            sink.u8(0x80 | (octets - 1));
        }
        for (int shift = 8 * (Math.max(octets, 2) - 2); shift >= 0; shift -= 8) {
            sink.u8(length >> shift);
        }
    }
}
