// SPDX-License-Identifier: Apache-2.0
package org.bipline.me.network;

import java.net.InetSocketAddress;
import java.time.Duration;
import org.bipline.cat.tlv.ByteString;
import org.bipline.me.Bearer;
import org.bipline.me.ByteQueue;

/**
 * One end of a TCP connection. Bytes wait here until the window of the other end has room, then they are under way, then they
 * wait there until they are asked for. Segments arrive in their order. The listener is called from tasks of the clock only,
 * and never with a lock held.
 */
final class TcpEnd implements Bearer.Link, InMemoryNetwork.Wireless {
    private final InMemoryNetwork network;
    private final InetSocketAddress local;
    private final InetSocketAddress remote;
    private Bearer.Listener listener;
    private TcpEnd other;

    private final ByteQueue unsent = new ByteQueue();
    private int unread; // sent from here, not yet read there
    private boolean finishing;
    private boolean finished;
    private long lastArrival;

    private final ByteQueue arrived = new ByteQueue();
    private int wanted;
    private boolean peerFinished;

    private boolean open;
    private boolean closed;

    TcpEnd(InMemoryNetwork network, InetSocketAddress local, InetSocketAddress remote, Bearer.Listener listener) {
        this.network = network;
        this.local = local;
        this.remote = remote;
        this.listener = listener;
    }

    InetSocketAddress local() {
        return local;
    }

    InetSocketAddress remote() {
        return remote;
    }

    /** The end of the server: tells the client that the connection stands, and this listener hears of it. */
    void accept(TcpEnd client, Bearer.Listener accepted) {
        listener = accepted;
        synchronized (network) {
            other = client;
            client.other = this;
            transmit(client::established);
        }
        established();
    }

    void established() {
        synchronized (network) {
            if (closed) {
                transmit(() -> other.reset("connection reset by the peer"));
                return;
            }
            open = true;
        }
        listener.connected(local, remote);
        deliver();
    }

    void refused(String reason) {
        if (end()) {
            listener.failed(Bearer.Failure.REMOTE_DEVICE, reason);
        }
    }

    /** Marks the end as closed; false when it was. */
    private boolean end() {
        synchronized (network) {
            boolean first = !closed;
            closed = true;
            network.gone(this);
            return first;
        }
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
            if (finishing) {
                throw new IllegalStateException("the connection was finished from this side");
            }
            if (!closed) {
                unsent.add(bytes);
                push();
            }
        }
    }

    /** Sends no more; what was sent before arrives, and the other side may still send. */
    void finish() {
        synchronized (network) {
            finishing = true;
            push();
        }
    }

    @Override
    public void close() {
        if (end()) {
            synchronized (network) {
                finishing = true;
                push();
            }
        }
    }

    /** Breaks the connection; what was under way is lost. */
    void abort() {
        if (end()) {
            synchronized (network) {
                unsent.clear();
                if (other != null) {
                    transmit(() -> other.reset("connection reset by the peer"));
                }
            }
        }
    }

    @Override
    public void lose(String reason) {
        if (end()) {
            boolean wasOpen = open;
            network.soon(() -> {
                if (wasOpen) {
                    listener.dropped(reason);
                } else {
                    listener.failed(Bearer.Failure.NETWORK, reason);
                }
            });
        }
    }

    private void push() {
        int room = network.window() - unread;
        if (open && room > 0 && unsent.length() > 0) {
            ByteString segment = unsent.take(room);
            unread += segment.length();
            transmit(() -> other.segment(segment));
            network.soon(() -> taken(segment.length()));
        }
        if (open && finishing && !finished && unsent.length() == 0) {
            finished = true;
            transmit(() -> other.fin());
        }
    }

    private void taken(int bytes) {
        if (!isClosed()) {
            listener.sent(bytes);
        }
    }

    private boolean isClosed() {
        synchronized (network) {
            return closed;
        }
    }

    /** Sends a segment that arrives behind those sent before. */
    private void transmit(Runnable arrival) {
        long at = Math.max(lastArrival, network.nanos() + network.delay().toNanos());
        lastArrival = at;
        network.after(Duration.ofNanos(at - network.nanos()), () -> network.arrive(arrival));
    }

    private void segment(ByteString bytes) {
        synchronized (network) {
            if (closed) {
                transmit(() -> other.reset("connection reset by the peer"));
                return;
            }
            int through = network.getThrough(bytes.length());
            if (through > 0) {
                arrived.add(bytes.slice(0, through));
            }
        }
        deliver();
    }

    private void fin() {
        synchronized (network) {
            peerFinished = true;
        }
        deliver();
    }

    private void reset(String reason) {
        if (end()) {
            listener.dropped(reason);
        }
    }

    /** The other end has read bytes: the window has room again. */
    private void acknowledged(int bytes) {
        synchronized (network) {
            unread -= bytes;
            push();
        }
    }

    private void deliver() {
        ByteString bytes = ByteString.EMPTY;
        synchronized (network) {
            if (closed || !open || wanted == 0) {
                return;
            }
            if (arrived.length() > 0) {
                bytes = arrived.take(wanted);
                int count = bytes.length();
                wanted = 0;
                transmit(() -> other.acknowledged(count));
            } else if (!peerFinished) {
                return;
            }
        }
        if (!bytes.isEmpty()) {
            listener.received(bytes);
        } else if (end()) {
            listener.dropped("closed by the peer");
        }
    }
}
