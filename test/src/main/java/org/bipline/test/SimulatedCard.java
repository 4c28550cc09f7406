// SPDX-License-Identifier: Apache-2.0
package org.bipline.test;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.bipline.cat.tlv.ByteString;
import org.bipline.dm.server.Job;
import org.bipline.dm.server.JobSpec;
import org.bipline.dm.server.MemoryStore;
import org.bipline.dm.server.Store;
import org.bipline.lab.card.DmAppletInstallation;
import org.bipline.lab.card.SessionOutcome;
import org.bipline.lab.card.UiccLink;
import org.bipline.lab.simulation.Simulation;
import org.bipline.lab.trace.CardEvents;
import org.bipline.lab.trace.MeEvents;
import org.bipline.lab.trace.ServerEvents;
import org.bipline.lab.trace.Trace;
import org.bipline.me.MobileEquipment;
import org.bipline.me.VirtualClock;
import org.bipline.uicc.runtime.Uicc;

/** A card with the DM applet, its ME and its server in a simulation of their own; packets take 20 to 300 ms. */
public final class SimulatedCard implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofMinutes(10); // of virtual time
    private static final int NUMBER = 1;
    private static final String NAME = "card";
    private static final ByteString SELECT_APPLET = ByteString.ofHex("00A4040007" + DmAppletInstallation.AID);
    private static final ByteString GET_OUTCOME = ByteString.ofHex("80CADF2000");

    private final Store store = new MemoryStore();
    private final Simulation simulation;
    private final MobileEquipment me;

    /**
     * Switches the ME on.
     *
     * @param trace what to tell everything to, if anybody listens
     */
    public SimulatedCard(VirtualClock clock, long seed, Optional<Trace> trace) throws IOException, TimeoutException {
        store.putDevice(Fleet.device(NUMBER, Fleet.CARD_SECRET, Fleet.SERVER_SECRET));
        Optional<ServerEvents> server = trace.map(t -> new ServerEvents(t, NAME));
        simulation = new Simulation(
                clock, seed, store, s -> server.ifPresent(s::listener), g -> server.ifPresent(g::listener));
        simulation.network().delay(Duration.ofMillis(20), Duration.ofMillis(300));
        Uicc card = Fleet.card(NUMBER, Fleet.parameters(NUMBER, Simulation.SERVER), settings -> {
            settings.random(simulation.random());
            trace.ifPresent(t -> settings.listener(new CardEvents(t, NAME, Map.of())));
        });
        MobileEquipment.Builder builder = simulation.me(new UiccLink(card));
        trace.ifPresent(t -> builder.listener(new MeEvents(t, NAME)));
        me = builder.build();
        me.powerOn();
        simulation.settle(me, LIMIT);
    }

    public Simulation simulation() {
        return simulation;
    }

    /** The user starts a session; returns when it is over. */
    public void session() throws IOException, TimeoutException {
        me.selectMenuItem(DmAppletInstallation.MENU_TEXT);
        simulation.settle(me, LIMIT);
    }

    /** How the card says that its last session ended. */
    public SessionOutcome outcome() throws IOException {
        me.transmit(SELECT_APPLET);
        return SessionOutcome.decode(me.transmit(GET_OUTCOME).toBytes()).orElseThrow();
    }

    /** Gives a job to the card. */
    public Job submit(JobSpec spec) {
        return simulation.server().submit(Fleet.deviceId(NUMBER), spec);
    }

    /** A job as it stands now. */
    public Job job(Job submitted) {
        return store.job(submitted.id()).orElseThrow();
    }

    @Override
    public void close() {
        me.close();
        simulation.close();
    }
}
