// SPDX-License-Identifier: Apache-2.0
package org.bipline.me;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;

/** Redirects what the card asks for, so that a card configured for an operator's address reaches another server. */
@FunctionalInterface
public interface AddressMap {
    /** Every address is itself. */
    AddressMap IDENTITY = requested -> requested;

    /** The address to connect to instead of the requested one. */
    InetSocketAddress map(InetSocketAddress requested);

    /**
     * Where the terminal's own port of this number is: the card listens there as server, and connects to it when the terminal
     * itself is the remote end. The same port of the loopback interface unless said otherwise.
     */
    default InetSocketAddress terminalPort(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    /** These addresses are redirected, all others are themselves. */
    static AddressMap of(Map<InetSocketAddress, InetSocketAddress> redirections) {
        Map<InetSocketAddress, InetSocketAddress> copy = Map.copyOf(redirections);
        return requested -> copy.getOrDefault(requested, requested);
    }

    /** Every address is redirected to this one. */
    static AddressMap all(InetSocketAddress destination) {
        return requested -> destination;
    }

    /** The same map, with other places for ports of the terminal. */
    default AddressMap withTerminalPorts(Map<Integer, InetSocketAddress> ports) {
        AddressMap addresses = this;
        Map<Integer, InetSocketAddress> copy = Map.copyOf(ports);
        return new AddressMap() {
            @Override
            public InetSocketAddress map(InetSocketAddress requested) {
                return addresses.map(requested);
            }

            @Override
            public InetSocketAddress terminalPort(int port) {
                InetSocketAddress elsewhere = copy.get(port);
                return elsewhere == null ? addresses.terminalPort(port) : elsewhere;
            }
        };
    }
}
