// SPDX-License-Identifier: Apache-2.0
package org.bipline.gateway;

import java.time.Duration;

/**
 * What the gateway grants its peers.
 *
 * @param maxBody bytes of a request body; a larger one is answered 413
 * @param maxHeader bytes of all header fields of a request together, and of its first line; more is answered 431 or 414
 * @param requestTimeout longest time from the first byte of a request to its last, to write a response, and from a
 *     connection to the end of its TLS handshake
 * @param idleTimeout longest time without a request on an open connection
 * @param maxConnections connections at one time; one more is closed at once
 */
public record GatewayLimits(
        int maxBody, int maxHeader, Duration requestTimeout, Duration idleTimeout, int maxConnections) {
    /** 64 KiB of body, 8 KiB of header, 30 s for a request, 120 s idle, 10,000 connections. */
    public static final GatewayLimits DEFAULT =
            new GatewayLimits(64 * 1024, 8 * 1024, Duration.ofSeconds(30), Duration.ofSeconds(120), 10_000);

    public GatewayLimits {
        if (maxBody < 1 || maxHeader < 1 || maxConnections < 1) {
            throw new IllegalArgumentException(
                    "limits below 1: body " + maxBody + ", header " + maxHeader + ", connections " + maxConnections);
        }
        if (!requestTimeout.isPositive() || !idleTimeout.isPositive()) {
            throw new IllegalArgumentException("time-outs not positive: " + requestTimeout + ", " + idleTimeout);
        }
    }
}
