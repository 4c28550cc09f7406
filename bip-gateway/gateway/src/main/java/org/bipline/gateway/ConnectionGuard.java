// SPDX-License-Identifier: Apache-2.0
package org.bipline.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Closes a connection whose peer takes too long. Sits before the HTTP codec, since a slow peer may not even complete
 * a request line. Three phases follow each other:
 *
 * <pre>
 * IDLE     --first byte--------> READING   (idle time-out runs in IDLE)
 * READING  --requestComplete---> HANDLING  (request time-out runs in READING, from the first byte on)
 * HANDLING --responseWritten---> IDLE      (no time-out; a write time-out runs elsewhere)
 * </pre>
 */
final class ConnectionGuard extends ChannelInboundHandlerAdapter {
    private enum Phase {
        IDLE,
        READING,
        HANDLING
    }

    private final GatewayLimits limits;
    private Phase phase = Phase.IDLE;
    private ScheduledFuture<?> timer;
    private String closeReason;

    ConnectionGuard(GatewayLimits limits) {
        this.limits = limits;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        enter(ctx, Phase.IDLE);
        ctx.fireChannelActive();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        cancel();
        ctx.fireChannelInactive();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        if (phase == Phase.IDLE && msg instanceof ByteBuf bytes && bytes.isReadable()) {
            enter(ctx, Phase.READING);
        }
        ctx.fireChannelRead(msg);
    }

    void requestComplete(ChannelHandlerContext ctx) {
        enter(ctx, Phase.HANDLING);
    }

    void responseWritten(ChannelHandlerContext ctx) {
        enter(ctx, Phase.IDLE);
    }

    /** Another request was begun by bytes that had arrived before: its time runs from now. */
    void requestBegun(ChannelHandlerContext ctx) {
        if (phase == Phase.IDLE) {
            enter(ctx, Phase.READING);
        }
    }

    void close(ChannelHandlerContext ctx, String reason) {
        closing(reason);
        var unused = ctx.close(); // channelInactive tells when it is done
    }

    /** Notes why the connection is about to be closed; the first reason stays. */
    void closing(String reason) {
        if (closeReason == null) {
            closeReason = reason;
        }
    }

    String closeReason() {
        return closeReason == null ? "closed by the peer" : closeReason;
    }

    private void enter(ChannelHandlerContext ctx, Phase next) {
        cancel();
        phase = next;
        switch (next) {
            case IDLE -> start(ctx, limits.idleTimeout(), "no request for ");
            case READING -> start(ctx, limits.requestTimeout(), "request not complete after ");
            case HANDLING -> {}
        }
    }

    private void start(ChannelHandlerContext ctx, Duration timeout, String reason) {
        if (ctx.channel().isActive()) {
            timer = ctx.executor()
                    .schedule(
                            () -> close(ctx, reason + timeout.toMillis() + " ms"),
                            timeout.toNanos(),
                            TimeUnit.NANOSECONDS);
        }
    }

    private void cancel() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }
}
