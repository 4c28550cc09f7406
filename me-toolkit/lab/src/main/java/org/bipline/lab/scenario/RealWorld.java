// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.scenario;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.bipline.dm.server.DmServer;
import org.bipline.dm.server.MemoryStore;
import org.bipline.dm.server.Store;
import org.bipline.gateway.Gateway;
import org.bipline.lab.Failure;
import org.bipline.lab.trace.ServerEvents;
import org.bipline.me.CardLink;
import org.bipline.me.MeClock;
import org.bipline.me.MobileEquipment;
import org.bipline.me.NettyBearer;
import org.bipline.me.SystemMeClock;
import org.bipline.me.network.InMemoryNetwork;

/** Real time and real sockets, for a real card. */
final class RealWorld implements World {
    private final SystemMeClock clock = new SystemMeClock();
    private final NettyBearer bearer = new NettyBearer(1);
    private final MemoryStore store = new MemoryStore();
    private final RandomGenerator random;
    private final ServerEvents events;
    private final Object change = new Object();
    private DmServer server;
    private Gateway gateway;
    private long changes;

    RealWorld(long seed, ServerEvents events) throws Failure {
        random = new SplittableRandom(seed);
        this.events = events;
        startServer(0);
    }

    private void startServer(int port) throws Failure {
        server = DmServer.builder(store, Clock.systemUTC(), random)
                .listener(events)
                .build();
        gateway = Gateway.builder(server)
                .plain(new InetSocketAddress(java.net.InetAddress.getLoopbackAddress(), port))
                .listener(events)
                .build();
        try {
            gateway.start();
        } catch (IOException e) {
            throw new Failure(
                    Failure.Kind.ENVIRONMENT, e.getMessage() + "; the scenario needs a free port on loopback", e);
        }
    }

    @Override
    public MeClock clock() {
        return clock;
    }

    @Override
    public RandomGenerator random() {
        return random;
    }

    @Override
    public MobileEquipment.Builder me(CardLink card) {
        return MobileEquipment.builder().card(card).bearer(bearer).clock(clock);
    }

    @Override
    public boolean until(BooleanSupplier condition, Duration limit) {
        long deadline = clock.nanos() + limit.toNanos();
        while (true) {
            long seen;
            synchronized (change) {
                seen = changes;
            }
            if (condition.getAsBoolean()) {
                return true;
            }
            synchronized (change) {
                long left = (deadline - clock.nanos()) / 1_000_000;
                if (left <= 0) {
                    return false;
                }
                if (seen == changes) {
                    try {
                        change.wait(left);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                        return false;
                    }
                }
            }
        }
    }

    @Override
    public void pass(Duration time) {
        until(() -> false, time);
    }

    @Override
    public void changed() {
        synchronized (change) {
            changes++;
            change.notifyAll();
        }
    }

    @Override
    public Optional<InMemoryNetwork> network() {
        return Optional.empty();
    }

    @Override
    public DmServer server() {
        return server;
    }

    @Override
    public Store store() {
        return store;
    }

    @Override
    public InetSocketAddress serverAddress() {
        return gateway.plainAddress().orElseThrow();
    }

    @Override
    public void restartServer() {
        int port = gateway.plainAddress().orElseThrow().getPort();
        gateway.close();
        server.close();
        try {
            startServer(port);
        } catch (Failure e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        bearer.close();
        gateway.close();
        server.close();
        clock.close();
    }
}
