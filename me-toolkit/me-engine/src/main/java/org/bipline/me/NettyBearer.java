// SPDX-License-Identifier: Apache-2.0
package org.bipline.me;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketException;
import java.util.concurrent.TimeUnit;
import org.bipline.cat.object.TransportProtocol;
import org.bipline.cat.tlv.ByteString;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Real TCP and UDP sockets. One bearer serves any number of MEs. The way that {@link Bearer.Access} names does not matter: the
 * host's own network is the only one there is.
 */
public final class NettyBearer implements Bearer, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NettyBearer.class);

    private static final int LARGEST_DATAGRAM = 0xFFFF;

    private final EventLoopGroup eventLoops;
    private final Bootstrap tcp;
    private final Bootstrap udp;
    private final ServerBootstrap server;

    /** A bearer with event loops of its own, which are daemon threads. */
    public NettyBearer(int threads) {
        eventLoops = new MultiThreadIoEventLoopGroup(
                threads, new DefaultThreadFactory("me-bearer", true), NioIoHandler.newFactory());
        tcp = new Bootstrap()
                .group(eventLoops)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 0); // the ME has a timeout of its own
        udp = new Bootstrap()
                .group(eventLoops)
                .channel(NioDatagramChannel.class)
                .option(ChannelOption.AUTO_READ, false)
                .option(
                        ChannelOption.RECVBUF_ALLOCATOR,
                        new FixedRecvByteBufAllocator(LARGEST_DATAGRAM).maxMessagesPerRead(1));
        server = new ServerBootstrap()
                .group(eventLoops)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.AUTO_READ, false)
                .childOption(ChannelOption.TCP_NODELAY, true);
    }

    @Override
    public Link connect(TransportProtocol protocol, InetSocketAddress destination, Access access, Listener listener) {
        Bootstrap bootstrap = switch (protocol) {
            case TCP_CLIENT_REMOTE, TCP_CLIENT_LOCAL -> tcp;
            case UDP_CLIENT_REMOTE, UDP_CLIENT_LOCAL -> udp;
            case TCP_SERVER, DIRECT_CHANNEL ->
                throw new IllegalArgumentException("no connection of " + protocol.text());
        };
        Socket socket = new Socket(listener);
        Bootstrap connecting = bootstrap.clone().handler(socket);
        access.localAddress().ifPresent(address -> connecting.localAddress(address, 0));
        ChannelFuture attempt = connecting.connect(destination);
        attempt.addListener(done -> {
            if (!done.isSuccess() && !attempt.isCancelled()) {
                listener.failed(failure(access, done.cause()), reason(done.cause()));
            }
        });
        return new NettyLink(attempt.channel(), attempt, socket);
    }

    private static Failure failure(Access access, Throwable cause) {
        boolean notBound = cause.getCause() instanceof BindException; // Netty adds the address to the message
        if (notBound && access.localAddress().isPresent()) {
            return Failure.NETWORK; // no interface has the local address
        }
        return cause instanceof SocketException ? Failure.REMOTE_DEVICE : Failure.UNSPECIFIED;
    }

    @Override
    public Port listen(InetSocketAddress local, Acceptor acceptor) {
        ChannelFuture binding = server.clone()
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel accepted) {
                        Socket socket = new Socket();
                        NettyLink link = new NettyLink(accepted, accepted.newSucceededFuture(), socket);
                        socket.listener = acceptor.accept(link);
                        accepted.pipeline().addLast(socket);
                    }
                })
                .bind(local);
        binding.addListener(done -> {
            if (done.isSuccess()) {
                acceptor.listening((InetSocketAddress) binding.channel().localAddress());
            } else if (!binding.isCancelled()) {
                acceptor.failed(Failure.PORT, reason(done.cause()));
            }
        });
        return () -> {
            ChannelFuture unused = binding.channel().close();
        };
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

    private record NettyLink(io.netty.channel.Channel nettyChannel, ChannelFuture attempt, Socket socket)
            implements Link {
        @Override
        public void request(int bytes) {
            nettyChannel.eventLoop().execute(() -> socket.read(bytes));
        }

        @Override
        public void send(ByteString bytes) {
            ByteBuf buffer = nettyChannel.alloc().buffer(bytes.length());
            buffer.writeBytes(bytes.toBytes());
            nettyChannel.writeAndFlush(buffer).addListener(done -> {
                if (done.isSuccess() || nettyChannel instanceof NioDatagramChannel) {
                    socket.listener.sent(bytes.length()); // a datagram that cannot be sent is one that is lost
                } // a failed write of TCP closes the socket, and that is told
            });
        }

        @Override
        public void close() {
            attempt.cancel(false);
            ChannelFuture unused = nettyChannel.close();
        }
    }

    /**
     * Makes each read of TCP one of at most as many bytes as were asked for. A channel keeps the handle of its first read: another
     * allocator for a later read would have no effect.
     */
    private static final class AskedFor extends DefaultMaxMessagesRecvByteBufAllocator {
        private int bytes = 1;

        AskedFor() {
            super(1);
        }

        @Override
        public MaxMessageHandle newHandle() {
            return new MaxMessageHandle() {
                @Override
                public int guess() {
                    return bytes;
                }
            };
        }
    }

    /** Turns the events of one socket into calls of the listener. Lives in the socket's event loop. */
    private static final class Socket extends ChannelInboundHandlerAdapter {
        private Listener listener;
        private ChannelHandlerContext context;
        private final AskedFor asked = new AskedFor();
        private String broken = "closed by the peer";

        Socket() {}

        Socket(Listener listener) {
            this.listener = listener;
        }

        @Override
        public void handlerAdded(ChannelHandlerContext added) {
            if (added.channel() instanceof SocketChannel) {
                added.channel().config().setRecvByteBufAllocator(asked);
            }
        }

        void read(int bytes) {
            if (context != null && context.channel().isActive()) {
                asked.bytes = bytes; // the rest stays in the kernel and slows the peer down
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
            boolean datagram = message instanceof DatagramPacket;
            ByteBuf buffer = datagram ? ((DatagramPacket) message).content() : (ByteBuf) message;
            byte[] bytes = new byte[buffer.readableBytes()];
            buffer.readBytes(bytes);
            buffer.release();
            if (bytes.length == 0 || (datagram && bytes.length > asked.bytes)) {
                LOG.debug("a datagram of {} bytes is left aside, room for {}", bytes.length, asked.bytes);
                active.read();
            } else {
                listener.received(ByteString.wrap(bytes));
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext inactive) {
            listener.dropped(broken);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext active, Throwable cause) {
            if (cause instanceof PortUnreachableException) {
                LOG.debug("a datagram was not delivered: {}", reason(cause));
                active.read(); // UDP has no connection that could break
                return;
            }
            broken = reason(cause);
            ChannelFuture unused = active.close();
        }
    }
}
