// SPDX-License-Identifier: Apache-2.0
package org.bipline.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.tls.TlsServer;
import org.bouncycastle.tls.TlsServerProtocol;

/**
 * TLS of one connection: records on the side of the network, their contents on the other. Handshakes with pre-shared
 * keys are a few hashes, so they are made on the event loop.
 *
 * <p>A fault of the peer is answered with the alert of RFC 5246, once it has sent a hello, and handed on as an {@link IOException}, upon which whoever
 * comes behind closes the connection; so is a handshake that takes too long. Closing sends close_notify.
 */
final class TlsHandler extends ChannelDuplexHandler {
    private final TlsServer server;
    private final Duration handshakeTimeout;
    private final TlsServerProtocol protocol = new TlsServerProtocol(); // without streams: it never blocks
    private ScheduledFuture<?> timer;

    TlsHandler(TlsServer server, Duration handshakeTimeout) {
        this.server = server;
        this.handshakeTimeout = handshakeTimeout;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) throws IOException {
        protocol.accept(server);
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        timer = ctx.executor()
                .schedule(
                        () -> {
                            ctx.fireExceptionCaught(
                                    new IOException("no TLS handshake within " + handshakeTimeout.toMillis() + " ms"));
                        },
                        handshakeTimeout.toNanos(),
                        TimeUnit.NANOSECONDS);
        ctx.fireChannelActive();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        cancel();
        shut(); // what a handshake has of secrets goes
        ctx.fireChannelInactive();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        byte[] records = take(message);
        if (protocol.isClosed()) {
            return; // what follows close_notify or an alert does not count
        }
        try {
            protocol.offerInput(records);
        } catch (IOException e) {
            writeRecords(ctx, ctx.newPromise());
            ctx.flush();
            cancel();
            ctx.fireExceptionCaught(new IOException("TLS: " + e.getMessage(), e));
            return;
        }
        if (protocol.isConnected()) {
            cancel();
        }
        writeRecords(ctx, ctx.newPromise());
        ctx.flush();
        byte[] contents = new byte[protocol.getAvailableInputBytes()];
        if (contents.length > 0) {
            protocol.readInput(contents, 0, contents.length);
            ctx.fireChannelRead(Unpooled.wrappedBuffer(contents));
        }
        if (protocol.isClosed()) {
            var unused = ctx.channel().close();
        }
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        byte[] contents = take(message);
        try {
            protocol.writeApplicationData(contents, 0, contents.length);
        } catch (IOException e) {
            promise.setFailure(e);
            return;
        }
        writeRecords(ctx, promise);
    }

    @Override
    public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
        cancel();
        shut();
        writeRecords(ctx, ctx.newPromise());
        ctx.flush();
        var unused = ctx.close(promise);
    }

    private static byte[] take(Object message) {
        try {
            return ByteBufUtil.getBytes((ByteBuf) message);
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void writeRecords(ChannelHandlerContext ctx, ChannelPromise promise) {
        byte[] records = new byte[protocol.getAvailableOutputBytes()];
        if (records.length > 0) {
            protocol.readOutput(records, 0, records.length);
        }
        var unused = ctx.write(Unpooled.wrappedBuffer(records), promise);
    }

    private void shut() {
        try {
            protocol.close();
        } catch (IOException e) {
            throw new IllegalStateException("close_notify goes to a buffer, which takes it", e);
        }
    }

    private void cancel() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }
}
