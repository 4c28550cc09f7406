// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.simulation;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.DefaultChannelId;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.bipline.cat.tlv.ByteString;
import org.bipline.me.MeClock;
import org.bipline.me.network.Peer;

/**
 * A connection of a gateway whose peer is in an in-memory network. The gateway's pipeline works in the thread that brings
 * bytes or moves the clock, and its time-outs are those of that clock.
 */
final class SimulatedConnection {
    private final Peer peer;
    private final MeClock clock;
    private final Set<SimulatedConnection> open;
    private final EmbeddedChannel nettyChannel = new EmbeddedChannel(DefaultChannelId.newInstance());
    private long shown;
    private MeClock.Alarm alarm = () -> {};

    /**
     * Hands the connection to the gateway.
     *
     * @param serve how the gateway serves it, with TLS or without
     * @param open what this connection is part of until it ends, by whichever side
     */
    SimulatedConnection(Consumer<Channel> serve, Peer peer, MeClock clock, Set<SimulatedConnection> open) {
        this.peer = peer;
        this.clock = clock;
        this.open = open;
        shown = clock.nanos();
        open.add(this);
        nettyChannel.freezeTime();
        serve.accept(nettyChannel);
        nettyChannel.pipeline().fireChannelActive();
        peer.onReceived(this::received).onEnd(reason -> close());
        settle();
    }

    private void received(ByteString bytes) {
        if (nettyChannel.isActive()) {
            passTime();
            nettyChannel.writeInbound(Unpooled.wrappedBuffer(bytes.toBytes()));
            settle();
        }
    }

    private void passTime() {
        nettyChannel.advanceTimeBy(clock.nanos() - shown, TimeUnit.NANOSECONDS);
        shown = clock.nanos();
    }

    /** Lets the pipeline do what is due, passes on what it sends, and comes back when something else is due. */
    private void settle() {
        alarm.cancel();
        passTime();
        nettyChannel.runPendingTasks();
        long wait = nettyChannel.runScheduledPendingTasks();
        for (ByteBuf out = nettyChannel.readOutbound(); out != null; out = nettyChannel.readOutbound()) {
            peer.send(ByteString.wrap(ByteBufUtil.getBytes(out)));
            out.release();
        }
        if (!nettyChannel.isActive()) {
            close();
        } else if (wait >= 0) {
            alarm = clock.schedule(Duration.ofNanos(wait), this::settle);
        }
    }

    void close() {
        alarm.cancel();
        nettyChannel.finishAndReleaseAll();
        peer.close();
        open.remove(this);
    }
}
