// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.demo;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.bipline.cat.profile.Facility;
import org.bipline.dm.server.Job;
import org.bipline.dm.server.JobSpec;
import org.bipline.dm.server.JobState;
import org.bipline.dm.tnds.Difference;
import org.bipline.dm.tnds.MgmtNode;
import org.bipline.dm.tnds.TreeDiff;
import org.bipline.lab.Failure;
import org.bipline.lab.card.Accounts;
import org.bipline.lab.card.DmAppletParameters;
import org.bipline.lab.card.SessionOutcome;
import org.bipline.lab.reader.PcscLink;
import org.bipline.lab.report.HtmlReport;
import org.bipline.lab.trace.Field;
import org.bipline.lab.trace.JsonLines;
import org.bipline.lab.trace.Ladder;
import org.bipline.lab.trace.Pcap;
import org.bipline.lab.trace.Trace;
import org.bipline.me.AddressMap;
import org.bipline.me.CardLink;
import org.bipline.me.CardLinkException;
import org.bipline.me.DmClientProfile;
import org.bipline.me.MeProfile;
import org.bipline.me.dm.CardSessions;

/**
 * Provisions a management object on a card over the whole path, reads it back over the air and compares; then has the card hand it over to the
 * DM client of the ME, changes it there, and finds the change on the card.
 *
 * <p>What is compared is what the DM server got in Results of the card: nothing here looks into the card's memory.
 */
public final class Demo {
    /** Name by which the card of the demonstration is known to a DM server: Source/LocURI of its messages. */
    public static final String DEVICE_ID = DemoDevice.DEVICE_ID;

    /** EF ICCID of that card. */
    public static final String ICCID = DemoDevice.ICCID;

    private static final String SESSION = "demo";
    private static final String DEVICE_TREE = "device-tree.xml";
    private static final int CARD_PORT = 5080;
    private static final Duration START_LIMIT = Duration.ofSeconds(10);

    private final DemoOptions options;
    private final PrintWriter out;
    private final Ladder.Style style;
    private final Clock clock;
    private final LongSupplier nanoTime;
    private final RandomGenerator random;
    private final MeProfile me;
    private final DemoPush push;
    private final Figures figures = new Figures();

    /**
     * A demonstration that prints to {@code out}.
     *
     * @param nanoTime monotonic nanoseconds, as {@link System#nanoTime}
     * @param random source of the server's nonces
     */
    public Demo(
            DemoOptions options,
            PrintWriter out,
            Ladder.Style style,
            Clock clock,
            LongSupplier nanoTime,
            RandomGenerator random) {
        this.options = options;
        this.out = out;
        this.style = style;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.random = random;
        push = new DemoPush(random, clock);
        me = options.me().dmClient().isPresent() || options.reader().isPresent()
                ? options.me()
                : options.me().with(b -> b.dmClient = Optional.of(dmClient(random)));
    }

    /** What no file of the demonstration may hold: the keys of its pushes. */
    List<String> pushKeys() {
        return push.keys();
    }

    /** Client and card know each other by secrets of this run. */
    private static DmClientProfile dmClient(RandomGenerator random) {
        return new DmClientProfile(
                Optional.of(CARD_PORT),
                Optional.of(new DmClientProfile.Account("phone", secret(random), secret(random))),
                Optional.empty(),
                DmClientProfile.Guard.CARD);
    }

    private static String secret(RandomGenerator random) {
        return HexFormat.of().toHexDigits(random.nextLong());
    }

    /**
     * Runs it and leaves its files.
     *
     * @throws Failure when anything on the way failed, or what was read back differs from what was given
     */
    public void run() throws Failure {
        JobSpec.Provision provision = MoFile.read(options.mo());
        Path tree = options.out().resolve("card-tree.xml");
        Trace trace = new Trace(clock, nanoTime);
        HtmlReport report = new HtmlReport(options.out().resolve("report.html"), "bipline demo");
        try {
            Files.createDirectories(options.out());
            Files.deleteIfExists(tree); // those of an earlier run say nothing of this one
            Files.deleteIfExists(options.out().resolve(DEVICE_TREE));
            trace.add(new Ladder(out, style));
            trace.add(figures);
            trace.add(new Pcap(options.out().resolve("trace.pcap")));
            trace.add(new JsonLines(options.out().resolve("trace.jsonl")));
            trace.add(report);
        } catch (IOException e) {
            throw cannotWrite(e);
        }
        List<String> verdict;
        try {
            verdict = options.server().isPresent()
                    ? List.of(againstServerElsewhere(trace, options.server().get()))
                    : wholePath(trace, provision, tree);
            report.summary(true, String.join("; ", verdict), figures.fields());
        } catch (Failure e) {
            report.summary(false, e.getMessage(), figures.fields());
            closeAfterFailure(trace, e);
            throw e;
        }
        try {
            trace.close();
        } catch (IOException e) {
            throw cannotWrite(e);
        }
        out.println();
        for (Field figure : figures.fields()) {
            out.printf("%-28s %s%n", figure.name(), figure.value());
        }
        verdict.forEach(part -> out.println("passed: " + part));
        String deviceTree = Files.exists(options.out().resolve(DEVICE_TREE)) ? ", " + DEVICE_TREE : "";
        out.println("see " + report.file() + ", with trace.pcap, trace.jsonl" + deviceTree
                + " and card-tree.xml beside it");
    }

    private static void closeAfterFailure(Trace trace, Failure failure) {
        try {
            trace.close();
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    private Failure cannotWrite(IOException e) {
        return new Failure(
                Failure.Kind.ENVIRONMENT,
                "cannot write to " + options.out() + " (" + e.getMessage() + "); give another directory with --out",
                e);
    }

    private List<String> wholePath(Trace trace, JobSpec.Provision provision, Path tree) throws Failure {
        List<String> verdict = new ArrayList<>();
        try (KeyLog keyLog = KeyLog.open(options.keyLog());
                DemoServer server = new DemoServer(
                        trace, SESSION, options.path(), options.accounts(), clock, random, keyLog.lines());
                DemoDevice device = device(trace, server.address())) {
            device.powerOn(START_LIMIT);
            server.register(device.id());
            Job submitted = server.submit(device.id(), provision);
            Trigger trigger = trigger(server, device);
            Optional<SessionOutcome> outcome = session(device, trigger);
            Job job = server.job(submitted);
            if (job.state() != JobState.DONE) {
                throw failed(job, outcome, server.address());
            }
            verdict.add(readBack(job, provision, tree));
            if (reachesTheCard(me)) {
                DeviceFlow flow = new DeviceFlow(server, device, trigger, provision, figures, options.timeout());
                verdict.addAll(flow.run());
                write(
                        options.out().resolve(DEVICE_TREE),
                        device.node(provision.target()).orElseThrow());
            }
        }
        return verdict;
    }

    /** Whether the ME has a DM client that turns to the card, and ports at which the card can be a server. */
    private boolean reachesTheCard(MeProfile profile) {
        return options.reader().isEmpty()
                && profile.dmClient().flatMap(DmClientProfile::port).isPresent()
                && profile.supports(Facility.TCP_SERVER);
    }

    private String readBack(Job job, JobSpec.Provision provision, Path tree) throws Failure {
        MgmtNode read = job.tree().orElseThrow(() -> new Failure(Failure.Kind.TESTED, "nothing was read back"));
        write(tree, read);
        List<String> differences = TreeDiff.between(provision.mo(), read).stream()
                .map(Difference::toString)
                .toList();
        if (!differences.isEmpty()) {
            throw new Failure(
                    Failure.Kind.TESTED,
                    "what was read back differs from what was given: " + String.join("; ", differences));
        }
        return provision.target() + ", " + read.count() + " nodes, read back over the air, equals what was given";
    }

    private String againstServerElsewhere(Trace trace, InetSocketAddress server) throws Failure {
        Optional<SessionOutcome> outcome;
        try (DemoDevice device = device(trace, server)) {
            device.powerOn(START_LIMIT);
            outcome = session(device, device::runSession);
        }
        if (outcome.isEmpty() || !outcome.get().succeeded()) {
            throw failed(outcome, server);
        }
        return "the DM session with " + text(server) + " came to its end; what it did is the server's choice";
    }

    /** Begins a session of the card, and returns when that is over. */
    interface Trigger {
        void session(Duration limit) throws Failure;
    }

    /** A card in a reader has keys of its own for pushes, so the user picks the item of the menu. */
    private Trigger trigger(DemoServer server, DemoDevice device) {
        return options.reader().isPresent() ? device::runSession : limit -> push.session(server, device, limit);
    }

    /** One session of the card, and how the card says that it ended. */
    private Optional<SessionOutcome> session(DemoDevice device, Trigger trigger) throws Failure {
        figures.start("session");
        try {
            trigger.session(options.timeout());
        } finally {
            figures.stop();
        }
        return device.outcome();
    }

    /** A card in a reader asks for the address that it was personalised with; the ME leads it to the server all the same. */
    private DemoDevice device(Trace trace, InetSocketAddress server) throws Failure {
        Optional<CardSessions> dmClient = DemoDevice.dmClient(trace, SESSION, me, clock, random);
        if (options.reader().isEmpty()) {
            CardLink card = DemoDevice.simulatedCard(trace, SESSION, parameters(server), push.statement());
            return new DemoDevice(trace, SESSION, text(server), card, ports(AddressMap.IDENTITY), me, dmClient);
        }
        try {
            CardLink card = PcscLink.open(options.reader().get());
            return new DemoDevice(trace, SESSION, text(server), card, ports(AddressMap.all(server)), me, dmClient);
        } catch (CardLinkException e) {
            throw new Failure(Failure.Kind.ENVIRONMENT, e.getMessage(), e);
        }
    }

    /** Whichever port the card asks for, it gets one that is free. */
    private AddressMap ports(AddressMap addresses) {
        InetSocketAddress free = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        return me.dmClient()
                .flatMap(DmClientProfile::port)
                .map(port -> addresses.withTerminalPorts(Map.of(port, free)))
                .orElse(addresses);
    }

    private DmAppletParameters parameters(InetSocketAddress server) throws Failure {
        Accounts accounts = options.accounts();
        try {
            DmAppletParameters parameters = new DmAppletParameters()
                    .destination(server)
                    .path(options.path())
                    .client(accounts.client(), options.clientPassword().orElse(accounts.clientPassword()))
                    .server(accounts.server(), accounts.serverPassword())
                    .storeBytes(options.storeBytes());
            accounts.psk().ifPresent(parameters::preSharedKey);
            me.dmClient().flatMap(DmClientProfile::port).ifPresent(parameters::localPort);
            me.dmClient()
                    .flatMap(DmClientProfile::account)
                    .ifPresent(account -> parameters.device(account.name(), account.secret(), account.cardSecret()));
            return parameters;
        } catch (IllegalArgumentException e) {
            throw new Failure(Failure.Kind.INPUT, e.getMessage() + "; correct the option", e);
        }
    }

    /** The server's reason where it has one: it knows more than the card. */
    private static Failure failed(Job job, Optional<SessionOutcome> outcome, InetSocketAddress server) {
        return job.state() == JobState.FAILED
                ? new Failure(Failure.Kind.TESTED, job.reason())
                : failed(outcome, server);
    }

    private static Failure failed(Optional<SessionOutcome> outcome, InetSocketAddress server) {
        String why = outcome.map(o -> o.succeeded()
                        ? "the session with " + text(server) + " ended before the job was done; see the trace"
                        : o.explanation(text(server)))
                .orElse("the card did not begin a session; see the trace");
        return new Failure(Failure.Kind.TESTED, why);
    }

    private void write(Path file, MgmtNode tree) throws Failure {
        try {
            Files.write(file, MoFile.xml(tree));
        } catch (IOException e) {
            throw cannotWrite(e);
        }
    }

    private static String text(InetSocketAddress address) {
        return address.getHostString() + ":" + address.getPort();
    }
}
