// SPDX-License-Identifier: Apache-2.0
package org.bipline.me;

import java.net.InetSocketAddress;
import org.bipline.cat.object.TransportProtocol;
import org.bipline.cat.tlv.ByteString;

/**
 * The network behind the ME: opens the connections of channels. Real sockets ({@link NettyBearer}), or an in-memory network.
 */
public interface Bearer {
    /**
     * Starts to connect and returns at once; the outcome reaches the listener, on any thread, perhaps before this
     * method returns.
     */
    Link connect(TransportProtocol protocol, InetSocketAddress destination, Listener listener);

    /** One connection, or the attempt at one. Its methods may be called from any thread and do not block. */
    interface Link {
        /**
         * Asks for received bytes, at most so many; {@link Listener#received} answers once. No byte is taken from the
         * network unless asked for.
         */
        void request(int bytes);

        /** Sends bytes; {@link Listener#sent} answers when the network has taken them. */
        void send(ByteString bytes);

        /** Ends connection or attempt; the listener is called no more after the calls under way. */
        void close();
    }

    /** What happens to a connection, in order. */
    interface Listener {
        /** The connection stands. */
        void connected(InetSocketAddress local, InetSocketAddress remote);

        /** No connection came about. */
        void failed(String reason);

        /** Bytes that {@link Link#request} asked for, at least one. */
        void received(ByteString bytes);

        /** The network has taken so many bytes. */
        void sent(int bytes);

        /** The connection is gone: ended by the peer or broken. */
        void dropped(String reason);
    }
}
