// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.server;

import java.util.Objects;
import java.util.Optional;
import org.bipline.dm.ByteString;

/**
 * One DM message as a transport received it.
 *
 * @param contentType media type of the body, with or without parameters; empty where the transport had none
 * @param hmac value of the header field {@code x-syncml-hmac}
 * @param query what stood behind {@code ?} in the request URI
 * @param body the message, WBXML or XML
 * @param pskIdentity whose key of TLS the client has proven to have; empty where the transport proves nothing
 * @param origin where it came from (an address, a connection), in words for logs and listeners
 */
public record DmRequest(
        Optional<String> contentType,
        Optional<String> hmac,
        Optional<String> query,
        ByteString body,
        Optional<ByteString> pskIdentity,
        String origin) {
    public DmRequest {
        Objects.requireNonNull(contentType);
        Objects.requireNonNull(hmac);
        Objects.requireNonNull(query);
        Objects.requireNonNull(body);
        Objects.requireNonNull(pskIdentity);
        Objects.requireNonNull(origin);
    }

    /** A request over a transport that proves nothing. */
    public static DmRequest of(String contentType, ByteString body, String origin) {
        return new DmRequest(
                Optional.of(contentType), Optional.empty(), Optional.empty(), body, Optional.empty(), origin);
    }

    /** The request with a header field {@code x-syncml-hmac}. */
    public DmRequest withHmac(String value) {
        return new DmRequest(contentType, Optional.of(value), query, body, pskIdentity, origin);
    }

    /** The request over TLS with the key of this identity. */
    public DmRequest withPskIdentity(ByteString value) {
        return new DmRequest(contentType, hmac, query, body, Optional.of(value), origin);
    }
}
