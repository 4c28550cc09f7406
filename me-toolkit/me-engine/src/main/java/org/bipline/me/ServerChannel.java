// SPDX-License-Identifier: Apache-2.0
package org.bipline.me;

import io.netty.util.NetUtil;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.bipline.cat.object.BipError;
import org.bipline.cat.object.ChannelStatus;
import org.bipline.cat.object.ChannelStatus.TcpState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A channel in UICC server mode: a TCP port of the terminal at which the UICC is the server of one peer at a time. ETSI TS
 * 102 223 clause 6.4.27.5.
 *
 * <pre>
 * CLOSED --port open--> LISTEN --peer connects--> ESTABLISHED
 *   ^---port gone---------' ^--peer or card closes----'
 * </pre>
 */
final class ServerChannel extends Channel {
    private static final Logger LOG = LoggerFactory.getLogger(ServerChannel.class);

    /** Who waits for the port to be open; called once. */
    interface Listening {
        void listening();

        void failed(Answer.Response refusal);
    }

    private final int port;
    private InetSocketAddress local;
    private TcpState state = TcpState.CLOSED;
    private Bearer.Port open;

    ServerChannel(MeState me, Bearer bearer, int id, int bufferSize, int port, InetSocketAddress local) {
        super(me, bearer, id, bufferSize, false);
        this.port = port;
        this.local = local;
    }

    @Override
    String destination() {
        return "port " + port + " at " + NetUtil.toSocketAddressString(local);
    }

    @Override
    ChannelStatus status() {
        return ChannelStatus.ofServer(id(), state);
    }

    void listen(Listening outcome) {
        open = bearer.listen(local, new Bearer.Acceptor() {
            @Override
            public void listening(InetSocketAddress at) {
                post(() -> {
                    local = at;
                    state = TcpState.LISTEN;
                    outcome.listening();
                    me.application.portOpened(port, at);
                });
            }

            @Override
            public void failed(Bearer.Failure failure, String reason) {
                post(() -> portFailed(outcome, failure, reason));
            }

            @Override
            public Bearer.Listener accept(Bearer.Link link) {
                Connection connection = new Connection();
                connection.link = link;
                return connection;
            }
        });
    }

    private void portFailed(Listening outcome, Bearer.Failure failure, String reason) {
        if (state == TcpState.CLOSED) {
            outcome.failed(Channels.refusal(failure, true, destination() + ": " + reason));
            return;
        }
        closeLink();
        discardStored();
        state = TcpState.CLOSED;
        me.application.portClosed(port);
        failWaitingSend(Answer.refused(BipError.CHANNEL_CLOSED, reason));
        me.channels.announceStatus(this, reason);
    }

    /** Ends the connection and waits for the next peer. */
    void closeConnection() {
        closeLink();
        discardStored();
        discardReceived();
        if (state == TcpState.ESTABLISHED) {
            state = TcpState.LISTEN;
        }
    }

    @Override
    boolean takes(Connection connection) {
        if (state != TcpState.LISTEN) {
            LOG.info("channel {}: refused a second peer", id());
            return false;
        }
        adopt(connection);
        return true;
    }

    @Override
    Optional<String> whyNoData() {
        return state == TcpState.ESTABLISHED ? Optional.empty() : Optional.of("no peer is connected");
    }

    @Override
    boolean waitsForPeer() {
        return state != TcpState.ESTABLISHED && available() == 0;
    }

    @Override
    void linkEstablished(InetSocketAddress own, InetSocketAddress peer) {
        state = TcpState.ESTABLISHED;
        me.channels.announceStatus(this, "connected by " + NetUtil.toSocketAddressString(peer));
    }

    @Override
    void linkFailed(Bearer.Failure failure, String reason) {
        linkDropped(reason);
    }

    @Override
    void linkDropped(String reason) {
        failWaitingSend(Answer.refused(BipError.CHANNEL_CLOSED, reason));
        discardStored();
        state = TcpState.LISTEN;
        me.channels.announceStatus(this, reason);
    }

    @Override
    void release(String reason) {
        super.release(reason);
        open.close();
        if (state != TcpState.CLOSED) {
            me.application.portClosed(port);
        }
    }
}
