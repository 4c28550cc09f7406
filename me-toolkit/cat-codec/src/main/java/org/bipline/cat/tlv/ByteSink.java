// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.tlv;

/** Writes bytes into an array whose size the caller has computed. */
public final class ByteSink {
    private final byte[] array;
    private int position;

    public ByteSink(int size) {
        array = new byte[size];
    }

    /** Appends the low eight bits. */
    public ByteSink u8(int value) {
        array[position++] = (byte) value;
        return this;
    }

    /** Appends the low sixteen bits, the more significant byte first. */
    public ByteSink u16(int value) {
        return u8(value >> 8).u8(value);
    }

    public ByteSink bytes(ByteString bytes) {
        bytes.copyTo(array, position);
        position += bytes.length();
        return this;
    }

    /**
     * The bytes written, without a copy.
     *
     * @throws IllegalStateException when the array is not full
     */
    public ByteString toByteString() {
        if (position != array.length) {
            throw new IllegalStateException(position + " bytes written of " + array.length);
        }
        return ByteString.wrap(array);
    }
}
