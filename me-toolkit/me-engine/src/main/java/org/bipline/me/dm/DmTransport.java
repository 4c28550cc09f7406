// SPDX-License-Identifier: Apache-2.0
package org.bipline.me.dm;

import java.io.IOException;
import java.util.Optional;
import org.bipline.dm.ByteString;

/** Carries one message to a DM server and brings its answer. */
@FunctionalInterface
public interface DmTransport {
    /**
     * A message on its way.
     *
     * @param contentType media type of a message, or of what is asked for
     * @param mac value of the header {@code x-syncml-hmac}, where there is one
     */
    record Message(String contentType, Optional<String> mac, ByteString body) {}

    /**
     * Sends a message and waits for the answer.
     *
     * @throws IOException if there is none, or one that says that the server failed
     */
    Message post(String uri, Message message) throws IOException;
}
