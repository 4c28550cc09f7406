// SPDX-License-Identifier: Apache-2.0
package org.bipline.me;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.bipline.cat.object.TransportProtocol;
import org.bipline.cat.tlv.ByteString;

/** Real TCP sockets. One bearer serves any number of MEs. */
public final class NettyBearer implements Bearer, AutoCloseable {
    private final EventLoopGroup eventLoops;
    private final Bootstrap bootstrap;

    /** A bearer with event loops of its own, which are daemon threads. */
    public NettyBearer(int threads) {
        eventLoops = new MultiThreadIoEventLoopGroup(
                threads, new DefaultThreadFactory("me-bearer", true), NioIoHandler.newFactory());
        bootstrap = new Bootstrap()
                .group(eventLoops)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 0); // the ME has a timeout of its own
    }

    @Override
    public Link connect(TransportProtocol protocol, InetSocketAddress destination, Listener listener) {
        if (protocol != TransportProtocol.TCP_CLIENT_REMOTE) {
            throw new IllegalArgumentException("no sockets for " + protocol.text());
        }
        Socket handler = new Socket(listener);
        ChannelFuture attempt = bootstrap.clone().handler(handler).connect(destination);
        attempt.addListener(done -> {
            if (!done.isSuccess() && !attempt.isCancelled()) {
                listener.failed(reason(done.cause()));
            }
        });
        return new NettyLink(attempt, handler, listener);
    }

    @Override
    public void close() {
        Future<?> unused = eventLoops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }

    private static String reason(Throwable cause) {
        Throwable deepest = cause;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        return deepest.getMessage() == null ? deepest.getClass().getSimpleName() : deepest.getMessage();
    }

    private record NettyLink(ChannelFuture attempt, Socket handler, Listener listener) implements Link {
        @Override
        public void request(int bytes) {
            attempt.channel().eventLoop().execute(() -> handler.read(bytes));
        }

        @Override
        public void send(ByteString bytes) {
            io.netty.channel.Channel nettyChannel = attempt.channel();
            ByteBuf buffer = nettyChannel.alloc().buffer(bytes.length());
            buffer.writeBytes(bytes.toBytes());
            nettyChannel.writeAndFlush(buffer).addListener(done -> {
                if (done.isSuccess()) {
                    listener.sent(bytes.length());
                } // a failed write closes the socket, and that is told
            });
        }

        @Override
        public void close() {
            attempt.cancel(false);
            ChannelFuture unused = attempt.channel().close();
        }
    }

    /** Turns the events of one socket into calls of the listener. Lives in the socket's event loop. */
    private static final class Socket extends ChannelInboundHandlerAdapter {
        private final Listener listener;
        private ChannelHandlerContext context;
        private String broken = "closed by the peer";

        Socket(Listener listener) {
            this.listener = listener;
        }

        void read(int bytes) {
            if (context != null && context.channel().isActive()) {
                // One read of at most so many bytes: the rest stays in the kernel and slows the peer down
                context.channel()
                        .config()
                        .setRecvByteBufAllocator(new FixedRecvByteBufAllocator(bytes).maxMessagesPerRead(1));
                context.read();
            }
        }

        @Override
        public void channelActive(ChannelHandlerContext active) {
            context = active;
            io.netty.channel.Channel nettyChannel = active.channel();
            listener.connected(
                    (InetSocketAddress) nettyChannel.localAddress(), (InetSocketAddress) nettyChannel.remoteAddress());
        }

        @Override
        public void channelRead(ChannelHandlerContext active, Object message) {
            ByteBuf buffer = (ByteBuf) message;
            byte[] bytes = new byte[buffer.readableBytes()];
            buffer.readBytes(bytes);
            buffer.release();
            if (bytes.length > 0) {
                listener.received(ByteString.wrap(bytes));
            } else {
                active.read();
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext inactive) {
            listener.dropped(broken);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext active, Throwable cause) {
            broken = reason(cause);
            ChannelFuture unused = active.close();
        }
    }
}
