// SPDX-License-Identifier: Apache-2.0
package org.bipline.me.network;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.bipline.cat.tlv.ByteSink;
import org.bipline.cat.tlv.ByteString;
import org.bipline.me.Bearer;

/**
 * A remote device at the other end of a connection in an {@link InMemoryNetwork}. It reads what comes as it comes, unless it
 * was told to pause.
 */
public final class Peer {
    private static final int READ = 0xFFFF;

    private final Bearer.Listener listener = new Hearing();
    private final List<ByteString> received = new ArrayList<>();
    private Bearer.Link link;
    private Consumer<ByteString> reaction = bytes -> {};
    private Consumer<String> farewell = reason -> {};
    private boolean paused;
    private boolean asked;
    private boolean connected;
    private Optional<String> end = Optional.empty();

    Peer() {}

    Bearer.Listener listener() {
        return listener;
    }

    void attach(Bearer.Link connection) {
        link = connection;
    }

    /** What is done with bytes that arrive, beside keeping them. */
    public synchronized Peer onReceived(Consumer<ByteString> whatToDo) {
        reaction = whatToDo;
        return this;
    }

    /** What is done when the connection is ended by the other side, with the reason. */
    public synchronized Peer onEnd(Consumer<String> whatToDo) {
        farewell = whatToDo;
        return this;
    }

    /** Everything that arrived, as one. */
    public synchronized ByteString received() {
        ByteSink sink =
                new ByteSink(received.stream().mapToInt(ByteString::length).sum());
        received.forEach(sink::bytes);
        return sink.toByteString();
    }

    /** What arrived, piece by piece: of UDP the datagrams. */
    public synchronized List<ByteString> pieces() {
        return List.copyOf(received);
    }

    public void send(ByteString bytes) {
        link.send(bytes);
    }

    /** Sends no more (TCP half-close); goes on reading. */
    public void finish() {
        if (!(link instanceof TcpEnd end)) {
            throw new IllegalStateException("UDP has no end of a connection");
        }
        end.finish();
    }

    /** Breaks the connection (TCP reset), or forgets it (UDP). */
    public void reset() {
        if (link instanceof TcpEnd tcp) {
            tcp.abort();
        } else {
            link.close();
        }
    }

    public void close() {
        link.close();
    }

    /** Reads no more, so that the sender is slowed down. */
    public synchronized void pause() {
        paused = true;
    }

    /** Reads again. */
    public void resume() {
        synchronized (this) {
            paused = false;
        }
        ask();
    }

    /** Whether the connection stands. */
    public synchronized boolean isConnected() {
        return connected && end.isEmpty();
    }

    /** Why the connection ended or did not come about, if so. */
    public synchronized Optional<String> end() {
        return end;
    }

    private void ask() {
        synchronized (this) {
            if (paused || asked || !connected) {
                return;
            }
            asked = true;
        }
        link.request(READ);
    }

    private final class Hearing implements Bearer.Listener {
        @Override
        public void connected(InetSocketAddress local, InetSocketAddress remote) {
            synchronized (Peer.this) {
                connected = true;
            }
            ask();
        }

        @Override
        public void failed(Bearer.Failure failure, String reason) {
            dropped(reason);
        }

        @Override
        public void received(ByteString bytes) {
            Consumer<ByteString> react;
            synchronized (Peer.this) {
                asked = false;
                received.add(bytes);
                react = reaction;
            }
            react.accept(bytes);
            ask();
        }

        @Override
        public void sent(int bytes) {
            // a peer sends as it likes: what the network does not take yet waits in it
        }

        @Override
        public void dropped(String reason) {
            Consumer<String> react;
            synchronized (Peer.this) {
                end = Optional.of(reason);
                react = farewell;
            }
            react.accept(reason);
        }
    }
}
