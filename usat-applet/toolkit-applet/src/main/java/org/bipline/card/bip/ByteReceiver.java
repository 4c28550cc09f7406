// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.bip;

/** The receiving end of a byte stream. */
public interface ByteReceiver {
    /**
     * Takes the next bytes of the stream, {@code buf[off .. off + len)}, as many as happened to arrive. The array is the
     * caller's: it is valid during the call, and nothing may be written to the stream's sink before the call returns.
     *
     * @return false when no more bytes are wanted
     */
    boolean receive(byte[] buf, short off, short len);
}
