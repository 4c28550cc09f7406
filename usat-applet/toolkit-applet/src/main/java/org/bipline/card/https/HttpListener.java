// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.https;

/** Takes a message as it arrives: for a client the response, for a server the request. The arrays are valid during the call only. */
public interface HttpListener {
    /**
     * One header line, of a response the final one, {@code line[0 .. len)}, without its end. Lines longer than the line
     * buffer are not reported, and those of interim responses and trailers neither.
     *
     * @return false to refuse the message
     */
    boolean takeHeader(byte[] line, short len);

    /** The next bytes of the body, of a response only where its status is 2xx. Chunks are already joined. */
    void takeBody(byte[] buf, short off, short len);
}
