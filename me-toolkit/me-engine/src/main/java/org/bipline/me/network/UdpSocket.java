// SPDX-License-Identifier: Apache-2.0
package org.bipline.me.network;

import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import org.bipline.cat.tlv.ByteString;
import org.bipline.me.Bearer;

/** A UDP port and those with whom it exchanges datagrams. */
final class UdpSocket {
    /** Datagrams that wait to be asked for; further ones are lost. */
    private static final int QUEUE = 64;

    private final InMemoryNetwork network;
    private final InetSocketAddress local;
    private final Bearer.Acceptor acceptor;
    private final Map<InetSocketAddress, End> ends = new HashMap<>();

    /**
     * A port.
     *
     * @param acceptor takes datagrams of sources that are not known, or null when they are dropped
     */
    UdpSocket(InMemoryNetwork network, InetSocketAddress local, Bearer.Acceptor acceptor) {
        this.network = network;
        this.local = local;
        this.acceptor = acceptor;
    }

    InetSocketAddress local() {
        return local;
    }

    End end(InetSocketAddress remote, Bearer.Listener listener) {
        End end = new End(remote);
        end.listener = listener;
        ends.put(remote, end);
        return end;
    }

    void arrived(InetSocketAddress from, ByteString bytes) {
        End end;
        boolean fresh;
        synchronized (network) {
            fresh = acceptor != null && !ends.containsKey(from);
            if (fresh) {
                ends.put(from, new End(from));
            }
            end = ends.get(from);
        }
        if (fresh) {
            end.listener = acceptor.accept(end);
            end.established();
        }
        if (end != null) {
            end.arrived(bytes);
        }
    }

    /** What this port exchanges with one remote port. */
    final class End implements Bearer.Link, InMemoryNetwork.Wireless {
        private final InetSocketAddress remote;
        private final Queue<ByteString> datagrams = new ArrayDeque<>();
        private Bearer.Listener listener;
        private int wanted;
        private boolean closed;

        private End(InetSocketAddress remote) {
            this.remote = remote;
        }

        void established() {
            listener.connected(local, remote);
        }

        @Override
        public void request(int bytes) {
            synchronized (network) {
                wanted = bytes;
            }
            network.soon(this::deliver);
        }

        @Override
        public void send(ByteString bytes) {
            synchronized (network) {
                if (closed) {
                    return;
                }
            }
            network.datagram(local, remote, bytes);
            network.soon(() -> listener.sent(bytes.length()));
        }

        private void arrived(ByteString bytes) {
            synchronized (network) {
                if (datagrams.size() < QUEUE) {
                    datagrams.add(bytes);
                }
            }
            deliver();
        }

        private void deliver() {
            ByteString datagram;
            synchronized (network) {
                do {
                    datagram = closed || wanted == 0 ? null : datagrams.poll();
                } while (datagram != null && datagram.length() > wanted);
                if (datagram == null) {
                    return;
                }
                wanted = 0;
            }
            listener.received(datagram);
        }

        @Override
        public void close() {
            synchronized (network) {
                closed = true;
                ends.remove(remote);
                network.gone(this);
                if (acceptor == null) {
                    network.unbind(local);
                }
            }
        }

        @Override
        public void lose(String reason) {
            close();
            network.soon(() -> listener.dropped(reason));
        }
    }
}
