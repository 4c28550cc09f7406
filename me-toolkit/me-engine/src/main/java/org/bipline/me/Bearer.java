// SPDX-License-Identifier: Apache-2.0
package org.bipline.me;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.bipline.cat.object.BearerDescription;
import org.bipline.cat.object.TransportProtocol;
import org.bipline.cat.tlv.ByteString;

/**
 * The network behind the ME: opens the connections of channels. Real sockets ({@link NettyBearer}), or an in-memory network
 * ({@link org.bipline.me.network.InMemoryNetwork}).
 */
public interface Bearer {
    /**
     * Starts to connect and returns at once; the outcome reaches the listener, on any thread, perhaps before this
     * method returns.
     *
     * @param protocol TCP or UDP of a client
     */
    Link connect(TransportProtocol protocol, InetSocketAddress destination, Access access, Listener listener);

    /**
     * Starts to listen for TCP connections and returns at once; the outcome reaches the acceptor.
     *
     * @param local address and port, port 0 for any that is free
     */
    Port listen(InetSocketAddress local, Acceptor acceptor);

    /**
     * By which way a connection leaves the ME.
     *
     * @param description the bearer; absent for a connection within the terminal
     * @param networkAccessName the gateway to the packet data network, absent for the ME's default
     * @param userLogin absent or empty for none
     * @param userPassword absent or empty for none
     * @param localAddress the address that the ME is to have, absent for the one that it has or is given
     */
    record Access(
            Optional<BearerDescription> description,
            Optional<String> networkAccessName,
            Optional<String> userLogin,
            Optional<String> userPassword,
            Optional<InetAddress> localAddress) {
        /** Within the terminal: no bearer, no access point. */
        public static final Access WITHIN_TERMINAL =
                new Access(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

        /** Without login and password. */
        @Override
        public String toString() {
            return "Access[" + description + ", " + networkAccessName + "]";
        }
    }

    /** Why no connection came about. */
    enum Failure {
        /** The network refuses the ME: out of service, unknown access point, another local address. */
        NETWORK,
        /** The access point does not accept user login and password. */
        AUTHENTICATION,
        /** The network carries packets, and the remote device does not answer or refuses. */
        REMOTE_DEVICE,
        /** The port to listen at is taken. */
        PORT,
        /** Anything else. */
        UNSPECIFIED
    }

    /** One connection, or the attempt at one. Its methods may be called from any thread and do not block. */
    interface Link {
        /**
         * Asks for received bytes, at most so many; {@link Listener#received} answers once. No byte is taken from the
         * network unless asked for. Of UDP one datagram is taken; a larger one is lost.
         */
        void request(int bytes);

        /** Sends bytes, of UDP as one datagram; {@link Listener#sent} answers when the network has taken them. */
        void send(ByteString bytes);

        /** Ends connection or attempt; the listener is called no more after the calls under way. */
        void close();
    }

    /** A port that is listened at. */
    interface Port {
        /** Listens no more; connections that were accepted stay. */
        void close();
    }

    /** What happens to a connection, in order. */
    interface Listener {
        /** The connection stands. */
        void connected(InetSocketAddress local, InetSocketAddress remote);

        /** No connection came about. */
        void failed(Failure failure, String reason);

        /** Bytes that {@link Link#request} asked for, at least one. */
        void received(ByteString bytes);

        /** The network has taken so many bytes. */
        void sent(int bytes);

        /** The connection is gone: ended by the peer or broken. */
        void dropped(String reason);
    }

    /** What happens to a port that is listened at. */
    interface Acceptor {
        /** The port is open. */
        void listening(InetSocketAddress local);

        /** The port cannot be opened, or is gone. */
        void failed(Failure failure, String reason);

        /** A peer connects: who hears of the connection, {@link Listener#connected} first. */
        Listener accept(Link link);
    }
}
