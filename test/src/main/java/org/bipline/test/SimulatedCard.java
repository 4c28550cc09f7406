// SPDX-License-Identifier: Apache-2.0
package org.bipline.test;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.bipline.cat.tlv.ByteString;
import org.bipline.dm.server.Device;
import org.bipline.dm.server.DmServer;
import org.bipline.dm.server.Job;
import org.bipline.dm.server.JobSpec;
import org.bipline.dm.server.MemoryStore;
import org.bipline.dm.server.Psk;
import org.bipline.dm.server.Store;
import org.bipline.gateway.Gateway;
import org.bipline.lab.card.DmAppletInstallation;
import org.bipline.lab.card.DmAppletParameters;
import org.bipline.lab.card.SessionOutcome;
import org.bipline.lab.card.UiccLink;
import org.bipline.lab.simulation.Simulation;
import org.bipline.lab.trace.CardEvents;
import org.bipline.lab.trace.MeEvents;
import org.bipline.lab.trace.ServerEvents;
import org.bipline.lab.trace.Trace;
import org.bipline.me.CardLink;
import org.bipline.me.MobileEquipment;
import org.bipline.me.VirtualClock;
import org.bipline.uicc.runtime.Uicc;
import org.bipline.uicc.runtime.UiccBuilder;

/** A card with the DM applet, its ME and its server in a simulation of their own; packets take 20 to 300 ms. */
public final class SimulatedCard implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofMinutes(10); // of virtual time
    private static final int NUMBER = 1;
    private static final String NAME = "card";
    private static final Psk PSK =
            new Psk(org.bipline.dm.ByteString.utf8("card"), org.bipline.dm.ByteString.utf8("the key of a card"));
    private static final ByteString SELECT_APPLET = ByteString.ofHex("00A4040007" + DmAppletInstallation.AID);
    private static final ByteString GET_OUTCOME = ByteString.ofHex("80CADF2000");

    private final Store store = new MemoryStore();
    private final Simulation simulation;
    private final Uicc card;
    private final CardLink link;
    private final Consumer<MobileEquipment.Builder> meSettings;
    private MobileEquipment me;

    private SimulatedCard(Builder builder) throws IOException, TimeoutException {
        Device device = Fleet.device(NUMBER, Fleet.CARD_SECRET, Fleet.SERVER_SECRET);
        store.putDevice(builder.secured ? device.with(PSK, Device.Transport.TLS) : device);
        simulation = new Simulation(
                builder.clock,
                builder.seed,
                store,
                settings -> builder.server.forEach(change -> change.accept(settings)),
                settings -> builder.gateway.forEach(change -> change.accept(settings)));
        simulation.network().delay(Duration.ofMillis(20), Duration.ofMillis(300));
        card = builder.card != null
                ? builder.card
                : Fleet.card(NUMBER, builder.parameters.apply(parameters(builder.secured)), settings -> {
                    settings.random(simulation.random());
                    builder.uicc.forEach(change -> change.accept(settings));
                });
        link = builder.link.apply(new UiccLink(card));
        meSettings = settings -> builder.me.forEach(change -> change.accept(settings));
        putIntoNewMe();
    }

    private static DmAppletParameters parameters(boolean secured) {
        return secured
                ? Fleet.parameters(NUMBER, Simulation.SECURED_SERVER).preSharedKey(PSK)
                : Fleet.parameters(NUMBER, Simulation.SERVER);
    }

    /** A simulation yet to be configured; what happens in it is a function of the seed. */
    public static Builder builder(VirtualClock clock, long seed) {
        return new Builder(clock, seed);
    }

    /** Takes the card out of the ME, puts it into another one of the same kind, and switches that on. */
    public void changeMe() throws IOException, TimeoutException {
        me.close();
        putIntoNewMe();
    }

    private void putIntoNewMe() throws IOException, TimeoutException {
        MobileEquipment.Builder builder = simulation.me(link);
        meSettings.accept(builder);
        me = builder.build();
        switchOn();
    }

    /** Switches the ME on, or resets the card where it is on. */
    public void switchOn() throws IOException, TimeoutException {
        me.powerOn();
        settle();
    }

    public Simulation simulation() {
        return simulation;
    }

    public Uicc card() {
        return card;
    }

    public MobileEquipment me() {
        return me;
    }

    public Store store() {
        return store;
    }

    /** Moves the clock until the ME is idle. */
    public void settle() throws TimeoutException {
        simulation.settle(me, LIMIT);
    }

    /** The user starts a session; returns when it is over. */
    public void session() throws IOException, TimeoutException {
        me.selectMenuItem(DmAppletInstallation.MENU_TEXT);
        settle();
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

    /** What a simulation is made of; whatever is not set has a default. */
    public static final class Builder {
        private final VirtualClock clock;
        private final long seed;
        private final List<Consumer<UiccBuilder>> uicc = new ArrayList<>();
        private final List<Consumer<MobileEquipment.Builder>> me = new ArrayList<>();
        private final List<Consumer<DmServer.Builder>> server = new ArrayList<>();
        private final List<Consumer<Gateway.Builder>> gateway = new ArrayList<>();
        private UnaryOperator<DmAppletParameters> parameters = UnaryOperator.identity();
        private UnaryOperator<CardLink> link = UnaryOperator.identity();
        private Uicc card;
        private boolean secured;

        private Builder(VirtualClock clock, long seed) {
            this.clock = clock;
            this.seed = seed;
        }

        /** Tells everything to a trace. */
        public Builder trace(Trace trace) {
            ServerEvents events = new ServerEvents(trace, NAME);
            server.add(settings -> settings.listener(events));
            gateway.add(settings -> settings.listener(events));
            uicc.add(settings -> settings.listener(new CardEvents(trace, NAME, Map.of())));
            return me(settings -> settings.listener(new MeEvents(trace, NAME)));
        }

        /** What the applet is installed with. */
        public Builder parameters(UnaryOperator<DmAppletParameters> change) {
            parameters = change;
            return this;
        }

        /** TLS with a pre-shared key between card and gateway, in place of plain TCP. */
        public Builder secured(boolean value) {
            secured = value;
            return this;
        }

        /** Takes a card that is known to such a simulation, with all that it holds, in the place of a new one. */
        public Builder card(Uicc existing) {
            card = existing;
            return this;
        }

        /** Puts something between ME and card. */
        public Builder link(UnaryOperator<CardLink> wrapper) {
            link = wrapper;
            return this;
        }

        public Builder me(Consumer<MobileEquipment.Builder> settings) {
            me.add(settings);
            return this;
        }

        public Builder server(Consumer<DmServer.Builder> settings) {
            server.add(settings);
            return this;
        }

        public Builder uicc(Consumer<UiccBuilder> settings) {
            uicc.add(settings);
            return this;
        }

        /** Switches the ME on. */
        public SimulatedCard build() throws IOException, TimeoutException {
            return new SimulatedCard(this);
        }
    }
}
