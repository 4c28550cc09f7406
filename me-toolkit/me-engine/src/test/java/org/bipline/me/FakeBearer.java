// SPDX-License-Identifier: Apache-2.0
package org.bipline.me;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.bipline.cat.object.TransportProtocol;
import org.bipline.cat.tlv.ByteString;

/** A network that does what the test says, when it says so. */
final class FakeBearer implements Bearer {
    static final class FakeLink implements Link {
        final InetSocketAddress destination;
        final Listener listener;
        final List<Integer> requests = new ArrayList<>();
        final List<ByteString> sent = new ArrayList<>();
        boolean closed;

        FakeLink(InetSocketAddress destination, Listener listener) {
            this.destination = destination;
            this.listener = listener;
        }

        @Override
        public synchronized void request(int bytes) {
            requests.add(bytes);
        }

        @Override
        public synchronized void send(ByteString bytes) {
            sent.add(bytes);
        }

        @Override
        public synchronized void close() {
            closed = true;
        }

        synchronized List<Integer> requests() {
            return List.copyOf(requests);
        }

        synchronized List<ByteString> sent() {
            return List.copyOf(sent);
        }

        synchronized boolean closed() {
            return closed;
        }

        void connect() {
            listener.connected(new InetSocketAddress("10.9.8.7", 40000), destination);
        }
    }

    private final List<FakeLink> links = new ArrayList<>();
    private final boolean connectsAtOnce;

    FakeBearer(boolean connectsAtOnce) {
        this.connectsAtOnce = connectsAtOnce;
    }

    @Override
    public synchronized Link connect(TransportProtocol protocol, InetSocketAddress destination, Listener listener) {
        FakeLink link = new FakeLink(destination, listener);
        links.add(link);
        if (connectsAtOnce) {
            link.connect();
        }
        return link;
    }

    synchronized FakeLink link(int index) {
        return links.get(index);
    }

    synchronized int links() {
        return links.size();
    }
}
