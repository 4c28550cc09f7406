// SPDX-License-Identifier: Apache-2.0
package org.bipline.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.util.AttributeKey;
import io.netty.util.ReferenceCountUtil;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.bipline.dm.ByteString;
import org.bipline.gateway.GatewayListener.Connection;
import org.bipline.gateway.GatewayListener.Handshake;
import org.bouncycastle.tls.TlsServerProtocol;

/**
 * TLS of one connection: records on the side of the network, their contents on the other.
 *
 * <p>A handshake asks a store for keys, so its steps run on a worker, one at a time, and nothing is read meanwhile; records after it are
 * handled on the event loop.
 *
 * <p>A fault of the peer is answered with the alert of RFC 5246, once it has sent a hello, and handed on as an {@link IOException}, upon which whoever
 * comes behind closes the connection; so is a handshake that takes too long. Closing sends close_notify.
 */
final class TlsHandler extends ChannelDuplexHandler {
    /** Whose key the client has proven to have; set before its first byte goes on. */
    static final AttributeKey<ByteString> PSK_IDENTITY = AttributeKey.valueOf(TlsHandler.class, "identity");

    private final PskServers.Server server;
    private final Duration handshakeTimeout;
    private final Executor workers;
    private final Sources.Visit visit;
    private final Connection connection;
    private final GatewayListener listener;
    private final TlsRecords received;
    private final TlsRecords sent;
    private final TlsServerProtocol protocol = new TlsServerProtocol(); // without streams: it never blocks
    private final ByteArrayOutputStream waiting = new ByteArrayOutputStream();
    private boolean connected;
    private boolean working;
    private boolean shut;
    private ScheduledFuture<?> timer;

    /** @param workers do the steps of the handshake; they may take their time */
    TlsHandler(
            PskServers.Server server,
            Duration handshakeTimeout,
            Executor workers,
            Sources.Visit visit,
            Connection connection,
            GatewayListener listener) {
        this.server = server;
        this.handshakeTimeout = handshakeTimeout;
        this.workers = workers;
        this.visit = visit;
        this.connection = connection;
        this.listener = listener;
        received = new TlsRecords(record -> listener.tlsRecord(connection, true, record));
        sent = new TlsRecords(record -> listener.tlsRecord(connection, false, record));
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) throws IOException {
        protocol.accept(server);
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        timer = ctx.executor()
                .schedule(
                        () -> failed(ctx, "no TLS handshake within " + handshakeTimeout.toMillis() + " ms"),
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
        visit.heard();
        received.add(records);
        if (connected) {
            taken(ctx, offer(records));
        } else {
            waiting.writeBytes(records);
            work(ctx);
        }
    }

    /** Takes what has come of a handshake, unless a worker is at it. */
    private void work(ChannelHandlerContext ctx) {
        if (working || waiting.size() == 0) {
            return;
        }
        byte[] records = waiting.toByteArray();
        waiting.reset();
        working = true;
        ctx.channel().config().setAutoRead(false);
        try {
            workers.execute(() -> {
                Optional<IOException> fault = offer(records);
                ctx.executor().execute(() -> worked(ctx, fault));
            });
        } catch (RejectedExecutionException e) { // only while the gateway closes
            working = false;
            failed(ctx, "the gateway is closing");
        }
    }

    private void worked(ChannelHandlerContext ctx, Optional<IOException> fault) {
        working = false;
        if (shut) { // meanwhile
            shut();
            return;
        }
        ctx.channel().config().setAutoRead(true);
        taken(ctx, fault);
        work(ctx);
    }

    /** Gives bytes to the protocol; what follows close_notify or an alert does not count. */
    private Optional<IOException> offer(byte[] records) {
        if (protocol.isClosed()) {
            return Optional.empty();
        }
        try {
            protocol.offerInput(records);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(e);
        }
    }

    private void taken(ChannelHandlerContext ctx, Optional<IOException> fault) {
        writeRecords(ctx, ctx.newPromise());
        ctx.flush();
        if (fault.isPresent()) {
            failed(ctx, "TLS: " + fault.get().getMessage());
            return;
        }
        if (!connected && server.handshake().isPresent()) {
            connected(ctx, server.handshake().get());
        }
        byte[] contents = new byte[protocol.getAvailableInputBytes()];
        if (contents.length > 0) {
            protocol.readInput(contents, 0, contents.length);
            ctx.fireChannelRead(Unpooled.wrappedBuffer(contents));
        }
        if (protocol.isClosed()) {
            var unused = ctx.channel().close();
        }
    }

    private void connected(ChannelHandlerContext ctx, Handshake handshake) {
        connected = true;
        cancel();
        visit.handshakeEnded(true);
        ctx.channel().attr(PSK_IDENTITY).set(handshake.pskIdentity());
        listener.handshakeCompleted(connection, handshake);
    }

    private void failed(ChannelHandlerContext ctx, String why) {
        cancel();
        if (!connected) {
            visit.handshakeEnded(false);
            listener.handshakeFailed(connection, why);
        }
        ctx.fireExceptionCaught(new IOException(why));
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
        if (!working) {
            writeRecords(ctx, ctx.newPromise());
            ctx.flush();
        }
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
            sent.add(records);
        }
        var unused = ctx.write(Unpooled.wrappedBuffer(records), promise);
    }

    /** Ends the protocol, as soon as no worker is at it. */
    private void shut() {
        shut = true;
        if (working) {
            return;
        }
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
