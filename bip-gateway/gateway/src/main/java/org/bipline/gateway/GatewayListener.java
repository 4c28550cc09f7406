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

    default void connectionOpened(Connection connection) {}

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
