// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime.file;

/** Response data of the command in process. */
public final class Response {
    private final byte[] data = new byte[256];
    private int length;

    public byte[] data() {
        return data;
    }

    public int length() {
        return length;
    }

    public void clear() {
        length = 0;
    }

    /** Makes the first {@code length} bytes of {@link #data()} the response. */
    public void setLength(int length) {
        this.length = length;
    }

    public Response add(int octet) {
        data[length++] = (byte) octet;
        return this;
    }

    public Response add(byte[] source, int offset, int count) {
        System.arraycopy(source, offset, data, length, count);
        length += count;
        return this;
    }

    void insert(int at, int octet) {
        System.arraycopy(data, at, data, at + 1, length - at);
        data[at] = (byte) octet;
        length++;
    }
}
