// SPDX-License-Identifier: Apache-2.0
package org.bipline.me;

import java.net.InetSocketAddress;
import java.util.Map;

/** Redirects what the card asks for, so that a card configured for an operator's address reaches another server. */
@FunctionalInterface
public interface AddressMap {
    /** Every address is itself. */
    AddressMap IDENTITY = requested -> requested;

    /** The address to connect to instead of the requested one. */
    InetSocketAddress map(InetSocketAddress requested);

    /** These addresses are redirected, all others are themselves. */
    static AddressMap of(Map<InetSocketAddress, InetSocketAddress> redirections) {
        Map<InetSocketAddress, InetSocketAddress> copy = Map.copyOf(redirections);
        return requested -> copy.getOrDefault(requested, requested);
    }

    /** Every address is redirected to this one. */
    static AddressMap all(InetSocketAddress destination) {
        return requested -> destination;
    }
}
