// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.bip;

/**
 * The sending end of a byte stream: a channel, or a protocol on top of one. A sink that has failed drops what it is
 * given; its owner asks for the reason once the message is written, so that writers need no error path.
 */
public interface ByteSink {
    /** Takes one byte. */
    void write(byte b);

    /** Takes {@code buf[off .. off + len)}, any length. */
    void write(byte[] buf, short off, short len);

    /** Sends what is still held back. */
    void flush();
}
