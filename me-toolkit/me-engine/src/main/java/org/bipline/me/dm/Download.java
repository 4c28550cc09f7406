// SPDX-License-Identifier: Apache-2.0
package org.bipline.me.dm;

import java.io.IOException;
import org.bipline.dm.ByteString;

/** Fetches what a URL names. */
public interface Download {
    /**
     * An answer of the download server.
     *
     * @param status HTTP status
     */
    record Content(int status, String type, ByteString body) {}

    /**
     * Fetches.
     *
     * @throws IOException if there is no answer; a {@link java.net.http.HttpTimeoutException} if it takes too long
     */
    Content get(String url) throws IOException;

    /** Tells the server of a download descriptor how it went, by its installNotifyURI. */
    void report(String url, String status) throws IOException;
}
