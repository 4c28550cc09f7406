// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.scenario;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.bipline.dm.server.Device.Transport;
import org.bipline.dm.server.DmServer;
import org.bipline.dm.server.MemoryStore;
import org.bipline.dm.server.Store;
import org.bipline.lab.simulation.Simulation;
import org.bipline.lab.trace.ServerEvents;
import org.bipline.me.CardLink;
import org.bipline.me.MeClock;
import org.bipline.me.MobileEquipment;
import org.bipline.me.VirtualClock;
import org.bipline.me.network.InMemoryNetwork;

/** A virtual clock and a network in memory: everything happens in the thread of the run, and follows from the seed. */
final class SimulatedWorld implements World {
    private final VirtualClock clock;
    private final MemoryStore store = new MemoryStore();
    private final Simulation simulation;
    private final RandomGenerator random;

    SimulatedWorld(VirtualClock clock, long seed, ServerEvents events) {
        this.clock = clock;
        simulation = new Simulation(
                clock, seed, store, server -> server.listener(events), gateway -> gateway.listener(events));
        random = simulation.random();
    }

    @Override
    public MeClock clock() {
        return clock;
    }

    RandomGenerator random() {
        return random;
    }

    @Override
    public MobileEquipment.Builder me(CardLink card) {
        return simulation.me(card);
    }

    @Override
    public boolean until(BooleanSupplier condition, Duration limit) {
        long deadline = clock.nanos() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (!clock.runNext(Duration.ofNanos(deadline - clock.nanos()))) {
                pass(Duration.ofNanos(deadline - clock.nanos()));
                return condition.getAsBoolean();
            }
        }
        return true;
    }

    @Override
    public void pass(Duration time) {
        clock.advance(time);
    }

    @Override
    public void changed() {
        // the condition is looked at after each step of the clock
    }

    @Override
    public Optional<SimulatedWorld> simulated() {
        return Optional.of(this);
    }

    InMemoryNetwork network() {
        return simulation.network();
    }

    DmServer server() {
        return simulation.server();
    }

    Store store() {
        return store;
    }

    /** Where cards reach the server. */
    InetSocketAddress serverAddress(Transport transport) {
        return transport == Transport.TLS ? Simulation.SECURED_SERVER : Simulation.SERVER;
    }

    /** The server ends and starts again. */
    void restartServer() {
        simulation.crashServer();
    }

    @Override
    public void close() {
        simulation.close();
    }
}
