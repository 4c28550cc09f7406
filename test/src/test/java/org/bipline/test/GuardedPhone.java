// SPDX-License-Identifier: Apache-2.0
package org.bipline.test;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.bipline.cat.profile.Facility;
import org.bipline.dm.ByteString;
import org.bipline.dm.Format;
import org.bipline.dm.NodeValue;
import org.bipline.dm.auth.AuthType;
import org.bipline.dm.server.Account;
import org.bipline.dm.server.ClientEvent;
import org.bipline.dm.server.Device;
import org.bipline.dm.server.Job;
import org.bipline.dm.server.JobSpec;
import org.bipline.dm.server.JobState;
import org.bipline.dm.server.ManagementCommand;
import org.bipline.dm.server.MemoryStore;
import org.bipline.dm.server.NodeResult;
import org.bipline.dm.server.Store;
import org.bipline.dm.syncml.SyncMl;
import org.bipline.lab.card.DmAppletInstallation;
import org.bipline.lab.card.UiccLink;
import org.bipline.lab.simulation.Simulation;
import org.bipline.me.DmClientProfile;
import org.bipline.me.MeProfile;
import org.bipline.me.MobileEquipment;
import org.bipline.me.UserAction;
import org.bipline.me.UserModel;
import org.bipline.me.VirtualClock;
import org.bipline.me.dm.AccountSettings;
import org.bipline.me.dm.CardSessions;
import org.bipline.me.dm.DeviceIdentity;
import org.bipline.me.dm.DeviceTree;
import org.bipline.me.dm.DmClient;
import org.bipline.me.dm.DmClientListener;
import org.bipline.me.dm.Download;
import org.bipline.me.dm.FirmwareUpdate;
import org.bipline.me.dm.FunctionGuard;
import org.bipline.me.dm.FunctionRequest;
import org.bipline.me.dm.ManagementTree;
import org.bipline.me.dm.MeUser;
import org.bipline.me.dm.SessionOutcome;
import org.bipline.me.dm.SimulatedFirmware;
import org.bipline.uicc.runtime.Uicc;

/**
 * A phone with a card, an account with a server and a firmware, and that server, which manages both card and phone. The card is the guard of the
 * phone's functions, unless the test wants none.
 */
public final class GuardedPhone implements AutoCloseable {
    public static final String IMEI = "490154203237518";
    public static final String MODEL = "simulated ME";
    public static final ByteString PACKAGE = SimulatedFirmware.pack(MODEL, "2.0", ByteString.utf8("image"));
    public static final String POLICY = "./Function/Firmware";

    private static final int PORT = 8443;
    private static final Duration LIMIT = Duration.ofMinutes(30); // of virtual time
    private static final String DEVICE_SECRET = "device secret";
    private static final String LOCAL_SECRET = "local card secret";
    private static final String PHONE_SECRET = "phone's own";
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);

    private final VirtualClock clock = new VirtualClock();
    private final Store store = new MemoryStore();
    private final Simulation simulation = new Simulation(clock, 1, store, s -> {}, g -> {});
    private final String imei;
    private final ManagementTree tree;
    private final Uicc card;
    private final List<FunctionGuard.Verdict> verdicts = new ArrayList<>();

    // what a test may change before an update
    /** Whether the card decides. */
    public boolean guarded = true;
    /** Where nonces come from. */
    public RandomGenerator chance = new SplittableRandom(2);
    /** What the user does when asked. */
    public UserModel user = UserModel.script(new UserAction.Confirms());
    /** Secret of the card, as the phone knows it. */
    public String cardSecret = LOCAL_SECRET;
    /** IMEI that the ME tells the card; empty for one that tells none. */
    public Optional<String> toldImei;
    /** Hears the phone's DM client. */
    public DmClientListener listener = DmClientListener.NONE;

    public GuardedPhone() {
        this(IMEI);
    }

    public GuardedPhone(String imei) {
        this.imei = imei;
        toldImei = Optional.of(imei);
        tree = DeviceTree.factory(DeviceIdentity.of(imei, "en"), CLOCK);
        tree.put("./DMAcc", account(Fleet.SERVER).toNode());
        store.putDevice(Device.md5(
                deviceId(), Account.of("phone", PHONE_SECRET), Account.of(Fleet.SERVER, Fleet.SERVER_SECRET)));
        store.putDevice(Fleet.device(1, Fleet.CARD_SECRET, Fleet.SERVER_SECRET));
        card = Fleet.card(
                1,
                Fleet.parameters(1, Simulation.SERVER).localPort(PORT).device("device", DEVICE_SECRET, LOCAL_SECRET),
                settings -> settings.random(simulation.random()));
    }

    private static AccountSettings account(String server) {
        return new AccountSettings(
                "Operator",
                server,
                "http://" + Simulation.SERVER.getHostString() + ":" + Simulation.SERVER.getPort() + "/dm",
                Optional.of(login("phone", PHONE_SECRET)),
                Optional.of(login(server, Fleet.SERVER_SECRET)));
    }

    private static AccountSettings.Login login(String name, String secret) {
        return new AccountSettings.Login(AuthType.MD5, name, secret, ByteString.EMPTY);
    }

    private String deviceId() {
        return "IMEI:" + imei;
    }

    /** The phone's tree. */
    public ManagementTree tree() {
        return tree;
    }

    public String version() {
        return tree.text("./DevDetail/FwV").orElseThrow();
    }

    /** What became of the functions that servers have started. */
    public List<FunctionGuard.Verdict> verdicts() {
        return verdicts;
    }

    /** Result codes that the server has been told, the oldest first. */
    public List<String> results() {
        return store.events(deviceId(), 100).reversed().stream()
                .filter(event -> event.type()
                        .filter(type -> type.endsWith("firmwareupdate.update"))
                        .isPresent())
                .map(ClientEvent::data)
                .map(data -> data.flatMap(NodeValue::asText).orElse(""))
                .toList();
    }

    /** The server provisions a policy for functions over the air: a node of these leaves, in the place of another. */
    public GuardedPhone allow(String... leaves) throws Exception {
        List<ManagementCommand> commands = new ArrayList<>();
        commands.add(ManagementCommand.addInterior(POLICY, Optional.of("urn:bipline:mo:function:1.0")));
        for (int i = 0; i < leaves.length; i += 2) {
            commands.add(ManagementCommand.add(
                    POLICY + "/" + leaves[i], Format.CHR, "text/plain", NodeValue.text(leaves[i + 1])));
        }
        manageCard(commands.toArray(ManagementCommand[]::new));
        return this;
    }

    /** A policy for updates by the server with the package, without a question, and these leaves. */
    public GuardedPhone allowUpdate(String... more) throws Exception {
        List<String> leaves = new ArrayList<>(List.of(
                "Identifier",
                "urn:oma:mo:oma-fumo:1.0/Update",
                "Server",
                Fleet.SERVER,
                "Package",
                FunctionRequest.digest(PACKAGE).toHex().toLowerCase(Locale.ROOT),
                "Consent",
                "false"));
        leaves.addAll(Arrays.asList(more));
        return allow(leaves.toArray(String[]::new));
    }

    /** A session of the server with the card, in an ME without a DM client. */
    public Job manageCard(ManagementCommand... commands) throws Exception {
        try (MobileEquipment me = simulation.me(new UiccLink(card)).build()) {
            me.powerOn();
            simulation.settle(me, LIMIT);
            Job job = simulation.server().submit(Fleet.deviceId(1), JobSpec.commands(commands));
            me.selectMenuItem(DmAppletInstallation.MENU_TEXT);
            simulation.settle(me, LIMIT);
            return done(job);
        }
    }

    private Job done(Job job) {
        Job done = store.job(job.id()).orElseThrow();
        if (done.state() != JobState.DONE) {
            throw new AssertionError(done.state() + " " + done.reason());
        }
        return done;
    }

    /** The value of a leaf of the card, as the server reads it. */
    public String onCard(String uri) throws Exception {
        return manageCard(ManagementCommand.get(uri)).results().stream()
                .map(NodeResult::value)
                .flatMap(Optional::stream)
                .findFirst()
                .flatMap(NodeValue::asText)
                .orElse("none");
    }

    /** The server updates the firmware with this package; the phone is switched on meanwhile and off at the end. */
    public void update(ByteString updatePackage) throws Exception {
        Job job = simulation
                .server()
                .submit(
                        deviceId(),
                        JobSpec.commands(
                                ManagementCommand.replace(
                                        DeviceTree.FIRMWARE + "/Update/PkgData",
                                        Format.BIN,
                                        "application/octet-stream",
                                        NodeValue.binary(updatePackage)),
                                ManagementCommand.exec(DeviceTree.FIRMWARE + "/Update", "job")));
        switchOn();
        done(job);
    }

    /** The phone turns to its server, and goes off when it has nothing to do any more. */
    private void switchOn() throws Exception {
        DmClient client = DmClient.builder(
                        tree,
                        (uri, message) -> {
                            throw new IOException("sessions go by the ME's own network");
                        },
                        chance)
                .user(new MeUser(user))
                .handler(
                        FirmwareUpdate.OBJECTS,
                        new FirmwareUpdate(tree, NO_DOWNLOAD, new SimulatedFirmware(MODEL), 1 << 20, true))
                .listener(new Verdicts())
                .build();
        client.alert(FirmwareUpdate.userRequest("./DMAcc/Operator", DeviceTree.FIRMWARE));
        CardSessions sessions = new CardSessions(
                client, PORT, Optional.of(new DmClientProfile.Account("device", DEVICE_SECRET, cardSecret)));
        if (guarded) {
            sessions.guardingFunctions();
        }
        try (MobileEquipment me = simulation
                .me(new UiccLink(card))
                .profile(profile())
                .application(sessions)
                .build()) {
            me.powerOn();
            simulation.settle(me, LIMIT);
        }
    }

    private MeProfile profile() {
        return MeProfile.full().with(b -> {
            toldImei.ifPresent(told -> b.imei = told);
            if (toldImei.isEmpty()) {
                b.facilities = EnumSet.complementOf(EnumSet.of(Facility.PROVIDE_LOCAL_INFORMATION)).stream()
                        .filter(b.facilities::contains)
                        .collect(Collectors.toSet());
            }
        });
    }

    /** Tells the test's listener, and keeps the verdicts. */
    private final class Verdicts implements DmClientListener {
        @Override
        public void messageReceived(String server, SyncMl message, ByteString bytes) {
            listener.messageReceived(server, message, bytes);
        }

        @Override
        public void sessionEnded(String server, String sessionId, SessionOutcome outcome) {
            listener.sessionEnded(server, sessionId, outcome);
        }

        @Override
        public void functionAsked(FunctionRequest request) {
            listener.functionAsked(request);
        }

        @Override
        public void functionJudged(FunctionRequest request, FunctionGuard.Verdict verdict) {
            verdicts.add(verdict);
        }
    }

    private static final Download NO_DOWNLOAD = new Download() {
        @Override
        public Content get(String url) throws IOException {
            throw new IOException("nothing is downloaded here");
        }

        @Override
        public void report(String url, String status) {}
    };

    @Override
    public void close() {
        simulation.close();
    }
}
