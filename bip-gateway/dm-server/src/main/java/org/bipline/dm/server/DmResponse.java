// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.server;

import org.bipline.dm.ByteString;

/**
 * What a transport has to send back.
 *
 * @param status HTTP status: 200 with a DM message, otherwise an error with one line of text
 * @param contentType media type of the body
 */
public record DmResponse(int status, String contentType, ByteString body) {
    static final String TEXT = "text/plain; charset=utf-8";

    static DmResponse error(int status, String line) {
        return new DmResponse(status, TEXT, ByteString.utf8(line + "\n"));
    }
}
