// SPDX-License-Identifier: Apache-2.0
package org.bipline.gateway;

import java.net.SocketAddress;
import java.util.List;
import java.util.Map;
import org.bipline.dm.ByteString;

/**
 * Sees what the gateway does. Called on the connection's event loop, in order for one connection; a listener must not
 * block.
 */
public interface GatewayListener {
    /**
     * A TCP connection.
     *
     * @param id number of the connection, unique within one gateway
     */
    record Connection(long id, SocketAddress local, SocketAddress remote) {
        @Override
        public String toString() {
            return "connection " + id + " from " + remote;
        }
    }

    /**
     * An HTTP request or response.
     *
     * @param startLine request line or status line
     * @param headers in the order of the message
     */
    record HttpMessage(String startLine, List<Map.Entry<String, String>> headers, ByteString body) {}

    /**
     * A record of TLS as it is on the network.
     *
     * @param type content type, RFC 5246 clause 6.2.1
     * @param name what is in it as far as it can be read there: the names of messages of the handshake, or of the content type
     * @param length bytes after the header of the record
     */
    record TlsRecord(int type, String name, int length) {}

    /**
     * What a TLS handshake came to.
     *
     * @param pskIdentity whose key the client has proven to have
     * @param suite name of the cipher suite
     * @param resumed whether an earlier session goes on
     * @param fragmentLength bytes of the largest record's content
     */
    record Handshake(
            ByteString pskIdentity,
            String suite,
            boolean resumed,
            int fragmentLength,
            boolean encryptThenMac,
            boolean extendedMasterSecret) {}

    default void connectionOpened(Connection connection) {}

    /**
     * A record of TLS crossed the network.
     *
     * @param fromPeer whether the client sent it
     */
    default void tlsRecord(Connection connection, boolean fromPeer, TlsRecord record) {}

    default void handshakeCompleted(Connection connection, Handshake handshake) {}

    /**
     * A TLS handshake did not come to its end, and the connection is about to be closed.
     *
     * @param reason why, in words
     */
    default void handshakeFailed(Connection connection, String reason) {}

    /**
     * A connection is gone.
     *
     * @param reason why, in words
     */
    default void connectionClosed(Connection connection, String reason) {}

    /** A request arrived whole, or was refused before its body was read: then the body is empty. */
    default void requestReceived(Connection connection, HttpMessage request) {}

    default void responseSent(Connection connection, HttpMessage response) {}
}
