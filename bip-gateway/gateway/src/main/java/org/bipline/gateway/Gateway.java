// SPDX-License-Identifier: Apache-2.0
package org.bipline.gateway;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.flow.FlowControlHandler;
import io.netty.handler.timeout.WriteTimeoutHandler;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import org.bipline.dm.server.Device;
import org.bipline.dm.server.DmRequest;
import org.bipline.dm.server.DmResponse;
import org.bipline.dm.server.DmServer;
import org.bipline.dm.server.Store;
import org.bipline.gateway.GatewayListener.Connection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * HTTP front of a {@link DmServer}, or of a DM server elsewhere ({@link Upstream}): DM messages come as bodies of POST requests and go back as bodies of the responses.
 *
 * <p>A connection occupies an event loop only while bytes move; the DM server runs on virtual threads, with at most
 * one request per connection at a time.
 */
public final class Gateway implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);
    private static final Duration GRACE = Duration.ofSeconds(5);

    /** What every connection of a gateway shares. */
    record Settings(String path, GatewayLimits limits, GatewayListener listener) {}

    private final Settings settings;
    private final Optional<InetSocketAddress> plainAddress;
    private final Optional<InetSocketAddress> securedAddress;
    private final Function<DmRequest, DmResponse> server;
    private final Optional<PskServers> tls;
    private final Sources sources;
    private final boolean ownGroup;
    private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
    private final AtomicLong connectionIds = new AtomicLong();
    private final ExecutorService ownWorkers =
            Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("dm-", 0).factory());
    private final Executor workers;
    private EventLoopGroup group;
    private volatile Channel listening;
    private volatile Channel listeningSecured;
    private volatile boolean closed;

    private Gateway(Builder builder) {
        settings = new Settings(builder.path, builder.limits, builder.listener);
        plainAddress = builder.plain;
        securedAddress = builder.secured;
        server = builder.server;
        tls = builder.store.map(store -> new PskServers(
                identity -> store.deviceOfPsk(identity).flatMap(Device::psk),
                builder.secureRandom,
                builder.clock,
                builder.keyLog));
        sources = new Sources(builder.limits.perSource(), builder.clock);
        ownGroup = builder.group == null;
        group = builder.group;
        workers = builder.workers == null ? ownWorkers : builder.workers;
    }

    /**
     * A gateway yet to be configured.
     *
     * @param server what answers the DM messages; stays open when the gateway closes
     */
    public static Builder builder(DmServer server) {
        return new Builder(server::handle);
    }

    /**
     * A gateway that hands messages on.
     *
     * @param upstream the server that answers them; stays open when the gateway closes
     */
    public static Builder builder(Upstream upstream) {
        return new Builder(upstream);
    }

    /**
     * Binds the addresses and accepts connections from now on.
     *
     * @throws IOException when an address cannot be bound
     */
    public Gateway start() throws IOException {
        if (listening != null || listeningSecured != null || closed) {
            throw new IllegalStateException("started twice or closed");
        }
        if (plainAddress.isEmpty() && securedAddress.isEmpty()) {
            throw new IllegalStateException("no address to listen at");
        }
        if (ownGroup) {
            group = new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
        }
        if (securedAddress.isPresent()) {
            listeningSecured = bind(securedAddress.get(), tls);
            LOG.info("listening with TLS on {}{}", listeningSecured.localAddress(), settings.path());
        }
        if (plainAddress.isPresent()) {
            listening = bind(plainAddress.get(), Optional.empty());
            LOG.warn("listening without TLS on {}{}", listening.localAddress(), settings.path());
        }
        return this;
    }

    private Channel bind(InetSocketAddress address, Optional<PskServers> servers) throws IOException {
        var bound = new ServerBootstrap()
                .group(group)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, 1024)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel nettyChannel) {
                        serve(nettyChannel, servers);
                    }
                })
                .bind(address)
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            close();
            throw new IOException(
                    "cannot listen on " + address + ": " + bound.cause().getMessage(), bound.cause());
        }
        return bound.channel();
    }

    /** Where the gateway listens without TLS; the port is the real one. Empty before {@link #start}, and where it does not. */
    public Optional<InetSocketAddress> plainAddress() {
        return address(listening);
    }

    /** Where the gateway listens with TLS; the port is the real one. Empty before {@link #start}, and where it does not. */
    public Optional<InetSocketAddress> securedAddress() {
        return address(listeningSecured);
    }

    private static Optional<InetSocketAddress> address(Channel listening) {
        return Optional.ofNullable(listening).map(channel -> (InetSocketAddress) channel.localAddress());
    }

    /** Connections open now, with TLS and without. */
    public int connections() {
        return connections.size();
    }

    /**
     * Serves a connection without TLS as if it had been accepted: those that {@link #start} listens for, and those that somebody else
     * made, for which nothing need be started. Closes it when too many are open.
     *
     * @param nettyChannel a channel without handlers, registered with its event loop
     */
    public void serve(Channel nettyChannel) {
        serve(nettyChannel, Optional.empty());
    }

    /** As {@link #serve}, for a connection with TLS. */
    public void serveSecured(Channel nettyChannel) {
        serve(nettyChannel, Optional.of(tls.orElseThrow(() -> new IllegalStateException("no keys of TLS"))));
    }

    private void serve(Channel nettyChannel, Optional<PskServers> servers) {
        if (closed || connections.size() >= settings.limits().maxConnections()) {
            LOG.warn("connection from {} refused: {} are open", nettyChannel.remoteAddress(), connections.size());
            var unused = nettyChannel.close();
            return;
        }
        Optional<Sources.Visit> visit = sources.admit(nettyChannel.remoteAddress(), servers.isPresent());
        if (visit.isEmpty()) {
            LOG.debug("connection from {} refused: its source has enough", nettyChannel.remoteAddress());
            var unused = nettyChannel.close();
            return;
        }
        connections.add(nettyChannel);
        Connection connection = new Connection(
                connectionIds.incrementAndGet(), nettyChannel.localAddress(), nettyChannel.remoteAddress());
        settings.listener().connectionOpened(connection);
        if (servers.isPresent()) {
            nettyChannel
                    .pipeline()
                    .addLast(new TlsHandler(
                            servers.get().next(),
                            settings.limits().requestTimeout(),
                            workers,
                            visit.get(),
                            connection,
                            settings.listener()));
        }
        var unused = nettyChannel.closeFuture().addListener(done -> visit.get().ended());
        addHandlers(nettyChannel, settings, connection, server, workers);
    }

    /** The pipeline of one connection. */
    static void addHandlers(
            Channel nettyChannel,
            Settings settings,
            Connection connection,
            Function<DmRequest, DmResponse> server,
            Executor workers) {
        GatewayLimits limits = settings.limits();
        ConnectionGuard guard = new ConnectionGuard(limits);
        HttpDecoderConfig decoding = new HttpDecoderConfig()
                .setMaxInitialLineLength(limits.maxHeader())
                .setMaxHeaderSize(limits.maxHeader())
                .setMaxChunkSize(limits.maxBody());
        nettyChannel
                .pipeline()
                .addLast(guard)
                .addLast(new WriteTimeoutHandler(limits.requestTimeout().toMillis(), TimeUnit.MILLISECONDS))
                .addLast(new HttpServerCodec(decoding))
                .addLast(new FlowControlHandler())
                .addLast(new DmHttpHandler(settings, guard, connection, server, workers));
    }

    /**
     * Stops listening, lets requests that are being answered end (for 5 s at most), closes all connections. Event
     * loops that were given to the builder stay. Closing twice is harmless.
     */
    @Override
    public void close() {
        closed = true;
        for (Channel channel : new Channel[] {listening, listeningSecured}) {
            if (channel != null) {
                channel.close().awaitUninterruptibly();
            }
        }
        for (Channel connection : connections) {
            connection.eventLoop().execute(() -> closeWhenIdle(connection));
        }
        connections.newCloseFuture().awaitUninterruptibly(GRACE.toMillis());
        connections.close().awaitUninterruptibly();
        ownWorkers.shutdown();
        if (ownGroup && group != null) {
            group.shutdownGracefully(0, GRACE.toMillis(), TimeUnit.MILLISECONDS).awaitUninterruptibly();
        }
    }

    private static void closeWhenIdle(Channel connection) {
        ChannelHandlerContext ctx = connection.pipeline().context(DmHttpHandler.class);
        if (ctx == null) {
            var unused = connection.close();
        } else {
            ((DmHttpHandler) ctx.handler()).closeWhenIdle(ctx);
        }
    }

    /** Settings of a gateway; whatever is not set has a default. */
    public static final class Builder {
        private final Function<DmRequest, DmResponse> server;
        private Optional<InetSocketAddress> plain = Optional.empty();
        private Optional<InetSocketAddress> secured = Optional.empty();
        private Optional<Store> store = Optional.empty();
        private SecureRandom secureRandom;
        private InstantSource clock = InstantSource.system();
        private Optional<Consumer<String>> keyLog = Optional.empty();
        private String path = "/dm";
        private GatewayLimits limits = GatewayLimits.DEFAULT;
        private GatewayListener listener = new GatewayListener() {};
        private EventLoopGroup group;
        private Executor workers;

        private Builder(Function<DmRequest, DmResponse> server) {
            this.server = server;
        }

        /**
         * Listens with TLS 1.2 at this address, at any free port where it is 0, for clients that have a key in the store ({@link #keys}).
         */
        public Builder secured(InetSocketAddress address) {
            secured = Optional.of(address);
            return this;
        }

        /**
         * Listens without TLS at this address, at any free port where it is 0: for laboratories. By default it does not. The limits hold for
         * both addresses together.
         */
        public Builder plain(InetSocketAddress address) {
            plain = Optional.of(address);
            return this;
        }

        /**
         * Where the pre-shared keys of clients with TLS are. It is asked on the workers.
         *
         * @param random of handshakes and records
         */
        public Builder keys(Store value, SecureRandom random) {
            store = Optional.of(value);
            secureRandom = Objects.requireNonNull(random);
            return this;
        }

        /** Times of TLS sessions and of what sources do; the system's by default. */
        public Builder clock(InstantSource value) {
            clock = Objects.requireNonNull(value);
            return this;
        }

        /**
         * Takes the secret of every connection with TLS, as a line of an NSS key log, by which Wireshark can decrypt it: for laboratories.
         * Called on the workers. By default nobody gets it.
         */
        public Builder keyLog(Consumer<String> value) {
            keyLog = Optional.of(value);
            return this;
        }

        /** Path of the request URI; {@code /dm} by default. */
        public Builder path(String value) {
            if (!value.startsWith("/")) {
                throw new IllegalArgumentException("path does not begin with /: " + value);
            }
            path = value;
            return this;
        }

        public Builder limits(GatewayLimits value) {
            limits = Objects.requireNonNull(value);
            return this;
        }

        public Builder listener(GatewayListener value) {
            listener = Objects.requireNonNull(value);
            return this;
        }

        /** Event loops to run on, shared with others and not shut down; by default two of the gateway's own. */
        public Builder eventLoopGroup(EventLoopGroup value) {
            group = Objects.requireNonNull(value);
            return this;
        }

        /** Runs what the DM server does, which may take its time; by default virtual threads of the gateway's own. */
        public Builder workers(Executor value) {
            workers = Objects.requireNonNull(value);
            return this;
        }

        public Gateway build() {
            if (secured.isPresent() && store.isEmpty()) {
                throw new IllegalStateException("TLS without keys");
            }
            return new Gateway(this);
        }
    }
}
