// SPDX-License-Identifier: Apache-2.0
package org.bipline.me.network;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.bipline.cat.object.TransportProtocol;
import org.bipline.me.Bearer;

/** One ME in the network. */
record Attachment(InMemoryNetwork network, InetAddress address) implements Bearer {
    @Override
    public Link connect(TransportProtocol protocol, InetSocketAddress destination, Access access, Listener listener) {
        InetSocketAddress remote = own(destination);
        Optional<InMemoryNetwork.Refusal> refusal = network.refusal(access).or(() -> notGiven(access));
        boolean overTheAir = access.description().isPresent();
        return switch (protocol) {
            case TCP_CLIENT_REMOTE, TCP_CLIENT_LOCAL -> {
                TcpEnd end = new TcpEnd(network, network.ephemeral(address), remote, listener);
                if (refusal.isPresent()) {
                    refuse(refusal.get(), listener);
                } else {
                    if (overTheAir) {
                        network.overTheAir(end);
                    }
                    network.synchronize(end);
                }
                yield end;
            }
            case UDP_CLIENT_REMOTE, UDP_CLIENT_LOCAL -> {
                UdpSocket socket = new UdpSocket(network, network.ephemeral(address), null);
                UdpSocket.End end = socket.end(remote, listener);
                if (refusal.isPresent()) {
                    refuse(refusal.get(), listener);
                } else {
                    if (overTheAir) {
                        network.overTheAir(end);
                    }
                    network.bind(socket.local(), socket);
                    network.soon(end::established);
                }
                yield end;
            }
            case TCP_SERVER, DIRECT_CHANNEL ->
                throw new IllegalArgumentException("no connection of " + protocol.text());
        };
    }

    private Optional<InMemoryNetwork.Refusal> notGiven(Access access) {
        return access.localAddress()
                .filter(wanted -> !wanted.equals(address))
                .map(wanted -> new InMemoryNetwork.Refusal(
                        Failure.NETWORK, "local address " + wanted.getHostAddress() + " is not the ME's"));
    }

    private void refuse(InMemoryNetwork.Refusal refusal, Listener listener) {
        network.after(network.delay(), () -> listener.failed(refusal.failure(), refusal.reason()));
    }

    @Override
    public Port listen(InetSocketAddress local, Acceptor acceptor) {
        InetSocketAddress own = own(local);
        InetSocketAddress at = own.getPort() == 0 ? network.ephemeral(own.getAddress()) : own;
        boolean free = network.open(at, acceptor);
        network.soon(() -> {
            if (free) {
                acceptor.listening(at);
            } else {
                acceptor.failed(Failure.PORT, "port " + at.getPort() + " is taken");
            }
        });
        return () -> {
            if (free) {
                network.unlisten(at);
            }
        };
    }

    /** The loopback interface belongs to the ME alone. */
    private InetSocketAddress own(InetSocketAddress requested) {
        return requested.getAddress().isLoopbackAddress()
                        || requested.getAddress().isAnyLocalAddress()
                ? new InetSocketAddress(address, requested.getPort())
                : requested;
    }
}
