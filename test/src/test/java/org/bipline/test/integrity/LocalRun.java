// SPDX-License-Identifier: Apache-2.0
package org.bipline.test.integrity;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeoutException;
import org.bipline.dm.server.Job;
import org.bipline.dm.server.JobSpec;
import org.bipline.dm.server.JobState;
import org.bipline.dm.server.ManagementCommand;
import org.bipline.dm.tnds.MgmtNode;
import org.bipline.dm.tnds.TndsException;
import org.bipline.me.CardLinkException;
import org.bipline.me.DmClientProfile;
import org.bipline.me.MeApplication;
import org.bipline.me.MobileEquipment;
import org.bipline.me.UserModel;
import org.bipline.me.VirtualClock;
import org.bipline.me.dm.CardSessions;
import org.bipline.me.dm.DeviceIdentity;
import org.bipline.me.dm.DmClient;
import org.bipline.me.dm.ManagementTree;
import org.bipline.me.dm.MeUser;
import org.bipline.me.dm.SessionOutcome;
import org.bipline.me.dm.TreeFile;
import org.bipline.test.SimulatedCard;
import org.bipline.uicc.runtime.vm.MemoryWatch;

/**
 * One card and one device, whose tree is in a file, that come to agree, with a cut or without. Each time the device is switched
 * on it has nothing but that file; what it did after it went off is not in it.
 */
final class LocalRun implements AutoCloseable {
    private static final int PORT = 8443;
    private static final Duration IDLE = Duration.ofMinutes(15); // longer than every time-out of card and device
    private static final int CHANNELS = 7; // ETSI TS 102 223 clause 8.7
    private static final DeviceIdentity IDENTITY = DeviceIdentity.of("490154203237518", "en");
    private static final DmClientProfile.Account ACCOUNT =
            new DmClientProfile.Account("device", "device secret", "local card secret");

    private final LocalScenario scenario;
    private final Path path;
    private final TreeFile file;
    private final VirtualClock clock = new VirtualClock();
    private final SimulatedCard card;
    private final MemoryWatch watch;
    private final HeldOfTheMe held = new HeldOfTheMe();
    private final List<TreeImage> kept = new ArrayList<>();
    private CuttableLink link;
    private Optional<CardSessions> sessions = Optional.empty();
    private boolean withClient;
    private int switchedOn;
    private long segmentsBefore;
    private long powerCutAt = Long.MAX_VALUE;
    private boolean isCut;
    private boolean isOff;

    /** Comes to where the device is to be switched on, or the user to do something. */
    LocalRun(LocalScenario scenario, Path directory) throws IOException, TimeoutException {
        this.scenario = scenario;
        path = Files.createTempDirectory(directory, "device");
        file = new TreeFile(path.resolve("tree"));
        card = SimulatedCard.builder(clock, scenario.name().hashCode())
                .parameters(parameters ->
                        parameters.localPort(PORT).device(ACCOUNT.name(), ACCOUNT.secret(), ACCOUNT.cardSecret()))
                .link(inner -> link = new CuttableLink(inner))
                .me(this::configure)
                .build();
        watch = card.card().watchMemory();
        manage(scenario.release());
        if (scenario.adopted()) {
            switchOn();
        }
        if (!scenario.byServer().isEmpty()) {
            otherMe();
            manage(scenario.byServer());
        }
        if (!scenario.portOpen()) {
            card.me().powerOff();
            ManagementTree tree = open();
            scenario.byUser().ifPresent(change -> change.accept(tree));
            file.save(tree);
        }
        restart();
    }

    private void restart() {
        kept.clear();
        watch.restart();
        link.restart();
        segmentsBefore = card.simulation().network().segments();
    }

    private ManagementTree open() throws IOException {
        return file.open(IDENTITY, scenario.deviceClock());
    }

    private void configure(MobileEquipment.Builder me) {
        me.listener(held).user(UserModel.PATIENT).application(withClient ? client() : MeApplication.NONE);
    }

    private CardSessions client() {
        int mine = ++switchedOn;
        try {
            DmClient client = DmClient.builder(
                            open(),
                            (uri, message) -> {
                                throw new IOException("no server is reached from here");
                            },
                            new SplittableRandom(mine))
                    .user(new MeUser(UserModel.PATIENT))
                    .store(tree -> {
                        if (mine == switchedOn) {
                            file.save(tree);
                            kept.add(image(tree));
                        }
                    })
                    .build();
            CardSessions started = new CardSessions(client, PORT, Optional.of(ACCOUNT));
            sessions = Optional.of(started);
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The device is off, and is switched on with the card. */
    void switchOn() throws IOException, TimeoutException {
        card.me().powerOff();
        withClient = true;
        card.changeMe();
    }

    /** The card comes into another ME, which has no DM client. */
    private void otherMe() throws IOException, TimeoutException {
        withClient = false;
        card.changeMe();
    }

    private Job manage(List<ManagementCommand> commands) throws IOException, TimeoutException {
        Job job = card.submit(JobSpec.commands(commands.toArray(ManagementCommand[]::new)));
        card.session();
        Job done = card.job(job);
        if (done.state() != JobState.DONE) {
            throw new IllegalStateException(done.toString());
        }
        return done;
    }

    /** Has card and device agree; the ME may find that the card is cut off. */
    void agree() throws IOException, TimeoutException {
        try {
            if (scenario.portOpen()) {
                sessions.orElseThrow().with(client -> {
                    scenario.byUser().orElseThrow().accept(client.tree());
                    return null;
                });
            } else {
                switchOn();
            }
        } catch (CardLinkException e) {
            if (!isCut()) {
                throw e;
            }
        }
        card.settle();
    }

    /** Steps of each kind since the constructor. */
    Run.Steps steps() {
        return new Run.Steps(
                watch.persistentWrites(),
                link.exchanges(),
                card.simulation().network().segments() - segmentsBefore);
    }

    /** The card will lose its power at a persistent write. */
    void cutPower(long write, boolean torn) {
        watch.cutPowerAt(write, torn);
        powerCutAt = write;
    }

    /** The card will be torn out of the device at an APDU. */
    void tearOut(long apdu, boolean executed) {
        link.cutAt(apdu, executed, () -> {
            isCut = true;
            isOff = true;
        });
    }

    /** The device will go off at an APDU. */
    void deviceOff(long apdu, boolean executed) {
        link.cutAt(apdu, executed, () -> {
            isCut = true;
            isOff = true;
            switchedOn++;
        });
    }

    /** The connection between device and card will break at a TCP segment. */
    void breakConnection(long segment, boolean arrived) {
        var network = card.simulation().network();
        network.atSegment(network.segments() + segment, !arrived, () -> {
            isCut = true;
            for (int channel = 1; channel <= CHANNELS; channel++) {
                card.me().dropLink(channel, "cut");
            }
        });
    }

    /** Whether the device is on after the cut, together with its card. */
    boolean isOn() {
        return !isOff && watch.persistentWrites() < powerCutAt;
    }

    boolean isCut() {
        return isCut || watch.persistentWrites() >= powerCutAt;
    }

    /** The object on the card, as the server finds it while the device is off. */
    TreeImage onCard() throws IOException, TimeoutException, TndsException {
        otherMe();
        Job job = card.submit(TreeImage.GET);
        card.session();
        TreeImage all = TreeImage.of(card.job(job).results().get(0));
        TreeImage object = TreeImage.empty();
        all.content().forEach((uri, content) -> {
            if (isOfObject(uri)) {
                object.content().put(uri, content);
                object.versions().put(uri, all.versions().get(uri));
            }
        });
        return object;
    }

    private static boolean isOfObject(String uri) {
        return uri.equals(LocalScenario.OBJECT) || uri.startsWith(LocalScenario.OBJECT + "/");
    }

    /** The object on the device; empty where it has none, or has set it aside. */
    TreeImage onDevice() throws IOException {
        return image(open());
    }

    private static TreeImage image(ManagementTree tree) {
        TreeImage image = TreeImage.empty();
        Optional<MgmtNode> object = tree.node(LocalScenario.OBJECT);
        object.ifPresent(node -> image.add(LocalScenario.OBJECT, node));
        return image;
    }

    /** The object on the device each time that its tree was kept. */
    List<TreeImage> kept() {
        return Collections.unmodifiableList(kept);
    }

    /** How the session ended that began when the device was switched on last; empty where there was none. */
    Optional<SessionOutcome> outcome() {
        return sessions.orElseThrow().outcome();
    }

    /** What is open or waits when everything has had its time, in words. */
    String remains() throws TimeoutException {
        clock.advance(IDLE);
        card.settle();
        return "%d channels, timers %s, %d connections, %d tasks, %s allocated"
                .formatted(
                        held.channels.size(),
                        held.timers,
                        card.simulation().connections(),
                        clock.waiting(),
                        watch.allocations());
    }

    @Override
    public void close() throws IOException {
        card.close();
        try (var files = Files.list(path)) {
            for (Path each : files.toList()) {
                Files.delete(each);
            }
        }
        Files.delete(path);
    }
}
