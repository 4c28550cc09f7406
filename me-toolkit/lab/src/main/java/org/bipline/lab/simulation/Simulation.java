// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.simulation;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.bipline.dm.server.DmServer;
import org.bipline.dm.server.Store;
import org.bipline.gateway.Gateway;
import org.bipline.lab.Chance;
import org.bipline.me.CardLink;
import org.bipline.me.MobileEquipment;
import org.bipline.me.VirtualClock;
import org.bipline.me.network.InMemoryNetwork;

/**
 * A gateway with its DM server, and MEs, in the caller's thread: on a virtual clock, over a network in memory. What happens is
 * a function of the seed and of what the caller does, as long as the store, the cards and the listeners are.
 *
 * <p>Not thread-safe. An ME's methods that wait for the card may be called when the ME is idle only: nobody else moves the
 * clock.
 */
public final class Simulation implements AutoCloseable {
    /** Where the gateway listens without TLS. RFC 5737: an address for documentation. */
    public static final InetSocketAddress SERVER = new InetSocketAddress("192.0.2.80", 80);

    /** Where the gateway listens with TLS, for devices that have a key in the store. */
    public static final InetSocketAddress SECURED_SERVER = new InetSocketAddress("192.0.2.80", 443);

    /** Address of the MEs. RFC 5737. */
    public static final InetAddress MOBILE = new InetSocketAddress("198.51.100.1", 0).getAddress();

    private final VirtualClock clock;
    private final SplittableRandom random;
    private final SecureRandom tlsRandom;
    private final InMemoryNetwork network;
    private final Store store;
    private final Consumer<DmServer.Builder> serverSettings;
    private final Consumer<Gateway.Builder> gatewaySettings;
    private DmServer server;
    private Gateway gateway;
    private final Set<SimulatedConnection> connections = new LinkedHashSet<>();

    /**
     * A gateway that listens at {@link #SERVER} and {@link #SECURED_SERVER}.
     *
     * @param store stays open when the simulation is closed
     * @param serverSettings what is to differ from the server's defaults
     * @param gatewaySettings what is to differ from the gateway's defaults
     */
    public Simulation(
            VirtualClock clock,
            long seed,
            Store store,
            Consumer<DmServer.Builder> serverSettings,
            Consumer<Gateway.Builder> gatewaySettings) {
        this.clock = clock;
        random = new SplittableRandom(seed);
        tlsRandom = Chance.of(new SplittableRandom(~seed)); // what the others get is the same with TLS and without
        network = new InMemoryNetwork(clock, random.nextLong());
        this.store = store;
        this.serverSettings = serverSettings;
        this.gatewaySettings = gatewaySettings;
        startServer();
        network.listen(SERVER, peer -> {
            var unused = new SimulatedConnection(gateway::serve, peer, clock, connections);
        });
        network.listen(SECURED_SERVER, peer -> {
            var unused = new SimulatedConnection(gateway::serveSecured, peer, clock, connections);
        });
    }

    private void startServer() {
        WallClock wallClock = new WallClock(clock);
        DmServer.Builder serverBuilder = DmServer.builder(store, wallClock, random.split());
        serverSettings.accept(serverBuilder);
        server = serverBuilder.build();
        Gateway.Builder gatewayBuilder =
                Gateway.builder(server).keys(store, tlsRandom).clock(wallClock).workers(Runnable::run);
        gatewaySettings.accept(gatewayBuilder);
        gateway = gatewayBuilder.build();
    }

    /** Gateway and server crash and are started again: what is not in the store is lost, and so are all connections. */
    public void crashServer() {
        closeConnections();
        gateway.close();
        startServer();
    }

    private void closeConnections() {
        List.copyOf(connections).forEach(SimulatedConnection::close);
    }

    public DmServer server() {
        return server;
    }

    /** The network between MEs and gateway, to give it delays and faults. */
    public InMemoryNetwork network() {
        return network;
    }

    /** Another source of chance that follows from the seed and from how many were taken before. */
    public RandomGenerator random() {
        return random.split();
    }

    /** An ME to be completed, on this clock and network. */
    public MobileEquipment.Builder me(CardLink card) {
        return MobileEquipment.builder()
                .card(card)
                .bearer(network.bearer(MOBILE))
                .clock(clock)
                .executor(Runnable::run);
    }

    /**
     * Moves the clock until the ME is idle.
     *
     * @throws TimeoutException when that takes longer than the time given on the virtual clock
     */
    public void settle(MobileEquipment me, Duration limit) throws TimeoutException {
        CompletableFuture<Void> idle = me.idle();
        long deadline = clock.nanos() + limit.toNanos();
        while (!idle.isDone()) {
            if (clock.nanos() > deadline || !clock.runNext()) {
                throw new TimeoutException("not idle after " + limit + ": " + me.busyWith());
            }
        }
    }

    /** Connections of the gateway that are open. */
    public int connections() {
        return gateway.connections();
    }

    @Override
    public void close() {
        closeConnections();
        gateway.close();
        server.close();
    }

    /** The virtual time, as the server wants it. */
    private static final class WallClock extends Clock {
        private final VirtualClock clock;
        private final ZoneId zone;

        WallClock(VirtualClock clock) {
            this(clock, clock.now().getOffset());
        }

        private WallClock(VirtualClock clock, ZoneId zone) {
            this.clock = clock;
            this.zone = zone;
        }

        @Override
        public Instant instant() {
            return clock.now().toInstant();
        }

        @Override
        public ZoneId getZone() {
            return zone;
        }

        @Override
        public Clock withZone(ZoneId other) {
            return new WallClock(clock, other);
        }
    }
}
