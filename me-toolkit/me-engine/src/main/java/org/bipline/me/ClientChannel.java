// SPDX-License-Identifier: Apache-2.0
package org.bipline.me;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import org.bipline.cat.object.BipError;
import org.bipline.cat.object.ChannelStatus;
import org.bipline.cat.object.TransportProtocol;

/**
 * A channel whose UICC is the client of a remote device, or of the terminal. ETSI TS 102 223 clauses 6.4.27.2 to 6.4.27.4 and
 * 6.4.27.6.
 *
 * <pre>
 * IDLE --connect--> CONNECTING --connected--> ESTABLISHED --dropped--> DROPPED
 *   ^------failed-------'  ^                      |                       ^
 *                          '----- RECONNECTING <--'--- after a failure ---'
 * </pre>
 */
final class ClientChannel extends Channel {
    /** Before a dropped link is established again, so that a peer that drops each link is not stormed. */
    private static final Duration RECONNECTION_DELAY = Duration.ofSeconds(1);

    private enum State {
        IDLE,
        CONNECTING,
        ESTABLISHED,
        RECONNECTING,
        DROPPED
    }

    /**
     * What the channel is connected to.
     *
     * @param reconnects whether a dropped link is established again
     */
    record Target(TransportProtocol protocol, InetSocketAddress destination, Bearer.Access access, boolean reconnects) {
        boolean isWithinTerminal() {
            return access.description().isEmpty();
        }

        boolean carriesDatagrams() {
            return protocol == TransportProtocol.UDP_CLIENT_REMOTE || protocol == TransportProtocol.UDP_CLIENT_LOCAL;
        }
    }

    /** Who waits for the link to be established; called once. */
    interface Connecting {
        void connected(InetSocketAddress local);

        void failed(Answer.Response refusal);
    }

    private final Target target;
    private State state = State.IDLE;
    private Connecting outcome;
    private MeClock.Alarm timeout;

    ClientChannel(MeState me, Bearer bearer, int id, int bufferSize, Target target) {
        super(me, bearer, id, bufferSize, target.carriesDatagrams());
        this.target = target;
    }

    @Override
    String destination() {
        return target.destination().toString();
    }

    @Override
    ChannelStatus status() {
        return ChannelStatus.ofClient(
                id(),
                isEstablished(),
                state == State.DROPPED ? ChannelStatus.LINK_DROPPED : ChannelStatus.NO_FURTHER_INFORMATION);
    }

    void connect(Connecting whoWaits) {
        state = State.CONNECTING;
        outcome = whoWaits;
        Connection attempt = new Connection();
        adopt(attempt);
        Duration limit = me.profile().connectTimeout();
        timeout = me.clock()
                .schedule(limit, () -> attempt.failed(Bearer.Failure.REMOTE_DEVICE, "no link within " + limit));
        attempt.link = bearer.connect(target.protocol(), target.destination(), target.access(), attempt);
    }

    /** Establishes the link in the background: a channel-status event tells the outcome. */
    void connectInBackground(Channels.StatusEvent event) {
        connect(new Connecting() {
            @Override
            public void connected(InetSocketAddress local) {
                event.announce("link established in the background", Optional.of(local));
            }

            @Override
            public void failed(Answer.Response refusal) {
                giveUp(refusal);
                event.announce(refusal.reason(), Optional.empty());
            }
        });
    }

    @Override
    void linkWanted() {
        if (state == State.IDLE) {
            connect(new Connecting() {
                @Override
                public void connected(InetSocketAddress local) {
                    me.listener.channelStatus(status(), "link established on demand");
                }

                @Override
                public void failed(Answer.Response refusal) {
                    failWaitingSend(refusal);
                }
            });
        }
    }

    @Override
    Optional<String> whyNoData() {
        return state == State.DROPPED ? Optional.of("the link was dropped") : Optional.empty();
    }

    @Override
    void linkEstablished(InetSocketAddress local, InetSocketAddress remote) {
        timeout.cancel();
        state = State.ESTABLISHED;
        outcome.connected(local);
    }

    @Override
    void linkFailed(Bearer.Failure failure, String reason) {
        timeout.cancel();
        state = State.IDLE;
        outcome.failed(Channels.refusal(failure, target.isWithinTerminal(), destination() + ": " + reason));
    }

    @Override
    void linkDropped(String reason) {
        if (!target.reconnects()) {
            giveUp(Answer.refused(BipError.CHANNEL_CLOSED, reason));
            me.channels.announceStatus(this, reason);
            return;
        }
        state = State.RECONNECTING;
        me.listener.channelStatus(status(), reason + "; will be established again");
        schedule(RECONNECTION_DELAY, this::reconnect);
    }

    private void reconnect() {
        connect(new Connecting() {
            @Override
            public void connected(InetSocketAddress local) {
                me.listener.channelStatus(status(), "link established again");
            }

            @Override
            public void failed(Answer.Response refusal) {
                giveUp(refusal);
                me.channels.announceStatus(ClientChannel.this, refusal.reason());
            }
        });
    }

    private void giveUp(Answer.Response refusal) {
        state = State.DROPPED;
        failWaitingSend(refusal);
    }

    @Override
    void release(String reason) {
        if (timeout != null) {
            timeout.cancel();
        }
        super.release(reason);
    }
}
