// SPDX-License-Identifier: Apache-2.0
package org.bipline.me.network;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.bipline.cat.tlv.ByteString;
import org.bipline.me.Bearer;
import org.bipline.me.MeClock;

/**
 * TCP and UDP in memory: MEs on one side ({@link #bearer}), remote devices on the other ({@link Peer}). TCP keeps the order,
 * slows the sender down where the receiver does not read, and knows half-close, reset and refusal; UDP loses and overtakes.
 * Nothing happens but at a time of the clock: with a {@link org.bipline.me.VirtualClock} a run is a function of the seed, and
 * of what MEs and peers do.
 */
public final class InMemoryNetwork {
    private static final InetAddress PEERS =
            new InetSocketAddress("192.0.2.1", 0).getAddress(); // RFC 5737, for documentation
    private static final int FIRST_EPHEMERAL_PORT = 49152;
    private static final int LAST_PORT = 0xFFFF;
    private static final int DEFAULT_WINDOW = 65535;

    private record Login(String name, String password) {}

    private record Incident(long segment, boolean lost, Runnable action) {
        static final Incident NONE = new Incident(0, false, () -> {});
    }

    private final MeClock clock;
    private final SplittableRandom random;
    private final Map<InetSocketAddress, Bearer.Acceptor> listening = new HashMap<>();
    private final Map<InetSocketAddress, UdpSocket> bound = new HashMap<>();
    private final Set<InetSocketAddress> silent = new HashSet<>();
    private final Map<String, Optional<Login>> accessPoints = new HashMap<>();
    private final Set<Wireless> wireless = new LinkedHashSet<>();
    private Duration shortestDelay = Duration.ZERO;
    private Duration longestDelay = Duration.ZERO;
    private double datagramLoss;
    private int window = DEFAULT_WINDOW;
    private boolean coverage = true;
    private long untilLoss = Long.MAX_VALUE;
    private long segments;
    private Incident incident = Incident.NONE;
    private int nextPort = FIRST_EPHEMERAL_PORT;

    /** A network without delay and loss, which any access point name leads to. */
    public InMemoryNetwork(MeClock clock, long seed) {
        this.clock = clock;
        random = new SplittableRandom(seed);
    }

    /** The network as an ME of this address sees it. The ME's loopback interface is its own. */
    public Bearer bearer(InetAddress address) {
        return new Attachment(this, address);
    }

    /** How long a packet is under way in one direction, each drawn between the two. */
    public synchronized InMemoryNetwork delay(Duration shortest, Duration longest) {
        if (shortest.isNegative() || shortest.compareTo(longest) > 0) {
            throw new IllegalArgumentException("delay between " + shortest + " and " + longest);
        }
        shortestDelay = shortest;
        longestDelay = longest;
        return this;
    }

    /** The share of datagrams that are lost, 0 to 1. */
    public synchronized InMemoryNetwork datagramLoss(double probability) {
        if (!(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException("loss of " + probability);
        }
        datagramLoss = probability;
        return this;
    }

    /** Bytes of a TCP connection that can be under way or unread in one direction, at least 1. */
    public synchronized InMemoryNetwork window(int bytes) {
        if (bytes < 1) {
            throw new IllegalArgumentException("window of " + bytes);
        }
        window = bytes;
        return this;
    }

    /** An access point for everybody. Once there is one, other names are refused. */
    public synchronized InMemoryNetwork accessPoint(String name) {
        accessPoints.put(name, Optional.empty());
        return this;
    }

    /** An access point for those who know user login and password. */
    public synchronized InMemoryNetwork accessPoint(String name, String userLogin, String userPassword) {
        accessPoints.put(name, Optional.of(new Login(userLogin, userPassword)));
        return this;
    }

    /** Packets to this address vanish: who connects gets no answer. */
    public synchronized InMemoryNetwork silent(InetSocketAddress address) {
        silent.add(address);
        return this;
    }

    /** MEs lose their connections to the network, and get none until {@link #regainCoverage}. */
    public synchronized void loseCoverage() {
        coverage = false;
        untilLoss = Long.MAX_VALUE;
        List<Wireless> lost = new ArrayList<>(wireless);
        wireless.clear();
        lost.forEach(end -> end.lose("out of coverage"));
    }

    /** As {@link #loseCoverage}, as soon as so many more bytes have arrived over TCP, in whichever direction; at least 1. */
    public synchronized void loseCoverageAfter(long bytes) {
        if (bytes < 1) {
            throw new IllegalArgumentException("loss of coverage after " + bytes + " bytes");
        }
        untilLoss = bytes;
    }

    /** MEs get connections again. */
    public synchronized void regainCoverage() {
        coverage = true;
        untilLoss = Long.MAX_VALUE;
    }

    /** TCP segments that have arrived or were lost, in both directions: of begin and end of a connection, data, acknowledgements. */
    public synchronized long segments() {
        return segments;
    }

    /**
     * Does something when a TCP segment arrives.
     *
     * @param segment counted as {@link #segments()} does, the first being 1
     * @param lost whether the segment is lost; otherwise the action follows upon its arrival
     */
    public synchronized void atSegment(long segment, boolean lost, Runnable action) {
        if (segment <= segments) {
            throw new IllegalArgumentException("segment " + segment + " was before");
        }
        incident = new Incident(segment, lost, action);
    }

    void arrive(Runnable segment) {
        Incident now;
        synchronized (this) {
            segments++;
            now = segments == incident.segment ? incident : Incident.NONE;
        }
        if (!now.lost) {
            segment.run();
        }
        now.action.run();
    }

    /** How many of these arriving bytes get through before the coverage is lost. */
    synchronized int getThrough(int bytes) {
        int through = (int) Math.min(bytes, untilLoss);
        untilLoss -= through;
        if (through > 0 && untilLoss == 0) {
            soon(this::loseCoverage);
        }
        return through;
    }

    /**
     * Remote devices listen for TCP connections.
     *
     * @param accepted gets each peer that an ME has connected to
     */
    public synchronized void listen(InetSocketAddress address, Consumer<Peer> accepted) {
        if (!open(address, new PeerAcceptor(accepted))) {
            throw new IllegalStateException(address + " is taken");
        }
    }

    /**
     * Remote devices take datagrams.
     *
     * @param accepted gets a peer for each source of datagrams
     */
    public synchronized void receiveDatagrams(InetSocketAddress address, Consumer<Peer> accepted) {
        bound.put(address, new UdpSocket(this, address, new PeerAcceptor(accepted)));
    }

    /** Nobody listens there any more; connections stay. */
    public synchronized void close(InetSocketAddress address) {
        unlisten(address);
        unbind(address);
    }

    synchronized void unlisten(InetSocketAddress address) {
        listening.remove(address);
    }

    /** A remote device connects by TCP, for instance to a UICC in server mode. */
    public Peer connect(InetSocketAddress destination) {
        Peer peer = new Peer();
        InetSocketAddress local = ephemeral(PEERS);
        TcpEnd end = new TcpEnd(this, local, destination, peer.listener());
        peer.attach(end);
        synchronize(end);
        return peer;
    }

    synchronized boolean open(InetSocketAddress address, Bearer.Acceptor acceptor) {
        return listening.putIfAbsent(address, acceptor) == null;
    }

    /** After the last port comes the first again: the connection that had it is long gone. */
    synchronized InetSocketAddress ephemeral(InetAddress address) {
        int port = nextPort;
        nextPort = port == LAST_PORT ? FIRST_EPHEMERAL_PORT : port + 1;
        return new InetSocketAddress(address, port);
    }

    synchronized int window() {
        return window;
    }

    /** Why an ME gets no connection by this way, if it gets none. */
    synchronized Optional<Refusal> refusal(Bearer.Access access) {
        if (access.description().isEmpty()) {
            return Optional.empty(); // within the terminal
        }
        if (!coverage) {
            return Optional.of(new Refusal(Bearer.Failure.NETWORK, "out of coverage"));
        }
        String name = access.networkAccessName().orElse("");
        if (name.isEmpty() || accessPoints.isEmpty()) {
            return Optional.empty();
        }
        Optional<Login> login = accessPoints.get(name);
        if (login == null) {
            return Optional.of(new Refusal(Bearer.Failure.NETWORK, "no access point " + name));
        }
        Login given =
                new Login(access.userLogin().orElse(""), access.userPassword().orElse(""));
        return login.isEmpty() || login.get().equals(given)
                ? Optional.empty()
                : Optional.of(new Refusal(
                        Bearer.Failure.AUTHENTICATION, "user login or password is wrong at access point " + name));
    }

    record Refusal(Bearer.Failure failure, String reason) {}

    /** An end of a connection that is lost with the coverage. */
    interface Wireless {
        void lose(String reason);
    }

    synchronized void overTheAir(Wireless end) {
        wireless.add(end);
    }

    synchronized void gone(Wireless end) {
        wireless.remove(end);
    }

    /** The three-way handshake of TCP. */
    void synchronize(TcpEnd client) {
        if (isSilent(client.remote())) {
            return;
        }
        after(
                delay(),
                () -> arrive(() -> {
                    Optional<Bearer.Acceptor> acceptor = acceptor(client.remote());
                    if (acceptor.isEmpty()) {
                        after(delay(), () -> arrive(() -> client.refused("connection refused")));
                        return;
                    }
                    TcpEnd server = new TcpEnd(this, /* local= */ client.remote(), /* remote= */ client.local(), null);
                    server.accept(client, acceptor.get().accept(server));
                }));
    }

    private synchronized boolean isSilent(InetSocketAddress address) {
        return silent.contains(address);
    }

    private synchronized Optional<Bearer.Acceptor> acceptor(InetSocketAddress address) {
        return Optional.ofNullable(listening.get(address));
    }

    synchronized void bind(InetSocketAddress address, UdpSocket socket) {
        bound.put(address, socket);
    }

    synchronized void unbind(InetSocketAddress address) {
        bound.remove(address);
    }

    /** One datagram, which is lost or arrives, perhaps later than one sent after it. */
    synchronized void datagram(InetSocketAddress from, InetSocketAddress to, ByteString bytes) {
        boolean lost = random.nextDouble() < datagramLoss;
        Duration delay = delay();
        if (!lost && !silent.contains(to)) {
            after(delay, () -> socket(to).ifPresent(socket -> socket.arrived(from, bytes)));
        }
    }

    private synchronized Optional<UdpSocket> socket(InetSocketAddress address) {
        return Optional.ofNullable(bound.get(address));
    }

    synchronized Duration delay() {
        long spread = longestDelay.minus(shortestDelay).toNanos();
        return spread == 0 ? shortestDelay : shortestDelay.plusNanos(random.nextLong(spread + 1));
    }

    long nanos() {
        return clock.nanos();
    }

    void after(Duration delay, Runnable task) {
        MeClock.Alarm unused = clock.schedule(delay, task);
    }

    void soon(Runnable task) {
        after(Duration.ZERO, task);
    }
}
