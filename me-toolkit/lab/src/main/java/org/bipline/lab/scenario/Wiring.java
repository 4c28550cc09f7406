// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.scenario;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.bipline.cat.object.TypeOfCommand;
import org.bipline.dm.ByteString;
import org.bipline.dm.server.Account;
import org.bipline.dm.server.Device;
import org.bipline.dm.server.Device.Transport;
import org.bipline.dm.server.Psk;
import org.bipline.lab.Failure;
import org.bipline.lab.card.DmAppletInstallation;
import org.bipline.lab.card.DmAppletParameters;
import org.bipline.lab.card.UiccLink;
import org.bipline.lab.reader.PcscLink;
import org.bipline.lab.simulation.Simulation;
import org.bipline.lab.trace.CardEvents;
import org.bipline.lab.trace.Trace;
import org.bipline.me.AddressMap;
import org.bipline.me.CardLink;
import org.bipline.me.CardLinkException;
import org.bipline.me.CommandHandler;
import org.bipline.me.MeListener;
import org.bipline.me.MobileEquipment;
import org.bipline.me.UserModel;
import org.bipline.me.network.InMemoryNetwork;
import org.bipline.me.network.Peer;
import org.bipline.uicc.runtime.InstallationException;
import org.bipline.uicc.runtime.Uicc;
import org.bipline.uicc.runtime.UiccBuilder;
import org.bipline.uicc.runtime.file.CardProfile;
import org.bipline.uicc.runtime.file.ProfileException;
import org.bipline.uicc.runtime.vm.MemoryWatch;

/** The card, the ME and the peers of one run, put together as the scenario says. */
final class Wiring implements AutoCloseable {
    static final String ICCID = "8988211000000000018";
    static final String DEVICE = "ICCID:" + ICCID;
    private static final String SERVER_NAME = "lab";
    private static final String CARD_NAME = "card";

    final MobileEquipment me;
    final AnsweringLink link;
    final Optional<ScriptedCard> scripted;
    final Optional<MemoryWatch> memory;
    private final Map<String, Peer> connections = new HashMap<>();

    /**
     * Puts everything together, without power.
     *
     * @param handler what performs the proactive commands that are expected
     * @throws Failure when the card cannot be made, or there is no such reader
     */
    Wiring(Scenario scenario, World world, Trace trace, MeListener listener, UserModel user, CommandHandler handler)
            throws Failure {
        Optional<Uicc> uicc = simulatedCard(scenario, world, trace);
        scripted = scenario.card() instanceof CardSetup.Scripted ? Optional.of(new ScriptedCard()) : Optional.empty();
        memory = uicc.map(Uicc::watchMemory);
        CardLink card = uicc.<CardLink>map(UiccLink::new).or(() -> scripted).orElse(null);
        link = new AnsweringLink(card == null ? reader(scenario) : card);
        peers(scenario, world);
        MobileEquipment.Builder builder = world.me(link)
                .profile(scenario.me())
                .addressMap(addresses(scenario, world))
                .user(user)
                .listener(listener);
        for (TypeOfCommand type : CommandScript.watched(scenario)) {
            builder.handler(type, handler);
        }
        me = builder.build();
    }

    /** The connection of a peer that was made last. */
    Optional<Peer> peer(String name) {
        synchronized (connections) {
            return Optional.ofNullable(connections.get(name));
        }
    }

    private static AddressMap addresses(Scenario scenario, World world) {
        AddressMap redirected = AddressMap.of(scenario.addresses());
        if (world.simulated().isEmpty()) {
            return redirected;
        }
        return new AddressMap() {
            @Override
            public InetSocketAddress map(InetSocketAddress requested) {
                return redirected.map(requested);
            }

            @Override
            public InetSocketAddress terminalPort(int port) {
                return new InetSocketAddress(Simulation.MOBILE, port); // where peers of the scenario reach it
            }
        };
    }

    private void peers(Scenario scenario, World world) throws Failure {
        if (scenario.peers().isEmpty() && scenario.accessPoints().isEmpty()) {
            return;
        }
        InMemoryNetwork network = world.simulated()
                .map(SimulatedWorld::network)
                .orElseThrow(() -> new Failure(
                        Failure.Kind.INPUT,
                        scenario.file()
                                + ": peers and access points are in the simulated network; with a reader, redirect to a program with"
                                + " addresses"));
        scenario.peers().forEach((name, setup) -> {
            if (setup.udp()) {
                network.receiveDatagrams(setup.address().orElseThrow(), peer -> accept(name, setup, peer, world));
            } else {
                setup.address().ifPresent(at -> network.listen(at, peer -> accept(name, setup, peer, world)));
            }
        });
        scenario.accessPoints()
                .forEach((name, login) -> login.ifPresentOrElse(
                        who -> network.accessPoint(name, who.user(), who.password()), () -> network.accessPoint(name)));
    }

    /** A peer connects to a port of the ME, at which the card listens. */
    void connect(String name, int port, Scenario scenario, World world) {
        Peer peer = world.simulated().orElseThrow().network().connect(new InetSocketAddress(Simulation.MOBILE, port));
        accept(name, scenario.peers().get(name), peer, world);
    }

    private void accept(String name, Scenario.Peer setup, Peer peer, World world) {
        synchronized (connections) {
            connections.put(name, peer);
        }
        peer.onReceived(bytes -> {
            if (setup.echoes()) {
                peer.send(bytes);
            }
            world.changed();
        });
        peer.onEnd(reason -> world.changed());
    }

    private static Optional<Uicc> simulatedCard(Scenario scenario, World world, Trace trace) throws Failure {
        UiccBuilder builder = Uicc.builder();
        world.simulated().ifPresent(simulated -> builder.random(simulated.random()));
        return switch (scenario.card()) {
            case CardSetup.Dm dm -> {
                builder.iccid(ICCID);
                builder.listener(
                        new CardEvents(trace, ScenarioRun.SESSION, Map.of(DmAppletInstallation.AID, "DM applet")));
                try {
                    yield Optional.of(builder.applet(DmAppletInstallation.of(dmApplet(
                                    dm,
                                    world.simulated().orElseThrow(),
                                    scenario.server().orElseThrow())))
                            .build());
                } catch (InstallationException | IllegalArgumentException e) {
                    throw new Failure(
                            Failure.Kind.INPUT,
                            scenario.file() + ": the DM applet cannot be installed: " + e.getMessage()
                                    + "; correct card: dm",
                            e);
                }
            }
            case CardSetup.Applets applets -> {
                builder.listener(new CardEvents(trace, ScenarioRun.SESSION, Map.of()));
                yield Optional.of(applets(scenario, applets, builder));
            }
            case CardSetup.Reader r -> Optional.empty();
            case CardSetup.Scripted s -> Optional.empty();
        };
    }

    private static DmAppletParameters dmApplet(CardSetup.Dm dm, SimulatedWorld world, Transport transport) {
        String cardSecret = secret(world);
        String serverSecret = secret(world);
        Device device = Device.md5(DEVICE, Account.of(CARD_NAME, cardSecret), Account.of(SERVER_NAME, serverSecret));
        DmAppletParameters parameters = new DmAppletParameters()
                .destination(world.serverAddress(transport))
                .client(CARD_NAME, cardSecret)
                .server(SERVER_NAME, serverSecret);
        if (transport == Transport.TLS) {
            Psk psk = new Psk(ByteString.utf8(CARD_NAME), ByteString.utf8(secret(world)));
            parameters.preSharedKey(psk);
            world.store().putDevice(device.with(psk, transport));
        } else {
            world.store().putDevice(device);
        }
        dm.settings().forEach((name, value) -> {
            switch (name) {
                case "schedule" -> parameters.schedule(value);
                case "bufferSize" -> parameters.bufferSize(value);
                case "storeNodes" -> parameters.storeNodes(value);
                case "storeBytes" -> parameters.storeBytes(value);
                case "maxMsgSize" -> parameters.maxMsgSize(value);
                case "maxObjSize" -> parameters.maxObjSize(value);
                case "localPort" -> parameters.localPort(value);
                default -> throw new IllegalStateException("no setting " + name);
            }
        });
        return parameters;
    }

    private static String secret(SimulatedWorld world) {
        return HexFormat.of().toHexDigits(world.random().nextLong());
    }

    private static Uicc applets(Scenario scenario, CardSetup.Applets setup, UiccBuilder builder) throws Failure {
        try {
            if (setup.profile().isPresent()) {
                builder.profile(
                        CardProfile.parse(Files.readString(setup.profile().get())));
            } else {
                builder.iccid(ICCID);
            }
        } catch (IOException e) {
            throw new Failure(
                    Failure.Kind.INPUT,
                    setup.profile().get() + ": cannot be read; give the path of a card profile, specs/card-profile.md",
                    e);
        } catch (ProfileException e) {
            throw new Failure(
                    Failure.Kind.INPUT,
                    setup.profile().get() + ": " + e.getMessage() + "; correct it, specs/card-profile.md has the form",
                    e);
        }
        for (CardSetup.Applet applet : setup.applets()) {
            String where = scenario.file() + ":" + applet.line() + ": ";
            if (!Files.exists(applet.jar())) {
                throw new Failure(
                        Failure.Kind.INPUT, where + applet.jar() + " is not there; build it, or correct the path");
            }
            try {
                builder.applet(
                        applet.jar(),
                        applet.className(),
                        applet.aid().toBytes(),
                        applet.parameters().toBytes());
            } catch (InstallationException | IllegalArgumentException e) {
                throw new Failure(Failure.Kind.INPUT, where + e.getMessage() + "; correct the applet", e);
            }
        }
        try {
            return builder.build();
        } catch (InstallationException | LinkageError e) {
            throw new Failure(
                    Failure.Kind.INPUT,
                    scenario.file() + ": an applet cannot be installed: " + e.getMessage() + "; correct card: applets",
                    e);
        }
    }

    private static CardLink reader(Scenario scenario) throws Failure {
        if (!(scenario.card() instanceof CardSetup.Reader reader)) {
            throw new IllegalStateException("no card");
        }
        try {
            return PcscLink.open(reader.name());
        } catch (CardLinkException e) {
            throw new Failure(Failure.Kind.ENVIRONMENT, e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        me.close();
        memory.ifPresent(MemoryWatch::close);
    }
}
