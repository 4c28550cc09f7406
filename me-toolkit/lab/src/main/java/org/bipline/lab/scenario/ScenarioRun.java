// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.bipline.cat.command.ProactiveCommand;
import org.bipline.cat.tlv.ByteString;
import org.bipline.dm.server.Job;
import org.bipline.dm.server.NodeResult;
import org.bipline.lab.Failure;
import org.bipline.lab.trace.MeEvents;
import org.bipline.lab.trace.Party;
import org.bipline.lab.trace.Trace;
import org.bipline.lab.trace.TraceEvent;
import org.bipline.me.CardLinkException;

/**
 * One run of a scenario. The steps are gone through in their order; a proactive command of a kind that the scenario expects
 * somewhere has to be the one that the next step expects. The first step that does not go as it is to ends the run.
 */
final class ScenarioRun implements Judge, AutoCloseable {
    static final String SESSION = "scenario";

    private final Scenario scenario;
    private final World world;
    private final Trace trace;
    private final Wiring wiring;
    private final CommandScript commands;
    private final CardSteps cardSteps;
    private final PeerSteps peerSteps;
    private final Optional<MeSteps> meSteps;
    private Optional<Job> job = Optional.empty();
    private Optional<Verdict> verdict = Optional.empty();
    private boolean powered;
    private boolean cut;
    private int checks;

    /**
     * Prepares a run.
     *
     * @param world closed by the caller
     */
    ScenarioRun(Scenario scenario, World world, Trace trace) throws Failure {
        this.scenario = scenario;
        this.world = world;
        this.trace = trace;
        wiring = new Wiring(
                scenario,
                world,
                trace,
                new Listening(trace),
                c -> script().react(c),
                (c, me) -> script().perform(c, me));
        commands = new CommandScript(scenario, world, trace, wiring.link, this);
        cardSteps = new CardSteps(wiring.me, world, this, this::lost);
        peerSteps = new PeerSteps(scenario, world, wiring, this);
        meSteps = wiring.scripted.map(card -> new MeSteps(wiring.me, card, world, this));
    }

    private CommandScript script() {
        return commands; // which is there before the card has power
    }

    /** What the ME does; the run may wait for it. */
    private final class Listening extends MeEvents {
        Listening(Trace trace) {
            super(trace, SESSION);
        }

        @Override
        public void proactiveCommand(ProactiveCommand command) {
            super.proactiveCommand(command);
            script().seen(command);
        }

        @Override
        public void apduExchanged(ByteString command, ByteString response, long nanos) {
            super.apduExchanged(command, response, nanos);
            world.changed();
        }

        @Override
        public void poweredOff(String reason) {
            super.poweredOff(reason);
            powered = false;
            world.changed();
        }
    }

    /** Goes through the steps. */
    Verdict run() {
        while (!ended() && commands.next() < scenario.steps().size()) {
            int index = commands.next();
            Step step = scenario.steps().get(index);
            try {
                if (step.action() instanceof Step.Expect expect) {
                    await(step, index, expect);
                } else {
                    commands.begin();
                    step(step, step.action());
                }
            } catch (CardLinkException e) {
                lost(step, e.getMessage());
            } catch (IllegalArgumentException | IllegalStateException e) {
                end(step, String.valueOf(e.getMessage()), List.of());
            }
        }
        return verdict();
    }

    private synchronized Verdict verdict() {
        return verdict.orElseGet(() -> new Verdict.Pass(checks));
    }

    private void await(Step step, int index, Step.Expect expect) {
        boolean came = world.until(() -> commands.next() > index || ended(), expect.within());
        if (!came) {
            String name = expect.command().text();
            end(
                    step,
                    "not within " + expect.within() + ", last seen was " + commands.lastSeen(),
                    List.of(new Mismatch("proactive command", name, "none")));
        }
    }

    /** A card without power is no fault where the scenario cuts it. */
    private void lost(Step step, String reason) {
        powered = false;
        if (!cut) {
            end(step, reason, List.of());
        }
    }

    @Override
    public synchronized void end(Step step, String reason, List<Mismatch> mismatches) {
        if (verdict.isEmpty()) {
            verdict = Optional.of(
                    step.precondition()
                            ? new Verdict.Inconclusive(step.line(), step.text(), reason, mismatches)
                            : new Verdict.Fail(step.line(), step.text(), reason, mismatches));
            String text = verdict.get().toString();
            trace.emit(SESSION, Party.ME, Party.ME, at -> new TraceEvent.Failed(at, text));
        }
        world.changed();
    }

    @Override
    public synchronized void checked(Step step) {
        if (step.checks()) {
            checks++;
        }
    }

    @Override
    public synchronized boolean ended() {
        return verdict.isPresent();
    }

    private void step(Step step, Step.Action action) throws CardLinkException {
        switch (action) {
            case Step.Expect expect -> throw new IllegalStateException("awaited");
            case Step.Power power -> power(step, power.state());
            case Step.Menu menu -> cardSteps.menu(step, menu);
            case Step.Issue issue -> meSteps.orElseThrow().issue(issue);
            case Step.Response response -> meSteps.orElseThrow().response(step, response);
            case Step.Told told -> meSteps.orElseThrow().told(step, told);
            case Step.Happens happens -> wiring.me.happens(happens.change());
            case Step.Hands hands -> cardSteps.hand(step, "envelope", hands.envelope(), hands.answer());
            case Step.Network network -> peerSteps.network(network);
            case Step.PeerActs acts -> peerSteps.peerActs(step, acts);
            case Step.PeerConnects connects -> peerSteps.connects(connects);
            case Step.PeerReceives receives -> peerSteps.peerReceives(step, receives);
            case Step.PeerSeesEnd end -> peerSteps.seesEnd(step, end);
            case Step.Passes passes -> {
                commands.quiet(passes.quiet());
                world.pass(passes.time());
                commands.quiet(false);
                checked(step);
            }
            case Step.Idle idle -> {
                CompletableFuture<Void> rest = wiring.me.idle();
                boolean came = world.until(() -> rest.isDone() || ended(), idle.within());
                check(step, "ME", "idle", came ? "idle" : wiring.me.busyWith(), came);
            }
            case Step.Cut power -> {
                wiring.memory.orElseThrow().cutPowerAt(power.write(), power.torn());
                cut = true;
            }
            case Step.Push push -> cardSteps.push(step, push);
            case Step.Apdu apdu -> cardSteps.apdu(step, apdu);
            case Step.FileHolds file -> cardSteps.file(step, file);
            case Step.Job submitted -> job = Optional.of(simulated().server().submit(Wiring.DEVICE, submitted.spec()));
            case Step.JobIs wanted -> job(step, wanted);
            case Step.Outcome outcome -> cardSteps.outcome(step, outcome);
            case Step.Shows shows -> {
                String seen = wiring.me.screen().text().orElse("");
                check(step, "screen", shows.wanted(), seen, seen.equals(shows.wanted()));
            }
        }
    }

    private void power(Step step, Step.Power.State state) throws CardLinkException {
        if (cut && powered) {
            end(step, "the card made fewer writes than the cut was to come after", List.of());
            return;
        }
        cut = false;
        switch (state) {
            case ON, RESET -> {
                wiring.me.powerOn();
                powered = true;
            }
            case OFF -> {
                wiring.me.powerOff();
                powered = false;
            }
        }
    }

    private void job(Step step, Step.JobIs wanted) {
        Optional<Job> now = job.flatMap(submitted -> simulated().store().job(submitted.id()));
        if (now.isEmpty()) {
            end(step, "the scenario has given no job", List.of());
            return;
        }
        List<Mismatch> mismatches = new ArrayList<>();
        if (now.get().state() != wanted.state()) {
            mismatches.add(
                    new Mismatch("job", wanted.state().toString(), now.get().toString()));
        }
        wanted.results().forEach((uri, value) -> {
            String seen = now.get().results().stream()
                    .filter(result -> result.uri().equals(uri))
                    .findFirst()
                    .map(ScenarioRun::shown)
                    .orElse("not read");
            if (!seen.equals(value)) {
                mismatches.add(new Mismatch(uri, value, seen));
            }
        });
        check(step, mismatches);
    }

    private SimulatedWorld simulated() {
        return world.simulated().orElseThrow(); // the reader of the scenario has seen to that
    }

    private static String shown(NodeResult result) {
        return result.value().flatMap(value -> value.asText()).orElse("status " + result.status());
    }

    @Override
    public void close() {
        wiring.close();
    }
}
