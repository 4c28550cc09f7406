// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.tlv;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;

/**
 * Immutable bytes with value equality. A slice shares the array of the string it was cut from, so that decoding a PDU
 * copies nothing.
 */
public final class ByteString {
    public static final ByteString EMPTY = new ByteString(new byte[0], 0, 0);

    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private final byte[] array;
    private final int offset;
    private final int length;

    private ByteString(byte[] array, int offset, int length) {
        this.array = array;
        this.offset = offset;
        this.length = length;
    }

    /** Bytes given as numbers 0 to 255. */
    public static ByteString of(int... bytes) {
        byte[] copy = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] < 0 || bytes[i] > 0xFF) {
                throw new IllegalArgumentException("byte " + bytes[i]);
            }
            copy[i] = (byte) bytes[i];
        }
        return wrap(copy);
    }

    public static ByteString copyOf(byte[] bytes) {
        return wrap(bytes.clone());
    }

    /** The bytes without a copy: the caller gives the array away and writes to it no more. */
    public static ByteString wrap(byte[] bytes) {
        return bytes.length == 0 ? EMPTY : new ByteString(bytes, 0, bytes.length);
    }

    /** Part of an array without a copy: the caller gives the array away and writes to it no more. */
    public static ByteString wrap(byte[] bytes, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        return length == 0 ? EMPTY : new ByteString(bytes, offset, length);
    }

    /**
     * Bytes given in hexadecimal, in either case and without separators.
     *
     * @throws IllegalArgumentException when the text is not hexadecimal
     */
    public static ByteString ofHex(CharSequence hex) {
        return wrap(HEX.parseHex(hex));
    }

    /** The bytes of all, one behind the other. */
    public static ByteString join(ByteString... parts) {
        int length = 0;
        for (ByteString part : parts) {
            length += part.length;
        }
        ByteSink sink = new ByteSink(length);
        for (ByteString part : parts) {
            sink.bytes(part);
        }
        return sink.toByteString();
    }

    public int length() {
        return length;
    }

    public boolean isEmpty() {
        return length == 0;
    }

    /** The byte at this index, 0 to 255. */
    public int u8(int index) {
        return array[offset + Objects.checkIndex(index, length)] & 0xFF;
    }

    /** The two bytes at this index, the first one the more significant. */
    public int u16(int index) {
        return (u8(index) << 8) | u8(index + 1);
    }

    public ByteString slice(int from) {
        return slice(from, length);
    }

    /** The bytes of the indexes {@code from} (inclusive) to {@code to} (exclusive), sharing the array. */
    public ByteString slice(int from, int to) {
        Objects.checkFromToIndex(from, to, length);
        return from == to ? EMPTY : new ByteString(array, offset + from, to - from);
    }

    public byte[] toBytes() {
        return Arrays.copyOfRange(array, offset, offset + length);
    }

    public void copyTo(byte[] target, int targetOffset) {
        System.arraycopy(array, offset, target, targetOffset, length);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ByteString that
                && Arrays.equals(array, offset, offset + length, that.array, that.offset, that.offset + that.length);
    }

    @Override
    public int hashCode() {
        int hash = 1;
        for (int i = offset; i < offset + length; i++) {
            hash = 31 * hash + array[i];
        }
        return hash;
    }

    /** The bytes in upper-case hexadecimal. */
    @Override
    public String toString() {
        return HEX.formatHex(array, offset, offset + length);
    }
}
