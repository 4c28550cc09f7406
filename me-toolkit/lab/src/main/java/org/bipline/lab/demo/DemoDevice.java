// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.demo;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import org.bipline.cat.object.Address;
import org.bipline.cat.object.SmsTpdu;
import org.bipline.cat.tlv.ByteString;
import org.bipline.dm.NodeValue;
import org.bipline.dm.tnds.MgmtNode;
import org.bipline.lab.Failure;
import org.bipline.lab.card.DmAppletInstallation;
import org.bipline.lab.card.DmAppletParameters;
import org.bipline.lab.card.SessionOutcome;
import org.bipline.lab.card.UiccLink;
import org.bipline.lab.trace.CardEvents;
import org.bipline.lab.trace.DmClientEvents;
import org.bipline.lab.trace.MeEvents;
import org.bipline.lab.trace.Trace;
import org.bipline.me.AddressMap;
import org.bipline.me.CardLink;
import org.bipline.me.CardLinkException;
import org.bipline.me.DmClientProfile;
import org.bipline.me.MeProfile;
import org.bipline.me.MobileEquipment;
import org.bipline.me.NettyBearer;
import org.bipline.me.SystemMeClock;
import org.bipline.me.UserModel;
import org.bipline.me.dm.CardSessions;
import org.bipline.me.dm.DeviceIdentity;
import org.bipline.me.dm.DeviceTree;
import org.bipline.me.dm.DmClient;
import org.bipline.me.dm.DmTransport;
import org.bipline.me.dm.Download;
import org.bipline.me.dm.FirmwareUpdate;
import org.bipline.me.dm.HttpTransport;
import org.bipline.me.dm.ManagementTree;
import org.bipline.me.dm.MeUser;
import org.bipline.me.dm.SimulatedFirmware;
import org.bipline.me.dm.TreeFile;
import org.bipline.uicc.runtime.InstallationException;
import org.bipline.uicc.runtime.Uicc;
import org.bipline.uicc.runtime.file.CardProfile;

/** An ME on real sockets with a card that has the DM applet, a simulated one or one in a PC/SC reader. */
final class DemoDevice implements AutoCloseable {
    static final String ICCID = "8988211000000000018";
    static final String DEVICE_ID = "ICCID:" + ICCID;

    private static final byte[] SELECT_APPLET = HexFormat.of().parseHex("00A4040007" + DmAppletInstallation.AID);
    private static final byte[] GET_OUTCOME = HexFormat.of().parseHex("80CADF2000");

    private static final int MAX_PACKAGE = 1 << 20; // bytes
    private static final boolean KEEPS_NO_PACKAGE = false;
    private static final Duration DOWNLOAD_LIMIT = Duration.ofSeconds(30);

    /** Fetches from real servers, over a connection for each. */
    private static final Download DOWNLOAD = new Download() {
        @Override
        public Content get(String url) throws IOException {
            try (HttpTransport http = new HttpTransport(DOWNLOAD_LIMIT, MAX_PACKAGE)) {
                return http.get(url);
            }
        }

        @Override
        public void report(String url, String status) throws IOException {
            try (HttpTransport http = new HttpTransport(DOWNLOAD_LIMIT, MAX_PACKAGE)) {
                http.report(url, status);
            }
        }
    };

    private static final Address SERVICE_CENTRE = Address.of("+491710000000");

    private final SystemMeClock clock = new SystemMeClock();
    private final NettyBearer bearer = new NettyBearer(1);
    private final MobileEquipment me;
    private final String server;
    private final Optional<CardSessions> dmClient;

    /**
     * Makes the ME, without power.
     *
     * @param server how messages call the server
     * @param dmClient the DM client that runs in the ME, if it has one
     */
    DemoDevice(
            Trace trace,
            String session,
            String server,
            CardLink card,
            AddressMap addressMap,
            MeProfile profile,
            Optional<CardSessions> dmClient) {
        this.server = server;
        this.dmClient = dmClient;
        MobileEquipment.Builder builder = MobileEquipment.builder()
                .card(card)
                .bearer(bearer)
                .addressMap(addressMap)
                .profile(profile)
                .clock(clock)
                .listener(new MeEvents(trace, session));
        dmClient.ifPresent(builder::application);
        me = builder.build();
    }

    /**
     * The DM client of a profile, whose user agrees to everything; empty where the profile has none.
     *
     * @throws Failure when the file of its tree cannot be read
     */
    static Optional<CardSessions> dmClient(
            Trace trace, String session, MeProfile profile, Clock clock, RandomGenerator random) throws Failure {
        if (profile.dmClient().isEmpty()) {
            return Optional.empty();
        }
        DmClientProfile settings = profile.dmClient().get();
        DeviceIdentity identity = DeviceIdentity.of(profile.imei(), profile.language());
        Optional<TreeFile> file = settings.tree().map(TreeFile::new);
        ManagementTree tree;
        try {
            tree = file.isPresent() ? file.get().open(identity, clock) : DeviceTree.factory(identity, clock);
        } catch (IOException e) {
            throw new Failure(Failure.Kind.INPUT, e.getMessage(), e);
        }
        DmTransport none = (uri, message) -> {
            throw new IOException("the ME of the demo has sessions with its card only");
        };
        DmClient.Builder client = DmClient.builder(tree, none, random)
                .user(new MeUser(UserModel.PATIENT))
                .listener(new DmClientEvents(trace, session))
                .handler(
                        FirmwareUpdate.OBJECTS,
                        new FirmwareUpdate(
                                tree, DOWNLOAD, new SimulatedFirmware(identity.mod()), MAX_PACKAGE, KEEPS_NO_PACKAGE));
        file.ifPresent(client::store);
        return settings.port().map(port -> {
            CardSessions sessions = new CardSessions(client.build(), port, settings.account());
            return settings.guard() == DmClientProfile.Guard.CARD ? sessions.guardingFunctions() : sessions;
        });
    }

    /** The node of the ME's management tree at this URI. */
    Optional<MgmtNode> node(String uri) {
        return dmClient.flatMap(
                sessions -> sessions.with(client -> client.tree().node(uri)));
    }

    /** How the last session of the ME's DM client with the card ended. */
    Optional<org.bipline.me.dm.SessionOutcome> localOutcome() {
        return dmClient.flatMap(CardSessions::outcome);
    }

    /** The user gives a leaf of the ME's tree another value; returns when the card knows. */
    void change(String uri, String value, Duration limit) throws Failure {
        dmClient.orElseThrow().with(client -> {
            client.tree().set(uri, NodeValue.text(value));
            return value;
        });
        awaitIdle(limit);
    }

    /**
     * A simulated card with the DM applet.
     *
     * @param otaKeys statements of keysets for secured packets; empty for none
     */
    static CardLink simulatedCard(Trace trace, String session, DmAppletParameters parameters, String otaKeys)
            throws Failure {
        try {
            CardProfile profile = CardProfile.usim().withIccid(ICCID);
            return new UiccLink(Uicc.builder()
                    .profile(otaKeys.isEmpty() ? profile : profile.withOtaKeys(otaKeys))
                    .listener(new CardEvents(trace, session, Map.of(DmAppletInstallation.AID, "DM applet")))
                    .applet(DmAppletInstallation.of(parameters))
                    .build());
        } catch (InstallationException e) {
            throw new Failure(Failure.Kind.TESTED, "the applet cannot be installed: " + e.getMessage(), e);
        }
    }

    /** Source/LocURI of the card's messages: its EF ICCID, as the ME has read it. */
    String id() {
        return "ICCID:" + me.files().iccidDigits();
    }

    /** Powers the ME on and waits until the card has set itself up. */
    void powerOn(Duration limit) throws Failure {
        try {
            me.powerOn();
        } catch (CardLinkException e) {
            throw cardLost(e);
        }
        awaitIdle(limit);
    }

    /** The user picks the item of the menu; returns when the session that it starts is over. */
    void runSession(Duration limit) throws Failure {
        try {
            me.selectMenuItem(DmAppletInstallation.MENU_TEXT);
        } catch (CardLinkException e) {
            throw cardLost(e);
        } catch (IllegalArgumentException e) {
            throw new Failure(Failure.Kind.TESTED, e.getMessage() + "; see whether the DM applet is on the card", e);
        }
        awaitIdle(limit);
    }

    /**
     * Short messages for the card come in; returns when the session that they start is over.
     *
     * @return what the card answers to each
     */
    List<ByteString> receive(List<SmsTpdu> messages, Duration limit) throws Failure {
        List<ByteString> answers;
        try {
            answers = me.receiveShortMessage(SERVICE_CENTRE, messages);
        } catch (CardLinkException e) {
            throw cardLost(e);
        }
        awaitIdle(limit);
        return answers;
    }

    /** How the card says that its last session ended; empty when it had none. */
    Optional<SessionOutcome> outcome() throws Failure {
        try {
            me.transmit(ByteString.wrap(SELECT_APPLET));
            return SessionOutcome.decode(
                    me.transmit(ByteString.wrap(GET_OUTCOME)).toBytes());
        } catch (CardLinkException e) {
            throw cardLost(e);
        } catch (IllegalArgumentException e) {
            throw new Failure(Failure.Kind.TESTED, e.getMessage(), e);
        }
    }

    private void awaitIdle(Duration limit) throws Failure {
        try {
            me.awaitIdle(limit);
        } catch (TimeoutException e) {
            throw new Failure(
                    Failure.Kind.TESTED,
                    "no end of the session with " + server + " (" + e.getMessage()
                            + "); see the trace, or give more time with --timeout",
                    e);
        }
    }

    private static Failure cardLost(CardLinkException e) {
        return new Failure(Failure.Kind.ENVIRONMENT, e.getMessage(), e);
    }

    @Override
    public void close() {
        me.close();
        bearer.close();
        clock.close();
    }
}
