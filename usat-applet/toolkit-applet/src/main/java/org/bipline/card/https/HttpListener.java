// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.https;

/** Takes the response as it arrives. The arrays are the client's and valid during the call only. */
public interface HttpListener {
    /**
     * One header line of the final response, {@code line[0 .. len)}, without its end. Lines longer than the client's
     * line buffer are not reported, and those of interim responses and trailers neither.
     *
     * @return false to refuse the response
     */
    boolean responseHeader(byte[] line, short len);

    /** The next bytes of the body, of a response with a status of 2xx only. Chunks are already joined. */
    void responseBody(byte[] buf, short off, short len);
}
