// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.scenario;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.bipline.cat.command.ProactiveCommand;
import org.bipline.cat.envelope.Envelope;
import org.bipline.cat.envelope.MenuSelection;
import org.bipline.cat.object.ComprehensionTlv;
import org.bipline.cat.object.DataObject;
import org.bipline.cat.object.Item;
import org.bipline.cat.object.Pdu;
import org.bipline.cat.object.TypeOfCommand;
import org.bipline.cat.tlv.ByteString;
import org.bipline.cat.tlv.CatDecodingException;
import org.bipline.dm.server.Job;
import org.bipline.dm.server.NodeResult;
import org.bipline.lab.Failure;
import org.bipline.lab.card.DmAppletInstallation;
import org.bipline.lab.card.SessionOutcome;
import org.bipline.lab.decode.Decoded;
import org.bipline.lab.decode.Decoder;
import org.bipline.lab.decode.Kind;
import org.bipline.lab.trace.MeEvents;
import org.bipline.lab.trace.Party;
import org.bipline.lab.trace.Trace;
import org.bipline.lab.trace.TraceEvent;
import org.bipline.me.Answer;
import org.bipline.me.CardLinkException;
import org.bipline.me.CommandHandler;
import org.bipline.me.MeState;
import org.bipline.me.UserAction;
import org.bipline.me.UserModel;
import org.bipline.me.network.InMemoryNetwork;
import org.bipline.me.network.Peer;

/**
 * One run of a scenario. The steps are gone through in their order; a proactive command of a kind that the scenario expects
 * somewhere has to be the one that the next step expects. The first step that does not go as it is to ends the run.
 */
final class ScenarioRun implements AutoCloseable {
    static final String SESSION = "scenario";
    private static final int STATUS_WORD = 4; // hexadecimal digits

    private final Scenario scenario;
    private final World world;
    private final Trace trace;
    private final Wiring wiring;
    private final Set<TypeOfCommand> watched;
    private final Map<String, Integer> taken = new HashMap<>();
    private Optional<UserAction> user = Optional.empty();
    private Optional<Job> job = Optional.empty();
    private Optional<Verdict> verdict = Optional.empty();
    private boolean quiet;
    private boolean powered;
    private boolean cut;
    private int next;
    private int checks;
    private String lastSeen = "nothing";

    /**
     * Prepares a run.
     *
     * @param world closed by the caller
     */
    ScenarioRun(Scenario scenario, World world, Trace trace) throws Failure {
        this.scenario = scenario;
        this.world = world;
        this.trace = trace;
        watched = scenario.strict() ? EnumSet.allOf(TypeOfCommand.class) : scenario.expected();
        wiring = new Wiring(scenario, world, trace, new Listening(trace), this::react, this::perform);
    }

    /** What the ME does; the run may wait for it. */
    private final class Listening extends MeEvents {
        Listening(Trace trace) {
            super(trace, SESSION);
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
        while (running()) {
            Step step = scenario.steps().get(next);
            try {
                if (step.action() instanceof Step.Expect expect) {
                    await(step, next, expect);
                } else {
                    synchronized (this) {
                        next++;
                    }
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

    private synchronized boolean running() {
        return verdict.isEmpty() && next < scenario.steps().size();
    }

    private synchronized Verdict verdict() {
        return verdict.orElseGet(() -> new Verdict.Pass(checks));
    }

    /** A card without power is no fault where the scenario cuts it. */
    private void lost(Step step, String reason) {
        powered = false;
        if (!cut) {
            end(step, reason, List.of());
        }
    }

    private synchronized void end(Step step, String reason, List<Mismatch> mismatches) {
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

    private synchronized void check(Step step, String field, String expected, String seen, boolean met) {
        if (met) {
            checked(step);
        } else {
            end(step, "", List.of(new Mismatch(field, expected, seen)));
        }
    }

    private synchronized void checked(Step step) {
        if (step.checks()) {
            checks++;
        }
    }

    // --- proactive commands

    private void await(Step step, int index, Step.Expect expect) {
        boolean came = world.until(() -> hasPassed(index), expect.within());
        if (!came) {
            end(
                    step,
                    "no " + expect.command().text() + " within " + expect.within() + ", last seen was " + lastSeen,
                    List.of(new Mismatch("proactive command", expect.command().text(), "none")));
        }
    }

    private synchronized boolean hasPassed(int index) {
        return next > index || verdict.isPresent();
    }

    /** Performs a command of the card as the next step says, or as the ME does. */
    private Answer perform(ProactiveCommand command, MeState me) throws CardLinkException {
        Optional<Step.Expect> expected = take(command);
        world.changed();
        if (expected.isEmpty()) {
            return CommandHandler.OWN.handle(command, me);
        }
        return switch (expected.get().reply()) {
            case Step.Reply.Own own -> CommandHandler.OWN.handle(command, me);
            case Step.Reply.Scripted scripted ->
                after(
                        scripted.after(),
                        new Answer.Response(scripted.result(), objects(scripted.objects()), "", "", Optional.empty()));
            case Step.Reply.Exact exact -> {
                wiring.link.instead(exact.pdu());
                trace.emit(
                        SESSION,
                        Party.ME,
                        Party.CARD,
                        at -> new TraceEvent.Note(at, "TERMINAL RESPONSE of the scenario: " + exact.pdu()));
                yield after(exact.after(), Answer.performed());
            }
        };
    }

    private Answer after(java.time.Duration delay, Answer.Response response) {
        if (delay.isZero()) {
            return response;
        }
        CompletableFuture<Answer> promise = new CompletableFuture<>();
        world.clock().schedule(delay, () -> promise.complete(response));
        return new Answer.Later(promise);
    }

    private static List<DataObject> objects(ByteString encoded) {
        try {
            return Pdu.decodeBare(encoded).objects().stream()
                    .map(ComprehensionTlv::object)
                    .toList();
        } catch (CatDecodingException e) {
            throw new IllegalStateException(e); // the reader of the scenario has decoded them
        }
    }

    private synchronized Optional<Step.Expect> take(ProactiveCommand command) {
        lastSeen = command.name();
        Optional<TypeOfCommand> type = command.details().command();
        if (verdict.isPresent() || type.filter(watched::contains).isEmpty()) {
            if (quiet) {
                end(
                        current(),
                        "the card was to be quiet",
                        List.of(new Mismatch("proactive command", "none", command.name())));
            }
            return Optional.empty();
        }
        Step step = next < scenario.steps().size() ? scenario.steps().get(next) : current();
        if (!(step.action() instanceof Step.Expect expect)) {
            end(
                    step,
                    "unexpected command",
                    List.of(new Mismatch("proactive command", "none before this step", command.name())));
            return Optional.empty();
        }
        if (!type.equals(Optional.of(expect.command()))) {
            end(
                    step,
                    "another command",
                    List.of(new Mismatch("proactive command", expect.command().text(), command.name())));
            return Optional.empty();
        }
        List<Mismatch> mismatches = expect.constraints().check(decoded(command.encode(), Kind.PROACTIVE_COMMAND));
        if (!mismatches.isEmpty()) {
            end(step, "", mismatches);
            return Optional.empty();
        }
        checked(step);
        next++;
        user = expect.user();
        return Optional.of(expect);
    }

    private Step current() {
        return scenario.steps().get(Math.max(0, next - 1));
    }

    private synchronized UserAction react(ProactiveCommand command) {
        Optional<UserAction> action = user;
        user = Optional.empty();
        return action.orElseGet(() -> UserModel.PATIENT.react(command));
    }

    private static Decoded decoded(ByteString pdu, Kind kind) {
        try {
            return Decoder.decode(pdu, Optional.of(kind));
        } catch (Failure e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    // --- all other steps

    private void step(Step step, Step.Action action) throws CardLinkException {
        switch (action) {
            case Step.Expect expect -> throw new IllegalStateException("awaited");
            case Step.Power power -> power(step, power.state());
            case Step.Menu menu -> menu(step, menu);
            case Step.Issue issue -> {
                wiring.scripted.orElseThrow().issue(issue.pdu());
                wiring.me.transmit(ByteString.of(0x80, 0xF2, 0x00, 0x0C, 0x00)); // STATUS; its answer says 91xx
            }
            case Step.Response response -> response(step, response);
            case Step.Told told -> told(step, told);
            case Step.Happens happens -> wiring.me.happens(happens.change());
            case Step.Hands hands -> hand(step, "envelope", hands.envelope(), hands.answer());
            case Step.Network network -> network(network);
            case Step.PeerActs acts -> peerActs(step, acts);
            case Step.PeerReceives receives -> peerReceives(step, receives);
            case Step.PeerSeesEnd end ->
                check(
                        step,
                        end.peer(),
                        "end of the connection",
                        wiring.peer(end.peer()).isPresent() ? "it stands" : "there was none",
                        world.until(
                                () -> ended()
                                        || wiring.peer(end.peer())
                                                .filter(p -> p.end().isPresent())
                                                .isPresent(),
                                end.within()));
            case Step.Passes passes -> {
                quiet = passes.quiet();
                world.pass(passes.time());
                quiet = false;
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
            case Step.Push push -> push(step, push);
            case Step.Apdu apdu -> {
                String answer = wiring.me.transmit(apdu.command()).toString();
                checkHex(step, "response APDU", apdu.answer(), answer);
            }
            case Step.FileHolds file -> file(step, file);
            case Step.Job submitted -> job = Optional.of(world.server().submit(Wiring.DEVICE, submitted.spec()));
            case Step.JobIs wanted -> job(step, wanted);
            case Step.Outcome outcome -> outcome(step, outcome);
            case Step.Shows shows -> {
                String seen = wiring.me.screen().text().orElse("");
                check(step, "screen", shows.wanted(), seen, seen.equals(shows.wanted()));
            }
        }
    }

    private synchronized boolean ended() {
        return verdict.isPresent();
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

    private void menu(Step step, Step.Menu menu) throws CardLinkException {
        List<Item> items = wiring.me.menuItems();
        Optional<Item> item =
                items.stream().filter(i -> i.text().equals(menu.item())).findFirst();
        if (item.isEmpty()) {
            end(
                    step,
                    "",
                    List.of(new Mismatch(
                            "menu",
                            menu.item(),
                            items.stream().map(Item::text).toList().toString())));
            return;
        }
        int identifier = item.get().identifier();
        hand(
                step,
                "menu selection",
                menu.help() ? MenuSelection.helpOn(identifier) : MenuSelection.of(identifier),
                Optional.empty());
    }

    private void hand(Step step, String name, Envelope envelope, Optional<HexPattern> answer) throws CardLinkException {
        CompletableFuture<ByteString> told = wiring.me.queueEnvelope(name, envelope);
        CompletableFuture<?> judged = told.whenComplete((data, failure) -> {
            if (failure instanceof CardLinkException) {
                lost(step, failure.getMessage());
            } else if (data != null) {
                checkHex(step, "answer of the card", answer, data.toString());
            }
            world.changed();
        });
        if (answer.isPresent() && !world.until(() -> judged.isDone() || ended(), java.time.Duration.ofMinutes(2))) {
            end(step, "the card has not answered", List.of());
        }
    }

    private void checkHex(Step step, String field, Optional<HexPattern> pattern, String seen) {
        pattern.ifPresent(wanted -> check(step, field, wanted.toString(), seen, wanted.matches(seen)));
    }

    private void response(Step step, Step.Response wanted) {
        ScriptedCard card = wiring.scripted.orElseThrow();
        if (!world.until(card::hasResponse, wanted.within())) {
            end(step, "no TERMINAL RESPONSE within " + wanted.within(), List.of());
            return;
        }
        Decoded seen = decoded(card.response().orElseThrow(), Kind.TERMINAL_RESPONSE);
        List<Mismatch> mismatches = new ArrayList<>();
        wanted.result().ifPresent(code -> {
            String hex = String.format("%02X", code);
            String result = seen.tlvs().stream()
                    .filter(tlv -> tlv.name().equals("Result"))
                    .map(Decoded.Tlv::value)
                    .findFirst()
                    .orElse("");
            if (!result.startsWith(hex)) {
                mismatches.add(new Mismatch("general result", hex, result.isEmpty() ? "none" : result.substring(0, 2)));
            }
        });
        judge(step, wanted.constraints(), seen, mismatches);
    }

    private void told(Step step, Step.Told wanted) {
        ScriptedCard card = wiring.scripted.orElseThrow();
        if (!world.until(card::hasEnvelope, wanted.within())) {
            end(step, "no ENVELOPE within " + wanted.within(), List.of());
            return;
        }
        Decoded seen = decoded(card.envelope().orElseThrow(), Kind.ENVELOPE);
        List<Mismatch> mismatches = new ArrayList<>();
        if (!Wanted.same(seen.name(), wanted.name())) {
            mismatches.add(new Mismatch("envelope", wanted.name(), seen.name()));
        }
        judge(step, wanted.constraints(), seen, mismatches);
    }

    private void judge(Step step, PduConstraints constraints, Decoded seen, List<Mismatch> mismatches) {
        mismatches.addAll(constraints.check(seen));
        if (mismatches.isEmpty()) {
            checked(step);
        } else {
            end(step, "", mismatches);
        }
    }

    private void network(Step.Network what) {
        switch (what) {
            case Step.Network.Drop drop -> wiring.me.dropLink(drop.channel(), "dropped by the scenario");
            case Step.Network.RestartServer restart -> world.restartServer();
            case Step.Network.Lose lose -> inMemory().loseCoverage();
            case Step.Network.LoseAfter lose -> inMemory().loseCoverageAfter(lose.bytes());
            case Step.Network.Regain regain -> inMemory().regainCoverage();
            case Step.Network.Delay delay -> inMemory().delay(delay.shortest(), delay.longest());
            case Step.Network.Window window -> inMemory().window(window.bytes());
            case Step.Network.Silent silent -> inMemory().silent(silent.address());
        }
    }

    private InMemoryNetwork inMemory() {
        return world.network()
                .orElseThrow(() -> new IllegalStateException("a real network does not do what a scenario says"));
    }

    private void peerActs(Step step, Step.PeerActs acts) {
        if (acts.deed() == Step.PeerActs.Deed.STOPS) {
            inMemory().close(scenario.peers().get(acts.peer()).address());
            return;
        }
        Optional<Peer> connection = wiring.peer(acts.peer());
        if (connection.isEmpty()) {
            end(step, "", List.of(new Mismatch(acts.peer(), "a connection", "none")));
            return;
        }
        Peer peer = connection.get();
        switch (acts.deed()) {
            case SENDS -> peer.send(acts.bytes());
            case FINISHES -> peer.finish();
            case RESETS -> peer.reset();
            case CLOSES -> peer.close();
            case PAUSES -> peer.pause();
            case RESUMES -> peer.resume();
            case STOPS -> throw new IllegalStateException("done above");
        }
    }

    private void peerReceives(Step step, Step.PeerReceives wanted) {
        int from = taken.getOrDefault(wanted.peer(), 0);
        int to = from + wanted.bytes().length();
        world.until(() -> received(wanted.peer()).length() >= to || ended(), wanted.within());
        ByteString all = received(wanted.peer());
        ByteString seen = all.slice(Math.min(from, all.length()), Math.min(to, all.length()));
        taken.put(wanted.peer(), to);
        check(
                step,
                "received by " + wanted.peer(),
                wanted.bytes().toString(),
                seen.isEmpty() ? "nothing" : seen.toString(),
                seen.equals(wanted.bytes()));
    }

    private ByteString received(String peer) {
        return wiring.peer(peer).map(Peer::received).orElse(ByteString.EMPTY);
    }

    private void push(Step step, Step.Push push) throws CardLinkException {
        StringBuilder answers = new StringBuilder();
        for (ByteString answer :
                wiring.me.receiveShortMessage(org.bipline.cat.object.Address.of(push.from()), push.parts())) {
            answers.append(answer);
        }
        checkHex(step, "answers to the short message", push.answer(), answers.toString());
    }

    private void file(Step step, Step.FileHolds file) throws CardLinkException {
        for (int identifier : file.path()) {
            String status = wiring.me
                    .transmit(ByteString.of(0x00, 0xA4, 0x00, 0x0C, 0x02, identifier >> 8, identifier & 0xFF))
                    .toString();
            if (!status.endsWith("9000") && !status.startsWith("91")) {
                end(step, "", List.of(new Mismatch(String.format("SELECT %04X", identifier), "9000", status)));
                return;
            }
        }
        ByteString read = file.record().isPresent()
                ? ByteString.of(0x00, 0xB2, file.record().get(), 0x04, 0x00)
                : ByteString.of(0x00, 0xB0, 0x00, 0x00, 0x00);
        String answer = wiring.me.transmit(read).toString();
        String content = answer.substring(0, answer.length() - STATUS_WORD);
        String seen = content.isEmpty() ? "status word " + answer : content;
        check(step, step.text(), file.content().toString(), seen, file.content().matches(content));
    }

    private void job(Step step, Step.JobIs wanted) {
        Optional<Job> now = job.flatMap(submitted -> world.store().job(submitted.id()));
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
        if (mismatches.isEmpty()) {
            checked(step);
        } else {
            end(step, "", mismatches);
        }
    }

    private static String shown(NodeResult result) {
        return result.value().flatMap(value -> value.asText()).orElse("status " + result.status());
    }

    private void outcome(Step step, Step.Outcome wanted) throws CardLinkException {
        wiring.me.transmit(ByteString.ofHex("00A4040007" + DmAppletInstallation.AID));
        byte[] answer = wiring.me.transmit(ByteString.ofHex("80CADF2000")).toBytes();
        Optional<SessionOutcome> outcome = SessionOutcome.decode(answer);
        String seen = outcome.map(o -> o.succeeded() ? "success" : o.explanation("the server"))
                .orElse("no session yet");
        boolean met = wanted.wanted().equals("success") ? seen.equals("success") : seen.contains(wanted.wanted());
        check(step, "outcome", wanted.wanted(), seen, met);
    }

    @Override
    public void close() {
        wiring.close();
    }
}
