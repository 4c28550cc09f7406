// SPDX-License-Identifier: Apache-2.0
package org.bipline.me.network;

import java.net.InetSocketAddress;
import java.util.function.Consumer;
import org.bipline.me.Bearer;

/** Makes a {@link Peer} of each connection. */
record PeerAcceptor(Consumer<Peer> accepted) implements Bearer.Acceptor {
    @Override
    public void listening(InetSocketAddress local) {
        // nobody waits for it: the port of a remote device is open at once
    }

    @Override
    public void failed(Bearer.Failure failure, String reason) {
        throw new IllegalStateException(reason);
    }

    @Override
    public Bearer.Listener accept(Bearer.Link link) {
        Peer peer = new Peer();
        peer.attach(link);
        accepted.accept(peer);
        return peer.listener();
    }
}
