// SPDX-License-Identifier: Apache-2.0
package org.bipline.test.integrity;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.bipline.cat.object.Address;
import org.bipline.cat.object.ShortMessage;
import org.bipline.cat.tlv.ByteString;
import org.bipline.dm.auth.Credentials;
import org.bipline.dm.notification.Notification;
import org.bipline.dm.server.Account;
import org.bipline.dm.server.DmServerListener;
import org.bipline.dm.server.Job;
import org.bipline.dm.server.JobSpec;
import org.bipline.dm.server.JobState;
import org.bipline.dm.tnds.TndsException;
import org.bipline.me.CardLinkException;
import org.bipline.me.VirtualClock;
import org.bipline.test.Fleet;
import org.bipline.test.SimulatedCard;
import org.bipline.uicc.runtime.vm.MemoryWatch;

/** One card in one simulation that goes through a scenario, with a cut or without. */
final class Run implements AutoCloseable {
    private static final Duration IDLE = Duration.ofMinutes(15); // longer than the time-outs of gateway and server
    private static final Duration RETRIES = Duration.ofHours(3); // longer than all delays of the card together
    private static final Address CENTRE = new Address(ByteString.ofHex("91112233445566F8"));
    private static final org.bipline.dm.ByteString DEFAULT_NONCE = org.bipline.dm.ByteString.hex("00000000");
    private static final org.bipline.dm.ByteString WAP_PUSH = org.bipline.dm.ByteString.hex("010603C4AF87");
    private static final int APPLICATION_PORTS = 0x05;
    private static final ByteString PUSH_PORTS = ByteString.ofHex("0B8423F0"); // to 2948

    private final Scenario scenario;
    private final VirtualClock clock = new VirtualClock();
    private final MemoryWatch watch;
    private final SimulatedCard card;
    private final int waiting; // tasks of the clock when nothing goes on
    private final List<Job> jobs = new ArrayList<>();
    private final HeldOfTheMe held = new HeldOfTheMe();
    private CuttableLink link;
    private boolean isCut;
    private int openSessions;
    private final List<String> refusals = new ArrayList<>();
    private int notifications;

    Run(Scenario scenario) throws IOException, TimeoutException {
        this.scenario = scenario;
        card = SimulatedCard.builder(clock, scenario.name().hashCode())
                .parameters(scenario.parameters())
                .link(inner -> link = new CuttableLink(inner))
                .me(settings -> settings.listener(held))
                .server(settings -> settings.listener(new ServerEar()))
                .build();
        watch = card.card().watchMemory();
        for (JobSpec spec : scenario.before()) {
            card.submit(spec);
        }
        card.session();
        card.store().jobs().forEach(job -> require(job.state() == JobState.DONE, job.toString()));
        idle();
        waiting = clock.waiting();
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalStateException(otherwise);
        }
    }

    /** Steps of each kind that a scenario takes. */
    record Steps(long writes, long apdus, long segments) {}

    /** Runs the changes in one session, undisturbed. */
    Steps undisturbed() throws IOException, TimeoutException {
        submitChanges();
        watch.restart();
        link.restart();
        long before = card.simulation().network().segments();
        trigger();
        return new Steps(
                watch.persistentWrites(),
                link.exchanges(),
                card.simulation().network().segments() - before);
    }

    /**
     * Has the changes begun, or gone on with, in one session with a cut, and puts what was cut together again.
     *
     * @return whether it came to the cut
     */
    boolean cut(Cut cut) throws IOException, TimeoutException {
        link.restart();
        watch.restart();
        isCut = false;
        prepare(cut);
        try {
            trigger();
        } catch (CardLinkException e) {
            // as it should be, where the ME finds out in what the user or the network does
        }
        card.settle();
        isCut |= cut instanceof Cut.Power && watch.persistentWrites() == cut.step();
        watch.restart();
        link.restart();
        card.simulation().network().atSegment(Long.MAX_VALUE, false, () -> {});
        repair(cut);
        return isCut;
    }

    private void prepare(Cut cut) {
        var network = card.simulation().network();
        switch (cut) {
            case Cut.Power power -> watch.cutPowerAt(power.step(), power.torn());
            case Cut.CardOut out -> link.cutAt(out.step(), out.executed(), () -> isCut = true);
            case Cut.MeOff off ->
                link.cutAt(off.step(), off.executed(), () -> {
                    isCut = true;
                    network.loseCoverage();
                });
            case Cut.NoCoverage loss ->
                network.atSegment(network.segments() + loss.step(), !loss.arrived(), () -> {
                    isCut = true;
                    network.loseCoverage();
                });
            case Cut.ServerDown down ->
                network.atSegment(network.segments() + down.step(), !down.arrived(), () -> {
                    isCut = true;
                    openSessions = 0;
                    card.simulation().crashServer();
                });
        }
    }

    private void repair(Cut cut) throws IOException, TimeoutException {
        switch (cut) {
            case Cut.Power power -> card.switchOn();
            case Cut.CardOut out -> card.switchOn();
            case Cut.MeOff off -> {
                card.simulation().network().regainCoverage();
                card.changeMe();
            }
            case Cut.NoCoverage loss -> card.simulation().network().regainCoverage();
            case Cut.ServerDown down -> {}
        }
    }

    /** Gives the server the changes. */
    void submitChanges() {
        submit(scenario.changes());
    }

    void submit(List<JobSpec> changes) {
        changes.forEach(spec -> jobs.add(card.submit(spec)));
    }

    private void trigger() throws IOException, TimeoutException {
        switch (scenario.trigger()) {
            case MENU -> card.session();
            case NOTIFICATION -> {
                notifyCard(card.store()
                        .devices()
                        .get(0)
                        .server()
                        .map(Account::nonce)
                        .orElseThrow());
                card.settle();
            }
            case SCHEDULE -> {
                clock.advance(Duration.ofMinutes(31));
                card.settle();
            }
        }
    }

    /** Package 0 as WAP push in a short message. OMA DM Notification Initiated Session, WAP Push. */
    private void notifyCard(org.bipline.dm.ByteString nonce) throws CardLinkException {
        Notification notification = Notification.signed(
                Credentials.of(Fleet.SERVER, Fleet.SERVER_SECRET),
                nonce,
                Notification.UiMode.BACKGROUND,
                0x100 + notifications++);
        byte[] data = WAP_PUSH.concat(notification.encode()).toByteArray();
        card.me()
                .receiveShortMessage(
                        CENTRE,
                        ShortMessage.deliver("1234", clock.now())
                                .protocolIdentifier(0x7F)
                                .element(APPLICATION_PORTS, PUSH_PORTS)
                                .data(0xF6, ByteString.wrap(data)));
    }

    /**
     * Lets come about what has to come about without the user, or else in one session. In the end the server has had a command for
     * the card, in whose answer it learned of the card's nonce.
     */
    void converge() throws IOException, TimeoutException, TndsException {
        switch (scenario.trigger()) {
            case MENU -> {}
            case SCHEDULE -> pass(RETRIES);
            case NOTIFICATION -> {
                pass(RETRIES);
                if (!isThrough()) { // the notification did not come to the card, or both sides lost step
                    notifyCard(DEFAULT_NONCE);
                    card.settle();
                }
            }
        }
        var unused = read(card);
        idle();
    }

    private boolean isThrough() {
        return jobStates().stream().allMatch(JobState::isFinal);
    }

    List<JobState> jobStates() {
        return jobs.stream().map(job -> card.job(job).state()).toList();
    }

    private void pass(Duration time) throws TimeoutException {
        clock.advance(time);
        card.settle();
    }

    private void idle() throws TimeoutException {
        pass(IDLE);
    }

    /** The tree as another server finds it that knows the same secrets and none of the nonces. */
    TreeImage tree() throws IOException, TimeoutException, TndsException {
        card.me().powerOff();
        TreeImage tree;
        try (SimulatedCard elsewhere = SimulatedCard.builder(new VirtualClock(clock.now()), 1)
                .card(card.card())
                .build()) {
            tree = read(elsewhere);
        }
        card.switchOn();
        return tree;
    }

    /** The tree in one more session with the server; that both are in step shows in that neither challenges the other. */
    TreeImage treeInStep() throws IOException, TimeoutException, TndsException {
        refusals.clear();
        TreeImage tree = read(card);
        require(refusals.isEmpty(), refusals.toString());
        idle();
        return tree;
    }

    private static TreeImage read(SimulatedCard from) throws IOException, TimeoutException, TndsException {
        Job job = from.submit(TreeImage.GET);
        from.session();
        require(from.job(job).state() == JobState.DONE, from.job(job).toString());
        return TreeImage.of(from.job(job).results().get(0));
    }

    /** What is left behind that should not be, in words. */
    List<String> leftovers() {
        List<String> left = new ArrayList<>();
        if (!held.channels.isEmpty()) {
            left.add("channels " + held.channels);
        }
        if (held.timers.size() != (scenario.trigger() == Scenario.Trigger.SCHEDULE ? 1 : 0)) {
            left.add("timers " + held.timers);
        }
        if (card.simulation().connections() != 0) {
            left.add(card.simulation().connections() + " connections");
        }
        if (openSessions != 0) {
            left.add(openSessions + " sessions");
        }
        if (clock.waiting() != waiting) {
            left.add(clock.waiting() - waiting + " tasks");
        }
        if (!watch.allocations().isEmpty()) {
            left.add("allocated: " + watch.allocations());
        }
        return left;
    }

    @Override
    public void close() {
        card.close();
    }

    private final class ServerEar implements DmServerListener {
        @Override
        public void sessionStarted(Session session) {
            openSessions++;
        }

        @Override
        public void sessionEnded(Session session, String outcome) {
            openSessions--;
        }

        @Override
        public void authenticationFailed(Session session, String reason) {
            refusals.add(reason);
        }
    }
}
