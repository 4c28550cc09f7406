// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

/** Takes the bytes of one message in order. Without a sink the message is only measured. */
public interface MessageSink {
    /** Takes one byte. */
    void write(byte b);

    /** Takes {@code buf[off .. off + len)}; the bytes are not kept. */
    void write(byte[] buf, short off, short len);
}
