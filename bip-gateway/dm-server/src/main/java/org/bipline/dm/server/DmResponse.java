// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.server;

import java.util.Optional;
import org.bipline.dm.ByteString;

/**
 * What a transport has to send back.
 *
 * @param status HTTP status: 200 with a DM message, otherwise an error with one line of text
 * @param contentType media type of the body
 * @param hmac value of the header field {@code x-syncml-hmac}
 */
public record DmResponse(int status, String contentType, Optional<String> hmac, ByteString body) {
    private static final String TEXT = "text/plain; charset=utf-8";

    /** An answer without a DM message. */
    public static DmResponse error(int status, String line) {
        return new DmResponse(status, TEXT, Optional.empty(), ByteString.utf8(line + "\n"));
    }
}
