// SPDX-License-Identifier: Apache-2.0
package org.bipline.gateway;

import java.time.Duration;
import java.util.Objects;

/**
 * What the gateway grants its peers.
 *
 * @param maxBody bytes of a request body; a larger one is answered 413
 * @param maxHeader bytes of all header fields of a request together, and of its first line; more is answered 431 or 414
 * @param requestTimeout longest time from the first byte of a request to its last, to write a response, and from a
 *     connection to the end of its TLS handshake
 * @param idleTimeout longest time without a request on an open connection
 * @param maxConnections connections at one time; one more is closed at once
 * @param perSource what it grants those of them that have one address
 */
public record GatewayLimits(
        int maxBody,
        int maxHeader,
        Duration requestTimeout,
        Duration idleTimeout,
        int maxConnections,
        PerSource perSource) {
    /**
     * What the gateway grants all connections from one source: an IPv4 address, or 64 bits of an IPv6 address. Where all cards come through the
     * address translation of one network, its addresses need more than strangers do.
     *
     * @param maxConnections connections at one time; one more is closed at once
     * @param maxHandshakes TLS handshakes at one time; a connection more is closed at once
     * @param maxFailedHandshakes TLS handshakes that fail within a minute; with one more the source is shut out: its connections are closed at once
     * @param firstDelay how long it is shut out at first; twice as long each further time, until it has been quiet for a minute
     * @param longestDelay how long it is shut out at most
     */
    public record PerSource(
            int maxConnections,
            int maxHandshakes,
            int maxFailedHandshakes,
            Duration firstDelay,
            Duration longestDelay) {
        /** 2,000 connections, 200 handshakes, 60 failures a minute, shut out for a second up to five minutes. */
        public static final PerSource DEFAULT =
                new PerSource(2_000, 200, 60, Duration.ofSeconds(1), Duration.ofMinutes(5));

        public PerSource {
            if (maxConnections < 1 || maxHandshakes < 1 || maxFailedHandshakes < 0) {
                throw new IllegalArgumentException("too little for a source: connections " + maxConnections
                        + ", handshakes " + maxHandshakes + ", failed handshakes " + maxFailedHandshakes);
            }
            if (!firstDelay.isPositive() || longestDelay.compareTo(firstDelay) < 0) {
                throw new IllegalArgumentException("delays of a source: " + firstDelay + " to " + longestDelay);
            }
        }
    }

    /** 64 KiB of body, 8 KiB of header, 30 s for a request, 120 s idle, 10,000 connections. */
    public static final GatewayLimits DEFAULT = new GatewayLimits(
            64 * 1024, 8 * 1024, Duration.ofSeconds(30), Duration.ofSeconds(120), 10_000, PerSource.DEFAULT);

    public GatewayLimits {
        Objects.requireNonNull(perSource);
        if (maxBody < 1 || maxHeader < 1 || maxConnections < 1) {
            throw new IllegalArgumentException(
                    "limits below 1: body " + maxBody + ", header " + maxHeader + ", connections " + maxConnections);
        }
        if (!requestTimeout.isPositive() || !idleTimeout.isPositive()) {
            throw new IllegalArgumentException("time-outs not positive: " + requestTimeout + ", " + idleTimeout);
        }
    }

    public GatewayLimits with(PerSource value) {
        return new GatewayLimits(maxBody, maxHeader, requestTimeout, idleTimeout, maxConnections, value);
    }
}
