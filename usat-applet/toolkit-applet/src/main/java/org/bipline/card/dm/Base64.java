// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

/** Base64 of RFC 4648 clause 4, for digests and nonces. */
final class Base64 {
    private static final byte PAD = '=';

    private Base64() {}

    /** Encodes {@code in[inOff .. inOff + len)}, writes it at {@code out[outOff]} and returns the offset behind it. */
    static short encode(byte[] in, short inOff, short len, byte[] out, short outOff) {
        while (len > 0) {
            byte second = len > 1 ? in[(short) (inOff + 1)] : 0;
            byte third = len > 2 ? in[(short) (inOff + 2)] : 0;
            byte first = in[inOff];
            out[outOff] = digit((byte) ((first >> 2) & 0x3F));
            out[(short) (outOff + 1)] = digit((byte) (((first & 0x03) << 4) | ((second >> 4) & 0x0F)));
            out[(short) (outOff + 2)] = len > 1 ? digit((byte) (((second & 0x0F) << 2) | ((third >> 6) & 0x03))) : PAD;
            out[(short) (outOff + 3)] = len > 2 ? digit((byte) (third & 0x3F)) : PAD;
            inOff = (short) (inOff + 3);
            outOff = (short) (outOff + 4);
            len = (short) (len - 3);
        }
        return outOff;
    }

    /**
     * Decodes {@code in[inOff .. inOff + len)}, which is of whole groups of four, writes at most {@code max} bytes at
     * {@code out[outOff]} and returns their number; -1 if it is no Base64 or longer. In and out may be the same place.
     */
    static short decode(byte[] in, short inOff, short len, byte[] out, short outOff, short max) {
        if ((len & 3) != 0) {
            return -1;
        }
        short decoded = 0;
        while (len > 0) {
            short n = 3;
            if (len == 4 && in[(short) (inOff + 3)] == PAD) {
                n = in[(short) (inOff + 2)] == PAD ? (short) 1 : (short) 2;
            }
            byte a = value(in[inOff]);
            byte b = value(in[(short) (inOff + 1)]);
            byte c = n > 1 ? value(in[(short) (inOff + 2)]) : 0;
            byte d = n > 2 ? value(in[(short) (inOff + 3)]) : 0;
            if ((byte) (a | b | c | d) < 0 || n > (short) (max - decoded)) {
                return -1;
            }
            short at = (short) (outOff + decoded);
            out[at] = (byte) ((a << 2) | (b >> 4));
            if (n > 1) {
                out[(short) (at + 1)] = (byte) ((b << 4) | (c >> 2));
            }
            if (n > 2) {
                out[(short) (at + 2)] = (byte) ((c << 6) | d);
            }
            decoded += n;
            inOff = (short) (inOff + 4);
            len = (short) (len - 4);
        }
        return decoded;
    }

    private static byte digit(byte value) {
        if (value < 26) {
            return (byte) ('A' + value);
        }
        if (value < 52) {
            return (byte) ('a' - 26 + value);
        }
        if (value < 62) {
            return (byte) ('0' - 52 + value);
        }
        return value == 62 ? (byte) '+' : (byte) '/';
    }

    /** The six bits of a digit, -1 if it is none. */
    private static byte value(byte digit) {
        if (digit >= 'A' && digit <= 'Z') {
            return (byte) (digit - 'A');
        }
        if (digit >= 'a' && digit <= 'z') {
            return (byte) (digit - 'a' + 26);
        }
        if (digit >= '0' && digit <= '9') {
            return (byte) (digit - '0' + 52);
        }
        if (digit == '+') {
            return 62;
        }
        return digit == '/' ? (byte) 63 : (byte) -1;
    }
}
